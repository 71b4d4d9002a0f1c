#pragma once

#include "app/scenes/scene.h"
#include "core/train/trainer.h"

namespace lab {

// What the scenes that train answer alike to whoever plays them from outside. `stuck`: training has
// diverged; `step_once()` takes a step.
template <class Model, class Step>
bool command_training(Model& model, SceneCommand command, bool stuck, Step step_once) {
  switch (command) {
    case SceneCommand::play:
      model.play(true);
      return !stuck;
    case SceneCommand::pause:
      model.play(false);
      return true;
    case SceneCommand::step:
      model.play(false);
      if (!stuck) step_once();
      return !stuck;
    case SceneCommand::reset:
      model.restart();
      return true;
  }
  return false;
}

// As far as a network's metrics tell; whether it plays, has reached its goal or diverged, its scene
// knows.
inline SceneProgress progress_of(const Metrics& m) {
  SceneProgress progress;
  progress.step = m.step;
  progress.epoch = m.epoch;
  progress.train_loss = m.train_loss;
  progress.test_loss = m.test_loss;
  progress.train_accuracy = m.train_accuracy;
  progress.test_accuracy = m.test_accuracy;
  return progress;
}

}  // namespace lab
