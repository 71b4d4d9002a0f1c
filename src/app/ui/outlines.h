#pragma once

#include <map>
#include <string>
#include <utility>

#include "app/ui/type.h"

namespace lab {

// The shapes of characters as the faces have them, for files whose text is to look the same
// wherever they are opened.
class Outlines {
 public:
  // Lengths are counted in these parts of an em; y grows upwards from the baseline.
  static constexpr int kEm = 2048;
  struct Glyph {
    std::string path;  // as SVG writes paths; empty where there is nothing to see
    int advance = 0;
  };

  explicit Outlines(const Type& type) : type_(type) {}

  const Glyph& of(Face face, unsigned character);

 private:
  const Type& type_;
  std::map<std::pair<Face, unsigned>, Glyph> known_;
};

}  // namespace lab
