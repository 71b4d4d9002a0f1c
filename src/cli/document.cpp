#include "cli/document.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/experiment/document.h"
#include "core/experiment/fields.h"
#include "core/experiment/playground_link.h"
#include "core/experiment/share_link.h"

namespace lab::cli {
namespace {

Document as_document(const Result<Experiment>& read, const std::string& source) {
  if (read) return read.value();
  return source + ": " + explain(read.error());
}

Document read_link(std::string_view link) {
  if (link.find("playground.tensorflow.org") != link.npos) {
    const Result<PlaygroundImport> import = import_playground(link);
    if (!import) return "the link: " + explain(import.error());
    return import.value().experiment;
  }
  const size_t hash = link.find('#');
  return as_document(experiment_from_share_text(hash == link.npos ? link : link.substr(hash)),
                     "the share link");
}

Document read_source(const std::string& source) {
  const bool link =
      source.find("://") != source.npos || source.starts_with('#') || source.starts_with("v=");
  if (link) return read_link(source);
  std::string text;
  if (!read_text(source, text)) return "cannot read “" + source + "”";
  const size_t start = text.find_first_not_of(" \t\r\n");
  const size_t end = text.find_last_not_of(" \t\r\n");
  if (start == text.npos) return source + ": there is nothing in it";
  if (text[start] == '{') return as_document(experiment_from_json(text), source);
  return read_link(std::string_view(text).substr(start, end + 1 - start));
}

}  // namespace

std::string explain(const Error& error) {
  std::string text = error.message(Language::en);
  // The texts of fields' errors name them.
  if (error.field && text.find(*error.field) == text.npos) text = *error.field + ": " + text;
  if (error.line) text += " (line " + std::to_string(*error.line);
  if (error.line && error.column) text += ", column " + std::to_string(*error.column);
  return error.line ? text + ")" : text;
}

Document read_document(const Options& options) {
  Document document = options.files.empty() ? Experiment() : read_source(options.files[0]);
  Experiment* experiment = std::get_if<Experiment>(&document);
  if (!experiment) return document;
  for (const auto& [name, text] : options.set) {
    const Field* field = find_field(name);
    if (!field) field = find_share_field(name);
    if (!field) return "--set: there is no field “" + name + "”; --help lists them";
    if (const auto error = set_field(*field, text, *experiment)) return "--set: " + explain(*error);
  }
  if (const auto error = validate(*experiment)) return explain(*error);
  return document;
}

bool read_text(const std::string& file, std::string& text) {
  using Iterator = std::istreambuf_iterator<char>;
  if (file == "-") {
    text.assign(Iterator(std::cin), Iterator());
    return true;
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream.is_open()) return false;
  text.assign(Iterator(stream), Iterator());
  return !stream.bad();
}

bool write_text(const std::string& file, std::string_view text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text << std::flush;
  if (stream.good()) return true;
  std::fprintf(stderr, "error: cannot write “%s”\n", file.c_str());
  return false;
}

}  // namespace lab::cli
