#include "platform/web/web_shell.h"

#include <GLES3/gl3.h>
#include <GLFW/glfw3.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "app/scenes/scene.h"

// src/platform/web/glfw_quiet.js, gl_names.js
extern "C" {
void lab_glfw_skip_document_listeners();
void lab_glfw_stop_listening();
void lab_gl_use_names_again();
}

namespace lab {
namespace {

GLFWwindow* open_window() {
  lab_glfw_skip_document_listeners();
  if (!glfwInit()) return nullptr;
  lab_glfw_stop_listening();
  glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_ES_API);
  glfwWindowHint(GLFW_ALPHA_BITS, 0);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  GLFWwindow* window = glfwCreateWindow(1, 1, "", nullptr, nullptr);
  if (window != nullptr) lab_gl_use_names_again();
  return window;
}

// The factor for which ImGui's renderer, which truncates size × factor, gets exactly `pixels`.
float exact_scale(float size, int pixels) {
  float scale = static_cast<float>(pixels) / size;
  while (static_cast<int>(size * scale) < pixels) {
    scale = std::nextafter(scale, std::numeric_limits<float>::max());
  }
  return scale;
}

// No field is being edited and no control has the keyboard cursor; Tab begins at the first one
// again. (Focusing no window at all would leave Tab without a place to begin.)
void forget_focus() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGui::ClearActiveID();
  ImGui::SetNavCursorVisible(false);
  g.NavId = 0;
}

const char* css_cursor() {
  constexpr std::array kNames = {"default",   "text",        "move",        "ns-resize",
                                 "ew-resize", "nesw-resize", "nwse-resize", "pointer",
                                 "wait",      "progress",    "not-allowed"};
  static_assert(kNames.size() == ImGuiMouseCursor_COUNT);
  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  return cursor < 0 ? "none" : kNames[static_cast<std::size_t>(cursor)];
}

}  // namespace

std::unique_ptr<WebShell> WebShell::create(emscripten::val services, bool mac) {
  GLFWwindow* window = open_window();
  if (window == nullptr) {
    glfwTerminate();
    return nullptr;
  }
  return std::unique_ptr<WebShell>(new WebShell(std::move(services), window, mac));
}

WebShell::WebShell(emscripten::val services, GLFWwindow* window, bool mac)
    : window_(window), platform_(std::move(services)) {
  set_up_imgui();
  input_ = std::make_unique<WebInput>(platform_, mac);
  app_ = std::make_unique<App>(platform_);
}

WebShell::~WebShell() {
  app_.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void WebShell::set_up_imgui() {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendPlatformName = "activation-lab-web";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would need frames for ever

  ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
  platform_io.Platform_ClipboardUserData = this;
  platform_io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
    auto* shell = static_cast<WebShell*>(ImGui::GetPlatformIO().Platform_ClipboardUserData);
    shell->platform_.set_clipboard(text);
  };
  platform_io.Platform_GetClipboardTextFn = [](ImGuiContext*) {
    auto* shell = static_cast<WebShell*>(ImGui::GetPlatformIO().Platform_ClipboardUserData);
    shell->pasted_ = shell->platform_.clipboard();
    return shell->pasted_.c_str();
  };
  platform_io.Platform_ImeUserData = this;
  platform_io.Platform_SetImeDataFn = [](ImGuiContext*, ImGuiViewport*,
                                         ImGuiPlatformImeData* data) {
    static_cast<WebShell*>(ImGui::GetPlatformIO().Platform_ImeUserData)->caret_ = *data;
  };
  ImGui_ImplOpenGL3_Init("#version 300 es");
}

void WebShell::resize(int width, int height, float pixel_ratio) {
  width_ = std::max(width, 1);
  height_ = std::max(height, 1);
  pixel_ratio_ = pixel_ratio;
  glfwSetWindowSize(window_, width_, height_);
}

View WebShell::begin_frame(float height) {
  ImGuiIO& io = ImGui::GetIO();
  const double now = platform_.now();
  io.DeltaTime = static_cast<float>(std::max(now - last_frame_, 1e-4));
  last_frame_ = now;
  const ImVec2 size{static_cast<float>(width_) / pixel_ratio_, height};
  scale_ = app_->scale(size.x, size.y);
  input_->set_scale(scale_);
  io.DisplaySize = {size.x / scale_, size.y / scale_};
  io.DisplayFramebufferScale = {pixel_ratio_ * scale_, pixel_ratio_ * scale_};

  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  return {.width = size.x, .height = size.y, .pixel_ratio = pixel_ratio_, .host_scrolls = true};
}

FrameReport WebShell::frame(float scroll_y) {
  View view = begin_frame(static_cast<float>(height_) / pixel_ratio_);
  view.scroll_y = scroll_y;
  if (std::exchange(release_focus_, false)) forget_focus();
  app_->frame(view);
  ImGui::Render();
  render();
  return report();
}

Image WebShell::screenshot() {
  app_->frame(begin_frame(std::ceil(app_->content_height())));
  ImGui::Render();
  Image image = draw_image(*ImGui::GetDrawData());
  return image;
}

void WebShell::render() {
  const unsigned colour = app_->page_colour();
  const auto channel = [colour](int shift) {
    return static_cast<float>((colour >> shift) & 0xff) / 255.0f;
  };
  glDisable(GL_SCISSOR_TEST);
  glViewport(0, 0, width_, height_);
  glClearColor(channel(16), channel(8), channel(0), 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImDrawData* picture = ImGui::GetDrawData();
  picture->FramebufferScale = ImVec2(exact_scale(picture->DisplaySize.x, width_),
                                     exact_scale(picture->DisplaySize.y, height_));
  ImGui_ImplOpenGL3_RenderDrawData(picture);
}

FrameReport WebShell::report() const {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  FrameReport report;
  report.content_height = app_->content_height();
  report.pinned_height = app_->pinned_height();
  // A held key or button repeats by ImGui's own clock, which only frames move on.
  const bool holding = std::any_of(std::begin(g.IO.MouseDown), std::end(g.IO.MouseDown),
                                   [](bool down) { return down; }) ||
                       std::any_of(std::begin(g.IO.KeysData), std::end(g.IO.KeysData),
                                   [](const ImGuiKeyData& key) { return key.Down; });
  report.wants_frames = app_->wants_frames() || input_->pending() || holding;
  report.page_colour = app_->page_colour();
  if (const auto progress = app_->progress()) {
    report.playing = progress->playing;
    report.epoch = static_cast<double>(progress->epoch);
    report.goal_reached = progress->goal_reached;
  }
  report.language = app_->language_tag();
  report.cursor = css_cursor();
  report.wants_text = g.IO.WantTextInput;
  report.caret_x = caret_.InputPos.x * scale_;
  report.caret_y = caret_.InputPos.y * scale_;
  report.caret_height = caret_.InputLineHeight * scale_;
  if (g.NavCursorVisible && g.NavWindow != nullptr && g.NavIdIsAlive) {
    const ImRect rect = ImGui::WindowRectRelToAbs(g.NavWindow, g.NavWindow->NavRectRel[g.NavLayer]);
    report.focus = g.NavId;
    report.focus_top = rect.Min.y * scale_;
    report.focus_height = rect.GetHeight() * scale_;
  }
  return report;
}

void WebShell::restore_graphics() {
  // Both make shaders and textures anew when next drawn.
  ImGui_ImplOpenGL3_DestroyDeviceObjects();
  platform_.field_painter()->restore();
}

}  // namespace lab
