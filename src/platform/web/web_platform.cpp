#include "platform/web/web_platform.h"

#include <emscripten/emscripten.h>

#include <utility>

#include "platform/opengl/picture.h"

namespace lab {

void WebPlatform::set_preferences(std::string language, bool dark, bool reduced_motion,
                                  bool contrast) {
  language_ = std::move(language);
  dark_ = dark;
  reduced_motion_ = reduced_motion;
  contrast_ = contrast;
}

double WebPlatform::now() const {
  return emscripten_get_now() / 1000.0;
}

std::string WebPlatform::address() const {
  return services_.call<std::string>("address");
}

void WebPlatform::set_clipboard(std::string_view text) {
  services_.call<void>("copyText", std::string(text));
}

std::optional<std::string> WebPlatform::load(std::string_view key) const {
  const emscripten::val value = services_.call<emscripten::val>("load", std::string(key));
  if (!value.isString()) return std::nullopt;
  return value.as<std::string>();
}

void WebPlatform::store(std::string_view key, std::string_view value) {
  services_.call<void>("store", std::string(key), std::string(value));
}

void WebPlatform::save_file(std::string_view name, std::string_view mime, std::string_view bytes) {
  const emscripten::val view(emscripten::typed_memory_view(
      bytes.size(), reinterpret_cast<const unsigned char*>(bytes.data())));
  services_.call<void>("saveFile", std::string(name), std::string(mime), view);
}

void WebPlatform::save_picture(std::string_view name, ImDrawData& drawing) {
  const Image image = draw_image(drawing);
  const emscripten::val view(
      emscripten::typed_memory_view(image.pixels.size(), image.pixels.data()));
  services_.call<void>("savePicture", std::string(name), image.width, image.height, view);
}

}  // namespace lab
