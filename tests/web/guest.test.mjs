// How the app behaves as a guest on somebody else's page: what must hold in every browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browsers } from "./support/browsers.mjs";
import { moving, useLab } from "./support/lab.mjs";

const pages = {
  "form.html": `<!doctype html><meta charset="utf-8"><title>form</title>
    <script type="module" src="web/activation-lab.js"></script>
    <input id="before"> <input id="next">
    <activation-lab chrome="full"></activation-lab>
    <input id="after">`,
  "article.html": `<!doctype html><meta charset="utf-8"><title>article</title>
    <meta name="viewport" content="width=device-width">
    <script type="module" src="web/activation-lab.js"></script>
    <p style="height: 300px">Text above.</p>
    <activation-lab chrome="full"></activation-lab>
    <p style="height: 3000px">Text below.</p>`,
};

const scrollY = (lab) => lab.page.evaluate(() => window.scrollY);
const values = async (lab) => (await lab.items()).map(({ id, value }) => [id, value]);
const focused = (lab) =>
  lab.page.evaluate(() => document.activeElement.id || document.activeElement.localName);

for (const name of Object.keys(browsers)) {
  const { open, skip } = useLab(pages, name, moving);
  const inBrowser = (title, body) => test(`${title} (${name})`, { skip, timeout: 120_000 }, body);

  inBrowser("each of many taps lands on what it touches", async (t) => {
    const lab = await open(t, { hasTouch: true });
    const chosen = async (id) => (await lab.value(id)) === "true";
    const taps = [
      ["header.language.zh", () => chosen("header.language.zh")],
      ["tensor.view.gradient", () => chosen("tensor.view.gradient")],
      ["header.theme", async () => (await lab.state()).theme === "dark"],
      ["tensor.rows.more", async () => (await lab.state()).input.shape[0] === 4],
      ["header.language.en", () => chosen("header.language.en")],
      ["tensor.view.values", () => chosen("tensor.view.values")],
      ["header.theme", async () => (await lab.state()).theme === "light"],
      ["tensor.rows.fewer", async () => (await lab.state()).input.shape[0] === 3],
    ];
    const kept = async () => {
      const { sentence, output, ...state } = await lab.state();
      return JSON.stringify(state);
    };
    const seen = new Set([await kept()]);
    for (const [id, done] of taps) {
      await lab.tap(id);
      assert.ok(await done(), id);
      seen.add(await kept());
    }
    assert.ok(seen.size >= 7);
  });

  inBrowser("typing beside the app stays there", async (t) => {
    const lab = await open(t, { path: "form.html" });
    const items = await lab.items();
    const { frames } = await lab.spied();
    await lab.page.locator("#before").click();
    await lab.page.keyboard.type("ab");
    await lab.page.keyboard.press("Backspace");
    assert.equal(await lab.page.locator("#before").inputValue(), "a");
    await lab.page.keyboard.press("Tab");
    assert.equal(await focused(lab), "next");
    await lab.page.keyboard.press("Enter");
    await lab.page.keyboard.press("Space");
    assert.deepEqual(await lab.items(), items);
    assert.equal((await lab.spied()).frames, frames, "the app has drawn frames for keys of others");
  });

  inBrowser("shortcuts of the browser are never prevented", async (t) => {
    const lab = await open(t);
    await lab.click("header.theme");
    await lab.page.evaluate(() => {
      window.prevented = [];
      addEventListener("keydown", (event) => {
        if (event.defaultPrevented) window.prevented.push(event.key);
        event.preventDefault(); // so that the page isn't really reloaded
      });
    });
    for (const keys of ["Control+r", "Control+f", "Control+l", "Control+p", "F5", "F11", "Alt+ArrowLeft"]) {
      await lab.page.keyboard.press(keys);
    }
    assert.deepEqual(await lab.page.evaluate(() => window.prevented), []);
  });

  inBrowser("the wheel over the app scrolls the page", async (t) => {
    const lab = await open(t, { path: "article.html" });
    const state = await lab.state();
    await lab.page.mouse.move(500, 500);
    await lab.page.mouse.wheel(0, 240);
    await lab.page.waitForFunction(() => window.scrollY === 240);
    assert.deepEqual(await lab.state(), state);
  });

  inBrowser("a swipe over the app presses nothing and is the page’s", async (t) => {
    const lab = await open(t, { path: "article.html", hasTouch: true, isMobile: true });
    const before = await values(lab);
    await lab.swipe(await lab.centre("header.language.zh"), 0, -200);
    assert.deepEqual(await values(lab), before);
    // Firefox's automation hands touches to the page alone, so that nothing scrolls there.
    if (name === "Chromium") assert.ok((await scrollY(lab)) > 100, `scrolled ${await scrollY(lab)} px`);
  });

  inBrowser("a swipe along a slider sets the slider and not the page", async (t) => {
    const lab = await open(t, { path: "article.html", hasTouch: true });
    await lab.tap("scene.functions");
    await lab.tap("functions.choose.elu");
    const from = await lab.centre("functions.param.alpha");
    const [top, before] = [await scrollY(lab), await lab.value("functions.param.alpha")];
    await lab.swipe(from, 60, 4);
    assert.notEqual(await lab.value("functions.param.alpha"), before);
    assert.equal(await scrollY(lab), top);
  });

  inBrowser("two fingers and Ctrl with the wheel zoom a plot; elsewhere they don’t", async (t) => {
    const lab = await open(t, { path: "article.html", hasTouch: true });
    await lab.tap("scene.functions");
    const length = async () => {
      const { x: [from, to] } = await lab.state();
      return to - from;
    };
    const prevented = (selector) => lab.page.evaluate((type) => {
      window.prevented = undefined;
      addEventListener(type, (event) => {
        window.prevented = event.defaultPrevented;
        event.preventDefault();
      }, { passive: false, once: true });
    }, selector);
    assert.match(await lab.value("functions.plot.hint"), /wheel.*two fingers/);
    const whole = await length();
    const at = await lab.centre("functions.plot");
    const scale = () => lab.page.evaluate(() => visualViewport.scale);
    await lab.pinch(at, 60, 240);
    const near = await length();
    assert.ok(near < whole / 2, `${whole} became ${near}`);
    await lab.pinch(at, 240, 120);
    assert.ok((await length()) > near * 1.5);
    assert.equal(await scale(), 1);

    const before = await length();
    await lab.page.mouse.move(at.x, at.y);
    await prevented("wheel");
    await lab.page.keyboard.down("Control");
    await lab.page.mouse.wheel(0, -100);
    await lab.page.keyboard.up("Control");
    await lab.settled();
    assert.ok((await length()) < before);
    assert.equal(await lab.page.evaluate(() => window.prevented), true, "the first turn zooms the page");

    const zoomed = await length();
    const title = await lab.centre("scene.functions");
    await prevented("touchstart");
    await lab.pinch({ x: title.x + 60, y: title.y }, 20, 60);
    assert.equal(await lab.page.evaluate(() => window.prevented), false);
    assert.equal(await length(), zoomed);
  });
}
