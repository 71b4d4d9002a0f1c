#pragma once

#include <doctest/doctest.h>

#include <memory>

#include "core/train/trainer.h"

namespace lab::test {

// Of a document that must be valid.
inline std::unique_ptr<Trainer> trainer_of(const Experiment& experiment) {
  auto trainer = Trainer::create(experiment);
  REQUIRE_MESSAGE(trainer.ok(), (trainer ? "" : trainer.error().message(Language::en)));
  return std::move(trainer.value());
}

// A network that learns XOR within 60 epochs.
inline Experiment xor_experiment() {
  Experiment experiment;
  experiment.data.kind = "xor";
  experiment.network.hidden = {{8, "tanh", {}}};
  experiment.training.optimizer = {"adam", 0.03, {}, {}, {}, {}, {}};
  return experiment;
}

}  // namespace lab::test
