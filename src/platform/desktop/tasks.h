#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/app.h"
#include "platform/desktop/desktop_platform.h"
#include "platform/desktop/options.h"

namespace lab {

// What the command line asks of the app. Each returns what went wrong, in the app's language, or
// nothing.

// Before the first frame: the document, the scene, the link, and training.
std::optional<std::string> begin(App& app, const Options& options);

// Without a window: prints the list of figures, or writes one. `frame` draws a frame.
std::optional<std::string> write_figures(App& app, DesktopPlatform& platform,
                                         const Options& options,
                                         const std::function<void()>& frame);

}  // namespace lab
