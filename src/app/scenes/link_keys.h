#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/localized.h"

// The keys that scenes add to share links beside an experiment's (core/experiment/share_link.h).

namespace lab {

// A short decimal that reads back as this very float, also through double precision, without the +
// that a URL may lose.
std::string link_number(float value);

struct LinkPiece {
  std::string_view key, value;  // as they stand in the link
};

// The pieces of a link between its &, without a # in front. Views of the text.
std::vector<LinkPiece> link_pieces(std::string_view text);

// What a scene keeps in links, read and written by one list of calls: each call writes its key
// unless the value is the default, or reads it and gives the default where there is none. The first
// value that is wrong is the error, which names the key; what has been read by then must not count.
class LinkKeys {
 public:
  LinkKeys() = default;                      // writes
  explicit LinkKeys(std::string_view link);  // reads
  // Neither: notes which keys there are and what may stand behind them, for people to read.
  static LinkKeys listing();

  void flag(std::string_view key, bool& value, bool fallback);
  void whole(std::string_view key, int& value, int fallback, int min, int max);
  void number(std::string_view key, double& value, double fallback, double min, double max);
  void number(std::string_view key, float& value, float fallback, float min, float max);
  // An enumerator, whose values count from 0, by its id.
  template <class Enum>
  void choice(std::string_view key, Enum& value, Enum fallback,
              std::span<const std::string_view> ids) {
    auto index = static_cast<size_t>(value);
    choose(key, index, static_cast<size_t>(fallback), ids);
    value = static_cast<Enum>(index);
  }
  // Any text: `now` is what is written, empty for the default; `take` reads it.
  void text(std::string_view key, const std::string& now,
            const std::function<std::optional<Error>(std::string_view)>& take);
  // Reading a scene without an experiment: the version, and no keys but the app's.
  void only_these();

  bool reads() const { return reads_; }
  struct Listed {
    std::string key, values;  // no values: any text that the scene understands
  };
  const std::vector<Listed>& listed() const { return listed_; }
  // What was written: "&key=value" for each.
  const std::string& written() const { return written_; }
  const std::optional<Error>& error() const { return error_; }
  void refuse(std::optional<Error> error) {
    if (!error_) error_ = std::move(error);
  }

 private:
  void choose(std::string_view key, size_t& value, size_t fallback,
              std::span<const std::string_view> ids);
  std::optional<std::string_view> find(std::string_view key);

  bool note(std::string_view key, std::string values);

  bool reads_ = false, lists_ = false;
  std::vector<Listed> listed_;
  std::vector<LinkPiece> pieces_;
  std::string written_;
  std::optional<Error> error_;
};

}  // namespace lab
