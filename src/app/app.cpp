#include "app/app.h"

#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "app/about.h"
#include "app/app_impl.h"
#include "app/figures_dialog.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kMaxColumn = 1360;  // wider screens get margins, not longer lines
constexpr float kNarrow = 640;
// The view before an audience is scaled until it is about as large as this, so that type can be
// read from the back row.
constexpr float kStageWidth = 820, kStageHeight = 615;
constexpr float kStageMargin = 20;
constexpr float kFocusMargin =
    16;  // between the item that the keyboard cursor comes to and an edge

void set_up_imgui() {
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would draw frames for ever
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.IniFilename = nullptr;
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.ScrollbarSize = 10;
  style.ScrollbarRounding = 5;
  style.Colors[ImGuiCol_NavCursor] = ImVec4(0, 0, 0, 0);  // the focus ring is ours
  style.HoverDelayNormal = 0.45f;
}

}  // namespace

App::Impl::Impl(Platform& host) : platform(host) {
  set_up_imgui();
  ui.load_fonts();
  if (platform.documents() != nullptr) files.emplace(platform, *this);
  scene_list.resize(scenes().size());
  select(0);
  // Anything but the words that were stored is as good as nothing.
  const std::string theme = platform.load("theme").value_or("");
  if (theme == "dark" || theme == "light") dark_chosen = theme == "dark";
  const std::string language = platform.load("language").value_or("");
  language_chosen = language == "en" || language == "zh";
  if (language == "zh") ui.language = Language::zh;
}

void App::Impl::select(size_t index) {
  std::unique_ptr<Scene>& slot = scene_list[index];
  if (!slot) slot = scenes()[index].make(formulas);
  if (std::exchange(scene, index) != index) slot->complaint().clear();
}

void App::Impl::choose_theme(bool dark) {
  dark_chosen = dark;
  ui.theme = theme_of(dark, platform.prefers_contrast());
  platform.store("theme", dark ? "dark" : "light");
}

void App::Impl::choose_language(Language language) {
  ui.language = language;
  language_chosen = true;
  platform.store("language", language == Language::zh ? "zh" : "en");
}

void App::Impl::frame(const View& view) {
  ui.theme = theme_of(dark_chosen.value_or(platform.prefers_dark()), platform.prefers_contrast());
  if (!language_chosen) {
    ui.language = platform.preferred_language().starts_with("zh") ? Language::zh : Language::en;
  }
  ui.begin_frame(view.pixel_ratio, platform.prefers_reduced_motion());
  seen = true;
  ImGui::GetStyle().CircleTessellationMaxError = 0.25f / view.pixel_ratio;
  scroll(view);

  const ImVec2 origin = ImGui::GetMainViewport()->Pos;
  ImGui::SetNextWindowPos(origin);
  ImGui::SetNextWindowSize({view.width, view.height});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ui.tone(Tone::surface));
  ImGui::Begin("##app", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleColor();

  if (shown().presents()) {
    draw_stage(view);
    return ImGui::End();
  }
  const bool narrow = view.width < kNarrow;
  const float least = narrow ? 12.0f : embedded ? 16.0f : 32.0f;
  const float margin = std::max(least, (view.width - kMaxColumn) / 2);
  const float scrolled = view.host_scrolls ? view.scroll_y : own_scroll;
  // The sentence stays in sight at the bottom of the window; on a phone it follows the content.
  const float bottom = origin.y + view.height;
  const ImVec2 content_end{origin.x + view.width, bottom - pinned_height};
  ImGui::PushClipRect(origin, content_end, true);  // nothing is operated through the sentence
  ImVec2 at{origin.x + margin, origin.y - scrolled};
  const float column = view.width - 2 * margin;
  at.y += embedded ? least : draw_header(at, column) + (narrow ? 16 : 24);
  at.y += shown().draw(ui, {.top_left = at,
                            .width = column,
                            .view_height = view.height,
                            .platform = platform,
                            .hidden = hidden,
                            .address = [this] { return address(); }});
  draw_figures_dialog(ui, platform, figures());
  if (files) files->update(ui);
  at.y += embedded ? least : 24;
  const float content = at.y - (origin.y - scrolled);
  ImGui::PopClipRect();
  const bool sentence = !embedded && std::ranges::find(hidden, kSentence) == hidden.end();
  float status_height = 0;
  if (sentence) {
    status_height = draw_status(view, margin, narrow ? std::optional(at.y) : std::nullopt);
  }
  pinned_height = narrow ? 0 : status_height;
  content_height = content + status_height;
  if (!embedded) embed.draw(ui, platform, scenes()[scene], shown());
  if (!view.host_scrolls) {
    draw_scrollbar(view);
    scroll_to_focus(view);
  }
  ImGui::End();
}

// A scene that presents has the whole view, and fits into it.
void App::Impl::draw_stage(const View& view) {
  const ImVec2 origin = ImGui::GetMainViewport()->Pos;
  own_scroll = pinned_height = 0;
  shown().draw(ui, {.top_left = {origin.x + kStageMargin, origin.y + kStageMargin},
                    .width = view.width - 2 * kStageMargin,
                    .view_height = view.height - 2 * kStageMargin,
                    .platform = platform});
  content_height = view.height;
}

void App::Impl::scroll(const View& view) {
  if (view.host_scrolls) return;
  const bool over_popup = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
  const ImGuiIO& io = ImGui::GetIO();
  if (!over_popup && !io.KeyCtrl) own_scroll -= io.MouseWheel * 60;
  own_scroll = std::clamp(own_scroll, 0.0f, std::max(0.0f, content_height - view.height));
}

// Brings the item that the keyboard cursor has come to into sight.
void App::Impl::scroll_to_focus(const View& view) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  const bool visible = g.NavCursorVisible && g.NavIdIsAlive && g.NavWindow == g.CurrentWindow;
  const ImGuiID now = visible ? g.NavId : 0;
  if (now == std::exchange(focus, now) || now == 0) return;
  const ImRect rect = ImGui::WindowRectRelToAbs(g.NavWindow, g.NavWindow->NavRectRel[g.NavLayer]);
  const float seen_from = ImGui::GetMainViewport()->Pos.y + kFocusMargin;
  const float seen_to = seen_from + view.height - pinned_height - 2 * kFocusMargin;
  const float above = rect.Min.y - seen_from, below = rect.Max.y - seen_to;
  const float before = own_scroll;
  own_scroll += above < 0 ? above : std::clamp(below, 0.0f, above);
  own_scroll = std::clamp(own_scroll, 0.0f, std::max(0.0f, content_height - view.height));
  if (own_scroll != before) ui.keep_moving();
}

void App::Impl::draw_scrollbar(const View& view) {
  if (content_height <= view.height) return;
  const ImVec2 origin = ImGui::GetMainViewport()->Pos;
  const float track = view.height - 8;
  const float length = std::max(32.0f, track * view.height / content_height);
  const float travel = own_scroll / (content_height - view.height);
  const ImVec2 top{origin.x + view.width - 10, origin.y + 4 + travel * (track - length)};
  ui.list()->AddRectFilled(top, {top.x + 6, top.y + length}, faded(ui.tone(Tone::muted), 0.5f), 3);
}

// The sentence about what is seen: at the bottom of the window, or from `top` on where that is
// given. Returns its height.
float App::Impl::draw_status(const View& view, float margin, std::optional<float> top) {
  const std::string text = shown().sentence(ui.language);
  const float about = about_width(ui);
  const float width = view.width - 2 * margin - about - 16;
  const float height = ui.paragraph_height(width, style::body, text) + 26;
  const ImVec2 origin = ImGui::GetMainViewport()->Pos;
  const ImVec2 at{origin.x, top.value_or(origin.y + view.height - height)};
  const ImRect bar(at, {at.x + view.width, at.y + height});
  ui.list()->AddRectFilled(bar.Min, bar.Max, ui.tone(Tone::raised));
  ui.list()->AddRectFilled(bar.Min, {bar.Max.x, bar.Min.y + ui.pixel()}, ui.tone(Tone::line));
  ui.paragraph({at.x + margin, at.y + 13}, width, style::body, Tone::text, text);
  ui.record("status", bar, Role::text, text, text);
  ui.last_control().live = true;
  draw_about(ui, {at.x + view.width - margin - about, at.y + height / 2});
  return height;
}

App::App(Platform& platform) : impl_(std::make_unique<Impl>(platform)) {}
App::~App() = default;

bool App::show_scene(std::string_view id) {
  return impl_->tell(impl_->show_scene(id));
}
bool App::open_link(std::string_view text) {
  return impl_->tell(impl_->open_link(text));
}
std::string App::link() const {
  return impl_->link();
}
bool App::hide(std::string_view parts) {
  return impl_->tell(impl_->hide(parts));
}
std::string App::problem() const {
  return impl_->shown().complaint().in(impl_->ui.language);
}
void App::set_embedded(bool embedded) {
  impl_->embedded = embedded;
}
bool App::command(SceneCommand command) {
  return impl_->shown().command(command);
}
bool App::set_fields(std::string_view json) {
  return impl_->tell(impl_->set_fields(json));
}
std::optional<SceneProgress> App::progress() const {
  return impl_->shown().progress();
}

float App::scale(float width, float height) const {
  if (!impl_->shown().presents()) return 1;
  return std::clamp(std::min(width / kStageWidth, height / kStageHeight), 0.5f, 6.0f);
}

void App::frame(const View& view) {
  const float unit = impl_->unit = scale(view.width, view.height);
  impl_->frame({.width = view.width / unit,
                .height = view.height / unit,
                .pixel_ratio = view.pixel_ratio * unit,
                .scroll_y = view.scroll_y / unit,
                .host_scrolls = view.host_scrolls});
}
void App::act(ControlAction action) {
  impl_->ui.act(std::move(action));
}
void App::zoom(float x, float y, float units) {
  impl_->ui.zoom_at({x / impl_->unit, y / impl_->unit}, units);
}
float App::content_height() const {
  return impl_->content_height * impl_->unit;
}
float App::pinned_height() const {
  return impl_->pinned_height * impl_->unit;
}
bool App::wants_frames() const {
  return impl_->ui.moving();
}

unsigned App::page_colour() const {
  const ImU32 colour = impl_->ui.tone(Tone::surface);
  return (colour >> IM_COL32_R_SHIFT & 0xFF) << 16 | (colour >> IM_COL32_G_SHIFT & 0xFF) << 8 |
         (colour >> IM_COL32_B_SHIFT & 0xFF);
}

std::string App::language_tag() const {
  return impl_->ui.language == Language::zh ? "zh-CN" : "en";
}

std::string App::progress_json() const {
  const std::optional<SceneProgress> progress = impl_->shown().progress();
  if (!progress) return "null";
  JsonWriter json;
  json.begin_object().member("playing", progress->playing);
  json.member("step", static_cast<double>(progress->step));
  json.member("epoch", static_cast<double>(progress->epoch));
  json.member("trainLoss", progress->train_loss).member("testLoss", progress->test_loss);
  json.member("trainAccuracy", progress->train_accuracy);
  json.member("testAccuracy", progress->test_accuracy);
  json.member("goalReached", progress->goal_reached).member("diverged", progress->diverged);
  return json.end_object().text();
}

std::string App::items_json() const {
  return impl_->ui.controls().json(impl_->unit);
}

std::string App::state_json() const {
  JsonWriter json;
  json.begin_object();
  json.member("scene", scenes()[impl_->scene].id);
  json.member("language", impl_->ui.language == Language::zh ? "zh" : "en");
  json.member("theme", is_dark(impl_->ui.theme) ? "dark" : "light");
  json.member("contrast", has_contrast(impl_->ui.theme));
  json.member("sentence", impl_->shown().sentence(impl_->ui.language));
  impl_->shown().write_state(json);
  json.end_object();
  return json.text();
}

}  // namespace lab
