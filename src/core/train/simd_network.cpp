#include "core/train/simd_network.h"

#include <algorithm>
#include <cmath>

namespace lab::train {

SimdNetwork::SimdNetwork(const Plan& plan, simd::Isa isa)
    : plan_(plan), table_(*step_table(isa)), kernels_(kernel_table(isa)) {
  make_layers();
  set_plan(plan);
}

void SimdNetwork::make_layers() {
  size_t size = 0;
  for (const LayerPlan& plan : plan_.layers) {
    Layer layer{};
    layer.plan = plan;
    layer.inputs = static_cast<size_t>(plan.inputs);
    layer.units = static_cast<size_t>(plan.units);
    layer.row = row_of(layer.inputs);
    layer.offset = size;
    size += layer.units * layer.row;
    const size_t area = layer.units * tile();
    for (auto* buffer : {&layer.z, &layer.slope, &layer.delta}) buffer->resize(area);
    layer.a.resize(round_up(layer.units, 4) * tile());
    layer.arriving.resize(area);
    ones_.resize(std::max(ones_.size(), area), 1.0f);
    const size_t next_row = row_of(layer.units);
    layer.a_by_sample.resize(tile() * next_row);
    for (size_t s = 0; plan_.bias && s < tile(); ++s) {
      layer.a_by_sample[s * next_row + layer.units] = 1;
    }
    layers_.push_back(std::move(layer));
  }
  steps_.resize(layers_.size());
  slopes_ = size;
  w_.resize(slope_at(layers_.size() - 1));
  for (size_t l = 0; l + 1 < layers_.size(); ++l) w_[slope_at(l)] = kFirstSlope;
  g_.resize(w_.size());
}

void SimdNetwork::fill_mask() {
  weight_mask_.assign(w_.size(), 0);
  for (const Layer& layer : layers_) {
    for (size_t u = 0; u < layer.units; ++u) {
      std::fill_n(&weight_mask_[layer.offset + u * layer.row], layer.inputs, 1.0f);
    }
  }
  frozen_.clear();
  for (const WeightIndex& index : plan_.frozen) {
    const Layer& layer = layers_[static_cast<size_t>(index.layer)];
    const size_t input = index.input < 0 ? layer.inputs : static_cast<size_t>(index.input);
    frozen_.push_back(layer.offset + static_cast<size_t>(index.unit) * layer.row + input);
  }
  for (size_t l = 0; learns_slopes_ && l + 1 < layers_.size(); ++l) {
    if (!layers_[l].plan.learns_slope) frozen_.push_back(slope_at(l));
  }
}

void SimdNetwork::set_plan(const Plan& plan) {
  plan_ = plan;
  draws_ = plan.dropout > 0;
  learns_slopes_ = false;
  for (size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    if (plan.layers[l].learns_slope) {
      if (!layer.plan.learns_slope) w_[slope_at(l)] = plan.layers[l].params[0];
      layer.keep.assign(layer.z.size(), 1.0f);
      learns_slopes_ = true;
    }
    layer.plan = plan.layers[l];
    const Activation& f = *layer.plan.activation;
    layer.kernel = f.custom ? nullptr : &kernels_[static_cast<size_t>(f.kernel)];
    layer.identity = !f.custom && f.kernel == Kernel::identity;
    std::ranges::fill(layer.slope, 1.0f);
    draws_ |= layer.plan.random_slope;
  }
  output_through_ = plan.output_in_loss && !layers_.back().identity;
  const auto custom = [](const Layer& layer) { return !layer.kernel; };
  plain_ = !draws_ && !learns_slopes_ && layers_.back().identity &&
           std::ranges::none_of(layers_, custom);
  prepared_ = 0;  // the activations may be others
  fill_mask();
  take_slopes();
}

void SimdNetwork::set_parameters(const Parameters& parameters) {
  std::vector<double> flat;
  for (const auto& array : parameters) flat.insert(flat.end(), array.begin(), array.end());
  size_t next = 0;
  for_each_parameter([&](size_t i) { w_[i] = static_cast<float>(flat[next++]); });
  take_slopes();
}

Parameters SimdNetwork::as_parameters(std::span<const float> array) const {
  std::vector<double> flat;
  for_each_parameter([&](size_t i) { flat.push_back(static_cast<double>(array[i])); });
  Parameters parameters;
  auto from = flat.begin();
  const auto take = [&](size_t count) {
    const auto end = from + static_cast<std::ptrdiff_t>(count);
    parameters.emplace_back(from, end);
    from = end;
  };
  for (const Layer& layer : layers_) {
    take(layer.units * layer.inputs);
    if (plan_.bias) take(layer.units);
    if (layer.plan.learns_slope) take(1);
  }
  return parameters;
}

void SimdNetwork::take_learned_slopes() {
  for (size_t l = 0; l < layers_.size(); ++l) {
    if (layers_[l].plan.learns_slope) layers_[l].plan.params[0] = w_[slope_at(l)];
  }
}

void SimdNetwork::arrange(const Samples& samples, std::span<const uint32_t> order,
                          SampleTiles& tiles) const {
  const size_t count = samples.train_count, row = layers_.front().row;
  tiles.count = count;
  tiles.stride = round_up(count, table_.lanes) + tile();  // a tile may read beyond the last sample
  tiles.x.resize(samples.inputs * tiles.stride);
  tiles.x_by_sample.resize(count * row);
  tiles.target.resize(samples.outputs * tiles.stride);
  for (size_t s = 0; s < count; ++s) {
    const size_t from = order.empty() ? s : order[s];
    for (size_t i = 0; i < samples.inputs; ++i) {
      const auto x = static_cast<float>(samples.x[from * samples.inputs + i]);
      tiles.x[i * tiles.stride + s] = tiles.x_by_sample[s * row + i] = x;
    }
    tiles.x_by_sample[s * row + samples.inputs] = plan_.bias ? 1.0f : 0.0f;
    for (size_t o = 0; o < samples.outputs; ++o) {
      tiles.target[o * tiles.stride + s] =
          static_cast<float>(samples.target[from * samples.outputs + o]);
    }
  }
}

// The arguments of all passes, but for where the samples and targets lie: tiles of the same size
// follow one another for millions of steps.
void SimdNetwork::prepare(size_t samples) {
  if (samples == prepared_) return;
  prepared_ = samples;
  width_ = round_up(samples, table_.lanes);
  forward_ = table_.forward[width_ / table_.lanes - 1];
  backward_ = table_.backward[width_ / table_.lanes - 1];
  for (size_t l = 0; l < layers_.size(); ++l) prepare_layer(l);
}

void SimdNetwork::prepare_layer(size_t index) {
  Layer& layer = layers_[index];
  Layer* before = index > 0 ? &layers_[index - 1] : nullptr;
  LayerSteps& steps = steps_[index];
  const float* w = &w_[layer.offset];
  const size_t area = layer.units * width_;
  steps.forward = {w,           layer.row,      before ? before->a.data() : nullptr,
                   width_,      layer.z.data(), layer.units,
                   layer.inputs};
  steps.activate = {layer.kernel ? layer.kernel->both : nullptr,
                    layer.plan.params.data(),
                    layer.z.data(),
                    layer.a.data(),
                    layer.slope.data(),
                    area};
  steps.gradient = {layer.delta.data(), width_,    before ? before->a_by_sample.data() : nullptr,
                    &g_[layer.offset],  layer.row, layer.units,
                    prepared_,          false};
  if (before) {
    steps.backward = {w,
                      layer.row,
                      layer.delta.data(),
                      before->slope.data(),
                      before->delta.data(),
                      layer.inputs,
                      layer.units};
  }
  if (index + 1 == layers_.size()) return;
  steps.transpose = {layer.a.data(),         width_,      layer.a_by_sample.data(),
                     layers_[index + 1].row, layer.units, prepared_};
  // Where the last four rows that are transposed are not all units, the bias's input follows them.
  std::fill(layer.a.begin() + static_cast<std::ptrdiff_t>(area), layer.a.end(), 0.0f);
  if (plan_.bias && layer.units % 4 != 0) std::fill_n(&layer.a[area], width_, 1.0f);
}

// Where the samples of a tile lie.
void SimdNetwork::place(const SampleTiles& x, const TileArgs& tile) {
  prepare(tile.samples);
  LayerSteps& first = steps_.front();
  first.forward.x = x.x.data() + tile.first;
  first.forward.x_row = x.stride;
  first.gradient.x = x.x_by_sample.data() + tile.first * layers_.front().row;
  for (LayerSteps& steps : steps_) steps.gradient.accumulate = tile.place > 0;
}

LossArgs SimdNetwork::loss_args(const SampleTiles& x, const TileArgs& tile) {
  Layer& output = layers_.back();
  return {output_through_ ? output.a.data() : output.z.data(),
          output.delta.data(),
          width_,
          x.target.data() + tile.first,
          x.stride,
          output.units,
          tile.samples,
          tile.factor};
}

void SimdNetwork::activate(size_t index) {
  const Layer& layer = layers_[index];
  const ActivateArgs& args = steps_[index].activate;
  if (layer.kernel) return args.both(args.params, args.z, args.a, args.slope, args.count);
  layer.plan.activation->evaluate_both(layer.plan.params, {args.z, args.count},
                                       {args.a, args.count}, {args.slope, args.count});
}

void SimdNetwork::evaluate(size_t index) {
  const Layer& layer = layers_[index];
  const ActivateArgs& args = steps_[index].activate;
  if (layer.kernel) return layer.kernel->value(args.params, args.z, args.a, args.count);
  layer.plan.activation->evaluate(layer.plan.params, {args.z, args.count}, {args.a, args.count});
}

// RReLU's slopes and dropout, on what activate() gave.
void SimdNetwork::draw(size_t index, const TileArgs& tile) {
  Layer& layer = layers_[index];
  const float low = layer.plan.params[0], high = layer.plan.params[1];
  const float kept = static_cast<float>(1 / (1 - plan_.dropout));
  for (size_t u = 0; u < layer.units; ++u) {
    for (size_t s = 0; s < tile.samples; ++s) {
      const size_t at = u * width_ + s, place = tile.place + s;
      if (layer.plan.random_slope && layer.z[at] < 0) {
        const float drawn = unit_random(plan_.seed, tile.step, index, u, place);
        layer.slope[at] = low + (high - low) * drawn;
        layer.a[at] = layer.slope[at] * layer.z[at];
      }
      if (plan_.dropout == 0) continue;
      const float drawn = unit_random(plan_.seed, tile.step, layers_.size() + index, u, place);
      const float keep = static_cast<double>(drawn) < plan_.dropout ? 0.0f : kept;
      if (layer.plan.learns_slope) layer.keep[at] = keep;
      layer.a[at] *= keep;
      layer.slope[at] *= keep;
    }
  }
}

void SimdNetwork::learn(const SampleTiles& x, const TileArgs& tile) {
  if (plain_) {
    place(x, tile);
    table_.learn[width_ / table_.lanes - 1]({steps_, table_.loss, plan_.loss, loss_args(x, tile)});
    return;
  }
  forward(x, tile, true);
  backward(x, tile);
  for (size_t l = 0; l < layers_.size(); ++l) {
    table_.gradient(steps_[l].gradient);
    if (layers_[l].plan.learns_slope) add_slope_gradient(l, tile);
  }
}

void SimdNetwork::forward(const SampleTiles& x, const TileArgs& tile, bool training) {
  place(x, tile);
  const size_t last = layers_.size() - 1;
  for (size_t l = 0; l < last; ++l) {
    forward_(steps_[l].forward);
    activate(l);
    if (draws_ && training) draw(l, tile);
    table_.transpose(steps_[l].transpose);
  }
  forward_(steps_[last].forward);
  if (!layers_[last].identity) activate(last);
}

void SimdNetwork::backward(const SampleTiles& x, const TileArgs& tile) {
  Layer& output = layers_.back();
  table_.loss(plan_.loss, loss_args(x, tile));
  if (output_through_) {
    for (size_t i = 0; i < output.units * width_; ++i) output.delta[i] *= output.slope[i];
  }
  for (size_t l = layers_.size() - 1; l > 0; --l) {
    backward_(steps_[l].backward);
    if (layers_[l - 1].plan.learns_slope) find_arriving(l - 1);
  }
}

// ∂L/∂a of a layer, from ∂L/∂z of the next one: its gradient if all slopes were 1.
void SimdNetwork::find_arriving(size_t index) {
  BackwardArgs args = steps_[index + 1].backward;
  args.slope = ones_.data();
  args.out = layers_[index].arriving.data();
  backward_(args);
}

// ∂a/∂slope = z where z ≤ 0, summed sample by sample.
void SimdNetwork::add_slope_gradient(size_t index, const TileArgs& tile) {
  const Layer& layer = layers_[index];
  float& gradient = g_[slope_at(index)];
  float sum = tile.place == 0 ? 0 : gradient;
  for (size_t s = 0; s < tile.samples; ++s) {
    for (size_t u = 0; u < layer.units; ++u) {
      const size_t at = u * width_ + s;
      if (layer.z[at] > 0) continue;
      sum = sum + layer.arriving[at] * (layer.z[at] * layer.keep[at]);
    }
  }
  gradient = sum;
}

// Makes rows of inputs from the one with that number on the first layer's, a tile of them at most;
// how many.
size_t SimdNetwork::gather(std::span<const float> x, size_t first) {
  const size_t inputs = layers_.front().inputs;
  const size_t samples = std::min(tile(), x.size() / inputs - first);
  prepare(samples);
  gathered_.resize(inputs * tile());
  for (size_t i = 0; i < inputs; ++i) {
    const float* from = x.data() + first * inputs + i;
    float* to = gathered_.data() + i * width_;
    for (size_t s = 0; s < samples; ++s) to[s] = from[s * inputs];
  }
  steps_[0].forward.x = gathered_.data();
  steps_[0].forward.x_row = width_;
  return samples;
}

void SimdNetwork::predict(std::span<const float> x, std::span<float> logits) {
  const size_t outputs = layers_.back().units, count = x.size() / layers_.front().inputs;
  for (size_t first = 0; first < count; first += tile()) {
    const size_t samples = gather(x, first);
    for (size_t l = 0; l < layers_.size(); ++l) {
      forward_(steps_[l].forward);
      if (l + 1 < layers_.size()) evaluate(l);
    }
    for (size_t o = 0; o < outputs; ++o) {
      const float* from = layers_.back().z.data() + o * width_;
      float* to = logits.data() + first * outputs + o;
      for (size_t s = 0; s < samples; ++s) to[s * outputs] = from[s];
    }
  }
}

void SimdNetwork::activations(std::span<const float> x, UnitValues& values) {
  const size_t count = x.size() / layers_.front().inputs;
  values.resize(layers_.size() + 1);
  for (size_t l = 0; l < values.size(); ++l) {
    values[l].resize(layers_[std::min(l, layers_.size() - 1)].units * count);
  }
  for (size_t first = 0; first < count; first += tile()) {
    const size_t samples = gather(x, first);
    const auto copy = [&](const std::vector<float>& rows, std::vector<float>& to) {
      for (size_t u = 0; u * count < to.size(); ++u) {
        std::copy_n(&rows[u * width_], samples, &to[u * count + first]);
      }
    };
    for (size_t l = 0; l < layers_.size(); ++l) {
      const Layer& layer = layers_[l];
      forward_(steps_[l].forward);
      evaluate(l);
      if (&layer == &layers_.back()) copy(layer.z, values[l]);
      copy(layer.a, values[l + (&layer == &layers_.back())]);
    }
  }
}

void SimdNetwork::copy_trace(const TileArgs& tile, size_t count, std::vector<LayerTrace>& traces) {
  for (size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    LayerTrace& trace = traces[l];
    const bool copies = layer.identity && l + 1 == layers_.size();  // forward() left no a
    const auto copy = [&](const std::vector<float>& from, std::vector<double>& to) {
      to.resize(layer.units * count);
      for (size_t u = 0; u < layer.units; ++u) {
        for (size_t s = 0; s < tile.samples; ++s) {
          to[u * count + tile.place + s] = static_cast<double>(from[u * width_ + s]);
        }
      }
    };
    copy(layer.z, trace.z);
    copy(copies ? layer.z : layer.a, trace.a);
    copy(layer.slope, trace.slope);
    copy(layer.delta, trace.gradient);
    if (l + 1 == layers_.size()) continue;
    find_arriving(l);
    copy(layer.arriving, trace.arriving);
  }
}

}  // namespace lab::train
