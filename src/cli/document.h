#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "cli/options.h"
#include "core/experiment/experiment.h"

namespace lab::cli {

// A document, or what keeps it from being one.
using Document = std::variant<Experiment, std::string>;

// The document that the options name, with the fields that they set.
Document read_document(const Options& options);

// What is wrong, with the field or place at fault.
std::string explain(const Error& error);

// The whole of a file, or of standard input for "-". False if it cannot be read.
bool read_text(const std::string& file, std::string& text);

// False, after a word on standard error, if the file cannot be written.
bool write_text(const std::string& file, std::string_view text);

}  // namespace lab::cli
