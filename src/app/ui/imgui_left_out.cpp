// What Dear ImGui's files call of its tables, columns and settings files. The app has none of them, so
// that this stands in place of imgui_tables.cpp: a page would load 20 KB that it never runs.

#include <imgui_internal.h>

namespace ImGui {

void EndTable() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TableGcCompactSettings() {}
void TableSettingsAddSettingsHandler() {}
void TableEndCell(ImGuiTable*) {}
void TableEndRow(ImGuiTable*) {}
void TablePushBackgroundChannel() {}
void TablePopBackgroundChannel() {}
void TablePushColumnChannel(int) {}
void TablePopColumnChannel() {}
void EndColumns() {}
void PushColumnsBackground() {}
void PopColumnsBackground() {}

}  // namespace ImGui

// In the browser sscanf is this one, see CMakeLists.txt: it reads settings files alone.
extern "C" int lab_no_sscanf(const char*, const char*, ...) {
  return 0;
}
