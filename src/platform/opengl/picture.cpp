#include "platform/opengl/picture.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lab {

Picture::Picture(int width, int height) : width_(width), height_(height) {
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &screen_);
  glGenRenderbuffers(1, &colours_);
  glBindRenderbuffer(GL_RENDERBUFFER, colours_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glGenFramebuffers(1, &framebuffer_);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours_);
}

Picture::~Picture() {
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<unsigned>(screen_));
  glDeleteFramebuffers(1, &framebuffer_);
  glDeleteRenderbuffers(1, &colours_);
}

Image Picture::image() const {
  Image image{width_, height_, {}};
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) return image;
  const auto row = static_cast<std::ptrdiff_t>(width_) * 4;
  image.pixels.resize(static_cast<std::size_t>(row) * static_cast<std::size_t>(height_));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, image.pixels.data());
  // OpenGL begins with the bottom row.
  const auto first = image.pixels.begin();
  for (std::ptrdiff_t top = 0, bottom = height_ - 1; top < bottom; ++top, --bottom) {
    std::swap_ranges(first + top * row, first + (top + 1) * row, first + bottom * row);
  }
  return image;
}

Image draw_image(ImDrawData& drawing) {
  const auto pixels = [](float size, float scale) {
    return static_cast<int>(std::lround(size * scale));
  };
  const Picture picture(pixels(drawing.DisplaySize.x, drawing.FramebufferScale.x),
                        pixels(drawing.DisplaySize.y, drawing.FramebufferScale.y));
  glDisable(GL_SCISSOR_TEST);
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&drawing);
  return picture.image();
}

}  // namespace lab
