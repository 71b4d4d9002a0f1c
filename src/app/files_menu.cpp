#include "app/files_menu.h"

#include <algorithm>
#include <utility>

#include "app/document.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr std::string_view kMenu = "file.menu", kDialog = "file.dialog", kRecent = "recent";
constexpr size_t kMostRecent = 8;
constexpr size_t kFixed = 3;  // entries of the menu before the files of late
constexpr float kPad = 20;

std::string name_of(std::string_view path) {
  return std::string(path.substr(path.find_last_of('/') + 1));
}

// What is saved gets the ending of documents unless it has one.
std::string with_ending(const std::string& path, bool opens) {
  const bool has_one = name_of(path).find('.') != std::string::npos;
  return opens || has_one ? path : path + std::string(kDocumentEnding);
}

}  // namespace

float FilesMenu::width(const Ui& ui) {
  return button_width(ui, ui.tr(Str::file_menu), {ButtonKind::quiet});
}

void FilesMenu::draw_button(Ui& ui, ImVec2 at) {
  if (button(ui, "header.file", at, ui.tr(Str::file_menu), {ButtonKind::quiet})) {
    open_menu(kMenu);
  }
  ui.last_control().expanded = is_menu_open(kMenu);
  std::vector<std::string> ids = {"open", "save", "save_as"}, names;
  for (const Str label : {Str::file_open, Str::file_save, Str::file_save_as}) {
    names.emplace_back(ui.tr(label));
  }
  for (const std::string& path : recent()) {
    ids.push_back("recent." + std::to_string(ids.size() - kFixed));
    names.push_back(name_of(path));
  }
  std::vector<Choice> choices;
  for (size_t i = 0; i < ids.size(); ++i) choices.push_back({ids[i], names[i]});
  const ImRect anchor(at, {at.x + width(ui), at.y + kControlHeight});
  if (const auto picked = menu(ui, kMenu, anchor, choices, choices.size())) pick(ui, *picked);
}

void FilesMenu::pick(Ui& ui, size_t choice) {
  if (choice == 0) return ask(ui, Purpose::open);
  if (choice == 1 && !path_.empty()) return (void)save(path_);
  if (choice < kFixed) return ask(ui, Purpose::save);
  open(recent()[choice - kFixed]);
  ui.keep_moving();
}

void FilesMenu::update(Ui& ui) {
  DocumentFiles& files = *platform_.documents();
  handle_keys(ui);
  if (const auto answer = files.answer(); answer && asked_) {
    const Purpose purpose = *asked_;
    asked_.reset();
    if (!answer->empty()) {
      purpose == Purpose::open ? open(*answer) : save(*answer);
    }
    ui.keep_moving();
  }
  draw_dialog(ui);
}

void FilesMenu::handle_keys(Ui& ui) {
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_O)) return ask(ui, Purpose::open);
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_S)) {
    return ask(ui, Purpose::save);
  }
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_S)) pick(ui, 1);
}

void FilesMenu::ask(Ui& ui, Purpose purpose) {
  const bool opens = purpose == Purpose::open;
  const std::string_view title = ui.tr(opens ? Str::file_open : Str::file_save_as);
  const std::string scene = host_.shown_link().substr(0, host_.shown_link().find('&'));
  const std::string fresh = scene.substr(scene.find('=') + 1) + std::string(kDocumentEnding);
  const std::string path = path_.empty() && !opens ? fresh : path_;
  asked_ = purpose;
  if (platform_.documents()->ask(purpose, title, platform_.documents()->absolute(path))) return;
  draft_ = path;
  complaint_.clear();
  fresh_ = true;
  may_replace_ = false;
  open_menu(kDialog);
  ui.keep_moving();
}

// Where the system has no dialog: a field for the path.
void FilesMenu::draw_dialog(Ui& ui) {
  const float width = std::min(520.0f, ImGui::GetMainViewport()->Size.x - 24);
  const float room = width - 2 * kPad;
  const std::string_view hint = ui.tr(Str::file_path);
  const std::string wrong = complaint_.in(ui.language);
  const float below = wrong.empty() ? 0 : ui.paragraph_height(room, style::body, wrong) + 12;
  const float height = 2 * kPad + ui.line_height(style::heading) + 10 +
                       ui.paragraph_height(room, style::caption, hint) + kControlHeight + 16 +
                       below + kControlHeight;
  if (!begin_dialog(ui, kDialog, {width, height})) return;
  const bool opens = asked_ == Purpose::open;
  ImVec2 at{ImGui::GetWindowPos().x + kPad, ImGui::GetWindowPos().y + kPad};
  const std::string_view title = ui.tr(opens ? Str::file_open : Str::file_save_as);
  ui.text(at, style::heading, Tone::text, title);
  at.y += ui.line_height(style::heading) + 2;
  at.y += ui.paragraph(at, room, style::caption, Tone::muted, hint) + 8;
  if (std::exchange(fresh_, false)) ImGui::SetKeyboardFocusHere();
  const std::string before = draft_;
  bool done = text_field(ui, "file.path", at, room, title, "", draft_);
  if (draft_ != before) may_replace_ = false;
  at.y += kControlHeight + 8;
  at.y += error_line(ui, "file.problem", at, room, complaint_);
  const std::string_view go = ui.tr(opens ? Str::file_open : Str::file_save);
  const ButtonLook primary{ButtonKind::primary};
  at = {at.x + room - button_width(ui, go, primary), at.y + 8};
  done |= button(ui, "file.go", at, go, primary);
  at.x -= 8 + button_width(ui, ui.tr(Str::cancel));
  if (button(ui, "file.cancel", at, ui.tr(Str::cancel))) ImGui::CloseCurrentPopup();
  if (done && !draft_.empty()) {
    if (take_path(opens)) ImGui::CloseCurrentPopup();
    ui.keep_moving();
  }
  end_dialog(ui);
}

// Opens what was typed, or saves there. False where that is asked about first.
bool FilesMenu::take_path(bool opens) {
  const std::string path = with_ending(platform_.documents()->absolute(draft_), opens);
  const bool replaces = !opens && path != path_ && platform_.documents()->exists(path);
  if (replaces && !may_replace_) {
    complaint_ = Complaint(Str::file_replace, {name_of(path)});
    may_replace_ = true;
    return false;
  }
  opens ? open(path) : save(path);
  asked_.reset();
  return true;
}

bool FilesMenu::open(std::string_view path) {
  const std::string full = platform_.documents()->absolute(path);
  const std::optional<std::string> text = platform_.documents()->read(full);
  if (!text) {
    host_.report(Complaint(Str::file_unreadable, {full}));
    return false;
  }
  if (!take_text(full, *text)) return false;
  path_ = full;
  platform_.documents()->show_name(name_of(full));
  remember(full);
  return true;
}

bool FilesMenu::take_text(std::string_view name, std::string_view text) {
  const ReadDocument read = read_document(text);
  const Complaint wrong = read.complaint ? read.complaint : host_.show_link(read.link);
  if (!wrong) {
    host_.report({});
    return true;
  }
  host_.report(Complaint(Str::file_no_document, {name_of(name)}, wrong));
  return false;
}

bool FilesMenu::save(const std::string& given) {
  const std::string path = with_ending(given, false);
  if (!platform_.documents()->write(path, to_document(host_.shown_link()))) {
    host_.report(Complaint(Str::file_unwritable, {path}));
    return false;
  }
  host_.report({});
  path_ = path;
  platform_.documents()->show_name(name_of(path));
  remember(path);
  return true;
}

void FilesMenu::remember(const std::string& path) {
  if (path.find('\n') != path.npos) return;  // the list is one of lines
  std::vector<std::string> list = recent();
  std::erase(list, path);
  list.insert(list.begin(), path);
  if (list.size() > kMostRecent) list.resize(kMostRecent);
  std::string text;
  for (const std::string& each : list) text += each + "\n";
  platform_.store(kRecent, text);
}

std::vector<std::string> FilesMenu::recent() const {
  std::vector<std::string> list;
  const std::string text = platform_.load(kRecent).value_or("");
  for (size_t start = 0; start < text.size() && list.size() < kMostRecent;) {
    const size_t end = std::min(text.find('\n', start), text.size());
    if (end > start) list.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return list;
}

}  // namespace lab
