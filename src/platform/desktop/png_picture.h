#pragma once

#include <string>

namespace lab {

// While it lives, OpenGL draws into a picture of its own instead of the window: any size, whatever
// the screen has.
class PngPicture {
 public:
  PngPicture(int width, int height);
  ~PngPicture();
  PngPicture(const PngPicture&) = delete;
  PngPicture& operator=(const PngPicture&) = delete;

  // What has been drawn, as a PNG file. False when OpenGL or the disk had no room for it.
  bool write(const std::string& path) const;

 private:
  int width_, height_;
  unsigned framebuffer_ = 0, colours_ = 0;
};

}  // namespace lab
