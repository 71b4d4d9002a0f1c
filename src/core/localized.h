#pragma once

#include <string_view>

namespace lab {

// The interface languages. English is the fallback.
enum class Language { en, zh };

// One text in every interface language. Both members are UTF-8 with static storage.
struct Localized {
  std::string_view en;
  std::string_view zh;

  constexpr std::string_view in(Language language) const {
    return language == Language::zh ? zh : en;
  }
};

}  // namespace lab
