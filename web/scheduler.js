// Draws frames only while something changes.

// Dear ImGui needs a few frames after an event: one to take it in, one to react, one to lay out.
const settleFrames = 3;

export class FrameScheduler {
  #draw;
  #request = 0;
  #framesLeft = 0;
  #onRest;
  #suspended = new Set();
  #waiting = [];

  /** `draw()` draws one frame and tells whether more must follow without any event; `onRest()` is called
   *  when none does. */
  constructor(draw, onRest) {
    this.#draw = draw;
    this.#onRest = onRest;
  }

  /** Something has changed: draw until the picture has settled. */
  wake() {
    this.#framesLeft = settleFrames;
    this.#continue();
  }

  /** No frames as long as any reason to suspend holds ("hidden", "off-screen", "context lost"). */
  suspend(reason, on) {
    if (on) {
      this.#suspended.add(reason);
      this.#pause();
    } else if (this.#suspended.delete(reason)) {
      this.wake();
    }
  }

  get suspended() {
    return this.#suspended.size > 0;
  }

  /** Resolves when no frame is due. */
  idle() {
    if (this.#request === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop() {
    this.suspend("stopped", true);
  }

  #continue() {
    if (this.#request !== 0 || this.suspended) return;
    this.#request = requestAnimationFrame(() => this.#frame());
  }

  #frame() {
    this.#request = 0;
    const more = this.#draw();
    this.#framesLeft = more ? settleFrames : this.#framesLeft - 1;
    if (this.#framesLeft > 0) this.#continue();
    if (this.#request !== 0) return;
    this.#onRest();
    this.#settle();
  }

  #pause() {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#settle();
  }

  #settle() {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
