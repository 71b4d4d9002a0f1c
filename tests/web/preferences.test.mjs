// What a person has told their system about colours and motion is followed while the page is open.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();

const pageColour = (lab) => lab.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

async function emulate(lab, media) {
  await lab.page.emulateMedia(media);
  // The page hears of it with one of its next frames.
  for (let frame = 0; frame < 3; frame += 1) await lab.settledWhileHeld();
  await lab.settled();
}

test("light and dark are followed live", async (t) => {
  const lab = await open(t, { colorScheme: "light" });
  const light = await pageColour(lab);
  await emulate(lab, { colorScheme: "dark" });
  assert.equal((await lab.state()).theme, "dark");
  assert.notEqual(await pageColour(lab), light);
});

for (const media of [{ contrast: "more" }, { forcedColors: "active" }]) {
  test(`more contrast is followed live, in both themes: ${JSON.stringify(media)}`, async (t) => {
    const lab = await open(t, { colorScheme: "light" });
    assert.equal((await lab.state()).contrast, false);
    const quiet = await lab.picture();
    await emulate(lab, media);
    assert.equal((await lab.state()).contrast, true);
    assert.equal(await pageColour(lab), "rgb(255, 255, 255)");
    assert.ok(!quiet.equals(await lab.picture()));
    await emulate(lab, { colorScheme: "dark" });
    assert.equal(await pageColour(lab), "rgb(0, 0, 0)");
    await emulate(lab, { contrast: "no-preference", forcedColors: "none" });
    assert.equal((await lab.state()).contrast, false);
  });
}

test("with reduced motion a change is there at once", async (t) => {
  const lab = await open(t, { reducedMotion: "no-preference" });
  const framesOfAClick = async () => {
    await lab.page.mouse.move(5, 590);
    await lab.settled();
    const { frames } = await lab.spied();
    await lab.click("tensor.tab.code");
    await lab.click("tensor.tab.printed");
    return (await lab.spied()).frames - frames;
  };
  const moving = await framesOfAClick();
  await emulate(lab, { reducedMotion: "reduce" });
  const still = await framesOfAClick();
  assert.ok(still < moving, `${still} frames instead of ${moving}`);
});
