#include "platform/desktop/desktop_shell.h"

#define GL_GLEXT_PROTOTYPES
#define GLFW_INCLUDE_GLCOREARB
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>
#include <signal.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <thread>
#include <utility>

#include "platform/desktop/png.h"

namespace lab {
namespace {

// Dear ImGui needs a few frames after an event: to take it in, to react, to lay out.
constexpr int kSettleFrames = 3;
constexpr std::string_view kWindow = "window";  // the setting
// Longer files are cut, and refused by the app for their length.
constexpr std::size_t kMostDropped = (std::size_t{1} << 25) + 1;

GLFWwindow* open_window(const Options& options) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, options.writes() ? GLFW_FALSE : GLFW_TRUE);
  return glfwCreateWindow(options.width, options.height, "Activation Lab", nullptr, nullptr);
}

// Real pixels per logical pixel of the screen that the window is on.
float content_scale(GLFWwindow* window) {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window, &x, &y);
  return std::max(x, 0.5f);
}

// Being told to end is like closing the window. The signals are left to a thread, since a handler may
// do next to nothing; it lives as long as the program.
void close_on_signals(GLFWwindow* window) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, each);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals, window] {
    int signal = 0;
    sigwait(&signals, &signal);
    glfwSetWindowShouldClose(window, GLFW_TRUE);
    glfwPostEmptyEvent();
  }).detach();
}

DesktopShell* shell_of(GLFWwindow* window) {
  return static_cast<DesktopShell*>(glfwGetWindowUserPointer(window));
}

// GLFW counts in screen coordinates, which are logical pixels on some systems and real ones on
// others.
void on_cursor(GLFWwindow* window, double x, double y) {
  int screen_width = 0, pixel_width = 0;
  glfwGetWindowSize(window, &screen_width, nullptr);
  glfwGetFramebufferSize(window, &pixel_width, nullptr);
  if (screen_width <= 0) return;
  const double scale = static_cast<double>(pixel_width) / screen_width / content_scale(window);
  const double unit = static_cast<double>(shell_of(window)->scale());
  ImGui_ImplGlfw_CursorPosCallback(window, x * scale / unit, y * scale / unit);
}

// Where a window was, in words: its size in logical pixels, its corner, and whether it filled the
// screen.
struct WindowPlace {
  int width = 0, height = 0, x = 0, y = 0, maximized = 0;
};

// Whether enough of it to take hold of is on one of the screens there are now.
bool is_on_screen(const WindowPlace& place, float scale) {
  constexpr int least = 100;
  const int right = place.x + static_cast<int>(static_cast<float>(place.width) * scale);
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0, y = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(monitors[i], &x, &y, &width, &height);
    const bool across = std::min(right, x + width) - std::max(place.x, x) >= least;
    if (across && place.y >= y && place.y < y + height - least) return true;
  }
  return false;
}

// Puts the window where it was. What is not a place, or no longer on a screen, is left out.
void place_window(GLFWwindow* window, const std::string& kept) {
  constexpr int least = 200, most = 16384;
  WindowPlace place;
  if (std::sscanf(kept.c_str(), "%dx%d%d%d %d", &place.width, &place.height, &place.x, &place.y,
                  &place.maximized) != 5) {
    return;
  }
  if (std::min(place.width, place.height) < least || std::max(place.width, place.height) > most) {
    return;
  }
  const float scale = content_scale(window);
  const auto real = [scale](int length) {
    return static_cast<int>(std::lround(static_cast<float>(length) * scale));
  };
  glfwSetWindowSize(window, real(place.width), real(place.height));
  if (is_on_screen(place, scale)) glfwSetWindowPos(window, place.x, place.y);
  if (place.maximized != 0) glfwMaximizeWindow(window);
}

}  // namespace

std::unique_ptr<DesktopShell> DesktopShell::open(const Options& options, std::string& error) {
  GLFWwindow* window = glfwInit() ? open_window(options) : nullptr;
  if (window == nullptr) {
    const char* description = nullptr;
    glfwGetError(&description);
    error = "Activation Lab needs a display with OpenGL 3.3, and could not get one";
    if (description != nullptr) error += std::string(": ") + description;
    glfwTerminate();
    return nullptr;
  }
  return std::unique_ptr<DesktopShell>(new DesktopShell(window, options));
}

DesktopShell::DesktopShell(GLFWwindow* window, const Options& options)
    : window_(window), options_(options), platform_(window, fixed_settings(options)) {
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(1);
  set_up_imgui();
  if (!options_.writes() && !options_.sized) {
    if (const auto kept = platform_.load(kWindow)) place_window(window_, *kept);
  }
  app_ = std::make_unique<App>(platform_);
}

DesktopShell::~DesktopShell() {
  app_.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void DesktopShell::set_up_imgui() {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would need frames for ever
  ImGui_ImplGlfw_InitForOpenGL(window_, false);
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

void DesktopShell::listen() {
  glfwSetWindowUserPointer(window_, this);
  glfwSetWindowFocusCallback(window_, ImGui_ImplGlfw_WindowFocusCallback);
  glfwSetCursorEnterCallback(window_, ImGui_ImplGlfw_CursorEnterCallback);
  glfwSetCursorPosCallback(window_, on_cursor);
  glfwSetMouseButtonCallback(window_, ImGui_ImplGlfw_MouseButtonCallback);
  glfwSetScrollCallback(window_, ImGui_ImplGlfw_ScrollCallback);
  glfwSetKeyCallback(window_, ImGui_ImplGlfw_KeyCallback);
  glfwSetCharCallback(window_, ImGui_ImplGlfw_CharCallback);
  glfwSetDropCallback(window_, [](GLFWwindow* window, int count, const char** paths) {
    if (count < 1) return;
    std::ifstream file(paths[0], std::ios::binary);
    std::string text(kMostDropped, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    const std::string name = std::filesystem::path(paths[0]).filename().string();
    DesktopShell* shell = shell_of(window);
    if (shell->app_->open_dropped(paths[0], text)) return;
    shell->platform_.set_dropped({name, std::move(text)});
  });
  // Some systems hold the main loop while the window is being resized, and ask for pictures here.
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* window) { shell_of(window)->frame(); });
}

void DesktopShell::run() {
  listen();
  close_on_signals(window_);
  frames_left_ = kSettleFrames;
  while (!glfwWindowShouldClose(window_)) {
    wait_for_change();
    frame();
    const bool busy = app_->wants_frames() || ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
    frames_left_ = busy ? kSettleFrames : frames_left_ - 1;
  }
  keep_window();
}

// As large as it was before it filled the screen nobody can ask for: then the last place is kept.
void DesktopShell::keep_window() {
  const bool maximized = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE;
  if (glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_TRUE) return;
  WindowPlace place;
  glfwGetWindowSize(window_, &place.width, &place.height);
  glfwGetWindowPos(window_, &place.x, &place.y);
  const float scale = content_scale(window_);
  const auto logical = [scale](int length) {
    return static_cast<int>(std::lround(static_cast<float>(length) / scale));
  };
  char text[96];
  std::snprintf(text, sizeof text, "%dx%d%+d%+d %d", logical(place.width), logical(place.height),
                place.x, place.y, maximized ? 1 : 0);
  std::string now = text;
  const std::optional<std::string> before = platform_.load(kWindow);
  if (maximized && before && !before->empty()) {
    now = before->substr(0, before->find(' ')) + " 1";
  }
  platform_.store(kWindow, now);
}

void DesktopShell::wait_for_change() {
  if (frames_left_ > 0) {
    glfwPollEvents();
    return;
  }
  glfwWaitEvents();
  frames_left_ = kSettleFrames;
}

void DesktopShell::frame() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  if (width == 0 || height == 0) return;  // minimised
  ImGui_ImplGlfw_NewFrame();
  draw(width, height, content_scale(window_));
  glfwSwapBuffers(window_);
}

void DesktopShell::draw(int width, int height, float pixel_ratio) {
  ImGuiIO& io = ImGui::GetIO();
  const ImVec2 size{static_cast<float>(width) / pixel_ratio,
                    static_cast<float>(height) / pixel_ratio};
  scale_ = app_->scale(size.x, size.y);
  io.DisplaySize = {size.x / scale_, size.y / scale_};
  io.DisplayFramebufferScale = {pixel_ratio * scale_, pixel_ratio * scale_};
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  app_->frame({.width = size.x, .height = size.y, .pixel_ratio = pixel_ratio});
  ImGui::Render();

  const unsigned colour = app_->page_colour();
  const auto channel = [colour](int shift) {
    return static_cast<float>((colour >> shift) & 0xff) / 255.0f;
  };
  glViewport(0, 0, width, height);
  glClearColor(channel(16), channel(8), channel(0), 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void DesktopShell::frame_aside() {
  const Picture picture(options_.width, options_.height);
  ImGui::GetIO().DeltaTime = 1.0f / 60;
  draw(options_.width, options_.height, 1);
}

bool DesktopShell::write_screenshot(const std::string& path, int frames) {
  const float ratio = options_.pixel_ratio.value_or(1.0f);
  const int width = static_cast<int>(std::lround(static_cast<float>(options_.width) * ratio));
  const int height = static_cast<int>(std::lround(static_cast<float>(options_.height) * ratio));
  const Picture picture(width, height);
  for (int i = 0; i < frames; ++i) {
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    draw(width, height, ratio);
  }
  const std::string png = encode_png(picture.image());
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(png.data(), static_cast<std::streamsize>(png.size()));
  return !png.empty() && file.flush();
}

}  // namespace lab
