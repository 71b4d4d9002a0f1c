#pragma once

#include <string>

#include "platform/web/web_platform.h"

namespace lab {

// Translates what the page's listeners (web/pointer.js, web/keyboard.js) tell into Dear ImGui's
// input queue of the current context, and answers whether the app has a use for a key or a turn of
// the wheel, so that the page keeps what the app doesn't want. Positions are CSS px from the
// canvas's corner.
class WebInput {
 public:
  WebInput(WebPlatform& platform, bool mac);

  // CSS px per unit of ImGui's, from now on.
  void set_scale(float scale) { scale_ = scale; }
  // `pointer_type` and `buttons` as in a DOM PointerEvent.
  void pointer_move(float x, float y, const std::string& pointer_type);
  void pointer_buttons(unsigned buttons, const std::string& pointer_type);
  void pointer_leave();
  // Wheel units, positive up and left as in ImGui. True where something under the pointer takes it;
  // then the page must not scroll.
  bool wheel(float x, float y, bool shift);

  void modifiers(bool control, bool shift, bool alt, bool meta);
  // `code` and `key` as in a DOM KeyboardEvent. True where the app uses the key now.
  bool key(const std::string& code, const std::string& key, bool down);
  // Key combination with Ctrl (Mac: Cmd) that arrived as the browser's own clipboard event.
  void command(const std::string& key);
  void paste(const std::string& text);
  void text(const std::string& text);
  void focus(bool focused);

  // Events that still wait for a frame: ImGui spreads quick ones (press, release) over several.
  bool pending() const;

 private:
  void let_go();

  WebPlatform& platform_;
  float scale_ = 1;
  unsigned buttons_ = 0;  // DOM bit mask of the last pointer_buttons()
};

}  // namespace lab
