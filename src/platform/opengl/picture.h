#pragma once

#include <imgui.h>

#include <vector>

namespace lab {

// Rows from the top, four bytes a pixel: red, green, blue, alpha. No pixels: there was no room.
struct Image {
  int width, height;
  std::vector<unsigned char> pixels;
};

// While it lives, OpenGL draws into a picture of its own instead of the window: any size, whatever
// the screen has.
class Picture {
 public:
  Picture(int width, int height);
  ~Picture();
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;

  // What has been drawn.
  Image image() const;

 private:
  int width_, height_;
  int screen_ = 0;  // what was drawn into before
  unsigned framebuffer_ = 0, colours_ = 0;
};

// The drawing on its own, by ImGui's renderer, with as many pixels as its framebuffer scale says.
Image draw_image(ImDrawData& drawing);

}  // namespace lab
