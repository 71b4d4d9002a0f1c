#pragma once

#include <string_view>

#include "cli/options.h"

namespace lab::cli {

// Each does what it is called for and gives the program's exit status.
int train(const Options& options);
int sweep(const Options& options);
int merge(const Options& options);

// Says what is wrong on standard error; the exit status for it.
int refuse(std::string_view problem);

}  // namespace lab::cli
