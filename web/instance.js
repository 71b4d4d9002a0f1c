// One running app on one stage: connects the program with the page around it.

import { watchDrops } from "./drop.js";
import { Keyboard } from "./keyboard.js";
import { startShell } from "./loader.js";
import { Mirror } from "./mirror.js";
import { Pinch } from "./pinch.js";
import { Pointer } from "./pointer.js";
import { FrameScheduler } from "./scheduler.js";
import { Services, watchPreferences } from "./services.js";
import { watchSize } from "./sizing.js";

const isMac = () => /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

// Frames by which quick events (press, release, a key) are certainly seen and have had their effect,
// however ImGui spreads them.
const flushLimit = 12;

// How often the mirror is brought up to date while frames go on, ms.
const mirrorPause = 250;

export class Instance {
  #stage;
  #shell;
  #scheduler;
  #services;
  #onFrame;
  #onCrash;
  #pointer;
  #keyboard;
  #mirror;
  #mirrored = 0; // when that was last done, by performance.now()
  #stop = new AbortController();
  #sized = false;
  #hasDrawn = false;
  #offset = 0;
  #focus = 0;
  #wantsText = false;
  #firstFrame = {};

  /** Resolves with the first frame, rejects when there is none. */
  drawn = new Promise((resolve, reject) => Object.assign(this.#firstFrame, { resolve, reject }));

  /** `onFrame(report)` gets what each frame tells; `onCrash(error)` is called when the program, once it
   *  has drawn, breaks. */
  static async start(stage, program, { onFrame, onCrash }) {
    const services = new Services();
    const shell = await startShell(program, stage.canvas, services, isMac());
    return new Instance(stage, shell, services, onFrame, onCrash);
  }

  constructor(stage, shell, services, onFrame, onCrash) {
    this.#stage = stage;
    this.#shell = shell;
    this.#services = services;
    this.#onFrame = onFrame;
    this.#onCrash = onCrash;
    this.#scheduler = new FrameScheduler(() => this.#frame(), () => this.#updateMirror(false));
    this.#listen(this.#stop.signal);
  }

  items() {
    return JSON.parse(this.#shell.items());
  }

  state() {
    return JSON.parse(this.#shell.state());
  }

  open(link) {
    const valid = this.#shell.open(link);
    this.#scheduler.wake();
    return valid;
  }

  idle() {
    return this.#scheduler.idle();
  }

  destroy() {
    this.#halt();
    const gl = this.#stage.canvas.getContext("webgl2");
    this.#shell?.delete();
    this.#shell = undefined;
    gl?.getExtension("WEBGL_lose_context")?.loseContext(); // gives the memory back now, not some day
  }

  #halt() {
    this.#stop.abort();
    this.#scheduler.stop();
  }

  #crash(error) {
    this.#halt();
    this.#shell = undefined; // its memory can't be trusted, not even to be tidied up
    if (this.#hasDrawn) this.#onCrash(error);
    else this.#firstFrame.reject(error);
  }

  #listen(signal) {
    const { canvas } = this.#stage;
    const wake = () => this.#scheduler.wake();
    watchPreferences((...preferences) => {
      this.#shell.preferences(...preferences);
      wake();
    }, signal);
    const act = (...action) => {
      this.#shell.act(...action);
      wake();
    };
    this.#mirror = new Mirror(this.#stage.mirror, this.#stage.live, act, signal);
    this.#keyboard = new Keyboard(this.#stage, this.#shell, {
      wake, copy: (key) => this.#copy(key), mac: isMac(),
      reach: (element) => act("focus", this.#mirror.idOf(element), ""),
    }, signal);
    const zooms = (x, y) => this.#itemsAt(x, y).some((item) => item.zooms);
    this.#pointer = new Pointer(canvas, this.#shell, {
      wake, zooms, onPress: () => this.#keyboard.grab(), onTap: (x, y) => this.#tapped(x, y),
    }, signal);
    new Pinch(this.#pointer, { zooms }, signal);
    watchDrops(canvas, (name, text) => {
      this.#shell.drop(name, text);
      wake();
    }, signal);
    watchSize(canvas, (...size) => this.#resize(...size), signal);
    this.#watchScrolling(signal);
    this.#watchVisibility(signal);
    this.#watchContext(signal);
  }

  #resize(width, height, ratio) {
    this.#sized = width > 0 && height > 0;
    if (!this.#sized) return;
    this.#shell.resize(width, height, ratio);
    // Resizing has emptied the canvas, and this runs before the browser paints.
    if (!this.#scheduler.suspended) this.#frame();
    this.#scheduler.wake();
  }

  /** How far the page has scrolled the app's top beyond the top of the window: the canvas sticks there. */
  #scrollOffset() {
    const { view, track } = this.#stage;
    return view.getBoundingClientRect().top - track.getBoundingClientRect().top;
  }

  #watchScrolling(signal) {
    const onScroll = () => {
      if (this.#scrollOffset() !== this.#offset) this.#scheduler.wake();
      this.#pointer.refresh();
    };
    // Scrolling doesn't bubble, and isn't seen from outside a shadow root.
    for (let root = this.#stage.track.getRootNode(); root; root = root.host?.getRootNode()) {
      root.addEventListener("scroll", onScroll, { capture: true, passive: true, signal });
    }
  }

  #watchVisibility(signal) {
    const onHidden = () => this.#scheduler.suspend("hidden", document.visibilityState === "hidden");
    document.addEventListener("visibilitychange", onHidden, { signal });
    onHidden();
    const observer = new IntersectionObserver((entries) => {
      this.#scheduler.suspend("off-screen", !entries.at(-1).isIntersecting);
    });
    observer.observe(this.#stage.track);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  #watchContext(signal) {
    const { canvas } = this.#stage;
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault(); // asks the browser to restore it
      this.#scheduler.suspend("context lost", true);
    }, { signal });
    canvas.addEventListener("webglcontextrestored", () => {
      this.#shell.restoreGraphics();
      this.#scheduler.suspend("context lost", false);
    }, { signal });
  }

  /** Draws until `done()`, for answers that the browser wants within the event. */
  #flush(done) {
    for (let frames = 0; frames < flushLimit && !this.#scheduler.suspended; frames += 1) {
      this.#frame();
      if (done()) break;
    }
  }

  /** What the app copies on this key of the clipboard's; undefined: nothing. */
  #copy(key) {
    return this.#services.captureCopy(() => {
      this.#shell.command(key);
      this.#flush(() => !this.#shell?.pending());
    });
  }

  /** A phone opens its keyboard only for a focus that comes within the finger's gesture. */
  #tapped(x, y) {
    const onField = this.#itemsAt(x, y).some(({ role }) => role === "textbox");
    if (onField) this.#flush(() => this.#keyboard.typing);
  }

  /** The controls at this place, CSS px from the canvas's corner. */
  #itemsAt(x, y) {
    return this.items().filter(({ rect: [left, top, width, height] }) =>
      x >= left && x < left + width && y >= top && y < top + height);
  }

  /** Draws one frame; true when more must follow. */
  #frame() {
    if (!this.#sized) return false;
    this.#offset = this.#scrollOffset();
    try {
      const report = this.#shell.frame(this.#offset);
      this.#follow(report);
      return report.wantsFrames;
    } catch (error) {
      this.#crash(error);
      return false;
    }
  }

  /** `moving`: frames go on without any event. */
  #updateMirror(moving) {
    if (!this.#shell || !this.#sized) return;
    this.#mirrored = performance.now();
    this.#keyboard.quietly(() => this.#mirror.update(this.items(), this.#offset, moving));
    this.#placeFocus();
  }

  #placeFocus() {
    if (this.#wantsText) this.#nameAgent();
    this.#keyboard.follow(this.#wantsText, this.#focus === 0 ? null : this.#mirror.focused);
  }

  /** While a field is being edited the text agent goes by its name. */
  #nameAgent() {
    const { agent } = this.#stage;
    const { label, value } = this.#mirror.focusedItem ?? {};
    if (!label || agent.getAttribute("aria-label") === label) return;
    agent.setAttribute("aria-label", label);
    agent.setAttribute("aria-description", value);
  }

  #follow(report) {
    const { canvas, agent, mark, track } = this.#stage;
    canvas.style.cursor = report.cursor;
    track.style.height = `${report.contentHeight}px`;
    agent.style.translate = `${report.caretX}px ${report.caretY}px`;
    agent.style.lineHeight = `${report.caretHeight}px`;
    const moved = report.focus !== this.#focus;
    this.#focus = report.focus;
    this.#wantsText = report.wantsText;
    const due = performance.now() - this.#mirrored >= mirrorPause;
    if (moved || due) this.#updateMirror(report.wantsFrames);
    else this.#placeFocus();
    if (moved && report.focus !== 0) {
      mark.style.top = `${this.#offset + report.focusTop}px`;
      mark.style.height = `${report.focusHeight}px`;
      mark.scrollIntoView({ block: "nearest" });
    }
    this.#onFrame(report);
    this.#hasDrawn = true;
    this.#firstFrame.resolve();
  }
}
