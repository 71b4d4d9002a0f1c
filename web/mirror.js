// The app's controls as elements that screen readers, voice control and find-in-page can use: an
// invisible copy of what the canvas shows, made from the control records. Each element lies over its
// control and lets the pointer through to the canvas. What is done to an element is done to the
// control; the element of the control that has the app's keyboard cursor has the page's focus.

// At least so long between two sentences, ms: at rest, and while something moves by itself.
const restPause = 1000;
const motionPause = 5000;

const checked = (item) => ({ "aria-checked": item.value });
const withValue = (item) => ({ "aria-label": item.value ? `${item.label}: ${item.value}` : item.label });
const labelled = ({ label }) => ({ "aria-label": label });

// How a role of items() is told: the element's tag, ARIA role and attributes; the roles of the elements
// around it, outermost first, for those that may not stand alone.
const kinds = {
  button: { tag: "div", role: "button", attributes: (item) => ({
    ...withValue(item),
    ...(item.expanded === undefined ? {} : { "aria-haspopup": "menu", "aria-expanded": item.expanded }),
  }) },
  gridcell: { tag: "div", role: "gridcell", attributes: withValue, around: ["grid", "row"] },
  textbox: { tag: "input", attributes: (item) => ({ ...labelled(item), type: "text", autocomplete: "off" }) },
  multiline: { tag: "textarea", attributes: labelled },
  tab: { tag: "div", role: "tab", around: ["tablist"],
    attributes: (item) => ({ ...labelled(item), "aria-selected": item.value }) },
  radio: { tag: "div", role: "radio", around: ["radiogroup"],
    attributes: (item) => ({ ...labelled(item), ...checked(item) }) },
  checkbox: { tag: "div", role: "checkbox", attributes: (item) => ({ ...labelled(item), ...checked(item) }) },
  slider: { tag: "input", attributes: ({ label, value, range: [min, max, step] }) => ({
    "aria-label": label, "aria-valuetext": value, type: "range", min, max, step,
  }) },
  number: { tag: "input", attributes: (item) => ({ ...labelled(item), type: "number", step: "any" }) },
  menuitem: { tag: "div", role: "menuitemradio", around: ["menu"],
    attributes: (item) => ({ ...labelled(item), ...checked(item) }) },
  img: { tag: "div", role: "img", attributes: withValue },
  text: { tag: "p", passive: true },
};

function kindOf(item) {
  if (item.role === "textbox" && item.multiline) return "multiline";
  if (item.role === "slider" && !item.range) return "number";
  return item.role;
}

const sentenceOf = ({ label, value }) => (value && value !== label ? `${label}: ${value}` : label);

/** `a.b.c` and 1 give `a.b`. */
const ancestor = (id, levels) => id.split(".").slice(0, -levels).join(".");

/** What tells the elements of a control from all others: those around it, outermost first, and its own. */
function keysOf(item) {
  const kind = kindOf(item);
  const { around = [] } = kinds[kind];
  const groups = around.map((role, level) => `${role} ${ancestor(item.id, around.length - level)}`);
  return [...groups, `${kind} ${item.id}`];
}

/** Elements being put in order below one parent. */
class Row {
  constructor(node) {
    this.node = node;
    this.next = node.firstChild;
  }

  place(node) {
    if (node === this.next) this.next = node.nextSibling;
    else this.node.insertBefore(node, this.next);
  }
}

export class Mirror {
  #root;
  #live;
  #act;
  #entries = new Map(); // key → {node, told: what its attributes say, rect}
  #announced = -Infinity; // when, by performance.now()
  #sentence = "";
  #timer = 0;

  /** The element of the control with the keyboard cursor, and that control's record. */
  focused = null;
  focusedItem = null;

  /** Fills `root`, and `live` with what is worth saying. `act(kind, id, text)` does something to
   *  a control. */
  constructor(root, live, act, signal) {
    this.#root = root;
    this.#live = live;
    this.#act = act;
    root.addEventListener("click", ({ target }) => this.#clicked(target), { signal });
    root.addEventListener("input", ({ target }) => act("set", target.dataset.id, target.value), { signal });
    signal.addEventListener("abort", () => {
      clearTimeout(this.#timer);
      root.replaceChildren();
      live.textContent = "";
    });
  }

  /** The id of the control whose element this is; undefined: another element. */
  idOf(node) {
    return this.#root.contains(node) ? node.dataset.id : undefined;
  }

  /** Takes over the records. `offset`: how far the canvas stands below the track's top, CSS px; `moving`:
   *  whether they change by themselves. */
  update(items, offset, moving) {
    const told = items.filter(({ live }) => live);
    this.#announce(told.map(sentenceOf).join(" "), moving ? motionPause : restPause);
    const shown = items.filter(({ id }) => id !== "status"); // which is nothing but told
    this.#drop(new Set(shown.flatMap(keysOf)));
    this.focused = this.focusedItem = null;
    const begun = new Map(); // parents whose children are being put in order, by element
    for (const item of shown) this.#show(item, offset, begun);
  }

  #drop(wanted) {
    for (const [key, { node }] of this.#entries) {
      if (wanted.has(key)) continue;
      node.remove();
      this.#entries.delete(key);
    }
  }

  #show(item, offset, begun) {
    const { tag, role, around = [], passive } = kinds[kindOf(item)];
    const keys = keysOf(item);
    const rowOf = (node) => begun.get(node) ?? begun.set(node, new Row(node)).get(node);
    let parent = this.#root;
    around.forEach((groupRole, level) => {
      const { node } = this.#entry(keys[level], "div", groupRole);
      if (!begun.has(node)) rowOf(parent).place(node);
      rowOf(node);
      parent = node;
    });
    const entry = this.#entry(keys.at(-1), tag, role);
    rowOf(parent).place(entry.node);
    this.#tell(entry, item);
    this.#lay(entry, item.rect, offset);
    if (item.focused && !passive) [this.focused, this.focusedItem] = [entry.node, item];
  }

  /** The entry with that key, with a new element where there is none yet. */
  #entry(key, tag, role) {
    const known = this.#entries.get(key);
    if (known) return known;
    const node = document.createElement(tag);
    if (role) node.setAttribute("role", role);
    const entry = { node, told: "", laid: "" };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Writes what the record says into the element, if it says something else than before. */
  #tell(entry, item) {
    const { id, label, value, enabled, expanded } = item;
    const told = JSON.stringify([label, value, enabled, expanded, item.range]);
    if (told === entry.told) return;
    entry.told = told;
    const { node } = entry;
    const { attributes, passive } = kinds[kindOf(item)];
    if (passive) {
      node.textContent = sentenceOf(item);
      return;
    }
    node.dataset.id = id;
    node.tabIndex = -1;
    node.setAttribute("aria-disabled", !enabled);
    for (const [name, text] of Object.entries(attributes(item))) node.setAttribute(name, text);
    const content = String(item.range?.[3] ?? value);
    if ("value" in node && node.value !== content) node.value = content;
  }

  #lay(entry, [x, y, width, height], offset) {
    const laid = `${x.toFixed(0)}px ${(y + offset).toFixed(0)}px ${width.toFixed(0)}px ${height.toFixed(0)}px`;
    if (laid === entry.laid) return;
    entry.laid = laid;
    const { style } = entry.node;
    [style.left, style.top, style.width, style.height] = laid.split(" ");
  }

  #clicked({ dataset: { id }, localName }) {
    if (id) this.#act(localName === "input" || localName === "textarea" ? "focus" : "press", id, "");
  }

  /** Says the sentence, but not sooner than `pause` after the one before; of those that come meanwhile,
   *  the last. */
  #announce(sentence, pause) {
    this.#sentence = sentence;
    if (this.#timer || this.#live.textContent === sentence) return;
    const speak = () => {
      this.#timer = 0;
      this.#announced = performance.now();
      this.#live.textContent = this.#sentence;
    };
    const wait = this.#announced + pause - performance.now();
    if (wait <= 0) speak();
    else this.#timer = setTimeout(speak, wait);
  }
}
