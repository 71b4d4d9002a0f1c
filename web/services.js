// The page's side of src/platform/web/web_platform.cpp, and the person's preferences.

import { preferredLanguage } from "./messages.js";

const storageKey = (key) => `activation-lab.${key}`;

/** Through a copy event that we cause ourselves: pages without HTTPS have no navigator.clipboard. */
function copyByCommand(text) {
  const onCopy = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", onCopy, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", onCopy, { capture: true });
}

function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the download has begun by then
}

/** A Blob with the PNG file of a picture: red, green, blue and alpha, rows from the top. */
export async function pngOf(width, height, pixels) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const image = new ImageData(new Uint8ClampedArray(pixels), width, height);
  canvas.getContext("2d").putImageData(image, 0, 0);
  const png = await new Promise((resolve) => canvas.toBlob(resolve));
  canvas.width = canvas.height = 0; // its memory goes now, not when the garbage is collected
  return png;
}

export class Services {
  #copied;
  #address;

  /** `address()`: what links to the app begin with, without a #. */
  constructor(address) {
    this.#address = address;
  }

  copyText(text) {
    if (this.#copied) this.#copied.text = text;
    else if (navigator.clipboard) navigator.clipboard.writeText(text).catch(() => copyByCommand(text));
    else copyByCommand(text);
  }

  /** What the app copies while `action` runs, instead of the clipboard getting it; undefined: nothing. */
  captureCopy(action) {
    const copied = (this.#copied = {});
    try {
      action();
    } finally {
      this.#copied = undefined;
    }
    return copied.text;
  }

  address() {
    return this.#address();
  }

  // Storage may be forbidden (sandboxed frames, privacy settings) or full; settings are then forgotten.
  load(key) {
    try {
      return localStorage.getItem(storageKey(key));
    } catch {
      return null;
    }
  }

  store(key, value) {
    try {
      localStorage.setItem(storageKey(key), value);
    } catch {
      // forgotten
    }
  }

  saveFile(name, mime, bytes) {
    download(name, new Blob([bytes.slice()], { type: mime }));
  }

  /** Saves a PNG file. No `pixels`: there was no room for it. */
  savePicture(name, width, height, pixels) {
    if (pixels.length) pngOf(width, height, pixels).then((png) => download(name, png));
  }
}

/** Calls `onPreferences(language, dark, reducedMotion, contrast)` now and at each change. */
export function watchPreferences(onPreferences, signal) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  // Where the system forces its own colours on pages, the canvas gets those that come nearest.
  const contrast = ["(prefers-contrast: more)", "(forced-colors: active)"].map((query) => matchMedia(query));
  const report = () => onPreferences(preferredLanguage(), dark.matches, still.matches,
    contrast.some((query) => query.matches));
  for (const query of [dark, still, ...contrast]) query.addEventListener("change", report, { signal });
  addEventListener("languagechange", report, { signal });
  report();
}
