import assert from "node:assert/strict";
import { test } from "node:test";

import { moving, useLab } from "./support/lab.mjs";

const { open } = useLab({
  "far-below.html": `<!doctype html><meta charset="utf-8"><title>far below</title>
    <script type="module" src="web/activation-lab.js"></script>
    <p style="height: 3000px">Text above.</p>
    <activation-lab chrome="full"></activation-lab>
    <p style="height: 3000px">Text below.</p>`,
}, "Chromium", moving);

const frames = async (lab) => (await lab.spied()).frames;

async function framesWithin(lab, milliseconds) {
  const before = await frames(lab);
  await lab.page.waitForTimeout(milliseconds);
  return (await frames(lab)) - before;
}

test("no frame is drawn while nothing happens", async (t) => {
  const lab = await open(t);
  assert.equal(await framesWithin(lab, 2000), 0);
});

test("no frame is drawn after a click has had its effect", async (t) => {
  const lab = await open(t);
  await lab.click("header.theme");
  await lab.page.mouse.move(400, 595); // away from tooltips
  await lab.settled();
  assert.equal(await framesWithin(lab, 2000), 0);
});

test("a click is drawn within 100 ms", async (t) => {
  const lab = await open(t);
  const { x, y } = await lab.centre("header.theme");
  await lab.page.mouse.move(x, y);
  await lab.settled();
  await lab.page.evaluate(() => {
    const app = document.querySelector("activation-lab");
    let clicked = 0;
    window.delays = [];
    app.addEventListener("pointerup", ({ timeStamp }) => {
      clicked = timeStamp;
    });
    app.addEventListener("appearance", () => window.delays.push(performance.now() - clicked));
  });
  for (let click = 0; click < 5; click += 1) {
    await lab.page.mouse.down();
    await lab.page.mouse.up();
    await lab.settled();
  }
  const delays = await lab.page.evaluate(() => window.delays);
  assert.equal(delays.length, 5);
  // The quickest: the others tell how busy the machine is with other things.
  assert.ok(Math.min(...delays) < 100, `${delays} ms`);
});

test("off-screen nothing is drawn, whatever happens; in sight it is drawn again", async (t) => {
  const lab = await open(t, { path: "far-below.html", wait: false });
  await lab.page.waitForTimeout(1500);
  await lab.page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await framesWithin(lab, 500), 0);
  await lab.element.scrollIntoViewIfNeeded();
  await lab.ready();
  await lab.idle();
  assert.ok((await lab.items()).length > 0);
  await lab.page.evaluate(() => scrollTo(0, 0));
  await lab.settled();
  await lab.page.emulateMedia({ colorScheme: "light" });
  assert.equal(await framesWithin(lab, 500), 0);
});

test("in a hidden page nothing is drawn, until it is seen again", async (t) => {
  const lab = await open(t);
  await lab.page.evaluate(() => {
    let state = "hidden"; // headless browsers hide no page
    Object.defineProperty(document, "visibilityState", { get: () => state });
    window.show = () => {
      state = "visible";
      document.dispatchEvent(new Event("visibilitychange"));
    };
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await lab.page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await framesWithin(lab, 500), 0);
  await lab.page.evaluate(() => window.show());
  await lab.settled();
  assert.equal((await lab.state()).theme, "dark");
});

test("names of what frames have drawn with are used again", async (t) => {
  const lab = await open(t, { init: () => {
    // Emscripten's tables of such objects are as long as the largest name is high.
    const { prototype } = WebGL2RenderingContext;
    for (const kind of ["VertexArray", "Buffer", "Texture"]) {
      const create = prototype[`create${kind}`];
      prototype[`create${kind}`] = function () {
        const made = create.call(this);
        (globalThis.made ??= []).push(made);
        return made;
      };
    }
  } });
  await lab.ready();
  const highest = () => lab.page.evaluate(() => Math.max(...globalThis.made.map(({ name }) => name)));
  await lab.click("scene.train");
  await lab.click("scene.functions");
  const before = await highest();
  const count = await lab.page.evaluate(() => globalThis.made.length);
  const box = await lab.canvasBox();
  for (let move = 0; move < 100; move += 1) {
    await lab.page.mouse.move(box.x + 200 + 4 * move, box.y + 300);
    await lab.page.evaluate(() => new Promise(requestAnimationFrame));
  }
  assert.ok(await lab.page.evaluate(() => globalThis.made.length) > count + 50, "no object was made");
  assert.ok(await highest() < before + 10, `the highest name went from ${before} to ${await highest()}`);
});

test("a lost graphics context comes back with state and picture", async (t) => {
  const lab = await open(t);
  await lab.click("header.language.zh");
  await lab.page.mouse.move(400, 595);
  await lab.settled();
  const state = await lab.state();
  const picture = await lab.picture();

  await lab.element.evaluate(async (app) => {
    const canvas = app.shadowRoot.querySelector("canvas");
    const gl = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
    const lost = new Promise((resolve) => canvas.addEventListener("webglcontextlost", resolve));
    gl.loseContext();
    await lost;
    await new Promise(requestAnimationFrame);
    const restored = new Promise((resolve) => canvas.addEventListener("webglcontextrestored", resolve));
    gl.restoreContext();
    await restored;
  });
  await lab.settled();
  assert.deepEqual(await lab.state(), state);
  assert.ok(picture.equals(await lab.picture()), "another picture");
  assert.equal(await lab.value("header.language.zh"), "true");
  await lab.click("header.language.en");
  assert.equal(await lab.value("header.language.en"), "true");
  assert.deepEqual(lab.errors, []);
});
