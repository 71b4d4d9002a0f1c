#pragma once

#include <emscripten/bind.h>

#include "bindings/describe.h"
#include "core/error.h"

// The engine is built without C++ exceptions, so a function that can fail gives a reply, {value} or
// {error}, which web/core/index.js turns into a value or a throw. JavaScript values whose shape the
// generated types tell are types of their own here; each is registered with the type's text, those
// of this file in replies.cpp.

namespace lab {

EMSCRIPTEN_DECLARE_VAL_TYPE(Floats)
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatsReply)
EMSCRIPTEN_DECLARE_VAL_TYPE(NoReply)
EMSCRIPTEN_DECLARE_VAL_TYPE(TextReply)

#define LAB_FAILURE                                                                             \
  "{error: {code: string, messageKey: string, message: string, field?: string, line?: number, " \
  "column?: number}, value?: undefined}"
#define LAB_REPLY(type) "{value: " type ", error?: undefined} | " LAB_FAILURE

template <class Reply>
Reply success(const emscripten::val& value) {
  emscripten::val reply = emscripten::val::object();
  reply.set("value", value);
  return Reply(reply);
}

template <class Reply>
Reply failure(const Error& error) {
  emscripten::val reply = emscripten::val::object();
  reply.set("error", describe(error));
  return Reply(reply);
}

inline NoReply reply_of(const std::optional<Error>& error) {
  return error ? failure<NoReply>(*error) : success<NoReply>(emscripten::val::undefined());
}

}  // namespace lab
