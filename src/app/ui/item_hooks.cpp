// Dear ImGui calls these hooks for every item when IMGUI_ENABLE_TEST_ENGINE is defined. They count
// what is interactive, so that a test can prove that no control is drawn without a record.
#include "app/ui/item_hooks.h"

#include <imgui_internal.h>

namespace lab {

ItemLog*& item_log(ImGuiContext* context) {
  return reinterpret_cast<ItemLog*&>(context->TestEngine);
}

}  // namespace lab

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect&,
                                 const ImGuiLastItemData* data) {
  lab::ItemLog* log = lab::item_log(context);
  // Without data it is a window or an item that was reported before.
  if (log == nullptr || id == 0 || data == nullptr) return;
  // Title bars and ImGui's own fallback window are not ours.
  const ImGuiWindow* window = context->CurrentWindow;
  if (window != nullptr && (window->IsFallbackWindow || id == window->MoveId)) return;
  if ((data->ItemFlags & ImGuiItemFlags_Disabled) == 0) log->items.push_back(id);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) {
  return nullptr;
}
