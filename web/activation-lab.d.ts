// The element's types, kept beside it by hand: TypeScript's own notion of a custom element is a class and
// a tag name. tests/node/package.test.mjs compares them with the element.

/** What stands in the controls at present, as `items()` tells it. */
export interface LabItem {
  id: string;
  role: string;
  label: string;
  value: string;
  /** x, y, width and height in CSS px, from the canvas's top left corner. */
  rect: [number, number, number, number];
  enabled: boolean;
  focused: boolean;
  passive?: boolean;
  range?: [number, number, number, number];
  expanded?: boolean;
  multiline?: boolean;
  live?: boolean;
  zooms?: boolean;
}

/** How the element speaks and looks from now on. */
export interface LabAppearance {
  language: string;
  colour: string;
  scheme: "light" | "dark";
}

/** How far training has come. Losses and accuracies are of the whole sets, accuracies in [0, 1]. */
export interface LabProgress {
  playing: boolean;
  step: number;
  epoch: number;
  trainLoss: number;
  testLoss: number;
  trainAccuracy: number;
  testAccuracy: number;
  goalReached: boolean;
  diverged: boolean;
}

export interface ActivationLabEventMap extends HTMLElementEventMap {
  /** The app has drawn its first picture. */
  ready: Event;
  /** A person has changed something: the link to what is shown now. */
  change: CustomEvent<{ link: string }>;
  /** Another epoch, at most once a frame. */
  epoch: CustomEvent<LabProgress>;
  /** A rule to stop has been met. */
  goal: CustomEvent<LabProgress>;
  appearance: CustomEvent<LabAppearance>;
}

/** `<activation-lab>`: a scene of the playground, or all of it, as wide as its container and as tall as its
 *  content. */
export interface ActivationLabElement extends HTMLElement {
  // Attributes that are properties, too; "" where they are not set.
  scene: string;
  preset: string;
  theme: string;
  /** Parts of the scene that are left out, with commas between. */
  hide: string;
  /** "full" for the whole app; else the scene alone. */
  chrome: string;
  /** The address of a picture that is shown until the app has drawn its first. */
  poster: string;
  /** "eager": begin at once, not when it is scrolled near. */
  loading: "" | "lazy" | "eager";

  /** Resolves when the app has drawn its first picture; rejects when it can't run. */
  readonly ready: Promise<void> | undefined;
  /** The controls as last drawn. */
  items(): LabItem[];
  /** What a person has set, as JSON; null until the app runs. */
  state(): any;
  /** What stands behind the # of a link to what is shown; empty before it is ready. */
  link(): string;
  /** How far training has come; null where nothing trains. */
  progress(): LabProgress | null;
  /** Opens what stands behind the # of a link; false if a part of it isn't valid, which the app says. */
  open(link: string): Promise<boolean>;
  /** These resolve to false where the scene does not play, or has no such thing to do now. */
  play(): Promise<boolean>;
  pause(): Promise<boolean>;
  step(): Promise<boolean>;
  reset(): Promise<boolean>;
  /** Sets a field of the experiment by its path, such as "training.optimizer.learningRate", or several by
   *  an object of them: all, or, where one is wrong, none. Resolves to whether they were set. */
  set(field: string, value: unknown): Promise<boolean>;
  set(fields: Record<string, unknown>): Promise<boolean>;
  /** A Blob with a PNG of all that is shown. */
  screenshot(): Promise<Blob>;
  /** Gives the keyboard to the app, as a click on it does. */
  focus(): void;
  /** Resolves when the picture has settled and no frame is due. */
  idle(): Promise<void>;
  /** Stops the app and gives back its listeners, frames, memory and graphics context. */
  destroy(): void;

  addEventListener<K extends keyof ActivationLabEventMap>(
    type: K,
    listener: (this: ActivationLabElement, event: ActivationLabEventMap[K]) => any,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "activation-lab": ActivationLabElement;
  }
}
