// The arrows of the architecture, so that none turns round unseen: platform → app → core, bindings
// → core, cli → core, and the core knows the standard library alone.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

// What an #include line names.
struct Include {
  std::string path;
  bool angled;  // <path> rather than "path"
};

std::optional<Include> parse_include(std::string_view line) {
  const auto skip_blanks = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  const auto accept = [&](std::string_view token) {
    if (!line.starts_with(token)) return false;
    line.remove_prefix(token.size());
    skip_blanks();
    return true;
  };
  skip_blanks();
  if (!accept("#") || !accept("include") || line.empty()) return std::nullopt;
  const bool angled = line[0] == '<';
  const size_t end = line.find(angled ? '>' : '"', 1);
  if (end == std::string_view::npos) return Include{std::string(line), angled};  // a macro
  return Include{std::string(line.substr(1, end - 1)), angled};
}

// "core", "app", "bindings", "platform", "platform/web", …: the part that a path under src/ is in.
std::string part_of(std::string_view path) {
  const size_t first = path.find('/');
  if (first == std::string_view::npos) return "";
  const std::string_view top = path.substr(0, first);
  const size_t second = path.find('/', first + 1);
  if (top != "platform" || second == std::string_view::npos) return std::string(top);
  return std::string(path.substr(0, second));
}

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return path.starts_with(prefix); });
}

// Standard headers have neither a directory nor a suffix. Intrinsics belong to the compiler.
bool is_standard(const Include& include) {
  const bool plain = include.path.find_first_of("./") == std::string::npos;
  return include.angled && plain;
}

bool is_intrinsics(const Include& include) {
  const std::vector<std::string_view> headers = {"immintrin.h", "emmintrin.h", "wasm_simd128.h",
                                                 "arm_neon.h"};
  return include.angled && std::ranges::find(headers, include.path) != headers.end();
}

bool is_imgui(const Include& include) {
  return starts_with_any(include.path, {"imgui.h", "imgui_internal.h", "misc/cpp/imgui_",
                                        "imstb_truetype.h"});
}

// Whether a file of src/, named by its path in there, may have this include.
bool is_allowed(std::string_view file, const Include& include) {
  const std::string from = part_of(file);
  const std::string to = part_of(include.path);
  const bool to_core = to == "core";
  const bool own = starts_with_any(include.path, {"core/", "app/", "platform/", "bindings/", "cli/"});
  if (is_standard(include)) return true;
  if (from == "core") return to_core || (is_intrinsics(include) && file.starts_with("core/simd/"));
  if (from == "cli") {
    return to_core || to == "cli" || (include.angled && include.path == "unistd.h");
  }
  if (from == "bindings") {
    return to_core || to == "bindings" ||
           (include.angled && include.path.starts_with("emscripten/"));
  }
  if (from == "app") {
    const bool generated_fonts = !include.angled && include.path == "fonts_data.h";
    return to_core || to == "app" || to == "platform" || is_imgui(include) || generated_fonts;
  }
  if (from == "platform") return to_core || to == "platform" || is_imgui(include);
  if (from.starts_with("platform/")) {
    return to_core || to == "app" || to == "platform" || to == from || to == "platform/opengl" ||
           (include.angled && !own) || include.path == "shaders.h";
  }
  return false;
}

bool allowed(std::string_view file, std::string_view line) {
  const std::optional<Include> include = parse_include(line);
  REQUIRE(include.has_value());
  return is_allowed(file, *include);
}

bool is_source(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".cpp" || extension == ".h" || extension == ".inc" || extension == ".def";
}

}  // namespace

TEST_CASE("an include line is recognised") {
  CHECK(parse_include("#include \"core/tensor.h\"")->path == "core/tensor.h");
  CHECK_FALSE(parse_include("#include \"core/tensor.h\"")->angled);
  CHECK(parse_include("  #  include <vector>  // why")->path == "vector");
  CHECK(parse_include("#include<vector>")->angled);
  CHECK(parse_include("#include HEADER")->path == "HEADER");
  CHECK_FALSE(parse_include("// #include <vector>").has_value());
  CHECK_FALSE(parse_include("#define include").has_value());
}

TEST_CASE("the right arrows are allowed") {
  CHECK(allowed("core/tensor.cpp", "#include <vector>"));
  CHECK(allowed("core/activation/activation.h", "#include \"core/localized.h\""));
  CHECK(allowed("core/simd/f32x16.h", "#include <immintrin.h>"));
  CHECK(allowed("app/app.cpp", "#include \"core/chain.h\""));
  CHECK(allowed("app/app.cpp", "#include \"platform/platform.h\""));
  CHECK(allowed("app/app.cpp", "#include <imgui.h>"));
  CHECK(allowed("app/app.cpp", "#include <misc/cpp/imgui_stdlib.h>"));
  CHECK(allowed("app/ui/outlines.cpp", "#include <imstb_truetype.h>"));
  CHECK(allowed("bindings/bindings.cpp", "#include <emscripten/bind.h>"));
  CHECK(allowed("cli/train.cpp", "#include \"core/train/trainer.h\""));
  CHECK(allowed("cli/train.cpp", "#include \"cli/options.h\""));
  CHECK(allowed("platform/web/main.cpp", "#include <emscripten/html5.h>"));
  CHECK(allowed("platform/web/main.cpp", "#include \"platform/web/canvas.h\""));
  CHECK(allowed("platform/web/main.cpp", "#include \"platform/opengl/picture.h\""));
  CHECK(allowed("platform/desktop/main.cpp", "#include <GLFW/glfw3.h>"));
  CHECK(allowed("platform/desktop/main.cpp", "#include \"app/app.h\""));
}

TEST_CASE("the wrong arrows are caught") {
  CHECK_FALSE(allowed("core/tensor.cpp", "#include \"app/app.h\""));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include \"platform/platform.h\""));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include \"bindings/bindings.h\""));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include \"cli/options.h\""));
  CHECK_FALSE(allowed("cli/train.cpp", "#include \"app/app.h\""));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include <imgui.h>"));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include <emscripten.h>"));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include <emscripten/bind.h>"));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include <GLFW/glfw3.h>"));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include <immintrin.h>"));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include \"tensor.h\""));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include \"../app/app.h\""));
  CHECK_FALSE(allowed("core/tensor.cpp", "#include HEADER"));
  CHECK_FALSE(allowed("app/app.cpp", "#include <emscripten/html5.h>"));
  CHECK_FALSE(allowed("app/app.cpp", "#include <GLFW/glfw3.h>"));
  CHECK_FALSE(allowed("app/app.cpp", "#include <imgui_impl_opengl3.h>"));
  CHECK_FALSE(allowed("app/app.cpp", "#include \"platform/web/canvas.h\""));
  CHECK_FALSE(allowed("app/app.cpp", "#include \"bindings/bindings.h\""));
  CHECK_FALSE(allowed("bindings/bindings.cpp", "#include \"app/app.h\""));
  CHECK_FALSE(allowed("bindings/bindings.cpp", "#include \"platform/platform.h\""));
  CHECK_FALSE(allowed("platform/platform.h", "#include \"app/app.h\""));
  CHECK_FALSE(allowed("platform/web/main.cpp", "#include \"platform/desktop/window.h\""));
  CHECK_FALSE(allowed("platform/opengl/picture.cpp", "#include \"platform/web/canvas.h\""));
  CHECK_FALSE(allowed("platform/desktop/main.cpp", "#include \"bindings/bindings.h\""));
  CHECK_FALSE(allowed("platform/desktop/main.cpp", "#include <bindings/bindings.h>"));
  CHECK_FALSE(allowed("main.cpp", "#include \"app/app.h\""));
}

TEST_CASE("every include under src/ follows the arrows") {
  const std::filesystem::path root = std::filesystem::path(LAB_SOURCE_DIR) / "src";
  size_t includes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || !is_source(entry.path())) continue;
    const std::string file = entry.path().lexically_relative(root).generic_string();
    std::ifstream stream(entry.path());
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
      const std::optional<Include> include = parse_include(line);
      if (!include) continue;
      ++includes;
      CAPTURE(file);
      CAPTURE(number);
      CAPTURE(line);
      CHECK(is_allowed(file, *include));
    }
  }
  CHECK(includes > 100);  // the walk has found the tree
}
