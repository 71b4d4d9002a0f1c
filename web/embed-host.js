// For pages that hold figures in frames: gives each frame the height of what is in it, and says to it
// what the page wants.
//
//   <iframe src="…/embed.html#scene=train&…"></iframe>
//   <script type="module" src="…/web/embed-host.js"></script>
//
//   import { connect } from "…/web/embed-host.js";
//   const figure = connect(document.querySelector("iframe"));
//   await figure.set({ "training.optimizer.learningRate": 0.1 });
//   figure.addEventListener("epoch", ({ detail }) => console.log(detail.progress.epoch));

import { isOurs, say, version } from "./embed-messages.js";

const tallest = 20_000; // px that a frame is given

const figures = new WeakMap(); // frame → Figure

/** A figure in a frame. Events: `ready`, `size`, `change`, `epoch`, `goal`, `error`, each with the message
 *  as its detail. */
class Figure extends EventTarget {
  #frame;
  #origin;
  #last = 0;
  #waiting = new Map(); // id → {resolve, reject}

  constructor(frame) {
    super();
    this.#frame = frame;
    this.#origin = new URL(frame.src, location.href).origin;
    addEventListener("message", ({ source, origin, data }) => {
      if (source === frame.contentWindow && origin === this.#origin && isOurs(data)) this.#take(data);
    });
  }

  /** These resolve to what the figure answers, and reject with what is wrong. */
  open(link) { return this.#ask("open", { link }); }
  set(field, value) { return this.#ask("set", { fields: typeof field === "string" ? { [field]: value } : field }); }
  play() { return this.#ask("play"); }
  pause() { return this.#ask("pause"); }
  step() { return this.#ask("step"); }
  reset() { return this.#ask("reset"); }
  /** {link, state, progress} */
  state() { return this.#ask("state"); }
  /** A Blob of PNG. */
  screenshot() { return this.#ask("screenshot"); }

  #ask(type, rest) {
    const id = (this.#last += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#frame.contentWindow.postMessage(say(type, { id, ...rest }), this.#origin);
    });
  }

  #take(message) {
    if (message.activationLab !== version) return;
    if (message.type === "reply") {
      const asked = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.ok) asked?.resolve(message.value);
      else asked?.reject(new Error(String(message.error)));
      return;
    }
    if (message.type === "size" && message.height > 0) {
      this.#frame.style.height = `${Math.min(message.height, tallest)}px`;
    }
    this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
  }
}

/** The figure in this frame, always the same object for the same frame. */
export function connect(frame) {
  if (!figures.has(frame)) figures.set(frame, new Figure(frame));
  return figures.get(frame);
}

const page = new URL("../embed.html", import.meta.url);

/** Whether the frame shows a figure of the lab that this module comes from. */
const isFigure = (frame) => {
  const address = new URL(frame.src || "about:blank", location.href);
  return address.origin === page.origin && address.pathname === page.pathname;
};

function connectAll() {
  for (const frame of document.querySelectorAll("iframe")) if (isFigure(frame)) connect(frame);
}
connectAll();
document.addEventListener("DOMContentLoaded", connectAll);
