#include "app/scenes/compare/compare_scene.h"
#include "app/scenes/functions/functions_scene.h"
#include "app/scenes/gradients/gradients_scene.h"
#include "app/scenes/learn/learn_scene.h"
#include "app/scenes/scene.h"
#include "app/scenes/tensor/tensor_scene.h"
#include "app/scenes/train/train_scene.h"

namespace lab {
namespace {

template <class T>
std::unique_ptr<Scene> make(FormulaLibrary& formulas) {
  return std::make_unique<T>(formulas);
}

constexpr SceneRow kScenes[] = {
    {"tensor", Str::tensor_tab, make<TensorScene>, TensorScene::parts},
    {"functions", Str::functions_tab, make<FunctionsScene>, FunctionsScene::parts},
    {"train", Str::train_tab, make<TrainScene>, TrainScene::parts},
    {"compare", Str::compare_tab, make<CompareScene>, CompareScene::parts},
    {"gradients", Str::gradients_tab, make<GradientsScene>, GradientsScene::parts},
    {"learn", Str::learn_tab, make<LearnScene>, LearnScene::parts},
};

}  // namespace

std::span<const SceneRow> scenes() {
  return kScenes;
}

}  // namespace lab
