// How much of what the machine can do the training engine does, natively, on one core: its
// multiplications and additions a second against those of a loop that does nothing else, for every
// instruction set this machine has.
//
//   training_bench [activation…]   (tanh and relu)

#include <cstdio>
#include <string>
#include <vector>

#include "core/simd/isa.h"
#include "core/train/trainer.h"
#include "timing.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace {

using namespace lab;

constexpr int kSteps = 20;

// Seconds for `run` in its fastest run.
template <class Run>
double fastest(Run run) {
  return static_cast<double>(kCount) * 1e-9 / billions_per_second(run);
}

#if defined(__x86_64__)
// Multiply-adds a second of 128-bit vectors, as two instructions each: twelve sums in registers that
// don't wait for each other, and nothing read from memory.
double roofline() {
  constexpr int kSums = 12, kRounds = 20'000;
  __m128 sums[kSums];
  for (__m128& sum : sums) sum = _mm_set1_ps(1);
  volatile float source = 1e-9f;
  const __m128 factor = _mm_set1_ps(source);
  __m128 x = _mm_set1_ps(source);
  const double seconds = fastest([&] {
    for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 12
      for (__m128& sum : sums) {
        asm("" : "+x"(x));  // or one product would do for all sums
        sum = _mm_add_ps(sum, _mm_mul_ps(x, factor));
      }
    }
  });
  float lanes[4] = {};
  for (const __m128& sum : sums) _mm_storeu_ps(lanes, _mm_add_ps(_mm_loadu_ps(lanes), sum));
  if (lanes[0] == 0) std::printf("\n");  // so that the sums are needed
  return 4.0 * kSums * kRounds / seconds;
}
#endif

// Multiply-adds of a step for one sample: forward, into the inputs, and for the gradient.
double work(const train::Plan& plan) {
  double sum = 0;
  for (size_t l = 0; l < plan.layers.size(); ++l) {
    const double weights = static_cast<double>(plan.layers[l].inputs) * plan.layers[l].units;
    sum += weights * (l > 0 ? 3 : 2);
  }
  return sum;
}

void print_case(std::vector<int> hidden, const char* activation, int batch, double limit) {
  Experiment experiment;
  experiment.network.hidden.clear();
  for (const int units : hidden) experiment.network.hidden.push_back({units, activation, {}});
  experiment.data.samples = 640;
  experiment.data.train_fraction = 1;
  experiment.training.batch_size = batch;
  experiment.training.loss = "mse";
  FormulaLibrary formulas;
  const train::Plan plan = train::make_plan(experiment, formulas).value();
  const train::Samples samples = train::make_samples(make_data(experiment), experiment, plan);
  std::printf("%d-%d %-5s %4d", hidden[0], hidden[1], activation, batch);
  for (const simd::Isa isa : simd::available_isas()) {
    const auto engine =
        train::make_simd_engine(plan, train::initial_parameters(experiment, plan), isa);
    engine->set_samples(samples);
    const double seconds = fastest([&] { engine->run(kSteps); }) / (kSteps * batch);
    std::printf("  %8.2f %4.0f%%", 1e-6 / seconds, 100 * work(plan) / seconds / limit);
  }
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
#if defined(__x86_64__)
  const double limit = roofline();
  std::printf("128-bit vectors: %.1f billion multiply-adds a second\n\n", limit * 1e-9);
#else
  const double limit = 1;
#endif
  std::printf("Millions of samples a second, and multiply-adds as a share of that\n%-15s", "");
  for (const simd::Isa isa : simd::available_isas()) {
    std::printf("  %14s", std::string(simd::isa_name(isa)).c_str());
  }
  std::printf("\n");
  for (const char* activation : {"tanh", "relu"}) {
    if (!chosen(argc, argv, activation)) continue;
    for (const int batch : {10, 12, 64}) {
      print_case({4, 2}, activation, batch, limit);
      print_case({8, 8}, activation, batch, limit);
      print_case({32, 32}, activation, batch, limit);
    }
  }
}
