// The scene "Train" as a visitor uses it.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const folder = fileURLToPath(new URL("../../build/pictures", import.meta.url));

async function openTrain(t, options = wide) {
  const lab = await open(t, options);
  await (options.hasTouch ? lab.tap("scene.train") : lab.click("scene.train"));
  return lab;
}

/** Presses Play, waits until `done(state)`, pauses, and gives the state. */
async function play(lab, done, seconds = 60) {
  const { x, y } = await lab.centre("train.play");
  await lab.page.mouse.click(x, y);
  const end = Date.now() + 1000 * seconds;
  let state = await lab.state();
  while (!done(state) && Date.now() < end) {
    await lab.page.waitForTimeout(50);
    state = await lab.state();
  }
  if (state.playing) await lab.page.mouse.click(x, y);
  await lab.settled();
  return lab.state();
}

/** What a visitor finds behind each preset after so many epochs. */
const presets = {
  "xor-tanh": { until: (s) => s.testAccuracy === 1, check: (s) => assert.equal(s.testAccuracy, 1) },
  "xor-relu": { until: (s) => s.testAccuracy === 1, check: (s) => assert.equal(s.testAccuracy, 1) },
  "xor-none": { until: (s) => s.epoch > 60, check: (s) => assert.ok(s.testAccuracy < 0.7) },
  "xor-identity": { until: (s) => s.epoch > 60, check: (s) => assert.ok(s.testAccuracy < 0.7) },
  spiral: { until: (s) => s.testAccuracy > 0.98, check: (s) => assert.ok(s.testAccuracy > 0.98) },
  "three-classes": { until: (s) => s.testAccuracy > 0.97, check: (s) => assert.ok(s.testAccuracy > 0.97) },
  "dying-relu": { until: (s) => s.epoch > 20, check: (s) => assert.match(s.sentence, /are dead/) },
  "vanishing-sigmoid": { until: (s) => s.epoch > 60, check: (s) => assert.match(s.sentence, /vanished/) },
};

for (const [id, { until, check }] of Object.entries(presets)) {
  test(`the preset ${id}, from a click to what it shows`, async (t) => {
    const lab = await openTrain(t, { viewport: { width: 1100, height: 600 } });
    await lab.click(`train.preset.${id}`);
    const start = await lab.state();
    assert.equal(start.step, 0);
    await lab.page.mouse.click(...Object.values(await lab.centre("train.speed"))); // faster
    check(await play(lab, until));
    await lab.page.mouse.move(1, 1);
    await lab.settled();
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(path.join(folder, `train-${id}.png`), await lab.page.screenshot());
    await lab.click("train.reset");
    assert.equal((await lab.state()).hash, start.hash);
    assert.deepEqual(lab.errors, []);
  });
}

test("XOR is learned on a phone by touch", async (t) => {
  const lab = await openTrain(t, phone);
  await lab.tap("train.preset.xor-tanh");
  const { x, y } = await lab.centre("train.play");
  await lab.page.touchscreen.tap(x, y);
  await lab.page.waitForFunction(
    () => document.querySelector("activation-lab").state().testAccuracy === 1, null, { timeout: 60_000 });
  await lab.page.touchscreen.tap(x, y);
  await lab.settled();
  assert.equal((await lab.state()).testAccuracy, 1);
  assert.deepEqual(lab.errors, []);
});

test("a picture of the map is the network's: its colours change with training", async (t) => {
  const lab = await openTrain(t);
  const shot = async () => {
    const [x, y, width, height] = (await lab.item("train.map")).rect;
    const canvas = await lab.canvasBox();
    const clip = { x: canvas.x + x + width * 0.02, y: canvas.y + y + height * 0.02, width: width * 0.04, height: height * 0.04 };
    return lab.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(4, 4, 1, 1).data];
    }, (await lab.page.screenshot({ clip })).toString("base64"));
  };
  await lab.click("train.preset.xor-tanh");
  await play(lab, (s) => s.testAccuracy === 1);
  await lab.page.mouse.move(1, 1);
  await lab.settled();
  const [red, , blue] = await shot(); // the upper left corner: x < 0 < y, class orange
  assert.ok(red > blue + 20, `red ${red}, blue ${blue}`);
});

test("points are painted by mouse, and the data are one's own", async (t) => {
  const lab = await openTrain(t);
  await lab.click("train.data.custom");
  await lab.click("train.brush.2");
  const { x, y } = await lab.centre("train.map");
  await lab.page.mouse.move(x - 40, y);
  await lab.page.mouse.down();
  await lab.page.mouse.move(x + 60, y, { steps: 12 });
  await lab.page.mouse.up();
  await lab.settled();
  const { experiment } = await lab.state();
  assert.match(experiment, /data=custom/);
  assert.match(experiment, /outputs=3/);
});

test("a weight is opened on its line, typed and frozen", async (t) => {
  const lab = await openTrain(t);
  await lab.click("train.bias.0.0");
  await lab.click("train.weight.value");
  await lab.press("Control+a");
  await lab.type("0.75");
  await lab.press("Enter");
  assert.equal(await lab.value("train.weight.value"), "0.75");
  await lab.click("train.weight.frozen");
  assert.match((await lab.state()).experiment, /frozen=0\.0\.b/);
});

test("files are downloaded: script, model, document, pictures", async (t) => {
  const lab = await openTrain(t);
  await lab.click("train.tab.take");
  for (const [id, name, start] of [
    ["train.save.pytorch", "train.py", /import torch/],
    ["train.save.json", "experiment.json", /^{"version":1/],
    ["train.save.onnx", "network.onnx", /logits/],
    ["train.save.map.svg", "map.svg", /^<svg /],
    ["train.save.network.png", "network.png", /PNG/],
  ]) {
    const [download] = await Promise.all([lab.page.waitForEvent("download"), lab.click(id)]);
    assert.equal(download.suggestedFilename(), name);
    assert.match(await fs.readFile(await download.path(), "latin1"), start);
  }
});

test("the page is still when training is paused, and moves while it plays", async (t) => {
  const lab = await openTrain(t);
  await lab.settled();
  await lab.page.waitForTimeout(300);
  const still = (await lab.spied()).frames;
  await lab.page.waitForTimeout(1000);
  assert.equal((await lab.spied()).frames, still);
  await lab.page.mouse.click(...Object.values(await lab.centre("train.play")));
  await lab.page.waitForFunction((frames) => window.__spied.frames > frames + 8, still);
  await lab.page.mouse.click(...Object.values(await lab.centre("train.play")));
  await lab.settled();
  assert.equal((await lab.state()).playing, false);
});

test("a link opens the experiment that was copied, bit for bit", async (t) => {
  const lab = await openTrain(t);
  await lab.click("train.preset.three-classes");
  await lab.click("train.epoch");
  const { hash, experiment } = await lab.state();
  const other = await open(t, { ...wide, path: `#scene=train&lang=zh&${experiment}` });
  await other.page.waitForFunction(() => document.querySelector("activation-lab").state()?.scene === "train");
  assert.equal((await other.state()).language, "zh");
  await other.click("train.epoch");
  assert.equal((await other.state()).hash, hash);
  await other.page.evaluate(() => { location.hash = "#scene=train&v=1&units=nonsense"; });
  await other.page.waitForTimeout(300);
  await other.settled();
  assert.ok((await other.value("train.error")).length > 10);
  assert.equal((await other.state()).hash, hash);
});
