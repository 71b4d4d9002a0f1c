#include "app/ui/controls.h"

#include "core/json_writer.h"

namespace lab {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::button:
      return "button";
    case Role::cell:
      return "gridcell";
    case Role::textbox:
      return "textbox";
    case Role::tab:
      return "tab";
    case Role::radio:
      return "radio";
    case Role::checkbox:
      return "checkbox";
    case Role::slider:
      return "slider";
    case Role::menuitem:
      return "menuitem";
    case Role::text:
      return "text";
    case Role::image:
      return "img";
  }
  return "";
}

const Control* Controls::find(std::string_view id) const {
  for (const Control& control : controls_) {
    if (control.id == id) return &control;
  }
  return nullptr;
}

std::string Controls::json(float scale) const {
  JsonWriter json;
  json.begin_array();
  for (const Control& control : controls_) {
    json.begin_object();
    json.member("id", control.id);
    json.member("role", role_name(control.role));
    json.member("label", control.label);
    json.member("value", control.value);
    json.key("rect").begin_array();
    for (float length : {control.min.x, control.min.y, control.max.x - control.min.x,
                         control.max.y - control.min.y}) {
      json.value(static_cast<double>(length * scale));
    }
    json.end_array();
    json.member("enabled", control.enabled);
    json.member("focused", control.focused);
    if (control.item == 0) json.member("passive", true);
    if (control.range) {
      json.key("range").begin_array();
      const ControlRange& range = *control.range;
      json.value(range.min).value(range.max).value(range.step);
      if (range.now) json.value(*range.now);
      json.end_array();
    }
    if (control.expanded) json.member("expanded", *control.expanded);
    if (control.multiline) json.member("multiline", true);
    if (control.live) json.member("live", true);
    if (control.zooms) json.member("zooms", true);
    json.end_object();
  }
  json.end_array();
  return json.text();
}

}  // namespace lab
