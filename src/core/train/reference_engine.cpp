#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/simd/vec_scalar.h"
//
#include "core/math/real.h"
#include "core/train/engine.h"
#include "core/train/gradient_norm.h"
#include "core/train/loss.h"
#include "core/train/loss_kernels.h"
#include "core/train/real_number.h"
#include "core/train/update.h"

// The engine as a textbook has it: one sample after another, plain loops, every sum in the order of
// its terms. With doubles it is the float64 engine and the judge of the float32 one; with floats it
// gives the very bits of the vector engine.

namespace lab::train {
namespace {

// The pieces that differ between the two number types.
template <class S>
struct Number;

template <>
struct Number<double> {
  using V = Real;
  static void activate(const LayerPlan& layer, double z, double& a, double& slope) {
    a = layer.activation->exact_value(layer.params, z);
    slope = layer.activation->exact_derivative(layer.params, z);
  }
  static double value(const LayerPlan& layer, double z) {
    return layer.activation->exact_value(layer.params, z);
  }
  static void loss_slopes(Loss loss, std::span<const double> out, std::span<const double> target,
                          double factor, std::span<double> slopes) {
    train::loss_slopes(loss, out, target, slopes);
    for (double& slope : slopes) slope *= factor;
  }
};

template <>
struct Number<float> {
  using V = simd::scalar::F32;
  static void activate(const LayerPlan& layer, float z, float& a, float& slope) {
    layer.activation->evaluate_both(layer.params, {&z, 1}, {&a, 1}, {&slope, 1});
  }
  static float value(const LayerPlan& layer, float z) {
    float a = 0;
    layer.activation->evaluate(layer.params, {&z, 1}, {&a, 1});
    return a;
  }
  static void loss_slopes(Loss loss, std::span<const float> out, std::span<const float> target,
                          double factor, std::span<float> slopes) {
    train::loss_gradient<V>(loss, {out.data(), slopes.data(), 1, target.data(), 1, out.size(), 1,
                                   static_cast<float>(factor)});
  }
};

template <class S>
S cut_number(S x) {
  using V = typename Number<S>::V;
  S out;
  cut(V::load(&x)).store(&out);
  return out;
}

template <class S>
class ReferenceEngine final : public Engine {
  using V = typename Number<S>::V;
  using Row = std::vector<S>;

 public:
  ReferenceEngine(const Plan& plan, const Parameters& parameters) : plan_(plan) {
    for (const LayerPlan& layer : plan.layers) {
      const size_t units = static_cast<size_t>(layer.units);
      w_.emplace_back(units * static_cast<size_t>(layer.inputs));
      w_.emplace_back(plan.bias ? units : 0);
      w_.push_back({kFirstSlope});
    }
    g_ = m_ = v_ = dead_ = w_;
    clear(m_);
    clear(v_);
    clear(dead_);
    set_parameters(parameters);
  }

  void set_samples(const Samples& samples) override {
    samples_ = samples;
    x_.assign(samples.x.begin(), samples.x.end());
    target_.assign(samples.target.begin(), samples.target.end());
    use_samples();
  }
  const Batches& batches() const override { return batches_; }
  void set_plan(const Plan& plan) override;

  void run(int64_t count) override {
    if (batches_.per_epoch() == 0) return;
    for (int64_t i = 0; i < count; ++i) step();
  }
  int64_t steps() const override { return steps_; }

  Parameters parameters() const override { return as_doubles(w_); }
  Parameters gradients() const override { return as_doubles(g_); }
  void set_parameters(const Parameters& parameters) override {
    auto from = parameters.begin();
    for (size_t array = 0; array < w_.size(); ++array) {
      if (is_parameter(array)) w_[array].assign(from->begin(), from->end()), ++from;
    }
    sync_slopes();
  }

  Snapshot snapshot() const override {
    Snapshot snapshot{steps_, batches_, plan_.optimizer, power1_, power2_, {}, {}};
    for (const auto* arrays : {&w_, &m_, &v_, &dead_}) {
      for (const Row& array : *arrays) {
        snapshot.real.insert(snapshot.real.end(), array.begin(), array.end());
      }
    }
    return snapshot;
  }
  void restore(const Snapshot& snapshot) override {
    steps_ = snapshot.steps;
    batches_.follow(snapshot.batches, steps_);
    power1_ = snapshot.power1;
    power2_ = snapshot.power2;
    const double* from = snapshot.real.data();
    for (auto* arrays : {&w_, &m_, &v_, &dead_}) {
      for (Row& array : *arrays) {
        for (S& value : array) value = static_cast<S>(*from++);
      }
    }
    if (snapshot.optimizer != plan_.optimizer) forget_moments();
    sync_slopes();
    epoch_ = -1;
  }
  bool finite() const override {
    return std::ranges::all_of(w_, [](const Row& array) {
      return std::ranges::all_of(array, [](S value) { return std::isfinite(value); });
    });
  }

  void predict(std::span<const float> x, std::span<float> logits) override {
    predict_rows(x, logits);
  }
  void predict(std::span<const double> x, std::span<double> logits) override {
    predict_rows(x, logits);
  }

  void activations(std::span<const float> x, UnitValues& values) override;

  std::vector<LayerTrace> trace(const Samples& samples, size_t first, size_t count) override;

 private:
  struct Pass {  // of one sample, by layer
    std::vector<Row> input, z, a, slope, delta, keep;
  };

  // Every layer has three arrays in w_ and its like: weights, biases and a slope, whether the
  // network learns these or not.
  static size_t array_of(size_t layer) { return 3 * layer; }
  static size_t slope_array(size_t layer) { return 3 * layer + 2; }
  bool is_parameter(size_t array) const {
    const size_t part = array % 3;
    return part == 0 || (part == 1 ? plan_.bias : plan_.layers[array / 3].learns_slope);
  }
  void sync_slopes() {
    for (size_t l = 0; l < plan_.layers.size(); ++l) {
      LayerPlan& layer = plan_.layers[l];
      if (layer.learns_slope) layer.params[0] = static_cast<float>(w_[slope_array(l)][0]);
    }
  }
  static void clear(std::vector<Row>& arrays) {
    for (Row& array : arrays) std::ranges::fill(array, S(0));
  }
  void forget_moments() {
    clear(m_);
    clear(v_);
    power1_ = power2_ = 1;
  }
  void use_samples() {
    const Batches before = batches_;
    batches_ = Batches(samples_.train_count, plan_);
    batches_.follow(before, steps_);
    epoch_ = -1;
  }

  void activate(size_t layer, Row& z, Row& a, Row& slope) const;
  void forward(const S* x, int64_t step, size_t position, bool training, Pass& pass) const;
  void backward(const S* target, double factor, Pass& pass) const;
  S arriving(const Pass& pass, size_t layer, size_t unit) const;
  void add_gradient(const Pass& pass, std::vector<Row>& g) const;
  void learn_from(size_t sample, size_t position, double factor, std::vector<Row>& g);
  void step();
  void update(int64_t epoch);
  void update_like_pytorch(double rate);
  void update_like_playground(double rate);

  Parameters as_doubles(const std::vector<Row>& arrays) const {
    Parameters result;
    for (size_t i = 0; i < arrays.size(); ++i) {
      if (is_parameter(i)) result.emplace_back(arrays[i].begin(), arrays[i].end());
    }
    return result;
  }

  template <class T>
  void predict_rows(std::span<const T> x, std::span<T> logits) const {
    const size_t inputs = plan_.inputs(), outputs = plan_.outputs();
    Pass pass;
    for (size_t row = 0; row * inputs < x.size(); ++row) {
      const Row in(x.begin() + static_cast<std::ptrdiff_t>(row * inputs),
                   x.begin() + static_cast<std::ptrdiff_t>((row + 1) * inputs));
      forward(in.data(), 0, 0, false, pass);
      for (size_t i = 0; i < outputs; ++i) {
        logits[row * outputs + i] = static_cast<T>(pass.z.back()[i]);
      }
    }
  }

  Plan plan_;
  Samples samples_;
  Row x_, target_;
  Batches batches_;
  std::vector<uint32_t> order_;
  int64_t epoch_ = -1;  // that order_ is of
  std::vector<Row> w_, g_, m_, v_;
  std::vector<Row> dead_;  // 1: a weight that Playground's L1 regularization has cut for good
  int64_t steps_ = 0;
  double power1_ = 1, power2_ = 1;
};

// a = f(z) and f'(z), with a learned slope in full precision.
template <class S>
void ReferenceEngine<S>::activate(size_t layer, Row& z, Row& a, Row& slope) const {
  const LayerPlan& plan = plan_.layers[layer];
  for (size_t u = 0; u < z.size(); ++u) {
    if (plan.learns_slope) {
      const S learned = w_[slope_array(layer)][0];
      a[u] = z[u] > 0 ? z[u] : learned * z[u];
      slope[u] = z[u] > 0 ? S(1) : learned;
    } else {
      Number<S>::activate(plan, z[u], a[u], slope[u]);
    }
  }
}

// `position` is the sample's place in the batch, for what is drawn at random.
template <class S>
void ReferenceEngine<S>::forward(const S* x, int64_t step, size_t position, bool training,
                                 Pass& pass) const {
  const size_t depth = plan_.layers.size();
  for (auto* rows : {&pass.input, &pass.z, &pass.a, &pass.slope, &pass.delta, &pass.keep}) {
    rows->resize(depth);
  }
  pass.input[0].assign(x, x + plan_.inputs());
  for (size_t l = 0; l < depth; ++l) {
    const LayerPlan& layer = plan_.layers[l];
    const size_t units = static_cast<size_t>(layer.units), inputs = pass.input[l].size();
    const Row& w = w_[array_of(l)];
    pass.z[l].resize(units);
    pass.a[l].resize(units);
    pass.slope[l].resize(units);
    for (size_t u = 0; u < units; ++u) {
      S sum = plan_.bias ? w_[array_of(l) + 1][u] : S(0);
      for (size_t i = 0; i < inputs; ++i) sum = sum + w[u * inputs + i] * pass.input[l][i];
      pass.z[l][u] = sum;
    }
    activate(l, pass.z[l], pass.a[l], pass.slope[l]);
    pass.keep[l].assign(units, S(1));
    if (l + 1 == depth) break;
    if (training && layer.random_slope) {
      for (size_t u = 0; u < units; ++u) {
        if (!(pass.z[l][u] < 0)) continue;
        const S low = layer.params[0], high = layer.params[1];
        const S drawn = low + (high - low) * unit_random(plan_.seed, step, l, u, position);
        pass.slope[l][u] = drawn;
        pass.a[l][u] = drawn * pass.z[l][u];
      }
    }
    if (training && plan_.dropout > 0) {
      const S kept = static_cast<S>(1 / (1 - plan_.dropout));
      for (size_t u = 0; u < units; ++u) {
        // The layer's own draws follow those of its slopes.
        const float drawn = unit_random(plan_.seed, step, depth + l, u, position);
        const S keep = static_cast<double>(drawn) < plan_.dropout ? S(0) : kept;
        pass.keep[l][u] = keep;
        pass.a[l][u] = pass.a[l][u] * keep;
        pass.slope[l][u] = pass.slope[l][u] * keep;
      }
    }
    pass.input[l + 1] = pass.a[l];
  }
}

template <class S>
void ReferenceEngine<S>::backward(const S* target, double factor, Pass& pass) const {
  const size_t depth = plan_.layers.size(), outputs = plan_.outputs();
  Row& delta = pass.delta[depth - 1];
  delta.resize(outputs);
  const Row& out = plan_.output_in_loss ? pass.a[depth - 1] : pass.z[depth - 1];
  Number<S>::loss_slopes(plan_.loss, out, {target, outputs}, factor, delta);
  if (plan_.output_in_loss) {
    for (size_t u = 0; u < outputs; ++u) delta[u] = delta[u] * pass.slope[depth - 1][u];
  }
  for (size_t l = depth - 1; l > 0; --l) {
    const size_t inputs = pass.a[l - 1].size();
    pass.delta[l - 1].resize(inputs);
    for (size_t i = 0; i < inputs; ++i) {
      pass.delta[l - 1][i] = cut_number<S>(arriving(pass, l - 1, i) * pass.slope[l - 1][i]);
    }
  }
}

// ∂L/∂a of a unit, from ∂L/∂z of the next layer.
template <class S>
S ReferenceEngine<S>::arriving(const Pass& pass, size_t layer, size_t unit) const {
  const Row &w = w_[array_of(layer + 1)], &delta = pass.delta[layer + 1];
  const size_t inputs = pass.a[layer].size();
  S sum = 0;
  for (size_t k = 0; k < delta.size(); ++k) sum = sum + w[k * inputs + unit] * delta[k];
  return sum;
}

template <class S>
void ReferenceEngine<S>::add_gradient(const Pass& pass, std::vector<Row>& g) const {
  for (size_t l = 0; l < plan_.layers.size(); ++l) {
    const Row &delta = pass.delta[l], &input = pass.input[l];
    Row& gw = g[array_of(l)];
    for (size_t u = 0; u < delta.size(); ++u) {
      for (size_t i = 0; i < input.size(); ++i) {
        gw[u * input.size() + i] = gw[u * input.size() + i] + delta[u] * input[i];
      }
      if (plan_.bias) g[array_of(l) + 1][u] = g[array_of(l) + 1][u] + delta[u];
    }
    if (!plan_.layers[l].learns_slope) continue;
    for (size_t u = 0; u < delta.size(); ++u) {  // ∂a/∂slope = z where z ≤ 0
      if (pass.z[l][u] > 0) continue;
      S& slope = g[slope_array(l)][0];
      slope = slope + cut_number(arriving(pass, l, u)) * (pass.z[l][u] * pass.keep[l][u]);
    }
  }
}

template <class S>
void ReferenceEngine<S>::learn_from(size_t sample, size_t position, double factor,
                                    std::vector<Row>& g) {
  Pass pass;
  forward(&x_[sample * samples_.inputs], steps_, position, true, pass);
  backward(&target_[sample * samples_.outputs], factor, pass);
  add_gradient(pass, g);
}

template <class S>
void ReferenceEngine<S>::step() {
  const Batch batch = batches_.at(steps_);
  if (plan_.shuffle && batch.epoch != epoch_) {
    order_ = shuffled_order(plan_, samples_.train_count, batch.epoch);
    epoch_ = batch.epoch;
  }
  clear(g_);
  const size_t count = batch.carried + batch.count;
  const double factor = loss_factor(plan_.loss, plan_.outputs(), count, plan_.playground);
  for (size_t k = 0; k < count; ++k) {
    const size_t place = k < batch.carried ? samples_.train_count - batch.carried + k
                                           : batch.first + k - batch.carried;
    learn_from(plan_.shuffle ? order_[place] : place, k, factor, g_);
  }
  update(batch.epoch);
  ++steps_;
}

template <class S>
void ReferenceEngine<S>::update(int64_t epoch) {
  const double rate = learning_rate(plan_, epoch);
  const std::vector<Row> before = plan_.frozen.empty() ? std::vector<Row>() : w_;
  plan_.playground ? update_like_playground(rate) : update_like_pytorch(rate);
  for (const WeightIndex& frozen : plan_.frozen) {
    const size_t layer = static_cast<size_t>(frozen.layer), unit = static_cast<size_t>(frozen.unit);
    const size_t inputs = static_cast<size_t>(plan_.layers[layer].inputs);
    const size_t array = array_of(layer) + (frozen.input < 0);
    const size_t at = frozen.input < 0 ? unit : unit * inputs + static_cast<size_t>(frozen.input);
    w_[array][at] = before[array][at];
  }
  sync_slopes();
}

template <class S>
void ReferenceEngine<S>::update_like_pytorch(double rate) {
  power1_ = next_power(power1_, plan_.beta1);
  power2_ = next_power(power2_, plan_.beta2);
  const auto rates = update_rates<S>(plan_, rate, power1_, power2_);
  std::vector<Row> g = g_;
  if (plan_.clip_norm > 0) {
    GradientNorm norm;
    for (const Row& array : g) norm.add(std::span<const S>(array));
    const S factor = static_cast<S>(norm.clip_factor(plan_.clip_norm));
    for (Row& array : g) {
      for (S& value : array) value = value * factor;
    }
  }
  for (size_t array = 0; array < w_.size(); ++array) {
    if (!is_parameter(array)) continue;
    const Row mask(w_[array].size(), array % 3 == 0 ? S(1) : S(0));
    train::update<V, S>(plan_.optimizer,
                        {rates, w_[array].size(), w_[array].data(), g[array].data(),
                         m_[array].data(), v_[array].data(), mask.data()});
  }
}

// Biases first and never regularized; then the step of the regularization with the weight as it was
// before; a weight that L1 would carry over 0 stays there.
template <class S>
void ReferenceEngine<S>::update_like_playground(double step_rate) {
  const S rate = static_cast<S>(step_rate), decay = static_cast<S>(plan_.regularization_rate);
  for (size_t l = 0; l < plan_.layers.size(); ++l) {
    Row &w = w_[array_of(l)], &b = w_[array_of(l) + 1], &dead = dead_[array_of(l)];
    const Row &gw = g_[array_of(l)], &gb = g_[array_of(l) + 1];
    for (size_t u = 0; u < b.size(); ++u) b[u] = b[u] - rate * gb[u];
    if (plan_.layers[l].learns_slope) {
      S& slope = w_[slope_array(l)][0];
      slope = slope - rate * g_[slope_array(l)][0];
    }
    for (size_t i = 0; i < w.size(); ++i) {
      if (dead[i] != 0) continue;
      const S sign = w[i] < 0 ? S(-1) : w[i] > 0 ? S(1) : S(0);
      const bool l1 = plan_.regularization == RegularizationKind::l1;
      const S penalty = plan_.regularization == RegularizationKind::none ? S(0) : l1 ? sign : w[i];
      const S moved = w[i] - rate * gw[i];
      const S shrunk = moved - rate * decay * penalty;
      dead[i] = l1 && moved * shrunk < 0 ? S(1) : S(0);
      w[i] = dead[i] != 0 ? S(0) : shrunk;
    }
  }
}

template <class S>
void ReferenceEngine<S>::set_plan(const Plan& plan) {
  if (plan.optimizer != plan_.optimizer) forget_moments();
  for (size_t l = 0; l < plan.layers.size(); ++l) {
    if (!plan.layers[l].learns_slope || plan_.layers[l].learns_slope) continue;
    w_[slope_array(l)][0] = plan.layers[l].params[0];
    m_[slope_array(l)][0] = v_[slope_array(l)][0] = 0;
  }
  plan_ = plan;
  sync_slopes();
  use_samples();
}

template <class S>
void ReferenceEngine<S>::activations(std::span<const float> x, UnitValues& values) {
  const size_t inputs = plan_.inputs(), rows = x.size() / inputs, depth = plan_.layers.size();
  values.resize(depth + 1);
  Pass pass;
  for (size_t row = 0; row < rows; ++row) {
    const Row in(x.begin() + static_cast<std::ptrdiff_t>(row * inputs),
                 x.begin() + static_cast<std::ptrdiff_t>((row + 1) * inputs));
    forward(in.data(), 0, 0, false, pass);
    for (size_t l = 0; l <= depth; ++l) {
      const Row& from = l + 1 < depth ? pass.a[l] : l < depth ? pass.z[l] : pass.a[depth - 1];
      values[l].resize(from.size() * rows);
      for (size_t u = 0; u < from.size(); ++u) {
        values[l][u * rows + row] = static_cast<float>(from[u]);
      }
    }
  }
}

template <class S>
std::vector<LayerTrace> ReferenceEngine<S>::trace(const Samples& samples, size_t first,
                                                  size_t count) {
  const size_t depth = plan_.layers.size();
  std::vector<LayerTrace> traces(depth);
  for (size_t l = 0; l < depth; ++l) {
    const size_t size = static_cast<size_t>(plan_.layers[l].units) * count;
    for (auto* rows : {&traces[l].z, &traces[l].a, &traces[l].slope, &traces[l].gradient}) {
      rows->resize(size);
    }
    if (l + 1 < depth) traces[l].arriving.resize(size);
  }
  const double factor = loss_factor(plan_.loss, plan_.outputs(), count, plan_.playground);
  Pass pass;
  for (size_t s = 0; s < count; ++s) {
    const double* x = &samples.x[(first + s) * samples.inputs];
    const double* target = &samples.target[(first + s) * samples.outputs];
    const Row in(x, x + samples.inputs), wanted(target, target + samples.outputs);
    forward(in.data(), 0, 0, false, pass);
    backward(wanted.data(), factor, pass);
    for (size_t l = 0; l < depth; ++l) {
      for (size_t u = 0; u < pass.z[l].size(); ++u) {
        traces[l].z[u * count + s] = pass.z[l][u];
        traces[l].a[u * count + s] = pass.a[l][u];
        traces[l].slope[u * count + s] = pass.slope[l][u];
        traces[l].gradient[u * count + s] = pass.delta[l][u];
        if (l + 1 < depth) traces[l].arriving[u * count + s] = cut_number(arriving(pass, l, u));
      }
    }
  }
  return traces;
}

}  // namespace

template <class S>
std::unique_ptr<Engine> make_reference_engine(const Plan& plan, const Parameters& parameters) {
  return std::make_unique<ReferenceEngine<S>>(plan, parameters);
}
template std::unique_ptr<Engine> make_reference_engine<float>(const Plan&, const Parameters&);
template std::unique_ptr<Engine> make_reference_engine<double>(const Plan&, const Parameters&);

}  // namespace lab::train
