// What goes wrong around the app, and what its host's page may do to it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const rough = `
  * { all: revert; box-sizing: content-box !important; font-size: 9px !important; margin: 3px !important;
    letter-spacing: 4px !important; line-height: 3 !important; transition: all 2s !important }
  canvas, div, img { max-width: 100%; height: auto; display: inline; position: static; transform: none }
  activation-lab { direction: rtl }`;

const { open } = useLab({
  "rough.html": `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>rough</title>
    <link rel="icon" href="data:,">
    <style>${rough}</style><body><p>مرحبا</p><activation-lab chrome="full"></activation-lab>
    <script type="module" src="web/activation-lab.js"></script>`,
});

/** An init script: performance.now() and Date.now() are ahead by what window.ahead says, in ms. */
function bendClocks() {
  window.ahead = 0;
  for (const clock of [Performance.prototype, Date]) {
    const now = clock.now;
    clock.now = function () {
      return now.call(this) + window.ahead;
    };
  }
}

const play = async (lab) => {
  await lab.click("scene.train");
  const { x, y } = await lab.centre("train.play");
  await lab.page.mouse.click(x, y);
  await lab.page.waitForTimeout(600);
};
const pause = async (lab) => {
  const { x, y } = await lab.centre("train.play");
  await lab.page.mouse.click(x, y);
  await lab.settled();
};

test("a page from right to left, with rules for everything, does not move the controls", async (t) => {
  const lab = await open(t, { path: "rough.html", viewport: { width: 1100, height: 800 } });
  await lab.click("scene.functions");
  assert.equal((await lab.state()).scene, "functions");
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  const box = await lab.canvasBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 1100, JSON.stringify(box));
  assert.deepEqual(lab.errors, []);
});

test("a graphics context that is lost twenty times comes back every time", async (t) => {
  const lab = await open(t);
  await lab.click("scene.train");
  const before = await lab.state();
  const picture = await lab.picture();
  for (let i = 0; i < 20; i += 1) {
    await lab.element.evaluate(async (app) => {
      const canvas = app.shadowRoot.querySelector("canvas");
      const context = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
      const event = (type) => new Promise((resolve) => canvas.addEventListener(type, resolve, { once: true }));
      const [lost, restored] = [event("webglcontextlost"), event("webglcontextrestored")];
      context.loseContext();
      await lost;
      await new Promise((resolve) => setTimeout(resolve)); // the browser restores none within the event
      context.restoreContext();
      await restored;
    });
  }
  await lab.settled();
  assert.deepEqual(await lab.state(), before);
  assert.ok(picture.equals(await lab.picture()), "the picture is another one");
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.deepEqual(lab.errors, []);
});

test("storage that is full keeps nobody from choosing", async (t) => {
  const lab = await open(t, {
    init: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  });
  await lab.click("header.language.zh");
  await lab.click("header.theme");
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.equal((await lab.state()).theme, "dark");
  assert.deepEqual(lab.errors, []);
});

test("two tabs share what is stored, and neither disturbs the other", async (t) => {
  const one = await open(t);
  const page = await one.page.context().newPage();
  await page.goto(one.page.url());
  const element = page.locator("activation-lab");
  await element.evaluate((lab) => lab.ready);
  await one.page.bringToFront();
  await one.click("scene.train");
  await one.click("header.language.zh");
  const language = () => element.evaluate((lab) => lab.state().language);
  assert.equal(await language(), "en", "the other tab stays as it is");
  await page.reload();
  await element.evaluate((lab) => lab.ready);
  assert.equal(await language(), "zh", "and takes the choice when it is opened anew");
  assert.deepEqual(one.errors, []);
});

test("a tab that was frozen for an hour does not catch up with it", async (t) => {
  const lab = await open(t, { init: bendClocks });
  await play(lab);
  const before = (await lab.state()).step;
  await lab.page.evaluate(() => (window.ahead = 3_600_000));
  await lab.page.waitForTimeout(500);
  await pause(lab);
  const { step, diverged } = await lab.state();
  assert.ok(step > before, "training has stopped");
  // An hour at 20 epochs a second would be 72,000 of 25 steps.
  assert.ok(step - before < 10_000, `${step - before} steps`);
  assert.equal(diverged, false);
  assert.deepEqual(lab.errors, []);
});

test("a clock that is put back does not stop anything", async (t) => {
  const lab = await open(t, { init: bendClocks });
  await play(lab);
  await lab.page.evaluate(() => (window.ahead = -7_200_000));
  await lab.page.waitForTimeout(300);
  const before = (await lab.state()).step;
  await lab.page.waitForTimeout(800);
  assert.ok((await lab.state()).step > before, "training has stopped");
  await pause(lab);
  await lab.click("header.language.zh"); // an easing ends, too
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.deepEqual(lab.errors, []);
});

for (const zoom of [0.25, 0.5, 2, 5]) {
  test(`at a zoom of ${100 * zoom} % every tab opens and nothing is cut off`, async (t) => {
    const width = Math.round(1600 / zoom);
    const height = Math.round(600 / zoom);
    const lab = await open(t, { viewport: { width, height }, deviceScaleFactor: zoom });
    for (const { id } of (await lab.items()).filter(({ id }) => id.startsWith("scene."))) {
      await lab.click(id);
      assert.equal((await lab.state()).scene, id.slice("scene.".length));
      for (const { id: control, rect: [x, , wide] } of await lab.items()) {
        assert.ok(x >= 0 && x + wide <= width + 1, `${control} of ${id}`);
      }
    }
    assert.deepEqual(lab.errors, []);
  });
}

/** An init script: while window.full says so, no WebAssembly memory grows. */
function fillMemory() {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (window.full) throw new RangeError("no memory left for this test");
    return grow.call(this, pages);
  };
}

test("where the browser gives no more memory, the page says so and goes on from what was set", async (t) => {
  const lab = await open(t, { init: fillMemory });
  await lab.click("scene.train");
  await lab.element.evaluate((app) => app.set({ "data.noise": 0.25 }));
  await lab.settled();
  const before = await lab.element.evaluate((app) => app.link());
  const refused = await lab.element.evaluate(async (app) => {
    window.full = true;
    const layer = { units: 64, activation: "tanh" };
    try {
      // Snapshots of a large network fill the memory that there is.
      await app.set({ "network.hidden": Array.from({ length: 8 }, () => layer), "data.samples": 5000 });
      for (let i = 0; i < 400; i += 1) await app.step();
      return "";
    } catch (error) {
      return String(error);
    }
  });
  assert.match(await lab.element.locator("[role=alert]").textContent(), /error/);
  assert.notEqual(refused, "");
  await lab.page.evaluate(() => {
    window.full = false;
  });
  await lab.element.getByRole("button").click();
  await lab.ready();
  const after = await lab.element.evaluate((app) => app.link());
  assert.match(before, /noise=0\.25/);
  assert.match(after, /noise=0\.25/);
  assert.equal((await lab.state()).scene, "train");
  assert.equal(await lab.element.evaluate((app) => app.step()), true);
});
