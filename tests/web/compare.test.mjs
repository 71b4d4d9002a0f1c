// The scenes "Compare" and "Gradients" as a visitor uses them.

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

async function openScene(t, scene, options = wide) {
  const lab = await open(t, options);
  await (options.hasTouch ? lab.tap(`scene.${scene}`) : lab.click(`scene.${scene}`));
  return lab;
}

async function picture(lab, name) {
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, `${name}.png`), await lab.page.screenshot());
}

/** Activates a control that starts something, waits until `done(state)`, and gives the state. */
async function until(lab, id, done, seconds = 90) {
  const { x, y } = await lab.centre(id);
  await lab.page.mouse.click(x, y);
  const end = Date.now() + 1000 * seconds;
  let state = await lab.state();
  while (!done(state) && Date.now() < end) {
    await lab.page.waitForTimeout(50);
    state = await lab.state();
  }
  return state;
}

for (const language of ["en", "zh"]) {
  test(`eight runs play side by side and stay at the same step (${language})`, async (t) => {
    const lab = await openScene(t, "compare");
    await lab.click(`header.language.${language}`);
    await lab.click("compare.preset.activations");
    for (let i = 0; i < 4; i += 1) await lab.click("compare.add");
    const start = await lab.state();
    assert.equal(start.runs.length, 8);
    const done = await until(lab, "compare.play", (s) => s.runs.filter((r) => r.goalEpoch !== null).length >= 4);
    assert.ok(done.runs.filter((r) => r.goalEpoch !== null).length >= 4);
    for (const run of done.runs) assert.equal(run.step, done.step);
    await lab.click("compare.play");
    await lab.page.mouse.move(1, 1);
    await lab.settled();
    await picture(lab, `compare-${language}`);
    assert.equal(new Set(start.runs.map((r) => r.hash)).size, 1);
    assert.deepEqual(lab.errors, []);
  });
}

test("seeds are swept to the end, and the table is copied", async (t) => {
  const lab = await openScene(t, "compare");
  await lab.click("compare.preset.activations");
  for (const [id, text] of [["compare.seeds.count", "6"], ["compare.seeds.epochs", "40"]]) {
    await lab.click(id);
    await lab.press("Control+a");
    await lab.type(text);
    await lab.press("Enter");
  }
  await lab.click("compare.seeds.count"); // scrolls there
  await lab.press("Escape");
  const state = await until(lab, "compare.seeds.run", (s) => s.seeds.done === 24);
  assert.equal(state.seeds.done, 24);
  assert.equal(state.seeds.running, false);
  await lab.settled();
  const identity = state.seeds.results.find((r) => r.value === "identity");
  const tanh = state.seeds.results.find((r) => r.value === "tanh");
  assert.equal(identity.reached, 0);
  assert.ok(tanh.reached > 3);
  await lab.click("compare.seeds.markdown");
  await picture(lab, "compare-seeds");
  assert.deepEqual(lab.errors, []);
});

test("a run is added by touch on a phone", async (t) => {
  const lab = await openScene(t, "compare", phone);
  await lab.tap("compare.add");
  assert.equal((await lab.state()).runs.length, 5);
  await lab.tap("compare.epoch");
  assert.ok((await lab.state()).step > 0);
  await picture(lab, "compare-phone");
  assert.deepEqual(lab.errors, []);
});

test("a deep sigmoid network: the gradient vanishes, and the slopes are named", async (t) => {
  const lab = await openScene(t, "gradients");
  await lab.click("gradients.preset.vanishing");
  const { layers, sentence } = await lab.state();
  assert.equal(layers.length, 13);
  assert.ok(layers[0].gradient < -5);
  assert.match(sentence, /slopes are to blame/);
  await picture(lab, "gradients");
  assert.deepEqual(lab.errors, []);
});

test("units die, are listed, and are revived", async (t) => {
  const lab = await openScene(t, "gradients");
  await lab.click("gradients.preset.dying");
  const state = await until(lab, "gradients.play", (s) => s.dead > 3);
  assert.ok(state.dead > 3);
  await lab.click("gradients.play");
  await lab.settled();
  const { dead } = await lab.state();
  assert.equal(await lab.value("gradients.dead"), String(dead));
  await lab.click("gradients.revive.leaky_relu");
  assert.equal((await lab.state()).dead, 0);
  await picture(lab, "gradients-dying");
  assert.deepEqual(lab.errors, []);
});

test("two neurons walk to their minima", async (t) => {
  const lab = await openScene(t, "gradients");
  await lab.click("gradients.tab.zigzag");
  const state = await until(lab, "zigzag.play", (s) => s.zigzag.steps > 60);
  assert.equal(state.zigzag.sigmoid.sameDirection, 1);
  assert.ok(state.zigzag.tanh.sameDirection < 0.8);
  await lab.click("zigzag.play");
  await lab.settled();
  await picture(lab, "gradients-zigzag");
  assert.deepEqual(lab.errors, []);
});
