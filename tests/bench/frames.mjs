// How much of a frame is drawing and how much is training, in Chromium: the main thread's time in a frame
// while training plays, and in a frame that only draws. OpenGL itself runs elsewhere; in software where
// there is no graphics card, which limits the frames a second.
//
// Then the scene "Compare", at full speed: the samples that eight runs train on in a frame, all of them
// together, against those of a single one, and what is left of a sixtieth of a second.
//
//   node tests/bench/frames.mjs

import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "../../src/tools/serve.mjs";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const presets = ["xor-tanh", "spiral", "three-classes"];
const seconds = 4;
const comparison = "#scene=compare&v=1&data=circle&net=8tanh-8tanh&optimizer=adam&app.vary=rate&app.speed=8&app.runs=";
const batchSize = 10; // the document's default
const rates = [0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008];

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** In the page, before anything else: how long each animation frame's callbacks take, ms. */
function watchFrames() {
  window.frameTimes = [];
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => request((time) => {
    const start = performance.now();
    callback(time);
    window.frameTimes.push(performance.now() - start);
  });
}

const server = await serve(dist);
const browser = await chromium.launch({
  executablePath: process.env.LAB_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchFrames);
  await page.goto(server.url);
  const element = page.locator("activation-lab");
  await element.evaluate((lab) => lab.ready);
  const state = () => element.evaluate((lab) => lab.state());
  const place = async (id) => {
    const { rect: [x, y, width, height] } = (await element.evaluate((lab) => lab.items())).find((item) => item.id === id);
    const canvas = await element.locator("canvas").boundingBox();
    return [canvas.x + x + width / 2, canvas.y + y + height / 2];
  };
  const click = async (id) => {
    await page.mouse.click(...await place(id));
    await page.waitForTimeout(200);
  };
  /** Frames a second and the median time of one while `act` goes on. */
  const measure = async (act) => {
    await page.evaluate(() => { window.frameTimes.length = 0; });
    const start = Date.now();
    await act(start + 1000 * seconds);
    const times = await page.evaluate(() => window.frameTimes);
    return { rate: times.length / ((Date.now() - start) / 1000), time: median(times) };
  };
  await click("scene.train");
  console.log("preset          frames/s   frame ms   drawing ms   training ÷ drawing   steps/s");
  for (const preset of presets) {
    await click(`train.preset.${preset}`);
    const [x, y] = await place("train.curve");
    const drawing = await measure(async (end) => {
      for (let i = 0; Date.now() < end; i += 1) await page.mouse.move(x - 50 + (i % 100), y);
    });
    await click("train.play");
    const before = (await state()).step;
    const playing = await measure(() => page.waitForTimeout(1000 * seconds));
    const steps = ((await state()).step - before) / seconds;
    await click("train.play");
    console.log(
      preset.padEnd(14), playing.rate.toFixed(1).padStart(9), playing.time.toFixed(2).padStart(10),
      drawing.time.toFixed(2).padStart(12),
      ((playing.time - drawing.time) / drawing.time).toFixed(2).padStart(20), steps.toFixed(0).padStart(9));
  }
  console.log("\nruns   frames/s   frame ms   samples a frame   of a single run's");
  let alone;
  for (const count of [1, 2, 8]) {
    await element.evaluate((lab, link) => lab.open(link), comparison + rates.slice(0, count).join("-"));
    await page.waitForTimeout(500);
    await click("compare.play");
    const before = (await state()).step;
    const playing = await measure(() => page.waitForTimeout(1000 * seconds));
    const steps = (await state()).step - before;
    await click("compare.play");
    const samples = (steps * count * batchSize) / (playing.rate * seconds);
    alone ??= samples;
    console.log(
      String(count).padStart(4), playing.rate.toFixed(1).padStart(10), playing.time.toFixed(2).padStart(10),
      samples.toFixed(0).padStart(17), (samples / alone).toFixed(2).padStart(19));
  }
} finally {
  await browser.close();
  await server.close();
}
