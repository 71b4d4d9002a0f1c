#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/complaint.h"
#include "app/ui/ui.h"
#include "platform/document_files.h"
#include "platform/platform.h"

namespace lab {

// The menu for documents in files, and what it does: open, save, files of late. Only where the
// platform has such files.
class FilesMenu {
 public:
  // What it needs of the app that it is part of.
  struct Host {
    virtual ~Host() = default;
    // Everything that is shown, as a link; and the other way round: what is wrong, or nothing.
    virtual std::string shown_link() const = 0;
    virtual Complaint show_link(std::string_view link) = 0;
    virtual void report(Complaint complaint) = 0;
  };

  FilesMenu(Platform& platform, Host& host) : platform_(platform), host_(host) {}

  static float width(const Ui& ui);
  void draw_button(Ui& ui, ImVec2 at);
  // Once a frame, when all else is drawn: shortcuts, answers, the dialog where it is the app's own.
  void update(Ui& ui);
  // False, and no change, if it can't be opened; then it is said why.
  bool open(std::string_view path);
  bool take_text(std::string_view name, std::string_view text);

 private:
  using Purpose = DocumentFiles::Purpose;

  void handle_keys(Ui& ui);
  void ask(Ui& ui, Purpose purpose);
  void draw_dialog(Ui& ui);
  bool take_path(bool opens);
  bool save(const std::string& path);
  void remember(const std::string& path);
  std::vector<std::string> recent() const;
  void pick(Ui& ui, size_t choice);

  Platform& platform_;
  Host& host_;
  std::string path_;  // of the file that is shown; empty: none
  std::optional<Purpose> asked_;
  std::string draft_;    // of the app's own dialog
  Complaint complaint_;  // … about the draft
  bool fresh_ = false;   // … which is to take the keyboard
  bool may_replace_ = false;
};

}  // namespace lab
