// Colours a field of numbers (see src/platform/field_painter.h). The field is a texture in which the
// grids stand side by side, `columns` in a row of them. A texel has the number, and behind it the one
// whose sign counts (see src/core/field_sides.h).

uniform highp sampler2D field;
uniform ivec2 grid;     // numbers across and up
uniform int columns;
uniform int classes;    // 0: signed numbers
uniform vec3 ramp[33];
uniform vec3 class_colours[10];
uniform vec3 ground;
uniform bool discrete;
uniform float contours;
uniform vec4 border;
uniform float border_width;

in vec2 place;
flat in int slice;
in float opacity;
out vec4 colour;

vec2 number(int which, ivec2 at) {
  ivec2 origin = ivec2(which % columns, which / columns) * grid;
  return texelFetch(field, origin + clamp(at, ivec2(0), grid - 1), 0).rg;
}

// Between four numbers; (0, 0) and (1, 1) are the outermost of them.
vec2 value(int which, vec2 at) {
  vec2 position = at * vec2(grid - 1);
  ivec2 corner = ivec2(floor(position));
  vec2 t = position - vec2(corner);
  vec2 below = mix(number(which, corner), number(which, corner + ivec2(1, 0)), t.x);
  vec2 above = mix(number(which, corner + ivec2(0, 1)), number(which, corner + ivec2(1, 1)), t.x);
  return mix(below, above, t.y);
}

vec3 ramp_colour(float t) {
  float position = clamp(t * 0.5 + 0.5, 0.0, 1.0) * 32.0;
  int index = min(int(position), 31);
  return mix(ramp[index], ramp[index + 1], position - float(index));
}

// How much of a pixel a line of `width` pixels covers where `distance` is 0 on it.
float line(float distance, float slope, float width) {
  if (slope < 1e-9 || width <= 0.0) return 0.0;
  return clamp(width * 0.5 + 0.5 - abs(distance) / slope, 0.0, 1.0);
}

vec3 signed_colour(vec2 at) {
  vec2 both = value(slice, at);
  float t = both.x, side = both.y;
  float slope = fwidth(t);
  vec3 shade = ramp_colour(discrete ? (side > 0.0 ? 0.75 : -0.75) : t);
  float level = t * 4.0;
  float nearest = floor(level + 0.5);
  bool inner = abs(nearest) > 0.5 && abs(nearest) < 3.5;
  if (inner && slope < 0.08) {
    shade = mix(shade, border.rgb, contours * line(level - nearest, slope * 4.0, 1.0));
  }
  return mix(shade, border.rgb, border.a * line(side, fwidth(side), border_width));
}

vec3 class_colour(vec2 at) {
  int best = 0;
  float first = -1.0, second = -1.0;
  for (int k = 0; k < classes; ++k) {
    float p = value(k, at).x;
    if (p > first) {
      second = first;
      first = p;
      best = k;
    } else if (p > second) {
      second = p;
    }
  }
  float least = 1.0 / float(classes);
  float certainty = discrete ? 0.8 : clamp((first - least) / (1.0 - least), 0.0, 1.0);
  vec3 shade = mix(ground, class_colours[best], 0.12 + 0.6 * certainty);
  float lead = first - second;
  return mix(shade, border.rgb, border.a * line(lead, fwidth(lead), border_width));
}

void main() {
  vec2 at = clamp(place, 0.0, 1.0);
  vec3 shade = classes > 0 ? class_colour(at) : signed_colour(at);
  colour = vec4(shade, opacity);
}
