#include "core/train/loss.h"
#include "core/train/trainer.h"

namespace lab {
namespace {

// One of the samples, as the only one there is.
train::Samples only(const train::Samples& all, size_t sample) {
  const auto row = [sample](const std::vector<double>& rows, size_t width) {
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(sample * width);
    return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(width));
  };
  return {all.inputs, all.outputs, 1, 1, row(all.x, all.inputs), row(all.target, all.outputs)};
}

// The plan of a step at this rate that draws nothing at random.
train::Plan quiet(train::Plan plan, double learning_rate) {
  plan.batch_size = 1;
  plan.shuffle = false;
  plan.dropout = 0;
  plan.schedule = ScheduleKind::constant;
  plan.learning_rate = learning_rate;
  for (train::LayerPlan& layer : plan.layers) layer.random_slope = false;
  return plan;
}

}  // namespace

// An engine of its own takes the step, from the state of the one that trains.
MicroStep Trainer::micro_step(size_t sample) const {
  MicroStep result;
  result.learning_rate = learning_rate();
  result.before = parameters();
  const train::Samples one = only(samples_, sample);
  const auto engine = make_engine(quiet(plan_, result.learning_rate), result.before);
  engine->set_samples(one);
  engine->restore(engine_->snapshot());
  result.features = one.x;
  result.target = one.target;
  result.layers = engine->trace(one, 0, 1);
  const train::LayerTrace& last = result.layers.back();
  result.loss = train::loss_value(plan_.loss, plan_.output_in_loss ? last.a : last.z, one.target) *
                (plan_.playground ? 0.5 : 1);
  engine->run(1);
  result.gradients = engine->gradients();
  result.after = engine->parameters();
  return result;
}

}  // namespace lab
