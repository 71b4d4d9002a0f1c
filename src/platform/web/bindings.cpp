// The web program: a module that web/activation-lab.js instantiates once per element.

#include <emscripten/bind.h>

#include "app/scenes/scene.h"
#include "platform/web/web_shell.h"

namespace lab {
namespace {

// The page talks to one flat object; nothing here but forwarding.
class Shell {
 public:
  explicit Shell(std::unique_ptr<WebShell> shell) : shell_(std::move(shell)) {}

  static Shell* create(emscripten::val services, bool mac) {
    std::unique_ptr<WebShell> shell = WebShell::create(std::move(services), mac);
    return shell ? new Shell(std::move(shell)) : nullptr;
  }

  void resize(int width, int height, float ratio) { shell_->resize(width, height, ratio); }
  FrameReport frame(float scroll_y) { return shell_->frame(scroll_y); }
  void restore_graphics() { shell_->restore_graphics(); }
  void preferences(const std::string& language, bool dark, bool reduced_motion, bool contrast) {
    shell_->platform().set_preferences(language, dark, reduced_motion, contrast);
  }

  void pointer_move(float x, float y, const std::string& type) {
    shell_->input().pointer_move(x, y, type);
  }
  void pointer_buttons(unsigned buttons, const std::string& type) {
    shell_->input().pointer_buttons(buttons, type);
  }
  void pointer_leave() { shell_->input().pointer_leave(); }
  bool wheel(float x, float y, bool shift) { return shell_->input().wheel(x, y, shift); }
  void zoom(float x, float y, float units) { shell_->app().zoom(x, y, units); }
  void modifiers(bool control, bool shift, bool alt, bool meta) {
    shell_->input().modifiers(control, shift, alt, meta);
  }
  bool key(const std::string& code, const std::string& key, bool down) {
    return shell_->input().key(code, key, down);
  }
  void command(const std::string& key) { shell_->input().command(key); }
  bool open(const std::string& link) { return shell_->app().open_link(link); }
  std::string link() { return shell_->app().link(); }
  std::string problem() { return shell_->app().problem(); }
  void set_embedded(bool embedded) { shell_->app().set_embedded(embedded); }
  bool hide(const std::string& parts) { return shell_->app().hide(parts); }
  bool set_fields(const std::string& json) { return shell_->app().set_fields(json); }
  std::string progress() { return shell_->app().progress_json(); }
  // `command`: "play", "pause", "step" or "reset".
  bool tell(const std::string& command) {
    using enum SceneCommand;
    return shell_->app().command(command == "play"    ? play
                                 : command == "pause" ? pause
                                 : command == "step"  ? step
                                                      : reset);
  }
  // {width, height, pixels}: red, green, blue and alpha, rows from the top.
  emscripten::val screenshot() {
    const Image image = shell_->screenshot();
    const emscripten::val view(
        emscripten::typed_memory_view(image.pixels.size(), image.pixels.data()));
    emscripten::val result = emscripten::val::object();
    result.set("width", image.width);
    result.set("height", image.height);
    result.set("pixels", view.call<emscripten::val>("slice"));
    return result;
  }
  void drop(const std::string& name, const std::string& text) {
    shell_->platform().set_dropped({name, text});
  }
  void paste(const std::string& text) { shell_->input().paste(text); }
  void text(const std::string& text) { shell_->input().text(text); }
  void focus(bool focused) { shell_->input().focus(focused); }
  void release_focus() { shell_->release_focus(); }
  bool pending() { return shell_->input().pending(); }

  // What is asked of a control by its id: `kind` is "press", "focus" or "set".
  void act(const std::string& kind, const std::string& id, const std::string& text) {
    using enum ControlAction::Kind;
    shell_->app().act({kind == "press" ? press : kind == "focus" ? focus : set, id, text});
  }

  std::string items() { return shell_->app().items_json(); }
  std::string state() { return shell_->app().state_json(); }

 private:
  std::unique_ptr<WebShell> shell_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(activation_lab) {
  emscripten::value_object<FrameReport>("FrameReport")
      .field("contentHeight", &FrameReport::content_height)
      .field("pinnedHeight", &FrameReport::pinned_height)
      .field("wantsFrames", &FrameReport::wants_frames)
      .field("pageColour", &FrameReport::page_colour)
      .field("language", &FrameReport::language)
      .field("cursor", &FrameReport::cursor)
      .field("wantsText", &FrameReport::wants_text)
      .field("caretX", &FrameReport::caret_x)
      .field("caretY", &FrameReport::caret_y)
      .field("caretHeight", &FrameReport::caret_height)
      .field("focus", &FrameReport::focus)
      .field("focusTop", &FrameReport::focus_top)
      .field("focusHeight", &FrameReport::focus_height)
      .field("playing", &FrameReport::playing)
      .field("epoch", &FrameReport::epoch)
      .field("goalReached", &FrameReport::goal_reached);

  emscripten::class_<Shell>("Shell")
      .class_function("create", &Shell::create, emscripten::allow_raw_pointers())
      .function("resize", &Shell::resize)
      .function("frame", &Shell::frame)
      .function("restoreGraphics", &Shell::restore_graphics)
      .function("preferences", &Shell::preferences)
      .function("pointerMove", &Shell::pointer_move)
      .function("pointerButtons", &Shell::pointer_buttons)
      .function("pointerLeave", &Shell::pointer_leave)
      .function("wheel", &Shell::wheel)
      .function("zoom", &Shell::zoom)
      .function("modifiers", &Shell::modifiers)
      .function("key", &Shell::key)
      .function("command", &Shell::command)
      .function("open", &Shell::open)
      .function("link", &Shell::link)
      .function("problem", &Shell::problem)
      .function("setEmbedded", &Shell::set_embedded)
      .function("hide", &Shell::hide)
      .function("setFields", &Shell::set_fields)
      .function("progress", &Shell::progress)
      .function("tell", &Shell::tell)
      .function("screenshot", &Shell::screenshot)
      .function("drop", &Shell::drop)
      .function("paste", &Shell::paste)
      .function("text", &Shell::text)
      .function("focus", &Shell::focus)
      .function("releaseFocus", &Shell::release_focus)
      .function("pending", &Shell::pending)
      .function("act", &Shell::act)
      .function("items", &Shell::items)
      .function("state", &Shell::state);
}

}  // namespace lab
