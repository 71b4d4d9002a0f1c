#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "platform/field_painter.h"

namespace lab {

// Draws fields by the shaders in shaders/, with ImGui's renderer for OpenGL: its vertices, its
// projection, another program. All of OpenGL is called while the renderer draws.
class GlFieldPainter final : public FieldPainter {
 public:
  // `version`: the first line of a shader, "#version 300 es\n…" or "#version 330 core\n".
  explicit GlFieldPainter(const char* version) : version_(version) {}
  ~GlFieldPainter() override = default;

  void set(unsigned key, const void* owner, const FieldGrid& grid) override;
  bool holds(unsigned key, const void* owner) const override;
  void draw(ImDrawList& list, unsigned key, const FieldLook& look,
            std::span<const Place> places) override;

  // The graphics context was lost and is there again: what was in it is made anew when drawn.
  void restore();

 private:
  struct Field {
    const void* owner = nullptr;
    int width = 0, height = 0, slices = 0;
    std::vector<float> values;
    unsigned texture = 0;
    int columns = 1;
    bool fresh = false;     // the values are not in the texture yet
    bool bordered = false;  // … and with them there is what the line between the signs takes
  };
  struct Call {
    GlFieldPainter* painter;
    unsigned key;
    FieldLook look;
  };

  static void run(const ImDrawList* list, const ImDrawCmd* command);
  void use(const Call& call);
  void make_program();
  void upload(Field& field, bool bordered);

  const char* version_;
  unsigned program_ = 0;
  std::unordered_map<unsigned, Field> fields_;
};

}  // namespace lab
