#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/app.h"
#include "app/embed_dialog.h"
#include "app/files_menu.h"
#include "app/scenes/link_keys.h"
#include "app/scenes/scene.h"
#include "app/ui/widgets.h"

// What is behind App, for the files that it is made of.

namespace lab {

inline constexpr std::string_view kSentence = "sentence";  // the part that all scenes have

struct App::Impl final : FilesMenu::Host {
  explicit Impl(Platform& host);

  void frame(const View& view);
  float draw_header(ImVec2 at, float width);
  float draw_tab_rows(ImVec2 at, float width, std::span<const Choice> choices);
  float draw_preferences(ImVec2 right_top, bool spell_out);
  void draw_share(ImRect anchor);
  float draw_status(const View& view, float margin, std::optional<float> top);
  void draw_scrollbar(const View& view);
  void draw_stage(const View& view);
  void scroll(const View& view);
  void scroll_to_focus(const View& view);
  void choose_theme(bool dark);
  void choose_language(Language language);
  Complaint show_scene(std::string_view id);
  Complaint hide(std::string_view parts);
  Complaint open_link(std::string_view text);
  Complaint take_pieces(const std::vector<LinkPiece>& pieces);
  Complaint open_in_scene(const std::vector<LinkPiece>& pieces);
  Complaint set_appearance(std::string_view key, std::string_view value);
  std::string link() const;
  // Lets the scene say what is wrong with what was asked of the app. Whether nothing is.
  bool tell(Complaint complaint);
  std::vector<Figure> figures();

  std::string shown_link() const override { return link(); }
  Complaint show_link(std::string_view text) override { return open_link(text); }
  void report(Complaint complaint) override { tell(std::move(complaint)); }

  std::string address() const { return platform.address() + "#" + link(); }
  Complaint set_fields(std::string_view json);
  // Scenes are made when they are wanted: some of them train a network to begin with.
  void select(size_t index);
  Scene& shown() { return *scene_list[scene]; }
  const Scene& shown() const { return *scene_list[scene]; }

  Platform& platform;
  Ui ui;
  FormulaLibrary formulas;
  std::vector<std::unique_ptr<Scene>> scene_list;  // null: not made yet
  size_t scene = 0;
  std::vector<std::string> hidden;  // parts of scenes, also such as another scene has
  bool embedded = false;            // the scene alone
  bool seen = false;                // a frame has been drawn, so that there is something to keep
  EmbedDialog embed;
  // Dark or light by the person's choice, so that the system's preference is not followed.
  std::optional<bool> dark_chosen;
  bool language_chosen = false;
  float unit = 1;  // CSS px per unit of ImGui's, in the last frame
  float content_height = 0;
  float pinned_height = 48;        // of what stands at the bottom of the view, over the content
  float own_scroll = 0;            // where the host does not scroll
  ImGuiID focus = 0;               // the item with the keyboard cursor, in the last frame
  std::optional<FilesMenu> files;  // where the platform has documents in files
};

}  // namespace lab
