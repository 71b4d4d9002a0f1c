#include <algorithm>
#include <cmath>

#include "core/train/engine.h"
#include "core/train/gradient_norm.h"
#include "core/train/loss.h"
#include "core/train/simd_network.h"
#include "core/train/step_table.h"

namespace lab::train {
namespace {

class SimdEngine final : public Engine {
 public:
  SimdEngine(const Plan& plan, const Parameters& parameters, simd::Isa isa)
      : plan_(plan), table_(*step_table(isa)), network_(plan, isa) {
    network_.set_parameters(parameters);
    m_.resize(network_.weights().size());
    v_ = m_;
  }

  void set_samples(const Samples& samples) override;
  const Batches& batches() const override { return batches_; }
  void set_plan(const Plan& plan) override;

  void run(int64_t count) override;
  int64_t steps() const override { return steps_; }

  Parameters parameters() const override { return network_.as_parameters(network_.weights()); }
  Parameters gradients() const override { return network_.as_parameters(network_.gradients()); }
  void set_parameters(const Parameters& parameters) override {
    network_.set_parameters(parameters);
  }

  Snapshot snapshot() const override;
  void restore(const Snapshot& snapshot) override;
  bool finite() const override {
    return std::ranges::all_of(network_.weights(),
                               [](float value) { return std::isfinite(value); });
  }

  void predict(std::span<const float> x, std::span<float> logits) override {
    network_.predict(x, logits);
  }
  void predict(std::span<const double> x, std::span<double> logits) override;
  void activations(std::span<const float> x, UnitValues& values) override {
    network_.activations(x, values);
  }
  std::vector<LayerTrace> trace(const Samples& samples, size_t first, size_t count) override;

 private:
  void use_samples();
  void begin_epoch(int64_t epoch);
  void learn(const Batch& batch);
  void update();
  void clip();

  Plan plan_;
  const StepTable& table_;
  SimdNetwork network_;
  Samples samples_;
  SampleTiles x_;
  Batches batches_;
  int64_t epoch_ = -1;       // that the order of the samples and the rates are of
  size_t factor_count_ = 0;  // samples that factor_ is for
  float factor_ = 0;
  UpdateRates<float> rates_;
  std::vector<float> m_, v_, clipped_, kept_;
  int64_t steps_ = 0;
  double power1_ = 1, power2_ = 1, rate_ = 0;
};

void SimdEngine::set_samples(const Samples& samples) {
  samples_ = samples;
  use_samples();
}

void SimdEngine::use_samples() {
  const Batches before = batches_;
  batches_ = Batches(samples_.train_count, plan_);
  batches_.follow(before, steps_);
  network_.arrange(samples_, {}, x_);
  epoch_ = -1;
}

void SimdEngine::set_plan(const Plan& plan) {
  if (plan.optimizer != plan_.optimizer) {
    std::ranges::fill(m_, 0.0f);
    std::ranges::fill(v_, 0.0f);
    power1_ = power2_ = 1;
  }
  for (size_t l = 0; l < plan.layers.size(); ++l) {
    if (!plan.layers[l].learns_slope || plan_.layers[l].learns_slope) continue;
    m_[network_.slope_at(l)] = v_[network_.slope_at(l)] = 0;
  }
  plan_ = plan;
  network_.set_plan(plan);
  use_samples();
  factor_count_ = 0;
}

Snapshot SimdEngine::snapshot() const {
  Snapshot snapshot{steps_, batches_, plan_.optimizer, power1_, power2_, {}, {}};
  const auto add = [&](std::span<const float> array) {
    snapshot.single.insert(snapshot.single.end(), array.begin(), array.end());
  };
  add(network_.weights());
  if (plan_.optimizer == OptimizerKind::sgd) return snapshot;  // has no moments
  add(m_);
  add(v_);
  return snapshot;
}

void SimdEngine::restore(const Snapshot& snapshot) {
  const bool same = snapshot.optimizer == plan_.optimizer;
  steps_ = snapshot.steps;
  batches_.follow(snapshot.batches, steps_);
  power1_ = same ? snapshot.power1 : 1;
  power2_ = same ? snapshot.power2 : 1;
  const size_t size = network_.weights().size();
  std::span<const float> rest = snapshot.single;
  std::ranges::copy(rest.first(size), network_.weights().begin());
  for (std::vector<float>* moments : {&m_, &v_}) {
    rest = rest.subspan(std::min(size, rest.size()));
    if (same && !rest.empty()) {
      std::ranges::copy(rest.first(size), moments->begin());
    } else {
      std::ranges::fill(*moments, 0.0f);
    }
  }
  network_.take_slopes();
  epoch_ = -1;
}

void SimdEngine::begin_epoch(int64_t epoch) {
  epoch_ = epoch;
  rate_ = learning_rate(plan_, epoch);
  rates_ = update_rates<float>(plan_, rate_, power1_, power2_);
  if (!plan_.shuffle) return;
  network_.arrange(samples_, shuffled_order(plan_, samples_.train_count, epoch), x_);
}

void SimdEngine::run(int64_t count) {
  if (x_.count == 0) return;
  Batch batch = batches_.at(steps_);
  for (int64_t i = 0; i < count; ++i) {
    if (batch.epoch != epoch_) begin_epoch(batch.epoch);
    learn(batch);
    update();
    ++steps_;
    batches_.advance(batch);
  }
}

void SimdEngine::learn(const Batch& batch) {
  if (batch.count != factor_count_) {
    factor_count_ = batch.count;
    factor_ = static_cast<float>(loss_factor(plan_.loss, plan_.outputs(), batch.count, false));
  }
  const size_t tile = network_.tile();
  for (size_t done = 0; done < batch.count; done += tile) {
    const TileArgs args{batch.first + done, std::min(tile, batch.count - done), done, steps_,
                        factor_};
    network_.learn(x_, args);
  }
}

void SimdEngine::clip() {
  const std::span<const float> g = network_.gradients();
  GradientNorm norm;
  network_.for_each_parameter([&](size_t i) { norm.add(static_cast<double>(g[i])); });
  const float factor = static_cast<float>(norm.clip_factor(plan_.clip_norm));
  clipped_.resize(g.size());
  for (size_t i = 0; i < g.size(); ++i) clipped_[i] = g[i] * factor;
}

void SimdEngine::update() {
  if (plan_.optimizer == OptimizerKind::adam || plan_.optimizer == OptimizerKind::adamw) {
    power1_ = next_power(power1_, plan_.beta1);
    power2_ = next_power(power2_, plan_.beta2);
    rates_ = update_rates<float>(plan_, rate_, power1_, power2_);
  }
  const bool clips = plan_.clip_norm > 0;
  if (clips) clip();
  const std::span<float> w = network_.weights();
  const std::span<const size_t> frozen = network_.frozen();
  kept_.resize(frozen.size());
  for (size_t i = 0; i < frozen.size(); ++i) kept_[i] = w[frozen[i]];
  table_.update(plan_.optimizer, {rates_, network_.trained(), w.data(),
                                  clips ? clipped_.data() : network_.gradients().data(), m_.data(),
                                  v_.data(), network_.weight_mask().data()});
  for (size_t i = 0; i < frozen.size(); ++i) w[frozen[i]] = kept_[i];
  network_.take_slopes();
}

void SimdEngine::predict(std::span<const double> x, std::span<double> logits) {
  const std::vector<float> in(x.begin(), x.end());
  std::vector<float> out(logits.size());
  network_.predict(in, out);
  std::ranges::copy(out, logits.begin());
}

std::vector<LayerTrace> SimdEngine::trace(const Samples& samples, size_t first, size_t count) {
  SampleTiles x;
  network_.arrange(samples, {}, x);
  std::vector<LayerTrace> traces(plan_.layers.size());
  const auto factor = static_cast<float>(loss_factor(plan_.loss, plan_.outputs(), count, false));
  for (size_t done = 0; done < count; done += network_.tile()) {
    const TileArgs args{first + done, std::min(network_.tile(), count - done), done, 0, factor};
    network_.forward(x, args, false);
    network_.backward(x, args);
    network_.copy_trace(args, count, traces);
  }
  return traces;
}

}  // namespace

std::unique_ptr<Engine> make_simd_engine(const Plan& plan, const Parameters& parameters,
                                         simd::Isa isa) {
  return std::make_unique<SimdEngine>(plan, parameters, isa);
}

}  // namespace lab::train
