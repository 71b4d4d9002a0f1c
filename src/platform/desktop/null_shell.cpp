#include "platform/desktop/null_shell.h"

#include <imgui.h>

namespace lab {

NullShell::NullShell(const Options& options)
    : options_(options),
      platform_(nullptr, fixed_settings(options)),
      context_(ImGui::CreateContext()) {
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  app_ = std::make_unique<App>(platform_);
}

NullShell::~NullShell() {
  app_.reset();
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
  ImGui::DestroyContext(context_);
}

void NullShell::frame() {
  const auto width = static_cast<float>(options_.width);
  const auto height = static_cast<float>(options_.height);
  ImGuiIO& io = ImGui::GetIO();
  const float scale = app_->scale(width, height);
  io.DisplaySize = {width / scale, height / scale};
  io.DeltaTime = 1.0f / 60;
  ImGui::NewFrame();
  app_->frame({.width = width, .height = height});
  ImGui::Render();
  // Every texture that ImGui wants is said to be there.
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    const bool goes = texture->Status == ImTextureStatus_WantDestroy;
    texture->SetTexID(goes ? ImTextureID_Invalid : ImTextureID{1});
    texture->SetStatus(goes ? ImTextureStatus_Destroyed : ImTextureStatus_OK);
  }
}

}  // namespace lab
