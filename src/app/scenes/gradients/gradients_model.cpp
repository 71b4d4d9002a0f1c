#include "app/scenes/gradients/gradients_model.h"

#include <algorithm>
#include <cmath>

namespace lab {
namespace {

constexpr double kQuickLook = 1e6;       // multiplications
constexpr double kMostLedgerWork = 6e7;  // slopes looked at to find the steps of deaths

// Within ±kFaintest, whatever has overflowed.
float exponent(double over, double under) {
  const double exponent = over > 0 && under > 0 ? std::log10(over / under) : -INFINITY;
  if (std::isnan(exponent)) return static_cast<float>(GradientsModel::kFaintest);
  return static_cast<float>(
      std::clamp(exponent, GradientsModel::kFaintest, -GradientsModel::kFaintest));
}

LogHistogram log_histogram(const std::vector<double>& values) {
  LogHistogram histogram;
  histogram.all = values.size();
  for (const double value : values) {
    if (value == 0) ++histogram.zeros;
    if (value == 0 || !std::isfinite(value)) continue;
    const double share = (std::log10(std::fabs(value)) - LogHistogram::kLeast) /
                         (LogHistogram::kMost - LogHistogram::kLeast);
    const double place = std::clamp(share, 0.0, 1.0) * LogHistogram::kBins;
    ++histogram.counts[std::min(static_cast<size_t>(place), size_t{LogHistogram::kBins - 1})];
  }
  return histogram;
}

}  // namespace

GradientsModel::GradientsModel() {
  load(DeepSetup());
}

const std::string& GradientsModel::activation() const {
  return trainer_->experiment().network.hidden.front().activation;
}

std::optional<Error> GradientsModel::load(const DeepSetup& setup) {
  auto made = Trainer::create(experiment_of(setup));
  if (!made) return made.error();
  trainer_ = std::move(made.value());
  setup_ = setup;
  playing_ = false;
  pace_.start();
  replay_.start();
  moments_.clear();
  stride_ = first_stride();
  for (size_t i = 0; i < kTheories.size(); ++i) {
    theory_[i] = variance_theory(trainer_->plan(), kTheories[i], setup.gain, input_square());
  }
  touch();
  return std::nullopt;
}

// 1, but so many where looking at every step would take far longer than the steps.
int64_t GradientsModel::first_stride() const {
  const size_t look = trainer_->plan().parameter_count() * trainer_->samples().train_count;
  const int64_t epoch = std::max<int64_t>(trainer_->steps_per_epoch(), 1);
  int64_t stride = 1;
  while (stride<epoch&& static_cast<double>(look)> kQuickLook * static_cast<double>(stride)) {
    stride *= 2;
  }
  return stride;
}

double GradientsModel::input_square() const {
  const train::Samples& samples = trainer_->samples();
  const size_t count = samples.train_count * samples.inputs;
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += samples.x[i] * samples.x[i];
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

std::optional<Error> GradientsModel::set_rate(double rate) {
  Experiment next = trainer_->experiment();
  next.training.optimizer.learning_rate = rate;
  if (auto error = trainer_->change(next)) return error;
  setup_.rate = rate;
  replay_.changed(*trainer_);
  touch();
  return std::nullopt;
}

std::optional<Error> GradientsModel::revive(const std::string& activation) {
  Experiment next = trainer_->experiment();
  for (Experiment::Layer& layer : next.network.hidden) {
    layer.activation = activation;
    layer.params.clear();
  }
  if (auto error = trainer_->change(next)) return error;
  replay_.changed(*trainer_);
  touch();
  return std::nullopt;
}

void GradientsModel::restart() {
  load(DeepSetup(setup_));
}

void GradientsModel::touch() {
  ++revision_;
  metrics_ = trainer_->metrics();
}

void GradientsModel::play(bool on) {
  playing_ = on && !trainer_->divergence();
  pace_.start();
}

void GradientsModel::advance(double now, const std::function<double()>& clock, double budget) {
  if (going_on()) {
    for (double time = now; going_on() && time < now + budget; time = clock()) {
      run(replay_.left(*trainer_), clock, time, now + budget - time);
    }
    return;
  }
  if (!playing_) return;
  const int64_t per_epoch = std::max<int64_t>(trainer_->steps_per_epoch(), 1);
  const int64_t due = pace_.due(now, kTrainSpeeds[speed_], per_epoch);
  if (due < 1) return;
  const int64_t before = trainer_->steps();
  run(due, clock, now, budget);
  pace_.took(trainer_->steps() - before, 2 * per_epoch);
}

// Takes steps until they are done or time is up.
void GradientsModel::run(int64_t count, const std::function<double()>& clock, double now,
                         double budget) {
  if (moments_.empty()) look();
  Chunk chunk(4);
  double time = clock();
  while (count > 0 && time < now + budget && !trainer_->divergence()) {
    const int64_t due = std::min(chunk.steps(), count);
    const int64_t taken = take(due);
    count -= taken;
    const double passed = clock() - time;
    time += passed;
    if (taken == due) chunk.took(passed, budget);
  }
  touch();
  if (trainer_->divergence()) playing_ = false;
}

// Takes `most` steps, or fewer up to the next moment that is kept. Returns how many.
int64_t GradientsModel::take(int64_t most) {
  const int64_t taken = std::min(most, stride_ - trainer_->steps() % stride_);
  trainer_->step(taken);
  ++revision_;
  if (trainer_->steps() % stride_ == 0) look();
  return taken;
}

void GradientsModel::step(int64_t count) {
  replay_.stop();
  if (moments_.empty()) look();
  while (count > 0 && !trainer_->divergence()) count -= take(count);
  touch();
}

void GradientsModel::go_on_to(int64_t step) {
  replay_.go_on_to(step);
  while (step / stride_ >= kMostMoments) stride_ *= 2;
}

void GradientsModel::look() {
  if (looked_ == revision_) return;
  looked_ = revision_;
  const std::vector<train::LayerTrace> traces = trainer_->trace();
  const size_t samples = trainer_->samples().train_count;
  layers_ = layer_stats(traces, samples);
  gradients_.clear();
  for (const train::LayerTrace& trace : traces) gradients_.push_back(log_histogram(trace.gradient));
  by_bias_.clear();
  const train::Plan& plan = trainer_->plan();
  const train::Parameters parameters = trainer_->parameters();
  for (size_t l = 0; l + 1 < traces.size(); ++l) {
    const auto units = static_cast<size_t>(plan.layers[l].units);
    for (size_t u = 0; u < units; ++u) {
      const auto z = std::span(traces[l].z).subspan(u * samples, samples);
      const double bias = plan.bias ? parameters[plan.array_of(l) + 1][u] : 0;
      by_bias_.push_back(!z.empty() && *std::ranges::max_element(z) - bias > 0);
    }
  }
  keep_moment();
}

void GradientsModel::keep_moment() {
  GradientMoment moment;
  moment.step = trainer_->steps();
  const size_t count = layers_.size();
  moment.gradient.resize(count);
  moment.slope.resize(count);
  moment.weight.resize(count);
  moment.dead.resize(count);
  double slope = 1, weight = 1;
  for (size_t l = count; l-- > 0;) {
    const LayerStats& stats = layers_[l];
    slope *= stats.slope_factor;
    weight *= stats.weight_factor;
    moment.gradient[l] = exponent(stats.gradient_rms, layers_.back().gradient_rms);
    moment.slope[l] = exponent(slope, 1);
    moment.weight[l] = exponent(weight, 1);
    moment.dead[l] = l + 1 < count ? static_cast<float>(stats.dead) : 0;
  }
  const auto passing = [this](const GradientMoment& kept) { return kept.step % stride_ != 0; };
  while (!moments_.empty() && (moments_.back().step >= moment.step || passing(moments_.back()))) {
    moments_.pop_back();
  }
  moments_.push_back(std::move(moment));
  while (trainer_->steps() / stride_ >= kMostMoments) {
    stride_ *= 2;
    std::erase_if(moments_, [&](const GradientMoment& kept) {
      return passing(kept) && kept.step != trainer_->steps();
    });
  }
}

size_t GradientsModel::dead_count() const {
  size_t dead = 0;
  for (size_t l = 0; l + 1 < layers_.size(); ++l) dead += layers_[l].dead_units.size();
  return dead;
}

size_t GradientsModel::hidden_count() const {
  return static_cast<size_t>(setup_.depth) * static_cast<size_t>(setup_.width);
}

const std::vector<Death>& GradientsModel::ledger() {
  if (ledger_of_ == revision_) return ledger_;
  ledger_.clear();
  if (playing_) return ledger_;
  const double work = static_cast<double>(trainer_->kept_steps().size()) *
                      static_cast<double>(hidden_count() * trainer_->samples().train_count);
  if (dead_count() > 0 && work > kMostLedgerWork) return ledger_;
  if (dead_count() > 0) ledger_ = trainer_->deaths();
  ledger_of_ = revision_;
  return ledger_;
}

GradientsModel::Cause GradientsModel::cause(const Death& death) const {
  if (death.by_large_step()) return Cause::step;
  const size_t unit = death.layer * static_cast<size_t>(setup_.width) + death.unit;
  return by_bias_[unit] ? Cause::bias : Cause::weights;
}

}  // namespace lab
