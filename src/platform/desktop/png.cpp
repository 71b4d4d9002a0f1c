#include "platform/desktop/png.h"

#include <cstddef>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb/stb_image_write.h>

namespace lab {

std::string encode_png(const Image& image) {
  std::string file;
  if (image.pixels.empty()) return file;
  const auto append = [](void* to, void* bytes, int count) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes),
                                          static_cast<std::size_t>(count));
  };
  constexpr int kChannels = 4;
  stbi_write_png_to_func(append, &file, image.width, image.height, kChannels, image.pixels.data(),
                         image.width * kChannels);
  return file;
}

}  // namespace lab
