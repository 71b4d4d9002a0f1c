#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/experiment/experiment.h"

namespace lab {

inline constexpr size_t kMaxCsvBytes = size_t{1} << 25;

struct CsvPoints {
  std::vector<DataPoint> points;
  // If the labels are words: the word of each class, in order of first appearance. DataPoint::label
  // is then an index into these, otherwise the number that was read.
  std::vector<std::string> classes;
};

// Reads points from CSV text (RFC 4180, in UTF-8). Cells are separated by tabs, semicolons or
// commas, whichever the first line has, in this order. A first line without a number is a header:
// it names the columns x, y and label (also class, target) in any order, among others that are
// passed over. Without one, a line is x, y, label. Lines whose cells are all empty do not count.
Result<CsvPoints> read_points_csv(std::string_view text);

// With a header; every number is the shortest that reads back as the same double.
std::string write_points_csv(std::span<const DataPoint> points);

}  // namespace lab
