#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/tensor_text.h"
#include "core/text_number.h"

namespace lab {
namespace {

// PyTorch's default print options.
constexpr int kPrecision = 4;
constexpr size_t kLineWidth = 80;
constexpr size_t kThreshold = 1000;  // tensors with more elements are abbreviated …
constexpr size_t kEdgeItems = 3;     // … to this many at each end of every dimension
constexpr std::string_view kPrefix = "tensor(";

// How the numbers of one tensor are written: all alike, chosen by its nonzero finite values.
struct NumberStyle {
  enum class Notation { integer, fixed, scientific };
  Notation notation = Notation::integer;
  size_t width = 1;

  std::string text(float value) const {
    switch (notation) {
      case Notation::scientific:
        return scientific_text(value, kPrecision);
      case Notation::fixed:
        return fixed_text(value, kPrecision);
      case Notation::integer:
        break;
    }
    return fixed_text(value, 0) + (std::isfinite(value) ? "." : "");
  }
  std::string padded(float value) const {
    const std::string number = text(value);
    return std::string(width - std::min(width, number.size()), ' ') + number;
  }
};

NumberStyle style_of(std::span<const float> values) {
  std::vector<float> counted;
  for (float value : values) {
    if (std::isfinite(value) && value != 0) counted.push_back(value);
  }
  NumberStyle style;
  if (counted.empty()) return style;

  double smallest = std::numeric_limits<double>::infinity();
  double largest = 0;
  bool integers = true;
  for (float value : counted) {
    smallest = std::min(smallest, std::fabs(double{value}));
    largest = std::max(largest, std::fabs(double{value}));
    integers = integers && value == std::ceil(value);
  }
  if (largest / smallest > 1000.0 || largest > 1.0e8 || (!integers && smallest < 1.0e-4)) {
    style.notation = NumberStyle::Notation::scientific;
  } else if (!integers) {
    style.notation = NumberStyle::Notation::fixed;
  }
  for (float value : counted) style.width = std::max(style.width, style.text(value).size());
  return style;
}

// Walks a tensor, leaving out what an abbreviated print leaves out. `offset` and `stride` count
// elements: the slice [offset, offset + stride * shape[dim]) belongs to dimension `dim`.
class Printer {
 public:
  explicit Printer(const Tensor& tensor)
      : tensor_(tensor), abbreviated_(tensor.data.size() > kThreshold) {
    std::vector<float> shown;
    collect(0, 0, tensor.data.size(), shown);
    style_ = style_of(shown);
  }

  std::string text() const { return slice(0, 0, tensor_.data.size()); }

 private:
  bool elides(size_t extent) const { return abbreviated_ && extent > 2 * kEdgeItems; }
  size_t extent(size_t dim) const { return static_cast<size_t>(tensor_.shape[dim]); }

  void collect(size_t dim, size_t offset, size_t size, std::vector<float>& shown) const {
    if (dim == tensor_.shape.size()) {
      shown.push_back(tensor_.data[offset]);
      return;
    }
    const size_t stride = size / extent(dim);
    for (size_t i = 0; i < extent(dim); ++i) {
      if (elides(extent(dim)) && i == kEdgeItems) i = extent(dim) - kEdgeItems;
      collect(dim + 1, offset + i * stride, stride, shown);
    }
  }

  std::string slice(size_t dim, size_t offset, size_t size) const {
    const size_t dims = tensor_.shape.size();
    if (dim == dims) return style_.padded(tensor_.data[offset]);
    const bool innermost = dim + 1 == dims;
    const size_t indent = kPrefix.size() + dim;
    const size_t per_line =
        innermost
            ? std::max<size_t>(1, (kLineWidth - std::min(kLineWidth, indent)) / (style_.width + 2))
            : 1;
    const std::string line_break =
        "," + std::string(innermost ? 1 : dims - dim - 1, '\n') + std::string(indent + 1, ' ');

    const size_t stride = size / extent(dim);
    std::string text = "[";
    size_t written = 0;
    const auto separate = [&] {
      if (written > 0) text += written % per_line == 0 ? line_break : ", ";
      ++written;
    };
    for (size_t i = 0; i < extent(dim); ++i) {
      if (elides(extent(dim)) && i == kEdgeItems) {
        separate();
        text += innermost ? " ..." : "...";
        i = extent(dim) - kEdgeItems;
      }
      separate();
      text += slice(dim + 1, offset + i * stride, stride);
    }
    return text + "]";
  }

  const Tensor& tensor_;
  bool abbreviated_;
  NumberStyle style_;
};

// "tensor([], size=(2, 0))": an empty tensor's brackets say nothing of its shape.
std::string empty_text(const std::vector<int64_t>& shape) {
  std::string text = std::string(kPrefix) + "[]";
  if (shape.size() == 1) return text + ")";
  std::string size = "size=(";
  for (size_t i = 0; i < shape.size(); ++i) {
    size += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  }
  size += ")";
  // PyTorch counts four characters more than it writes when it decides whether the line is full.
  const bool fits = text.size() + size.size() + 4 <= kLineWidth;
  return text + (fits ? ", " : ",\n" + std::string(kPrefix.size(), ' ')) + size + ")";
}

}  // namespace

std::string format_tensor(const Tensor& tensor) {
  if (tensor.data.empty()) return empty_text(tensor.shape);
  return std::string(kPrefix) + Printer(tensor).text() + ")";
}

}  // namespace lab
