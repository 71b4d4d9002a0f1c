// Compile-time configuration of Dear ImGui, named by IMGUI_USER_CONFIG in CMakeLists.txt.
#pragma once

#define IMGUI_USE_WCHAR32         // mathematical letters and rare Chinese lie beyond U+FFFF
#define ImDrawIdx unsigned int    // a large scene has more than 64k vertices
#define IMGUI_ENABLE_TEST_ENGINE  // item hooks, supplied by app/ui/item_hooks.cpp
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_FONT  // the app brings its own fonts
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
