import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab({
  "column.html": `<!doctype html><meta charset="utf-8"><title>column</title>
    <script type="module" src="web/activation-lab.js"></script>
    <div id="column" style="width: 700px"><activation-lab chrome="full"></activation-lab></div>`,
});

/** Another ratio, as when the window goes to another screen. Chromium notices it at the next change of
 *  size, so there is one. */
async function setRatio(lab, ratio, width = 480, height = 360) {
  const devtools = await lab.page.context().newCDPSession(lab.page);
  for (const extra of [1, 0]) {
    await devtools.send("Emulation.setDeviceMetricsOverride", {
      width: width + extra, height, deviceScaleFactor: ratio, mobile: false,
    });
    await lab.settled();
  }
}

const measure = (lab) => lab.element.evaluate((app) => {
  const canvas = app.shadowRoot.querySelector("canvas");
  const { width, height } = canvas.getBoundingClientRect();
  return { width, height, pixels: [canvas.width, canvas.height], ratio: devicePixelRatio };
});

function assertSharp({ width, height, pixels, ratio }) {
  assert.ok(Math.abs(pixels[0] - width * ratio) <= 1, `${pixels[0]} ≠ ${width} × ${ratio}`);
  assert.ok(Math.abs(pixels[1] - height * ratio) <= 1, `${pixels[1]} ≠ ${height} × ${ratio}`);
}

test("the canvas is sharp at every device pixel ratio, and controls stay in place", async (t) => {
  const lab = await open(t, { viewport: { width: 480, height: 360 } });
  const rects = async () =>
    (await lab.items()).filter(({ role }) => role !== "text").map(({ id, rect }) => [id, ...rect]);
  const first = await rects();
  for (const ratio of [1, 1.5, 2, 3, 2, 1]) {
    await setRatio(lab, ratio);
    const size = await measure(lab);
    assert.equal(size.ratio, ratio);
    assertSharp(size);
    for (const [index, [id, ...rect]] of (await rects()).entries()) {
      assert.equal(id, first[index][0]);
      rect.forEach((length, side) => {
        assert.ok(Math.abs(length - first[index][side + 1]) <= 1.5, `${id} moved at ratio ${ratio}`);
      });
    }
  }
});

test("browser zoom, which keeps the pixels and changes the ratio, is followed", async (t) => {
  const lab = await open(t);
  await setRatio(lab, 2, 400, 300);
  assertSharp(await measure(lab));
  const rights = (await lab.items()).map(({ rect: [x, , width] }) => x + width);
  assert.ok(Math.max(...rights) <= 400, "laid out for another width");
});

test("the app follows its container within two frames", async (t) => {
  const lab = await open(t, { path: "column.html" });
  const width = await lab.page.evaluate(async () => {
    document.querySelector("#column").style.width = "420px";
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const items = document.querySelector("activation-lab").items();
    return Math.max(...items.map(({ rect: [x, , width] }) => x + width));
  });
  assertSharp(await measure(lab));
  assert.equal((await measure(lab)).width, 420);
  assert.ok(width <= 420, `a control reaches to ${width}`);
});

test("a canvas for tall content is no larger than the window; the page scrolls it", async (t) => {
  const lab = await open(t, { viewport: { width: 390, height: 500 } });
  const { height } = await measure(lab);
  assert.ok(height <= 500);
  const whole = await lab.page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(whole > 600, `content of ${whole} px doesn’t scroll`);
  assert.ok(await lab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

  const top = async () => (await lab.item("header.theme")).rect[1];
  const before = await top();
  await lab.page.evaluate(() => scrollTo({ top: 80, behavior: "instant" }));
  await lab.settled();
  assert.equal(await top(), before - 80);
  assert.equal((await lab.canvasBox()).y, 0);
});

for (const width of [320, 390]) {
  test(`on a phone ${width} px wide nothing is clipped, and the page scrolls all of it`, async (t) => {
    const lab = await open(t, { viewport: { width, height: 700 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const scenes = (await lab.items()).filter(({ id }) => id.startsWith("scene.")).map(({ id }) => id);
    for (const scene of scenes) {
      await lab.page.evaluate(() => scrollTo(0, 0));
      await lab.settled();
      await lab.tap(scene);
      const items = await lab.items();
      for (const { id, rect: [x, , itemWidth] } of items) {
        assert.ok(x >= 0 && x + itemWidth <= width + 0.5, `${id} reaches from ${x} to ${x + itemWidth}`);
      }
      const lowest = Math.max(...items.map(({ rect: [, y, , height] }) => y + height));
      const whole = await lab.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      assert.ok(whole[0] <= width, `the page is ${whole[0]} px wide`);
      assert.ok(whole[1] >= lowest - 1, `the page ends at ${whole[1]}, the content at ${lowest}`);
    }
  });
}
