#pragma once

#include <string>
#include <string_view>

namespace lab {

// What a page is to show of the app.
struct EmbedChoice {
  std::string base;             // address of the folder that holds the app, with the / at its end
  std::string scene;            // "train"
  std::string state;            // as Scene::link() writes it
  std::string language, theme;  // "en", "zh"; "light", "dark"; empty: as the reader has it
  std::string hidden;           // names of parts with commas between them
  int width = 0;                // CSS px; 0: as wide as the column
  int height = 560;             // CSS px, of frames
};

// For which kind of page.
enum class EmbedKind { html, iframe, mkdocs, docusaurus, jupyter, quarto };

// What stands behind the # of a link to it.
std::string embed_link(const EmbedChoice& choice);
// What an author pastes.
std::string embed_code(EmbedKind kind, const EmbedChoice& choice);

}  // namespace lab
