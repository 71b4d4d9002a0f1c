// Keys, text, IME and clipboard for the app. The canvas has the focus, or what stands in the mirror for
// the control with the keyboard cursor; while a text field is being edited the text agent has it, an
// otherwise invisible <textarea> that opens phone keyboards and takes compositions. What the app has no
// use for stays with the page.

// The agent always holds this, so that a phone's Backspace, which comes as an edit and not as a key, has
// something to delete.
const sentinel = " ";

const clipboardKeys = new Set(["c", "x", "v"]);

/** Whether Tab has another control to go to inside the app; else it leaves for the page. */
function tabStays(items, backwards) {
  const stops = items.filter((item) => item.enabled && !item.passive);
  const at = stops.findIndex((item) => item.focused);
  if (at < 0) return stops.length > 0;
  return backwards ? at > 0 : at < stops.length - 1;
}

export class Keyboard {
  #stage;
  #shell;
  #wake;
  #copyText;
  #reach;
  #mac;
  #focused = false;
  #byPointer = false;
  #windowLost = false;
  #held = new Map(); // code → key of keys that are down
  #composing = false;
  #placing = false; // the focus moves by our own doing

  /**
   * `wake()` asks for frames; `copy(key)` gives the text that the app copies on "c" or "x", if any;
   * `reach(element)` tells that the page's focus was put on an element of the mirror.
   */
  constructor(stage, shell, { wake, copy, reach, mac }, signal) {
    this.#stage = stage;
    this.#shell = shell;
    this.#wake = wake;
    this.#copyText = copy;
    this.#reach = reach;
    this.#mac = mac;
    stage.agent.value = sentinel;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
    on(stage.track, "keydown", (event) => this.#down(event));
    on(stage.track, "keyup", (event) => this.#up(event));
    on(stage.track, "focusin", (event) => this.#focusIn(event));
    on(stage.track, "focusout", (event) => this.#focusOut(event));
    on(stage.track, "copy", (event) => this.#copy(event, "c"));
    on(stage.track, "cut", (event) => this.#copy(event, "x"));
    on(stage.track, "paste", (event) => this.#paste(event));
    on(stage.agent, "input", (event) => this.#input(event));
    on(stage.agent, "compositionstart", () => this.#compose(true));
    on(stage.agent, "compositionend", () => this.#compose(false));
  }

  /** Whether a text field of the app is being edited. */
  get typing() {
    return this.#stage.track.getRootNode().activeElement === this.#stage.agent;
  }

  /** The app is being pressed: keys are for it from now on. */
  grab() {
    if (this.#focused) return;
    this.#byPointer = true;
    this.#stage.canvas.focus({ preventScroll: true });
    this.#byPointer = false;
  }

  /** Puts the focus where the app wants it, if the app has it at all: on the text agent, on `element` of
   *  the mirror, or on the canvas. */
  follow(wantsText, element) {
    if (!this.#focused || this.#composing) return;
    const target = wantsText ? this.#stage.agent : element ?? this.#stage.canvas;
    if (target.getRootNode().activeElement === target) return;
    this.quietly(() => target.focus({ preventScroll: true }));
  }

  /** Runs `change`, which may move the focus without the app's taking notice. */
  quietly(change) {
    this.#placing = true;
    change();
    this.#placing = false;
  }

  #focusIn(event) {
    if (this.#placing) return;
    const mirrored = this.#stage.mirror.contains(event.target);
    if (mirrored) this.#reach(event.target);
    if (this.#focused) return;
    this.#focused = true;
    this.#shell.focus(true);
    // Coming in by Tab puts the keyboard cursor on the first control, or the last by Shift+Tab; coming
    // back to the window doesn't.
    const walked = !this.#byPointer && !this.#windowLost && !mirrored;
    if (walked && event.target.matches(":focus-visible")) {
      const from = event.relatedTarget;
      const { host } = event.target.getRootNode();
      const after = from && host.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING;
      this.#tap("Tab", after);
    }
    this.#windowLost = false;
    this.#wake();
  }

  #focusOut(event) {
    if (this.#placing || this.#stage.track.contains(event.relatedTarget)) return;
    this.#focused = false;
    this.#held.clear();
    this.#shell.focus(false);
    this.#windowLost = !document.hasFocus();
    if (!this.#windowLost) this.#shell.releaseFocus();
    this.#wake();
  }

  #down(event) {
    if (event.isComposing || event.key === "Process") return;
    this.#modifiers(event);
    const command = this.#mac ? event.metaKey : event.ctrlKey;
    if (command && clipboardKeys.has(event.key.toLowerCase())) return; // comes as copy, cut or paste
    if (event.key === "Tab") {
      this.#tab(event);
      return;
    }
    this.#held.set(event.code, event.key);
    // While no field is being edited, typing still reaches the app, which may begin an edit with it.
    const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
    if (types && event.target !== this.#stage.agent) this.#shell.text(event.key);
    const used = this.#shell.key(event.code, event.key, true);
    // What is typed goes to the app, not into the field's likeness in the mirror.
    if (used || (types && this.#stage.mirror.contains(event.target))) event.preventDefault();
    else if (event.key === "Escape") this.#stage.track.getRootNode().activeElement?.blur();
    this.#wake();
  }

  #up(event) {
    this.#modifiers(event);
    this.#held.delete(event.code);
    this.#shell.key(event.code, event.key, false);
    // A Mac tells of no key's release while Cmd is held.
    if (event.key === "Meta") {
      for (const [code, key] of this.#held) this.#shell.key(code, key, false);
      this.#held.clear();
    }
    this.#wake();
  }

  #tab(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (tabStays(JSON.parse(this.#shell.items()), event.shiftKey)) {
      event.preventDefault();
      this.#tap("Tab", event.shiftKey);
      this.#wake();
    } else {
      // The browser goes on from here, and the agent must not be the next stop.
      this.#stage.canvas.focus({ preventScroll: true });
    }
  }

  #tap(key, shift = false) {
    this.#shell.modifiers(false, Boolean(shift), false, false);
    this.#shell.key(key, key, true);
    this.#shell.key(key, key, false);
    this.#shell.modifiers(false, false, false, false); // the next event tells what is really held
  }

  #modifiers(event) {
    this.#shell.modifiers(event.ctrlKey, event.shiftKey, event.altKey, event.metaKey);
  }

  #compose(on) {
    this.#composing = on;
    this.#stage.agent.classList.toggle("composing", on);
    if (!on) this.#take();
  }

  #input(event) {
    if (!event.isComposing && !this.#composing) this.#take();
  }

  /** Hands what was typed to the app and empties the agent. */
  #take() {
    const { agent } = this.#stage;
    const { value } = agent;
    agent.value = sentinel;
    agent.setSelectionRange(sentinel.length, sentinel.length);
    if (value.length < sentinel.length) {
      this.#tap("Backspace");
    } else {
      const typed = value.startsWith(sentinel) ? value.slice(sentinel.length) : value;
      typed.split("\n").forEach((line, index) => {
        if (index > 0) this.#tap("Enter");
        if (line) this.#shell.text(line);
      });
    }
    this.#wake();
  }

  #copy(event, key) {
    const text = this.#copyText(key);
    if (text === undefined) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  }

  #paste(event) {
    event.preventDefault();
    this.#shell.paste(event.clipboardData.getData("text/plain"));
    this.#wake();
  }
}
