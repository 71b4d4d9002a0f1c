// <activation-lab>: a scene of the playground, or all of it (chrome="full"), as an element. It is as wide
// as its container and as tall as its content, begins when it is scrolled near, and draws nothing while
// nothing changes. README.md has the table of its attributes, methods and events.
//
// Events, none of which bubbles: `progress` (a ProgressEvent, bytes of the program), `load` (the app has
// drawn its first picture), `ready` (all of it is there), `change` (detail: {link}, a person has changed
// something), `epoch` and `goal` (detail as progress() gives it: another epoch, at most once a frame; a rule
// to stop has been met), `error` (an ErrorEvent: it can't run, or what was asked for is wrong and nothing has
// changed), `appearance` (detail: {language, colour, scheme}, how it speaks and looks from now on).

import { comesFirst, isLook, isShown, linkOf, lookLink, observed, reflected } from "./attributes.js";
import { home } from "./files.js";
import { Instance } from "./instance.js";
import { IncompleteError, LoadError, loadProgram } from "./loader.js";
import { Stage } from "./stage.js";

const retryOf = { network: "retry", crashed: "restart" };

/** By the perceived brightness of a colour 0xRRGGBB. */
const isDark = (colour) =>
  0.299 * (colour >> 16) + 0.587 * ((colour >> 8) & 255) + 0.114 * (colour & 255) < 128;

class ActivationLab extends HTMLElement {
  static observedAttributes = observed;

  #stage;
  #instance;
  #generation = 0; // of start(); one that was overtaken by destroy() ends quietly
  #appearance = "";
  #language; // as the element itself has put it into its lang
  #ready;
  #settle; // resolve and reject of #ready
  #nearby; // watches until the element is scrolled near
  #changed = new Set(); // attributes, since the last microtask
  #refused = new Set(); // … that were, the last time
  #epoch;
  #goal = false;
  #kept; // the link to what was last set, also before anything was there: a program begins with it

  connectedCallback() {
    if (!this.#ready) this.#prepare();
  }

  disconnectedCallback() {
    // Moving an element in the document takes it out for a moment.
    queueMicrotask(() => {
      if (!this.isConnected) this.destroy();
    });
  }

  attributeChangedCallback(name, before, value) {
    if (before === value || (name === "lang" && value === this.#language)) return;
    if (name === "poster") this.#stage?.setPoster(value);
    if (name === "chrome") this.#instance?.setEmbedded(this.#embedded);
    if (!this.#instance || (!isShown(name) && !isLook(name))) return;
    if (this.#changed.size === 0) queueMicrotask(() => this.#followAttributes());
    this.#changed.add(name);
  }

  /** Resolves when the app can be used, which is soon after its first picture; rejects when it can't run. */
  get ready() {
    return this.#ready;
  }

  /** The controls as last drawn: [{id, role, label, value, rect: [x, y, width, height], enabled, focused}],
   *  rect in CSS px from the canvas's top left corner. */
  items() {
    return this.#usable?.items() ?? [];
  }

  /** What a person has set, as JSON. */
  state() {
    return this.#usable?.state() ?? null;
  }

  /** What stands behind the # of a link to what is shown; empty before it is ready. */
  link() {
    return this.#usable?.link() ?? "";
  }

  /** How far training has come: {playing, step, epoch, trainLoss, testLoss, trainAccuracy, testAccuracy,
   *  goalReached, diverged}; null where nothing trains. */
  progress() {
    return this.#usable?.progress() ?? null;
  }

  /** Opens what stands behind the # of a link; false if a part of it isn't valid, which the app says. */
  async open(link) {
    const early = !this.#instance && !linkOf(this, this.#language);
    if (early) this.#kept = link; // is what comes up
    await this.#ready;
    const valid = early && this.#instance?.firstLink === link ? this.#instance.valid : this.#openNow(link);
    this.#kept = this.#instance?.link();
    return valid;
  }

  #openNow(link) {
    const hidden = this.getAttribute("hide");
    const whole = hidden && !/(^|[#&])hide=/.test(link) ? `${link}&${lookLink("hide", hidden)}` : link;
    return this.#judge(this.#instance?.open(whole) ?? false);
  }

  /** These resolve to false where the scene does not play, or has no such thing to do now. */
  play() { return this.#tell("play"); }
  pause() { return this.#tell("pause"); }
  step() { return this.#tell("step"); }
  reset() { return this.#tell("reset"); }

  /** Sets a field of the experiment by its path, "training.optimizer.learningRate", or several by an
   *  object of them: all, or, where one is wrong, none. Resolves to whether they were set. */
  async set(field, value) {
    await this.#ready;
    const fields = typeof field === "string" ? { [field]: value } : field;
    return this.#judge(this.#instance?.set(fields) ?? false);
  }

  /** A Blob with a PNG of all that is shown. */
  async screenshot() {
    await this.#ready;
    return this.#instance.screenshot();
  }

  /** Gives the keyboard to the app, as a click on it does. */
  focus() {
    this.#instance?.focus();
  }

  /** Resolves when the picture has settled and no frame is due. */
  async idle() {
    await this.#ready;
    await this.#instance?.idle();
  }

  /** Stops the app and gives back its listeners, frames, memory and graphics context. */
  destroy() {
    this.#generation += 1;
    this.#nearby?.disconnect();
    this.#nearby = undefined;
    this.#instance?.destroy();
    this.#instance = undefined;
    this.#ready = undefined;
    this.#kept = undefined;
    this.#stage?.renewCanvas();
  }

  /** The link to what comes up. */
  get #firstLink() {
    return this.#kept ?? linkOf(this, this.#language);
  }

  /** The instance, once all of it is there. */
  get #usable() {
    return this.#instance?.isWhole ? this.#instance : undefined;
  }

  get #embedded() {
    return this.getAttribute("chrome") !== "full";
  }

  /** Gets the element going: at once, or when it comes near the window. */
  #prepare() {
    this.#stage ??= this.#makeStage();
    this.#stage.setPoster(this.getAttribute("poster"));
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#ready.catch(() => {}); // shown on the stage; who wants to know asks `ready`
    if (!this.#embedded || this.getAttribute("loading") === "eager") {
      this.#start();
      return;
    }
    this.#nearby = new IntersectionObserver((entries) => {
      if (!entries.at(-1).isIntersecting) return;
      this.#nearby.disconnect();
      this.#start();
    }, { rootMargin: "50% 0px" });
    this.#nearby.observe(this);
  }

  #makeStage() {
    const stage = new Stage(this.attachShadow({ mode: "open" }));
    const point = () => {
      stage.home.href = `${home()}#${this.link()}`;
    };
    for (const type of ["pointerenter", "pointerdown", "focus", "click"]) stage.home.addEventListener(type, point);
    point();
    return stage;
  }

  #start() {
    this.#load().then(this.#settle.resolve, this.#settle.reject);
  }

  #restart() {
    const kept = this.#kept;
    this.destroy();
    this.#kept = kept;
    this.#prepare();
  }

  /** `whole`: draws nothing before all of the program is there. */
  async #load(whole = false) {
    this.#generation += 1;
    const generation = this.#generation;
    const overtaken = () => generation !== this.#generation;
    let kept;
    try {
      const showProgress = this.#stage.showProgress();
      const program = await loadProgram((loaded, total) => {
        if (overtaken()) return;
        showProgress(loaded, total);
        const lengthComputable = true;
        this.dispatchEvent(new ProgressEvent("progress", { lengthComputable, loaded, total }));
      }, () => whole || !comesFirst(this.#firstLink));
      if (overtaken()) return;
      const link = this.#firstLink;
      kept = this.#kept;
      this.#kept = undefined; // if it is what breaks the program, that breaks once
      const instance = await Instance.start(this.#stage, program, {
        embedded: this.#embedded,
        link,
        onFrame: (report) => this.#follow(report),
        onChange: (link) => {
          this.#kept = link;
          this.dispatchEvent(new CustomEvent("change", { detail: { link } }));
        },
        onCrash: (error) => this.#fail(error),
      });
      if (overtaken()) {
        instance.destroy();
        return;
      }
      this.#instance = instance;
      await instance.drawn;
      this.#kept ??= kept;
      this.#stage.showApp();
      this.dispatchEvent(new Event("load"));
      await instance.complete;
      if (overtaken()) return;
      if (this.#changed.size > 0) this.#followAttributes();
      this.dispatchEvent(new Event("ready"));
      this.#judge(instance.valid);
    } catch (error) {
      if (overtaken()) throw error;
      if (error instanceof IncompleteError && !whole) return this.#loadWhole(kept);
      this.#fail(error);
      throw error;
    }
  }

  /** Begins again: more was needed than the first picture usually takes. */
  #loadWhole(kept) {
    this.#instance?.destroy();
    this.#instance = undefined;
    this.#kept ??= kept;
    this.#stage.renewCanvas();
    return this.#load(true);
  }

  /** Tells of a question that the app has answered with no. */
  #judge(valid) {
    const message = valid ? "" : this.#instance?.problem() ?? "";
    if (message) this.dispatchEvent(new ErrorEvent("error", { error: new Error(message), message }));
    return valid;
  }

  async #tell(command) {
    await this.#ready;
    return this.#instance?.tell(command) ?? false;
  }

  #followAttributes() {
    if (this.#instance && !this.#usable) return; // for later
    const changed = new Set(this.#changed);
    this.#changed.clear();
    if (!this.#instance) return;
    // What was refused is asked for again with what has changed now: that may be what it takes. If
    // not, it is no reason to refuse the rest.
    const all = new Set([...this.#refused, ...changed]);
    if (this.#show(all)) this.#refused.clear();
    else if (this.#refused.size === 0 || !this.#show(changed)) {
      this.#refused = all;
      this.#judge(false);
    }
  }

  /** Whether the app took the values of these attributes, all of them or none. */
  #show(attributes) {
    const names = [...attributes];
    const link = names.some(isShown)
      ? linkOf(this, this.#language)
      : names.map((name) => lookLink(name, this.getAttribute(name))).join("&");
    return !link || this.#instance.open(link);
  }

  #fail(error) {
    const reason = error instanceof LoadError ? error.reason : "crashed";
    console.error(error);
    this.#instance?.destroy();
    this.#instance = undefined;
    this.#stage.showMessage(reason, retryOf[reason], () => this.#restart());
    this.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
  }

  /** The element speaks the app's language and has its colours, and tells how training goes. */
  #follow({ language, pageColour, epoch, goalReached }) {
    this.#followTraining(epoch, goalReached);
    const appearance = `${language} ${pageColour}`;
    if (appearance === this.#appearance) return;
    this.#appearance = appearance;
    const colour = `#${pageColour.toString(16).padStart(6, "0")}`;
    const scheme = isDark(pageColour) ? "dark" : "light";
    this.#language = language;
    this.lang = language;
    for (const { style } of [this.#stage.track, this.#stage.foot]) {
      style.backgroundColor = colour;
      style.colorScheme = scheme;
    }
    this.dispatchEvent(new CustomEvent("appearance", { detail: { language, colour, scheme } }));
  }

  #followTraining(epoch, goal) {
    const another = this.#epoch !== undefined && epoch !== this.#epoch;
    const reached = goal && !this.#goal;
    this.#epoch = epoch;
    this.#goal = goal;
    if (epoch < 0 || !this.#instance || (!another && !reached)) return;
    const detail = this.#instance.progress();
    if (another) this.dispatchEvent(new CustomEvent("epoch", { detail }));
    if (reached) this.dispatchEvent(new CustomEvent("goal", { detail }));
  }
}

// Attributes that are properties, too. (`lang` is every element's own; `state` is a method.)
for (const name of reflected) {
  Object.defineProperty(ActivationLab.prototype, name, {
    get() { return this.getAttribute(name) ?? ""; },
    set(value) {
      if (value === null || value === undefined || value === "") this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
    enumerable: true,
    configurable: true,
  });
}

customElements.define("activation-lab", ActivationLab);
