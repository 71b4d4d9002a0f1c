// <activation-lab>: the playground as an element. It is as wide as its container and as tall as its
// content, and draws nothing while nothing changes.
//
// Events: `progress` (a ProgressEvent, bytes of the program), `load` (the app has drawn its first
// picture), `error` (an ErrorEvent: it can't run), `appearance` (detail: {language, colour, scheme}, how
// it speaks and looks from now on).

import { Instance } from "./instance.js";
import { LoadError, loadProgram } from "./loader.js";
import { Stage } from "./stage.js";

const retryOf = { network: "retry", crashed: "restart" };

/** By the perceived brightness of a colour 0xRRGGBB. */
const isDark = (colour) =>
  0.299 * (colour >> 16) + 0.587 * ((colour >> 8) & 255) + 0.114 * (colour & 255) < 128;

class ActivationLab extends HTMLElement {
  #stage;
  #instance;
  #generation = 0; // of start(); one that was overtaken by destroy() ends quietly
  #appearance = "";
  #ready;

  connectedCallback() {
    if (!this.#ready) this.#start();
  }

  disconnectedCallback() {
    // Moving an element in the document takes it out for a moment.
    queueMicrotask(() => {
      if (!this.isConnected) this.destroy();
    });
  }

  /** Resolves when the app has drawn its first picture; rejects when it can't run. */
  get ready() {
    return this.#ready;
  }

  /** The controls as last drawn: [{id, role, label, value, rect: [x, y, width, height], enabled, focused}],
   *  rect in CSS px from the canvas's top left corner. */
  items() {
    return this.#instance?.items() ?? [];
  }

  /** What a person has set, as JSON. */
  state() {
    return this.#instance?.state() ?? null;
  }

  /** Opens what stands behind the # of a link; false if a part of it isn't valid, which the app says. */
  async open(link) {
    await this.#ready;
    return this.#instance?.open(link) ?? false;
  }

  /** Resolves when the picture has settled and no frame is due. */
  async idle() {
    await this.#ready;
    await this.#instance?.idle();
  }

  /** Stops the app and gives back its listeners, frames, memory and graphics context. */
  destroy() {
    this.#generation += 1;
    this.#instance?.destroy();
    this.#instance = undefined;
    this.#ready = undefined;
    this.#stage?.renewCanvas();
  }

  #start() {
    this.#stage ??= new Stage(this.attachShadow({ mode: "open" }));
    this.#ready = this.#load();
    this.#ready.catch(() => {}); // shown on the stage; who wants to know asks `ready`
  }

  #restart() {
    this.destroy();
    this.#start();
  }

  async #load() {
    this.#generation += 1;
    const generation = this.#generation;
    const overtaken = () => generation !== this.#generation;
    try {
      const showProgress = this.#stage.showProgress();
      const program = await loadProgram((loaded, total) => {
        if (overtaken()) return;
        showProgress(loaded, total);
        const lengthComputable = true;
        this.dispatchEvent(new ProgressEvent("progress", { lengthComputable, loaded, total }));
      });
      if (overtaken()) return;
      const instance = await Instance.start(this.#stage, program, {
        onFrame: (report) => this.#follow(report),
        onCrash: (error) => this.#fail(error),
      });
      if (overtaken()) {
        instance.destroy();
        return;
      }
      this.#instance = instance;
      await instance.drawn;
      this.#stage.showApp();
      this.dispatchEvent(new Event("load"));
    } catch (error) {
      if (!overtaken()) this.#fail(error);
      throw error;
    }
  }

  #fail(error) {
    const reason = error instanceof LoadError ? error.reason : "crashed";
    console.error(error);
    this.#instance?.destroy();
    this.#instance = undefined;
    this.#stage.showMessage(reason, retryOf[reason], () => this.#restart());
    this.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
  }

  /** The element speaks the app's language and has its colours. */
  #follow({ language, pageColour }) {
    const appearance = `${language} ${pageColour}`;
    if (appearance === this.#appearance) return;
    this.#appearance = appearance;
    const colour = `#${pageColour.toString(16).padStart(6, "0")}`;
    const scheme = isDark(pageColour) ? "dark" : "light";
    this.lang = language;
    this.#stage.track.style.backgroundColor = colour;
    this.#stage.track.style.colorScheme = scheme;
    this.dispatchEvent(new CustomEvent("appearance", { detail: { language, colour, scheme } }));
  }
}

customElements.define("activation-lab", ActivationLab);
