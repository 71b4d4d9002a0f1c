#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/experiment/experiment.h"

namespace lab {

// An experiment as the text behind the # of a URL: v=1 and, with & between, key=value for every
// field that differs from its default, in the order of the table (fields.h has the keys and how
// each value is written). All characters may stand in a URL's fragment as they are. Example:
//   v=1&data=xor&noise=0.1&net=4relu-2elu:alpha:0.5&loss=mse
inline constexpr int kShareVersion = 1;

// Reads back as the same document, numbers bit for bit. The experiment must be valid.
std::string to_share_text(const Experiment& experiment);

// Reads such a text; a # in front and empty pieces between & are skipped, and so are the keys of
// the app itself (is_app_key). Errors name the field.
Result<Experiment> experiment_from_share_text(std::string_view text);

// Keys that share a link with the experiment but belong to the app: scene, lang, theme, view, hide,
// preset, lesson, present, and any that begins with "app." for what comes later.
bool is_app_key(std::string_view key);

}  // namespace lab
