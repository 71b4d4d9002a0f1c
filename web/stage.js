// The inside of <activation-lab>: what its shadow root holds and how it looks before the app draws.
//
//   track    as tall as the app's whole content; the page scrolls it
//   └ view   sticks to the top of the window, at most as tall as it
//     ├ canvas
//     ├ agent    takes text, see keyboard.js
//     ├ poster   a picture until the app draws
//     └ notice   progress and failures
//   ├ mirror   the controls for screen readers, see mirror.js
//   ├ live     what they say when something changes
//   └ mark     stands where the keyboard cursor is, so that the page can scroll there
//   foot    below an embedded app
//   └ home   opens the full one

import { messages } from "./messages.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; color-scheme: light dark; }
  :host([hidden]) { display: none; }
  :host(:not([chrome="full"])) {
    border: 1px solid color-mix(in srgb, currentColor 22%, transparent); border-radius: 12px;
  }
  :host(:not([chrome="full"])) .track { border-radius: 11px 11px 0 0; overflow: clip; }
  .home {
    display: block; width: fit-content; margin-left: auto; padding: 4px 12px; color: CanvasText;
    font: 12px/20px system-ui, sans-serif; text-decoration: none; opacity: 0.75;
  }
  .home:hover, .home:focus-visible { opacity: 1; text-decoration: underline; }
  .foot { border-radius: 0 0 11px 11px; }
  :host([chrome="full"]) .foot { display: none; }
  .poster { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
  .poster[hidden] { display: none; }
  .track { position: relative; display: grid; min-height: inherit; height: 24rem; }
  .view { position: sticky; top: 0; max-height: 100vh; max-height: 100dvh; min-width: 0; }
  canvas {
    position: absolute; inset: 0; width: 100%; height: 100%;
    touch-action: pan-y pinch-zoom; -webkit-tap-highlight-color: transparent; outline: none;
  }
  .agent {
    position: absolute; left: 0; top: 0; width: 1px; height: 1lh; padding: 0; border: 0; margin: 0;
    resize: none; overflow: hidden; white-space: pre; outline: none; opacity: 0; pointer-events: none;
    font: 16px system-ui, sans-serif; color: CanvasText; background: Canvas;
  }
  .agent.composing { opacity: 1; width: 16em; }
  @supports (field-sizing: content) {
    .agent.composing { width: auto; min-width: 1em; field-sizing: content; }
  }
  .mirror {
    position: absolute; inset: 0; overflow: clip; contain: layout style; opacity: 0;
    font: 15px/1 system-ui, sans-serif;
  }
  .mirror, .mirror * { pointer-events: none; user-select: none; -webkit-user-select: none; }
  .mirror p, .mirror [data-id] {
    position: absolute; box-sizing: border-box; padding: 0; border: 0; margin: 0; overflow: clip;
    resize: none; outline: none;
  }
  .mirror p { white-space: pre-wrap; }
  .live { position: absolute; width: 1px; height: 1px; margin: 0; overflow: clip; opacity: 0; }
  .mark { position: absolute; left: 0; width: 1px; visibility: hidden; }
  .notice {
    position: absolute; inset: 0; display: grid; gap: 16px; place-content: center;
    justify-items: center; padding: 24px; font: 15px/1.45 system-ui, sans-serif; color: CanvasText;
  }
  .notice[hidden] { display: none; }
  .notice p { max-width: 34em; margin: 0; text-align: center; text-wrap: balance; }
  .notice progress { width: 12rem; height: 6px; accent-color: #2f6fde; }
  .notice button { font: inherit; padding: 8px 16px; min-height: 44px; cursor: pointer; }
`);

function make(parent, tag, attributes, text = "") {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  parent.append(node);
  return node;
}

export class Stage {
  #notice;
  #poster;
  #drawn = false;

  constructor(root) {
    const words = messages();
    root.adoptedStyleSheets = [sheet];
    this.track = make(root, "div", { class: "track" });
    this.view = make(this.track, "div", { class: "view" });
    this.mark = make(this.track, "div", { class: "mark" });
    this.canvas = make(this.view, "canvas", {
      tabindex: 0, role: "application", "aria-label": words.name,
    });
    this.agent = make(this.view, "textarea", {
      class: "agent", tabindex: -1, "aria-label": words.typing, rows: 1, spellcheck: false,
      autocapitalize: "off", autocomplete: "off", autocorrect: "off", enterkeyhint: "done",
    });
    this.mirror = make(this.track, "div", { class: "mirror" });
    this.live = make(this.track, "p", { class: "live", role: "status" });
    this.#poster = make(this.view, "img", { class: "poster", alt: words.name, hidden: "" });
    this.#notice = make(this.view, "div", { class: "notice", hidden: "" });
    this.foot = make(root, "div", { class: "foot" });
    this.home = make(this.foot, "a", { class: "home", target: "_blank", rel: "noopener" }, `${words.name} ↗`);
    this.home.setAttribute("aria-label", words.home);
  }

  /** What is seen until the app draws; none: nothing. */
  setPoster(source) {
    if (source) this.#poster.src = source;
    else this.#poster.removeAttribute("src");
    this.#poster.hidden = !source || this.#drawn;
  }

  /** A fresh canvas: one that had a context can't get another. */
  renewCanvas() {
    const fresh = this.canvas.cloneNode(false);
    this.canvas.replaceWith(fresh);
    this.canvas = fresh;
  }

  showApp() {
    this.#drawn = true;
    this.#notice.hidden = true;
    this.#poster.hidden = true;
  }

  /** Shows the progress bar; gives the function that moves it. */
  showProgress() {
    this.#show();
    const words = messages();
    make(this.#notice, "p", {}, words.loading);
    const bar = make(this.#notice, "progress", { "aria-label": words.loading, max: 1, value: 0 });
    return (loaded, total) => {
      bar.value = loaded / total;
    };
  }

  /** Shows a message of messages.js and, where `button` names another, a button that calls `action`. */
  showMessage(name, button, action) {
    this.#show();
    const words = messages();
    make(this.#notice, "p", { role: "alert" }, words[name]);
    if (button) make(this.#notice, "button", {}, words[button]).addEventListener("click", action);
  }

  #show() {
    this.#notice.replaceChildren();
    this.#notice.hidden = false;
  }
}
