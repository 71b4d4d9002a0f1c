// Proves the declared accuracy: compares value and derivative of activations with the oracle over
// all 2^32 floats at default parameters.
//
//   exhaustive [id…]    prints a table; exits with 1 if a declared bound is exceeded
//
// About half a minute a function on two cores, a third of that when compiled with -march=native;
// sine and snake take some minutes.

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "block_oracle.h"
#include "core/simd/isa.h"
#include "ulp.h"

namespace {

using namespace lab;
using namespace lab::accuracy;

constexpr size_t kBlock = 1 << 14;  // consecutive floats of one sign and exponent
constexpr size_t kSmallest = 64;    // below this a block is not halved but asked point by point

struct Question {
  const Activation* row;
  ActivationParams params;
  bool derivative;

  double exact(double x) const {
    return derivative ? row->reference_derivative(params, x) : row->reference_value(params, x);
  }
  void judge(float x, float y, Worst& worst) const {
    const double result = exact(static_cast<double>(x));
    if (derivative) {
      judge_derivative(*row, x, y, result, worst);
    } else {
      judge_value(x, y, result, worst);
    }
  }
};

double ask(const void* question, double x) {
  return static_cast<const Question*>(question)->exact(x);
}

// Whether a whole block overflows, and correctly so. Only the exponential and squares reach this
// far, and they are monotone there: the ends speak for the points between.
bool overflows(const Question& q, const float* x, const float* y, size_t count) {
  for (const float end : {x[0], x[count - 1]}) {
    if (!(q.exact(static_cast<double>(end)) >= 0x1p128)) return false;
  }
  return std::all_of(y, y + count, [](float v) { return v == INFINITY; });
}

void judge_block(const Question& q, const float* x, const float* y, size_t count, Worst& worst) {
  if (count > kSmallest) {
    const auto p =
        interpolate(ask, &q, static_cast<double>(x[0]), static_cast<double>(x[count - 1]));
    if (!p && overflows(q, x, y, count)) return;
    if (!p) {
      judge_block(q, x, y, count / 2, worst);
      judge_block(q, x + count / 2, y + count / 2, count / 2, worst);
      return;
    }
    if (largest_ulp(*p, y, count) <= worst.ulp + 2 * kInterpolationError) return;
  }
  for (size_t i = 0; i < count; ++i) q.judge(x[i], y[i], worst);
}

struct Report {
  Worst value, derivative;
  uint64_t lost_nans = 0;  // NaN in that did not give NaN out
};

void judge_nans(const Activation& row, const std::vector<float>& x, const std::vector<float>& y,
                const std::vector<float>& d, Report& report) {
  for (size_t i = 0; i < x.size(); ++i) {
    if (x[i] != x[i]) {
      report.lost_nans += (y[i] == y[i]) + (d[i] == d[i]);
    } else {  // ±∞ opens the last binade
      Question{&row, row.default_params(), false}.judge(x[i], y[i], report.value);
      Question{&row, row.default_params(), true}.judge(x[i], d[i], report.derivative);
    }
  }
}

void work(const Activation& row, std::atomic<uint32_t>& next, Report& report) {
  const ActivationParams params = row.default_params();
  const Question value{&row, params, false}, derivative{&row, params, true};
  std::vector<float> x(kBlock), y(kBlock), d(kBlock);
  constexpr uint32_t kBlocks = (uint64_t{1} << 32) / kBlock;
  for (uint32_t block = next++; block < kBlocks; block = next++) {
    const uint32_t first = static_cast<uint32_t>(block * kBlock);
    for (uint32_t i = 0; i < kBlock; ++i) x[i] = std::bit_cast<float>(first + i);
    row.value(params, x, y);
    row.derivative(params, x, d);
    if ((first & 0x7f800000u) == 0x7f800000u) {
      judge_nans(row, x, y, d, report);
      continue;
    }
    judge_block(value, x.data(), y.data(), kBlock, report.value);
    judge_block(derivative, x.data(), d.data(), kBlock, report.derivative);
  }
}

Report examine(const Activation& row) {
  std::atomic<uint32_t> next{0};
  std::vector<Report> reports(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (Report& report : reports) {
    threads.emplace_back([&row, &next, &report] { work(row, next, report); });
  }
  for (std::thread& thread : threads) thread.join();
  Report all;
  for (const Report& report : reports) {
    all.value.add(report.value);
    all.derivative.add(report.derivative);
    all.lost_nans += report.lost_nans;
  }
  return all;
}

bool print(const Activation& row, const Report& r) {
  // A block may hide an error larger by this much than the worst that was found elsewhere.
  constexpr double kUnseen = 3 * kInterpolationError;
  const bool ok =
      r.value.ulp + (r.value.ulp > 0.5 ? kUnseen : 0) <= row.max_ulp.value &&
      r.derivative.ulp + (r.derivative.ulp > 0.5 ? kUnseen : 0) <= row.max_ulp.derivative &&
      r.derivative.absolute <= kNearZeroTolerance && r.lost_nans == 0;
  std::printf("%-15s %6.3f at %-15.9g %6.3f at %-15.9g", std::string(row.id).c_str(), r.value.ulp,
              static_cast<double>(r.value.at), r.derivative.ulp,
              static_cast<double>(r.derivative.at));
  if (r.derivative.absolute > 0) {
    std::printf(" 2^%.2f at %-13.9g", std::log2(r.derivative.absolute),
                static_cast<double>(r.derivative.absolute_at));
  } else {
    std::printf(" %-23s", "");
  }
  std::printf(" %5.2f %5.2f %s\n", row.max_ulp.value, row.max_ulp.derivative,
              ok ? "ok" : "EXCEEDED");
  if (r.lost_nans) std::printf("  %llu NaN lost\n", static_cast<unsigned long long>(r.lost_nans));
  std::fflush(stdout);
  return ok;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<const Activation*> rows;
  for (int i = 1; i < argc; ++i) {
    rows.push_back(find_activation(argv[i]));
    if (!rows.back()) {
      std::fprintf(stderr, "no activation is called %s\n", argv[i]);
      return 2;
    }
  }
  if (rows.empty()) {
    for (const Activation& row : activations()) rows.push_back(&row);
  }
  std::printf("All 2^32 floats, default parameters, %s\n",
              std::string(simd::implementation()).c_str());
  std::printf("%-15s %-25s %-25s %-24s %s\n", "id", "value, ULP", "derivative, ULP",
              "near zeros of f', abs.", "declared");
  bool ok = true;
  for (const Activation* row : rows) ok = print(*row, examine(*row)) && ok;
  return ok ? 0 : 1;
}
