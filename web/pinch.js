// Two fingers on something that can be zoomed: it is zoomed, and not the page. Anywhere else two fingers
// are the browser's.

// Zooming by this factor is one unit, as with the wheel; see Ui::zoom() of the app.
const factorPerUnit = 1.15;

export class Pinch {
  #pointer;
  #zooms;
  #distance = 0; // between the fingers, CSS px; 0: no pinch

  /** `zooms(x, y)` tells whether what is there can be zoomed. */
  constructor(pointer, { zooms }, signal) {
    this.#pointer = pointer;
    this.#zooms = zooms;
    const on = (type, handler) =>
      pointer.canvas.addEventListener(type, handler, { signal, passive: false });
    on("touchstart", (event) => this.#start(event));
    on("touchmove", (event) => this.#move(event));
    on("touchend", (event) => this.#end(event));
    on("touchcancel", (event) => this.#end(event));
  }

  #start(event) {
    const fingers = this.#fingers(event);
    this.#distance = 0;
    if (fingers.length !== 2 || !fingers.every((finger) => this.#zooms(...finger))) return;
    event.preventDefault(); // else the browser zooms the page
    this.#pointer.cancel();
    this.#distance = distance(fingers);
  }

  #move(event) {
    if (!this.#distance) return;
    event.preventDefault();
    const fingers = this.#fingers(event);
    const now = distance(fingers);
    const [[x1, y1], [x2, y2]] = fingers;
    const units = Math.log(now / this.#distance) / Math.log(factorPerUnit);
    this.#pointer.zoom((x1 + x2) / 2, (y1 + y2) / 2, units);
    this.#distance = now;
  }

  #end(event) {
    if (event.targetTouches.length < 2) this.#distance = 0;
  }

  #fingers({ targetTouches }) {
    return [...targetTouches].map(({ clientX, clientY }) => this.#pointer.onCanvas(clientX, clientY));
  }
}

/** At least 1, so that fingers that meet don't zoom without end. */
const distance = ([[x1, y1], [x2, y2]]) => Math.max(Math.hypot(x2 - x1, y2 - y1), 1);
