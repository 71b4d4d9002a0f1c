// Mouse, pen and finger on the canvas, as Dear ImGui's pointer.

// How far a finger wanders before a touch is a drag, CSS px.
const slop = 8;
// Pixels of a wheel's turn that make one unit of ImGui's, and CSS px per line where a wheel counts lines.
const pixelsPerUnit = 100;
const pixelsPerLine = 33;
// Below so many pixels a wheel with Ctrl is a touchpad's pinch, and browsers mean a factor of e^(pixels / 100).
const pinchPixels = 40;
const unitsPerPinchPixel = 1 / (100 * Math.log(1.15));

export class Pointer {
  #canvas;
  #shell;
  #wake;
  #zooms;
  #onPress;
  #onTap;
  #active = null; // {id, type, x, y, pressed, scrolls}: the one pointer that is down; others are left to the browser
  #hover = null; // {clientX, clientY, type}: where a pointer without pressed buttons rests

  /** `wake()` asks for frames; `zooms(x, y)` tells whether what is there can be zoomed; `onPress()` says
   *  that the app is being pressed, `onTap(x, y)` that a finger has tapped there; both run within the
   *  browser's event. Places are CSS px from the canvas's corner. */
  constructor(canvas, shell, { wake, zooms, onPress, onTap }, signal) {
    this.#canvas = canvas;
    this.#shell = shell;
    this.#wake = wake;
    this.#zooms = zooms;
    this.#onPress = onPress;
    this.#onTap = onTap;
    const on = (type, handler, options) =>
      canvas.addEventListener(type, handler, { signal, ...options });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event));
    on("pointercancel", (event) => this.#cancel(event));
    on("lostpointercapture", (event) => this.#cancel(event));
    on("pointerleave", (event) => this.#leave(event));
    on("wheel", (event) => this.#wheel(event), { passive: false });
    // The browser would move the focus and begin to select text; the focus is ours to place.
    on("mousedown", (event) => {
      if (event.button === 0) event.preventDefault();
    });
    addEventListener("blur", () => this.cancel(), { signal });
  }

  /** The page has scrolled: the resting pointer is over another spot of the canvas. */
  refresh() {
    if (this.#hover) this.#position(this.#hover, this.#hover.type);
  }

  /** Lets go of everything without clicking anything. */
  cancel() {
    if (this.#active) this.#cancel({ pointerId: this.#active.id });
  }

  get canvas() {
    return this.#canvas;
  }

  /** Zooms what is at this place; positive units zoom in. */
  zoom(x, y, units) {
    this.#shell.zoom(x, y, units);
    this.#wake();
  }

  #position(event, type) {
    this.#shell.pointerMove(...this.onCanvas(event.clientX, event.clientY), type);
  }

  /** CSS px of the window as CSS px from the canvas's corner. */
  onCanvas(x, y) {
    const box = this.#canvas.getBoundingClientRect();
    const zoom = this.#canvas.clientWidth / box.width || 1; // CSS transforms around the element
    return [(x - box.left) * zoom, (y - box.top) * zoom];
  }

  #down(event) {
    if (this.#active) return;
    const { pointerId: id, pointerType: type, clientX: x, clientY: y } = event;
    this.#active = { id, type, x, y, pressed: false };
    this.#hover = null;
    this.#canvas.setPointerCapture(id);
    this.#modifiers(event);
    this.#position(event, type);
    // A finger that comes down may be about to scroll the page: it presses when it lifts or goes sideways.
    if (type !== "touch") this.#press(event.buttons);
    this.#wake();
  }

  #press(buttons) {
    this.#active.pressed = true;
    this.#onPress();
    this.#shell.pointerButtons(buttons, this.#active.type);
  }

  #move(event) {
    const active = this.#active;
    if (active ? active.id !== event.pointerId : event.pointerType === "touch") return;
    this.#modifiers(event);
    if (active?.type === "touch" && !active.pressed) {
      const [across, along] = [Math.abs(event.clientX - active.x), Math.abs(event.clientY - active.y)];
      active.scrolls ||= along > slop && along >= across; // or would, if the page went on
      if (active.scrolls || across <= slop) return;
      this.#press(1); // where the finger came down; the drag starts there
    }
    this.#position(event, event.pointerType);
    // A second button of a mouse that is down already comes as a move.
    if (active?.pressed && active.type !== "touch") this.#shell.pointerButtons(event.buttons, active.type);
    if (!active) {
      this.#hover = { clientX: event.clientX, clientY: event.clientY, type: event.pointerType };
    }
    this.#wake();
  }

  #up(event) {
    const active = this.#active;
    if (active?.id !== event.pointerId) return;
    this.#modifiers(event);
    if (active.scrolls) {
      this.cancel();
      return;
    }
    const tapped = !active.pressed;
    if (tapped) this.#press(1); // where the finger came down
    else this.#position(event, active.type);
    this.#active = null;
    this.#shell.pointerButtons(0, active.type);
    this.#wake();
    if (tapped) this.#onTap(...this.onCanvas(active.x, active.y));
  }

  #cancel(event) {
    const active = this.#active;
    if (active?.id !== event.pointerId) return;
    this.#active = null;
    this.#shell.pointerLeave(); // away first, so that the release clicks nothing
    this.#shell.pointerButtons(0, active.type);
    this.#wake();
  }

  #leave(event) {
    if (this.#active || event.pointerType === "touch") return; // a finger's cross-hair stays
    this.#hover = null;
    this.#shell.pointerLeave();
    this.#wake();
  }

  #wheel(event) {
    const pixels = [1, pixelsPerLine, this.#canvas.clientHeight][event.deltaMode];
    const units = (delta) => (-delta * pixels) / pixelsPerUnit;
    // Turned with Ctrl, which is also how browsers tell of a pinch on a touchpad.
    const at = this.onCanvas(event.clientX, event.clientY);
    if (event.ctrlKey && this.#zooms(...at)) {
      event.preventDefault();
      const pinched = event.deltaMode === 0 && Math.abs(event.deltaY) < pinchPixels;
      this.zoom(...at, pinched ? -event.deltaY * unitsPerPinchPixel : units(event.deltaY));
      return;
    }
    this.#modifiers(event);
    this.#position(event, "mouse");
    const taken = this.#shell.wheel(units(event.deltaX), units(event.deltaY), event.shiftKey);
    if (taken) event.preventDefault();
    this.#wake();
  }

  #modifiers(event) {
    this.#shell.modifiers(event.ctrlKey, event.shiftKey, event.altKey, event.metaKey);
  }
}
