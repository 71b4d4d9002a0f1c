// Quads of Dear ImGui. Texture coordinates run from 0 to 1 across a slice and upwards; red and green of
// the colour hold the slice's number, alpha its opacity.

uniform mat4 projection;
in vec2 Position;
in vec2 UV;
in vec4 Color;
out vec2 place;
flat out int slice;
out float opacity;

void main() {
  place = UV;
  ivec2 digits = ivec2(Color.rg * 255.0 + 0.5);
  slice = digits.x + 256 * digits.y;
  opacity = Color.a;
  gl_Position = projection * vec4(Position, 0.0, 1.0);
}
