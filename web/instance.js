// One running app on one stage: connects the program with the page around it.

import { shareContexts } from "./contexts.js";
import { watchDrops } from "./drop.js";
import { home } from "./files.js";
import { Keyboard } from "./keyboard.js";
import { IncompleteError, startShell } from "./loader.js";
import { Mirror } from "./mirror.js";
import { Pinch } from "./pinch.js";
import { Pointer } from "./pointer.js";
import { FrameScheduler } from "./scheduler.js";
import { pngOf, Services, watchPreferences } from "./services.js";
import { watchSize } from "./sizing.js";

const isMac = () => /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

// Frames by which quick events (press, release, a key) are certainly seen and have had their effect,
// however ImGui spreads them.
const flushLimit = 12;

// What is left between the control that the keyboard cursor has come to and the edge of the window, CSS px.
const focusMargin = 16;

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
  #isWhole;
  #lateSize; // that it was given meanwhile
  #offset = 0;
  #focus = 0;
  #wantsText = false;
  #firstFrame = {};
  #onChange;
  #link; // of what is shown, without how far training has come
  #gl;
  #loseContext; // the extension that does
  #asleep = false;
  #contextLost = false;
  #gaveBack = false; // the context, by ourselves
  #awake; // resolves the promise of #wakeUp()

  /** Resolves with the first frame, rejects when there is none. */
  drawn = new Promise((resolve, reject) => Object.assign(this.#firstFrame, { resolve, reject }));

  #completion = {};
  /** Resolves when all of the program is there. Until then it shows its first picture, and what is done
   *  to it waits; rejects if it could not. */
  complete = new Promise((resolve, reject) => Object.assign(this.#completion, { resolve, reject }));

  /** `embedded`: the scene alone; `link`: what to show at first. `onFrame(report)` gets what each frame
   *  tells; `onChange(link)` is called when what is set has changed; `onCrash(error)` when the
   *  program, once it has drawn, breaks. */
  static async start(stage, program, options) {
    const own = () => location.href.split("#")[0];
    const services = new Services(options.embedded ? home : own);
    const { shell, missing } = await startShell(program, stage.canvas, services, isMac());
    return new Instance(stage, shell, services, missing, options);
  }

  /** `missing`: resolves when all of the program is there; null: it is. */
  constructor(stage, shell, services, missing, { embedded, link, onFrame, onChange, onCrash }) {
    this.#stage = stage;
    this.#isWhole = !missing;
    this.#shell = shell;
    this.#services = services;
    this.#gl = stage.canvas.getContext("webgl2");
    this.#onFrame = onFrame;
    this.#onChange = onChange;
    this.#onCrash = onCrash;
    this.#shell.setEmbedded(embedded);
    this.firstLink = link;
    this.valid = link === "" || this.#shell.open(link);
    this.#scheduler = new FrameScheduler(() => this.#frame(), () => this.#rest());
    this.#listen(this.#stop.signal);
    this.complete.catch(() => {}); // whoever waits for it is told
    Promise.resolve(missing).then(() => this.#completed(), this.#completion.reject);
  }

  items() {
    return JSON.parse(this.#shell.items());
  }

  state() {
    return JSON.parse(this.#shell.state());
  }

  open(link) {
    return this.#ask(() => this.#shell.open(link));
  }

  /** What has to stand behind the # of a link to what is shown. */
  link() {
    return this.#shell.link();
  }

  /** What was wrong with what was asked last. */
  problem() {
    return this.#shell.problem();
  }

  setEmbedded(embedded) {
    this.#ask(() => this.#shell.setEmbedded(embedded));
  }

  /** "play", "pause", "step" or "reset"; false where there is no such thing to do. */
  tell(command) {
    return this.#ask(() => this.#shell.tell(command));
  }

  /** Fields of the experiment by their paths; all are set or, where one is wrong, none. */
  set(fields) {
    return this.#ask(() => this.#shell.setFields(JSON.stringify(fields)));
  }

  progress() {
    return JSON.parse(this.#shell.progress());
  }

  /** All that is shown, also beyond the window, as a Blob of PNG. */
  async screenshot() {
    if (this.#contextLost) await this.#wakeUp();
    const { width, height, pixels } = this.#ask(() => this.#shell.screenshot());
    if (!pixels.length) throw new Error("There was no room for the picture.");
    return pngOf(width, height, pixels);
  }

  #ask(question) {
    try {
      return question();
    } catch (error) {
      // No memory left, say.
      if (error instanceof WebAssembly.RuntimeError || error instanceof IncompleteError) this.#crash(error);
      throw error;
    } finally {
      this.#scheduler.wake();
    }
  }

  idle() {
    return this.#scheduler.idle();
  }

  get isWhole() {
    return this.#isWhole;
  }

  #completed() {
    this.#isWhole = true;
    if (!this.#stop.signal.aborted) {
      if (this.#lateSize) this.#resize(...this.#lateSize);
      this.#scheduler.suspend("incomplete", false);
    }
    this.#completion.resolve();
  }

  focus() {
    this.#keyboard.grab();
  }

  destroy() {
    this.#halt();
    if (this.#isWhole) this.#shell?.delete(); // else its memory goes as it is
    this.#shell = undefined;
    if (!this.#gl.isContextLost()) this.#loseContext?.loseContext(); // gives the memory back now, not some day
  }

  #halt() {
    this.#stop.abort();
    this.#scheduler.stop();
  }

  #crash(error) {
    this.#halt();
    this.#shell = undefined; // its memory can't be trusted, not even to be tidied up
    this.#completion.reject(error);
    if (this.#hasDrawn && this.#isWhole) this.#onCrash(error);
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
    if (!this.#isWhole && this.#hasDrawn) { // the picture stands, if stretched
      this.#lateSize = [width, height, ratio];
      return;
    }
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
    const { canvas, track } = this.#stage;
    this.#loseContext = this.#gl.getExtension("WEBGL_lose_context");
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault(); // asks the browser to restore it
      this.#contextLost = true;
      this.#scheduler.suspend("context lost", true);
      if (this.#loseContext && this.#gaveBack && !this.#asleep) this.#restoreSoon();
    }, { signal });
    canvas.addEventListener("webglcontextrestored", () => {
      this.#contextLost = false;
      this.#gaveBack = false;
      this.#shell.restoreGraphics();
      this.#scheduler.suspend("context lost", false);
      this.#awake?.();
    }, { signal });
    if (!this.#loseContext) return;
    shareContexts(track, { sleep: () => this.#sleep(), wake: () => this.#wakeUp() }, signal);
  }

  /** Gives the graphics context back; everything else stays. */
  #sleep() {
    this.#asleep = true;
    if (this.#contextLost || this.#gaveBack) return;
    this.#gaveBack = true;
    this.#loseContext.loseContext();
  }

  /** Resolves when there is a context again. */
  #wakeUp() {
    this.#asleep = false;
    if (!this.#gaveBack) return Promise.resolve();
    const awake = new Promise((resolve) => {
      this.#awake = resolve;
    });
    if (this.#contextLost) this.#restoreSoon(); // else when it has been told to be lost
    return awake;
  }

  #restoreSoon() {
    setTimeout(() => {
      if (!this.#stop.signal.aborted && this.#contextLost) this.#loseContext.restoreContext();
    });
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
    // A context is lost some time before the page hears of it, and nothing can be made in it.
    if (!this.#sized || this.#gl.isContextLost()) return false;
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

  /** The picture has settled. */
  #rest() {
    if (!this.#isWhole) this.#scheduler.suspend("incomplete", true);
    this.#updateMirror(false);
  }

  /** `moving`: frames go on without any event. */
  #updateMirror(moving) {
    if (!this.#shell || !this.#sized) return;
    this.#mirrored = performance.now();
    this.#keyboard.quietly(() => this.#mirror.update(this.items(), this.#offset, moving));
    this.#placeFocus();
    this.#noteChange();
  }

  /** Training alone changes nothing that a person has set. */
  #noteChange() {
    if (!this.#isWhole) return;
    const link = this.#shell.link().replace(/&app\.step=\d+/, "");
    const changed = this.#link !== undefined && this.#link !== link;
    this.#link = link;
    if (changed) this.#onChange(this.#shell.link());
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
      mark.style.scrollMargin = `${focusMargin}px 0 ${focusMargin + report.pinnedHeight}px`;
      mark.scrollIntoView({ block: "nearest" });
    }
    this.#onFrame(report);
    this.#hasDrawn = true;
    this.#firstFrame.resolve();
  }
}
