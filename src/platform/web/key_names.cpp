#include "platform/web/key_names.h"

#include <array>
#include <cstddef>

namespace lab {
namespace {

struct NamedKey {
  std::string_view code;
  ImGuiKey key;
};

// https://www.w3.org/TR/uievents-code/
constexpr std::array kNamedKeys = {
    NamedKey{"Tab", ImGuiKey_Tab},
    NamedKey{"ArrowLeft", ImGuiKey_LeftArrow},
    NamedKey{"ArrowRight", ImGuiKey_RightArrow},
    NamedKey{"ArrowUp", ImGuiKey_UpArrow},
    NamedKey{"ArrowDown", ImGuiKey_DownArrow},
    NamedKey{"PageUp", ImGuiKey_PageUp},
    NamedKey{"PageDown", ImGuiKey_PageDown},
    NamedKey{"Home", ImGuiKey_Home},
    NamedKey{"End", ImGuiKey_End},
    NamedKey{"Insert", ImGuiKey_Insert},
    NamedKey{"Delete", ImGuiKey_Delete},
    NamedKey{"Backspace", ImGuiKey_Backspace},
    NamedKey{"Space", ImGuiKey_Space},
    NamedKey{"Enter", ImGuiKey_Enter},
    NamedKey{"Escape", ImGuiKey_Escape},
    NamedKey{"ControlLeft", ImGuiKey_LeftCtrl},
    NamedKey{"ControlRight", ImGuiKey_RightCtrl},
    NamedKey{"ShiftLeft", ImGuiKey_LeftShift},
    NamedKey{"ShiftRight", ImGuiKey_RightShift},
    NamedKey{"AltLeft", ImGuiKey_LeftAlt},
    NamedKey{"AltRight", ImGuiKey_RightAlt},
    NamedKey{"MetaLeft", ImGuiKey_LeftSuper},
    NamedKey{"MetaRight", ImGuiKey_RightSuper},
    NamedKey{"ContextMenu", ImGuiKey_Menu},
    NamedKey{"Quote", ImGuiKey_Apostrophe},
    NamedKey{"Comma", ImGuiKey_Comma},
    NamedKey{"Minus", ImGuiKey_Minus},
    NamedKey{"Period", ImGuiKey_Period},
    NamedKey{"Slash", ImGuiKey_Slash},
    NamedKey{"Semicolon", ImGuiKey_Semicolon},
    NamedKey{"Equal", ImGuiKey_Equal},
    NamedKey{"BracketLeft", ImGuiKey_LeftBracket},
    NamedKey{"Backslash", ImGuiKey_Backslash},
    NamedKey{"BracketRight", ImGuiKey_RightBracket},
    NamedKey{"Backquote", ImGuiKey_GraveAccent},
    NamedKey{"NumpadDecimal", ImGuiKey_KeypadDecimal},
    NamedKey{"NumpadDivide", ImGuiKey_KeypadDivide},
    NamedKey{"NumpadMultiply", ImGuiKey_KeypadMultiply},
    NamedKey{"NumpadSubtract", ImGuiKey_KeypadSubtract},
    NamedKey{"NumpadAdd", ImGuiKey_KeypadAdd},
    NamedKey{"NumpadEnter", ImGuiKey_KeypadEnter},
    NamedKey{"NumpadEqual", ImGuiKey_KeypadEqual},
};

constexpr std::string_view kPunctuation = "',-./;=[\\]`";
constexpr std::array kPunctuationKeys = {
    ImGuiKey_Apostrophe, ImGuiKey_Comma,        ImGuiKey_Minus,       ImGuiKey_Period,
    ImGuiKey_Slash,      ImGuiKey_Semicolon,    ImGuiKey_Equal,       ImGuiKey_LeftBracket,
    ImGuiKey_Backslash,  ImGuiKey_RightBracket, ImGuiKey_GraveAccent,
};
static_assert(kPunctuation.size() == kPunctuationKeys.size());

ImGuiKey offset_key(ImGuiKey first, int offset) {
  return static_cast<ImGuiKey>(first + offset);
}

ImGuiKey key_from_character(char c) {
  if (c >= 'a' && c <= 'z') return offset_key(ImGuiKey_A, c - 'a');
  if (c >= 'A' && c <= 'Z') return offset_key(ImGuiKey_A, c - 'A');
  if (c >= '0' && c <= '9') return offset_key(ImGuiKey_0, c - '0');
  const std::size_t at = kPunctuation.find(c);
  return at == std::string_view::npos ? ImGuiKey_None : kPunctuationKeys[at];
}

ImGuiKey key_from_code(std::string_view code) {
  for (const NamedKey& named : kNamedKeys) {
    if (named.code == code) return named.key;
  }
  const char last = code.empty() ? '\0' : code.back();
  if (code.size() == 4 && code.substr(0, 3) == "Key") return key_from_character(last);
  if (code.size() == 6 && code.substr(0, 5) == "Digit") return key_from_character(last);
  if (code.size() == 7 && code.substr(0, 6) == "Numpad" && last >= '0' && last <= '9') {
    return offset_key(ImGuiKey_Keypad0, last - '0');
  }
  return ImGuiKey_None;
}

}  // namespace

ImGuiKey key_from_dom(std::string_view code, std::string_view key) {
  const bool keypad = code.substr(0, 6) == "Numpad";
  if (key.size() == 1 && key != " " && !keypad) {
    const ImGuiKey printed = key_from_character(key[0]);
    if (printed != ImGuiKey_None) return printed;
  }
  // Without Num Lock the keypad's keys are arrows, Home, End …; phones leave `code` empty.
  const bool by_name = code.empty() || (keypad && key.size() > 1 && key != "Enter");
  return key_from_code(by_name ? key : code);
}

}  // namespace lab
