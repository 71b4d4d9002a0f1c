#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/plot/figure.h"
#include "app/ui/complaint.h"
#include "app/ui/ui.h"
#include "core/error.h"
#include "core/experiment/experiment.h"
#include "core/formula/formula_activation.h"
#include "core/json_writer.h"
#include "platform/platform.h"

namespace lab {

class LinkKeys;

// Where a scene may draw, and whom it may ask.
struct SceneFrame {
  ImVec2 top_left;    // of the scene's column, screen coordinates
  float width;        // of the column, CSS px
  float view_height;  // of the visible window, CSS px
  Platform& platform;
  // Parts of the scene that whoever embeds it does not want, by the names that the scene gives
  // them.
  std::span<const std::string> hidden = {};
  // The whole link to what is shown now, for the scene's own buttons.
  std::function<std::string()> address = {};

  bool shows(std::string_view part) const {
    return std::ranges::find(hidden, part) == hidden.end();
  }
};

// What a scene that plays can be told from outside: by a host page, a lesson, a presenter's keys.
enum class SceneCommand : int { play, pause, step, reset };

// How far a scene that plays has come.
struct SceneProgress {
  bool playing = false;
  long long step = 0;   // optimizer steps
  long long epoch = 0;  // whole passes over the training set
  double train_loss = 0, test_loss = 0;
  double train_accuracy = 0, test_accuracy = 0;  // shares, in [0, 1]
  bool goal_reached = false;                     // a stop rule of the person's has been met
  bool diverged = false;
};

// A part of a scene that can be left out, by the name that links and pages call it by.
struct ScenePart {
  std::string_view id;
  Str name;
};

// A state that shows something, as link() would write it.
struct ScenePreset {
  std::string_view id;
  Localized name;
  std::string link;
};

// One tab of the app. A scene owns its document and view state; it draws into the column it is
// given and says how tall it became.
class Scene {
 public:
  virtual ~Scene() = default;

  // Draws everything and returns the height used, in CSS px.
  virtual float draw(Ui& ui, const SceneFrame& frame) = 0;
  // "What you see": one sentence about the present state.
  virtual std::string sentence(Language language) const = 0;
  // Takes the part of a share link that is the scene's own (core/experiment/share_link.h). Where
  // that is not valid the scene stays as it was, and the answer says why.
  virtual Complaint open(std::string_view link) = 0;
  // The same the other way round: what open() needs to show this again, without scene=, lang= and
  // theme=. Begins with the version, "v=1".
  virtual std::string link() const = 0;
  // Passes every key that open() and link() know beside an experiment's (scenes/link_keys.h).
  virtual void list_keys(LinkKeys&) const {}
  // What is wrong with what was asked last of the scene, which draws it.
  virtual Complaint& complaint() = 0;
  virtual std::vector<ScenePreset> presets() const { return {}; }
  // False where the scene does not play, or has no such thing to do now.
  virtual bool command(SceneCommand) { return false; }
  // Changes the experiment that the scene is about. An error, and no change, where `change` gives
  // one, the result cannot be, or there is no experiment.
  using Change = std::function<std::optional<Error>(Experiment&)>;
  virtual std::optional<Error> edit(const Change&) { return Error{"share.no_experiment", {}}; }
  // Of the weights as they are now (Trainer::hash()); empty where there are none.
  virtual std::string hash() const { return {}; }
  // Nothing where the scene does not play.
  virtual std::optional<SceneProgress> progress() const { return std::nullopt; }
  // Every plot, diagram and map of the scene. What it does not show now can't be drawn now.
  virtual std::vector<Figure> figures(const Ui&) { return {}; }
  // Shows a figure from the next frames on: opens its tab, and runs what it is of, if nobody has.
  virtual void show_figure(std::string_view) {}
  // True while it is shown to an audience: then it has the whole view to itself, and large.
  virtual bool presents() const { return false; }
  // Members of the scene's state, into an object that is already open.
  virtual void write_state(JsonWriter& json) const = 0;
};

// One row per scene, in the order of the tabs.
struct SceneRow {
  std::string_view id;
  Str tab;
  // Scenes share the person's formulas, which outlive them.
  std::unique_ptr<Scene> (*make)(FormulaLibrary& formulas);
  // The names that SceneFrame::hidden may hold: one row each, which lists, dialogs and error
  // messages take them from.
  std::span<const ScenePart> (*parts)();
};

std::span<const SceneRow> scenes();

}  // namespace lab
