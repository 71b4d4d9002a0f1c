import assert from "node:assert/strict";
import { test } from "node:test";

import { moving, useLab } from "./support/lab.mjs";

const { open } = useLab({
  "article.html": `<!doctype html><meta charset="utf-8"><title>article</title>
    <meta name="viewport" content="width=device-width">
    <script type="module" src="web/activation-lab.js"></script>
    <p style="height: 300px">Text above.</p>
    <activation-lab chrome="full"></activation-lab>
    <p style="height: 3000px">Text below.</p>`,
}, "Chromium", moving);

const scrollY = (lab) => lab.page.evaluate(() => window.scrollY);

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

test("a touch that the browser takes back clicks nothing and leaves nothing pressed", async (t) => {
  const lab = await open(t, { hasTouch: true });
  const devtools = await lab.page.context().newCDPSession(lab.page);
  const send = (type, touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  const { x, y } = await lab.centre("header.language.zh");
  await send("touchStart", [{ x, y }]);
  await send("touchMove", [{ x: x + 12, y }]); // sideways: pressed
  await send("touchCancel", []);
  await lab.settled();
  assert.equal(await lab.value("header.language.zh"), "false");
  await lab.tap("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
});

test("a drag goes on outside the canvas and outside the window", async (t) => {
  const lab = await open(t);
  await lab.click("scene.functions");
  await lab.click("functions.choose.elu");
  const { x, y } = await lab.centre("functions.param.alpha");
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down();
  const values = [];
  for (const [toX, toY] of [[x + 30, y], [x + 30, 900], [-200, 900], [x - 20, -50]]) {
    await lab.page.mouse.move(toX, toY, { steps: 2 });
    await lab.settledWhileHeld();
    values.push(Number(await lab.value("functions.param.alpha")));
  }
  await lab.page.mouse.up();
  await lab.settled();
  assert.equal(values[0], values[1]);
  assert.ok(values[2] < values[3] && values[3] < values[1], `${values}`);
  await lab.page.mouse.move(x + 40, y);
  await lab.settled();
  assert.equal(Number(await lab.value("functions.param.alpha")), values[3], "it drags on without a button");
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
