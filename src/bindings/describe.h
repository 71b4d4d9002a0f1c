#pragma once

#include <emscripten/val.h>

#include <string_view>

#include "core/activation/activation.h"
#include "core/activation/rowwise.h"
#include "core/error.h"
#include "core/formula/formula.h"

namespace lab {

// The core's records as JavaScript objects; core_bindings.cpp tells their types.

emscripten::val to_js(std::string_view utf8);
emscripten::val describe(const Activation& activation);
emscripten::val describe(const RowActivation& activation);
// At default parameters, with what a look at it on FormulaReport::kFrom … kTo finds.
emscripten::val describe(const Formula& formula);
emscripten::val describe(const Error& error);

}  // namespace lab
