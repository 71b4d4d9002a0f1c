// Ten thousand random events, the same ones each time: nothing breaks, leaks or stays stuck.

import assert from "node:assert/strict";
import { test } from "node:test";

import { moving, useLab } from "./support/lab.mjs";
import { play } from "./support/monkey.mjs";

const { open } = useLab({}, "Chromium", moving);
const events = 10_000;

const memory = (lab) => lab.page.evaluate(() => performance.memory.usedJSHeapSize);
const nodes = (lab) => lab.element.evaluate((app) => app.shadowRoot.querySelectorAll("*").length);

test(`after ${events} random events nothing is broken, leaked or stuck`, { timeout: 300_000 }, async (t) => {
  const lab = await open(t, { viewport: { width: 600, height: 260 } });
  const before = await lab.spied();
  await lab.page.evaluate(play, { count: events, seed: 7, batch: 10 });
  await lab.page.mouse.move(300, 130); // whatever was held is let go
  await lab.page.mouse.down();
  await lab.page.mouse.up();
  for (let presses = 0; presses < 4; presses += 1) await lab.page.keyboard.press("Escape");
  // ImGui takes in one press or release a frame, so that many wait; any of them may start training, or
  // scroll away, and off screen nothing is drawn and nothing taken in.
  const rests = await lab.element.evaluate(async (app) => {
    const end = performance.now() + 120_000;
    const frame = () => new Promise(requestAnimationFrame);
    const soon = () => new Promise((resolve) => setTimeout(resolve, 500, false));
    let rests = false;
    while (!rests && performance.now() < end) {
      scrollTo({ top: 0, behavior: "instant" });
      await app.pause();
      await frame(); // in which the page notices that the app is on screen
      await frame();
      rests = await Promise.race([app.idle().then(() => scrollY === 0), soon()]);
    }
    return rests;
  });
  assert.ok(rests, "the app does not come to rest");

  assert.deepEqual(lab.errors, []);
  assert.deepEqual((await lab.spied()).listeners, before.listeners);
  assert.ok((await nodes(lab)) < 2000);
  assert.ok((await memory(lab)) < 100e6);
  await lab.click("scene.tensor");
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.equal((await lab.state()).scene, "tensor");
  await lab.click("scene.functions");
  const { x, y, cursor } = await lab.state(); // what is not finite would be text
  for (const number of [...x, ...y, cursor]) assert.equal(typeof number, "number");
});
