import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab({
  "article.html": `<!doctype html><meta charset="utf-8"><title>article</title>
    <meta name="viewport" content="width=device-width">
    <script type="module" src="web/activation-lab.js"></script>
    <p style="height: 300px">Text above.</p>
    <activation-lab></activation-lab>
    <p style="height: 3000px">Text below.</p>`,
});

const scrollY = (lab) => lab.page.evaluate(() => window.scrollY);

test("the wheel over the app scrolls the page", async (t) => {
  const lab = await open(t, { path: "article.html" });
  const state = await lab.state();
  await lab.page.mouse.move(500, 500);
  await lab.page.mouse.wheel(0, 240);
  await lab.page.waitForFunction(() => window.scrollY === 240);
  assert.deepEqual(await lab.state(), state);
});

test("each of many taps lands on what it touches", async (t) => {
  const lab = await open(t, { hasTouch: true });
  for (const id of ["header.language.zh", "header.language.en", "header.language.zh"]) {
    await lab.tap(id);
    assert.equal(await lab.value(id), "true", id);
    const colour = () => lab.element.evaluate((app) =>
      getComputedStyle(app.shadowRoot.querySelector(".track")).backgroundColor);
    const before = await colour();
    await lab.tap("header.theme");
    assert.notEqual(await colour(), before);
    assert.equal(await lab.value(id), "true", `${id} after a tap elsewhere`);
  }
});

test("a swipe over the app scrolls the page and presses nothing", async (t) => {
  const lab = await open(t, { path: "article.html", hasTouch: true, isMobile: true });
  const values = async () => (await lab.items()).map(({ id, value }) => [id, value]);
  const before = await values();
  await lab.swipe(await lab.centre("header.language.zh"), 0, -200);
  assert.ok((await scrollY(lab)) > 100, `scrolled ${await scrollY(lab)} px`);
  assert.deepEqual(await values(), before);
});

test("a press that ends outside the control does nothing and leaves nothing pressed", async (t) => {
  const lab = await open(t);
  const { x, y } = await lab.centre("header.language.zh");
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down();
  await lab.page.mouse.move(x, y + 900, { steps: 3 }); // below the window
  await lab.page.mouse.up();
  await lab.settled();
  assert.equal(await lab.value("header.language.zh"), "false");
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
});

test("a cancelled press and a lost window click nothing and leave nothing pressed", async (t) => {
  const lab = await open(t);
  const { x, y } = await lab.centre("header.language.zh");
  const interruptions = [
    (canvas) => canvas.dispatchEvent(new PointerEvent("pointercancel", { pointerId: 1 })),
    () => dispatchEvent(new Event("blur")),
  ];
  for (const interrupt of interruptions) {
    await lab.page.mouse.move(x, y);
    await lab.page.mouse.down();
    await lab.settledWhileHeld();
    await lab.element.locator("canvas").evaluate(interrupt);
    await lab.page.mouse.up();
    await lab.settled();
    assert.equal(await lab.value("header.language.zh"), "false");
  }
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
});

test("the cursor has the shape that the control under it asks for", async (t) => {
  const lab = await open(t);
  const cursor = () =>
    lab.element.locator("canvas").evaluate((canvas) => getComputedStyle(canvas).cursor);
  const { x, y } = await lab.centre("header.theme");
  await lab.page.mouse.move(x, y);
  await lab.settled();
  assert.equal(await cursor(), "pointer");
  await lab.page.mouse.move(x, 595);
  await lab.settled();
  assert.equal(await cursor(), "default");
});
