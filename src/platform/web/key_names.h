#pragma once

#include <imgui.h>

#include <string_view>

namespace lab {

// The ImGui key of a DOM keyboard event. Letters, digits and punctuation go by what is printed on
// the key (`key`), so that Ctrl+Z is where the person's layout has Z; everything else, and layouts
// without Latin letters, go by its place (`code`). ImGuiKey_None for keys that ImGui doesn't know.
ImGuiKey key_from_dom(std::string_view code, std::string_view key);

}  // namespace lab
