#include "platform/opengl/gl_field_painter.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/field_sides.h"
#include "shaders.h"  // made from shaders/ by the build

namespace lab {
namespace {

constexpr int kWidest = 2048;  // texels in a row: what every graphics card can do
constexpr unsigned kUnit = 1;  // texture unit 0 is the renderer's

std::array<float, 4> channels(ImU32 colour) {
  const auto channel = [&](int shift) {
    return static_cast<float>(colour >> shift & 0xFF) / 255.0f;
  };
  return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT),
          channel(IM_COL32_A_SHIFT)};
}

template <size_t count>
std::array<float, 3 * count> flat(const std::array<ImU32, count>& colours) {
  std::array<float, 3 * count> result{};
  for (size_t i = 0; i < count; ++i) {
    const auto rgba = channels(colours[i]);
    std::copy_n(rgba.begin(), 3, result.begin() + static_cast<std::ptrdiff_t>(3 * i));
  }
  return result;
}

unsigned compile(unsigned kind, const char* version, const char* body) {
  const unsigned shader = glCreateShader(kind);
  const char* parts[] = {version, body};
  glShaderSource(shader, 2, parts, nullptr);
  glCompileShader(shader);
  return shader;
}

}  // namespace

bool GlFieldPainter::holds(unsigned key, const void* owner) const {
  const auto found = fields_.find(key);
  return found != fields_.end() && found->second.owner == owner;
}

void GlFieldPainter::set(unsigned key, const void* owner, const FieldGrid& grid) {
  Field& field = fields_[key];
  field.owner = owner;
  field.width = grid.width;
  field.height = grid.height;
  field.slices = grid.slices;
  field.values.assign(grid.values.begin(), grid.values.end());
  field.columns = std::clamp(kWidest / std::max(grid.width, 1), 1, std::max(grid.slices, 1));
  field.fresh = true;
}

void GlFieldPainter::draw(ImDrawList& list, unsigned key, const FieldLook& look,
                          std::span<const Place> places) {
  Call call{this, key, look};
  list.AddCallback(&GlFieldPainter::run, &call, sizeof(call));  // the list keeps a copy
  const ImTextureRef texture = ImGui::GetIO().Fonts->TexRef;    // only so that there is one
  for (const Place& place : places) {
    const ImU32 tint = IM_COL32(place.slice & 0xFF, place.slice >> 8, 0,
                                static_cast<int>(255 * place.opacity + 0.5f));
    list.AddImageRounded(texture, place.min, place.max, {place.from.x, place.to.y},
                         {place.to.x, place.from.y}, tint, place.rounding);
  }
  list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void GlFieldPainter::run(const ImDrawList*, const ImDrawCmd* command) {
  const auto& call = *static_cast<const Call*>(command->UserCallbackData);
  call.painter->use(call);
}

void GlFieldPainter::restore() {
  program_ = 0;
  for (auto& [key, field] : fields_) {
    field.texture = 0;
    field.fresh = true;
  }
}

// Takes the place of the renderer's program, whose attributes and projection it shares.
void GlFieldPainter::use(const Call& call) {
  const auto found = fields_.find(call.key);
  if (found == fields_.end()) return;
  int renderer = 0;
  glGetIntegerv(GL_CURRENT_PROGRAM, &renderer);
  float projection[16];
  const auto imgui = static_cast<unsigned>(renderer);
  glGetUniformfv(imgui, glGetUniformLocation(imgui, "ProjMtx"), projection);
  if (program_ == 0) make_program();
  const FieldLook& look = call.look;
  upload(found->second, look.classes == 0 && look.border_width > 0);

  const Field& field = found->second;
  glUseProgram(program_);
  const auto at = [&](const char* name) { return glGetUniformLocation(program_, name); };
  glUniformMatrix4fv(at("projection"), 1, GL_FALSE, projection);
  glUniform1i(at("field"), kUnit);
  glUniform2i(at("grid"), field.width, field.height);
  glUniform1i(at("columns"), field.columns);
  glUniform1i(at("classes"), look.classes);
  glUniform3fv(at("ramp"), FieldLook::kRamp, flat(look.ramp).data());
  glUniform3fv(at("class_colours"), FieldLook::kMostClasses, flat(look.class_colours).data());
  glUniform3fv(at("ground"), 1, channels(look.ground).data());
  glUniform1i(at("discrete"), look.discrete);
  glUniform1f(at("contours"), look.contours);
  glUniform4fv(at("border"), 1, channels(look.border).data());
  glUniform1f(at("border_width"), look.border_width);
}

void GlFieldPainter::make_program() {
  program_ = glCreateProgram();
  const unsigned vertex = compile(GL_VERTEX_SHADER, version_, shaders::field_vert);
  const unsigned fragment = compile(GL_FRAGMENT_SHADER, version_, shaders::field_frag);
  glAttachShader(program_, vertex);
  glAttachShader(program_, fragment);
  int renderer = 0;
  glGetIntegerv(GL_CURRENT_PROGRAM, &renderer);
  for (const char* name : {"Position", "UV", "Color"}) {
    const int location = glGetAttribLocation(static_cast<unsigned>(renderer), name);
    glBindAttribLocation(program_, static_cast<unsigned>(location), name);
  }
  glLinkProgram(program_);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
}

// The grids side by side in one texture of pairs of floats, which every WebGL 2 can read
// unfiltered: the numbers, and those whose signs count, where a line is drawn between the signs.
void GlFieldPainter::upload(Field& field, bool bordered) {
  glActiveTexture(GL_TEXTURE0 + kUnit);
  if (field.texture == 0) glGenTextures(1, &field.texture);
  glBindTexture(GL_TEXTURE_2D, field.texture);
  if (field.fresh || (bordered && !field.bordered)) {
    field.fresh = false;
    field.bordered = bordered;
    const int rows = (field.slices + field.columns - 1) / field.columns;
    const auto width = static_cast<size_t>(field.width), height = static_cast<size_t>(field.height);
    const auto columns = static_cast<size_t>(field.columns);
    std::vector<float> texels(2 * columns * width * static_cast<size_t>(rows) * height);
    for (size_t slice = 0; slice < static_cast<size_t>(field.slices); ++slice) {
      const auto numbers = std::span(field.values).subspan(slice * height * width, height * width);
      std::vector<float> found;
      if (bordered) found = field_sides(numbers, field.width, field.height);
      const std::span<const float> sides = bordered ? std::span<const float>(found) : numbers;
      for (size_t y = 0; y < height; ++y) {
        float* to = texels.data() +
                    2 * width * ((slice / columns * height + y) * columns + slice % columns);
        for (size_t i = y * width; i < (y + 1) * width; ++i) {
          *to++ = numbers[i];
          *to++ = sides[i];
        }
      }
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32F, field.columns * field.width, rows * field.height, 0,
                 GL_RG, GL_FLOAT, texels.data());
    for (const int parameter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) {
      glTexParameteri(GL_TEXTURE_2D, static_cast<unsigned>(parameter), GL_NEAREST);
    }
  }
  glActiveTexture(GL_TEXTURE0);
}

}  // namespace lab
