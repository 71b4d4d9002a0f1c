#pragma once

#include <string>

#include "platform/opengl/picture.h"

namespace lab {

// The bytes of a PNG file; none where there is no image.
std::string encode_png(const Image& image);

}  // namespace lab
