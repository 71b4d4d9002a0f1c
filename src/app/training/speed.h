#pragma once

#include <array>

namespace lab {

// How fast training plays: so many steps or passes through the data a second; 0: as many as go.
struct TrainSpeed {
  bool epochs;
  double per_second;
};
inline constexpr std::array kTrainSpeeds = {
    TrainSpeed{false, 1},  TrainSpeed{false, 5},   TrainSpeed{true, 1},
    TrainSpeed{true, 5},   TrainSpeed{true, 20},   TrainSpeed{true, 60},
    TrainSpeed{true, 300}, TrainSpeed{true, 1000}, TrainSpeed{true, 0}};

}  // namespace lab
