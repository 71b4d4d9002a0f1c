#include "headless.h"

#include <doctest/doctest.h>
#include <imgui_internal.h>

namespace lab {

std::optional<std::string> FakePlatform::load(std::string_view key) const {
  const auto found = settings.find(key);
  if (found == settings.end()) return {};
  return found->second;
}

void FakePlatform::store(std::string_view key, std::string_view value) {
  settings[std::string(key)] = value;
}

void FakePlatform::save_picture(std::string_view name, ImDrawData& drawing) {
  saved_name = name;
  picture = {drawing.DisplaySize.x * drawing.FramebufferScale.x,
             drawing.DisplaySize.y * drawing.FramebufferScale.y};
  picture_colours.clear();
  for (const ImDrawList* list : drawing.CmdLists) {
    for (const ImDrawVert& vertex : list->VtxBuffer) picture_colours.insert(vertex.col);
  }
}

Headless::Headless(FakePlatform& platform, ImVec2 view_size, float pixel_ratio,
                   std::string_view link)
    : size(view_size), ratio(pixel_ratio), platform_(platform), context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  item_log(context_) = &log_;
  context_->TestEngineHookItems = true;
  app_.emplace(platform);
  if (!link.empty()) app_->open_link(link);
  settle();
}

Headless::~Headless() {
  ImGui::SetCurrentContext(context_);
  app_.reset();
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
  item_log(context_) = nullptr;
  ImGui::DestroyContext(context_);
}

void Headless::frame() {
  ImGui::SetCurrentContext(context_);
  platform_.time += 1.0 / 60;
  ImGuiIO& io = ImGui::GetIO();
  const float scale = app_->scale(size.x, size.y);
  io.DisplaySize = {size.x / scale, size.y / scale};
  io.DisplayFramebufferScale = {ratio * scale, ratio * scale};
  io.DeltaTime = 1.0f / 60;
  log_.items.clear();
  ImGui::NewFrame();
  app_->frame({.width = size.x, .height = size.y, .pixel_ratio = ratio});
  ImGui::Render();
  finish_textures();
}

// Says yes to every texture ImGui wants made, so that it goes on as with a real renderer.
void Headless::finish_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    } else if (texture->Status != ImTextureStatus_OK) {
      texture->SetTexID(1);
      texture->SetStatus(ImTextureStatus_OK);
    }
  }
}

void Headless::settle() {
  for (int i = 0; i < 4; ++i) frame();
  for (int i = 0; i < 200 && app_->wants_frames(); ++i) frame();
}

nlohmann::json Headless::item(const std::string& id) const {
  for (const nlohmann::json& item : items()) {
    if (item["id"] == id) return item;
  }
  FAIL("no control is called ", id);
  return {};
}

bool Headless::has(const std::string& id) const {
  for (const nlohmann::json& item : items()) {
    if (item["id"] == id) return true;
  }
  return false;
}

void Headless::point(const std::string& id) {
  const auto middle = [&] {
    const nlohmann::json rect = item(id)["rect"];
    return rect[1].get<float>() + rect[3].get<float>() / 2;
  };
  constexpr float status_bar = 60;
  for (int i = 0; i < 100 && (middle() < 0 || middle() > size.y - status_bar); ++i) {
    ImGui::GetIO().AddMousePosEvent(2, size.y / 2);
    ImGui::GetIO().AddMouseWheelEvent(0, middle() < 0 ? 1.0f : -1.0f);
    frame();
  }
  const nlohmann::json rect = item(id)["rect"];
  const float scale = app_->scale(size.x, size.y);
  ImGui::GetIO().AddMousePosEvent((rect[0].get<float>() + rect[2].get<float>() / 2) / scale,
                                  (rect[1].get<float>() + rect[3].get<float>() / 2) / scale);
  frame();
  frame();
}

void Headless::tap(const std::string& id) {
  point(id);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  frame();
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  frame();
}

void Headless::click(const std::string& id) {
  tap(id);
  settle();
}

void Headless::drag(const std::string& id, ImVec2 by) {
  point(id);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  frame();
  const ImVec2 start = ImGui::GetIO().MousePos;
  for (int i = 1; i <= 4; ++i) {
    const float t = static_cast<float>(i) / 4;
    ImGui::GetIO().AddMousePosEvent(start.x + by.x * t, start.y + by.y * t);
    frame();
  }
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  settle();
}

void Headless::type(std::string_view text) {
  ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
  settle();
}

void Headless::press(ImGuiKey key, ImGuiKey modifier) {
  ImGuiIO& io = ImGui::GetIO();
  if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
  io.AddKeyEvent(key, true);
  frame();
  io.AddKeyEvent(key, false);
  if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
  settle();
}

}  // namespace lab
