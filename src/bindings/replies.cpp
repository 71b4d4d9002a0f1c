#include "bindings/replies.h"

namespace lab {

EMSCRIPTEN_BINDINGS(replies) {
  emscripten::register_type<Floats>("Float32Array");
  emscripten::register_type<FloatsReply>(LAB_REPLY("Float32Array"));
  emscripten::register_type<NoReply>(LAB_REPLY("undefined"));
  emscripten::register_type<TextReply>(LAB_REPLY("string"));
}

}  // namespace lab
