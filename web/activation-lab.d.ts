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

export interface ActivationLabEventMap extends HTMLElementEventMap {
  appearance: CustomEvent<LabAppearance>;
}

/** `<activation-lab>`: the playground, as wide as its container and as tall as its content. */
export interface ActivationLabElement extends HTMLElement {
  /** Resolves when the app has drawn its first picture; rejects when it can't run. */
  readonly ready: Promise<void> | undefined;
  /** The controls as last drawn. */
  items(): LabItem[];
  /** What a person has set, as JSON; null until the app runs. */
  state(): any;
  /** Opens what stands behind the # of a link; false if a part of it isn't valid, which the app says. */
  open(link: string): Promise<boolean>;
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
