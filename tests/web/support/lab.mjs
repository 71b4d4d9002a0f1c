// Opens the built playground in a real browser and operates its controls with real events.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { serve } from "../../../src/tools/serve.mjs";
import { browsers } from "./browsers.mjs";

export const dist = process.env.LAB_DIST ?? fileURLToPath(new URL("../../../dist", import.meta.url));

// Runs in the page before anything else: counts what a well-behaved guest must not leave behind.
function spy() {
  const spied = { frames: 0, listeners: new Map(), violations: [] };
  Object.defineProperty(window, "__spied", { value: spied });
  document.addEventListener("securitypolicyviolation", (event) => {
    spied.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });

  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => request((time) => {
    spied.frames += 1;
    callback(time);
  });

  // Counts listeners on targets that outlive the element.
  const count = (target, type, by) => {
    if (target !== window && target !== document && !(target instanceof MediaQueryList)) return;
    spied.listeners.set(type, (spied.listeners.get(type) ?? 0) + by);
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const known = new WeakMap(); // target → type → handlers
  const handlers = (target, type) => {
    const types = known.get(target) ?? known.set(target, {}).get(target);
    return (types[type] ??= new Set());
  };
  const forget = (target, type, handler) => {
    if (handlers(target, type).delete(handler)) count(target, type, -1);
  };
  EventTarget.prototype.addEventListener = function (type, handler, options) {
    const target = this ?? window;
    if (handler && !handlers(target, type).has(handler)) {
      handlers(target, type).add(handler);
      count(target, type, 1);
      if (options?.signal) {
        addEventListener.call(options.signal, "abort", () => forget(target, type, handler));
      }
    }
    return addEventListener.call(target, type, handler, options);
  };
  EventTarget.prototype.removeEventListener = function (type, handler, options) {
    const target = this ?? window;
    forget(target, type, handler);
    return removeEventListener.call(target, type, handler, options);
  };
}

/** Places on the way of a finger. */
function line({ x, y }, byX, byY, steps = 20) {
  return Array.from({ length: steps + 1 }, (_, step) => ({ x: x + (byX * step) / steps, y: y + (byY * step) / steps }));
}

/** Holds scenes.wasm back until the function that it gives is called. */
export function holdScenes() {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  const prepare = (page) => page.route("**/scenes.wasm", async (route) => {
    await released;
    await route.continue();
  });
  return { prepare, release };
}

/** One open page with the app in it. */
export class Lab {
  /** Console errors, uncaught exceptions. A test that provokes some empties the list. */
  errors = [];

  constructor(page, { selector = "activation-lab", touch = browsers.Chromium.touch } = {}) {
    this.page = page;
    this.touch = (...paths) => touch(page, paths);
    this.element = page.locator(selector);
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  /** The same page, another element on it. */
  at(selector) {
    const other = Object.create(this);
    other.element = this.page.locator(selector);
    return other;
  }

  ready() {
    return this.element.evaluate((lab) => lab.ready);
  }

  /** Rejects when frames never end, which would otherwise leave a test waiting. */
  idle() {
    return this.element.evaluate((lab) => Promise.race([
      lab.idle(),
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error("the app does not come to rest")), 10_000);
      }),
    ]));
  }

  items() {
    return this.element.evaluate((lab) => lab.items());
  }

  state() {
    return this.element.evaluate((lab) => lab.state());
  }

  /** The record of the control with this id. */
  async item(id) {
    const items = await this.items();
    const found = items.find((item) => item.id === id);
    assert.ok(found, `no control “${id}” among ${items.map((item) => item.id).join(", ")}`);
    return found;
  }

  async value(id) {
    return (await this.item(id)).value;
  }

  canvasBox() {
    return this.element.locator("canvas").boundingBox();
  }

  /** Centre of the control in CSS px of the window, scrolled into view where it must be. */
  async centre(id) {
    const inWindow = async () => {
      const { rect: [x, y, width, height] } = await this.item(id);
      const canvas = await this.canvasBox();
      return { x: canvas.x + x + width / 2, y: canvas.y + y + height / 2 };
    };
    const at = await inWindow();
    const height = await this.page.evaluate(() => innerHeight);
    if (at.y > 0 && at.y < height) return at;
    await this.page.evaluate((by) => scrollBy({ top: by, behavior: "instant" }), at.y - height / 2);
    await this.settled();
    return inWindow();
  }

  /** Idle, after the events that were just sent have arrived. */
  async settled() {
    await this.page.evaluate(() => new Promise(requestAnimationFrame));
    await this.idle();
  }

  /** Two frames later: while a button is held, frames go on and there is no idleness to wait for. */
  settledWhileHeld() {
    return this.page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    });
  }

  async click(id) {
    const { x, y } = await this.centre(id);
    await this.page.mouse.click(x, y);
    await this.settled();
  }

  async tap(id) {
    await this.touch([await this.centre(id)]);
    await this.settled();
  }

  /** Draws a finger across the screen. Fingers need a page with `hasTouch`. */
  async swipe(from, byX, byY) {
    await this.touch(line(from, byX, byY));
    await this.settled();
  }

  /** Puts two fingers down beside this place, `from` apart, and draws them until they are `to` apart. */
  async pinch({ x, y }, from, to) {
    await this.touch(line({ x: x - from / 2, y }, (from - to) / 2, 0), line({ x: x + from / 2, y }, (to - from) / 2, 0));
    await this.settled();
  }

  async press(keys) {
    await this.page.keyboard.press(keys);
    await this.settled();
  }

  async type(text) {
    await this.page.keyboard.type(text);
    await this.settled();
  }

  /** What spy() has seen: {frames, listeners: {type: count}, violations}. */
  spied() {
    return this.page.evaluate(() => ({
      ...window.__spied,
      listeners: Object.fromEntries([...window.__spied.listeners].filter(([, count]) => count > 0)),
    }));
  }

  /** What a person sees of the canvas in the window, as PNG bytes. */
  async picture() {
    const { x, y, width, height } = await this.canvasBox();
    const window = this.page.viewportSize();
    const clip = {
      x: Math.max(x, 0), y: Math.max(y, 0),
      width: Math.min(x + width, window.width) - Math.max(x, 0),
      height: Math.min(y + height, window.height) - Math.max(y, 0),
    };
    return this.page.screenshot({ clip });
  }
}

/** For `defaults`: a page that moves as most people have it. */
export const moving = { reducedMotion: "no-preference" };

/**
 * For one test file: a browser and a server over dist/. `pages` maps paths to the HTML of pages that a
 * test makes up. Gives `open()`, whose options are `defaults` unless a test gives others, and `skip`, for
 * tests in a browser that isn't there.
 */
export function useLab(pages = {}, name = "Chromium", defaults = {}) {
  const { launch, touch, contextOptions, ignoredOptions = [], skip } = browsers[name];
  let browser;
  let server;
  before(async () => {
    if (!skip) [browser, server] = await Promise.all([launch(), serve(dist, 0, pages)]);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /**
   * Opens a page in a context of its own, closed with the test `t`. `options` are Playwright's for the
   * context, and: `path`, `selector` of the element, `init` (a function that runs in the page first),
   * `prepare(page)`, `wait` (false: don't wait for the app). The page is asked for little motion unless
   * they say otherwise: where graphics are software, easings would take half of the time.
   */
  async function open(t, { path = "", selector, init, prepare, wait = true, ...options } = {}) {
    const wanted = Object.entries(options).filter(([option]) => !ignoredOptions.includes(option));
    const context = await browser.newContext({
      viewport: { width: 800, height: 600 }, locale: "en-US", reducedMotion: "reduce", ...contextOptions,
      ...defaults, ...Object.fromEntries(wanted),
    });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.addInitScript(spy);
    if (init) await page.addInitScript(init);
    await prepare?.(page);
    const lab = new Lab(page, { selector, touch });
    await page.goto(new URL(path, server.url).href);
    if (wait) {
      await lab.ready();
      await lab.idle();
    }
    return lab;
  }

  return { open, skip };
}
