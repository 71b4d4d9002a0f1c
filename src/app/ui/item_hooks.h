#pragma once

#include <imgui.h>

#include <vector>

namespace lab {

// Ids of the items ImGui laid out, in order, while the log was attached to a context.
struct ItemLog {
  std::vector<ImGuiID> items;
};

// The log of a context: null until somebody attaches one, and set
// `ImGuiContext::TestEngineHookItems` so that ImGui fills it.
ItemLog*& item_log(ImGuiContext* context);

}  // namespace lab
