// Uses the page for a long time and watches its memory. Ends with 1 if that grows.
//
//   soak.mjs [MINUTES]      (60 unless told otherwise)

import fs from "node:fs";

import { serve } from "../../src/tools/serve.mjs";
import { browsers } from "../web/support/browsers.mjs";
import { dist, Lab } from "../web/support/lab.mjs";
import { play } from "../web/support/monkey.mjs";

const minutes = Number(process.argv[2] ?? 60);
const mostGrowth = 1.05; // from the middle third of the time to the last

/** Bytes of the page's process, and of JavaScript after collecting garbage; numbers of nodes, listeners. */
async function measure(page, system) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  await devtools.detach();
  const metric = (name) => metrics.find((found) => found.name === name).value;
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  const resident = processInfo.filter(({ type }) => type === "renderer").map(({ id }) =>
    1024 * Number(/VmRSS:\s*(\d+)/.exec(fs.readFileSync(`/proc/${id}/status`, "utf8"))[1]));
  return { process: Math.max(...resident), heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"),
    listeners: metric("JSEventListeners") };
}

/** Half a minute of training, where there is something to train, and half a minute of anything. */
async function use(page, seed) {
  await page.evaluate(async (time) => {
    const app = document.querySelector("activation-lab");
    const press = (id) => app.shadowRoot.querySelector(`[data-id="${id}"]`)?.click();
    const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    press("scene.train");
    await wait(500);
    press("train.play");
    await wait(time);
    press("train.play");
    await wait(500);
  }, 29_000);
  const end = Date.now() + 30_000;
  while (Date.now() < end) await page.evaluate(play, { count: 200, seed: (seed += 1), batch: 10 });
}

/** Every figure of every scene as a large PNG: a process keeps the room that it once took, so that what
 *  takes most of it for a moment is done before anything is compared. */
async function takePictures(lab) {
  await lab.page.evaluate(() => { HTMLAnchorElement.prototype.click = () => {}; }); // no downloads
  for (const scene of ["functions", "train", "compare", "gradients"]) {
    await lab.click(`scene.${scene}`);
    await lab.click("header.figures");
    await lab.click("figures.scale.4");
    const pictures = (await lab.items()).map(({ id }) => id).filter((id) => /^figures\..*\.png$/.test(id));
    for (const id of pictures) await lab.click(id);
    await lab.click("figures.close");
  }
}

const mean = (rows, key) => rows.reduce((sum, row) => sum + row[key], 0) / rows.length;

const server = await serve(dist);
const browser = await browsers.Chromium.launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block" });
const system = await browser.newBrowserCDPSession();
const lab = new Lab(page);
await page.goto(server.url);
await lab.ready();
await takePictures(lab);
const rows = [];
console.log("minute  process MB  JavaScript MB  nodes  listeners");
for (let minute = 1; minute <= minutes; minute += 1) {
  await use(page, 1000 * minute);
  const row = await measure(page, system);
  rows.push(row);
  const cells = [minute, (row.process / 1e6).toFixed(1), (row.heap / 1e6).toFixed(2), row.nodes, row.listeners];
  console.log(cells.map((cell, index) => String(cell).padStart([6, 10, 13, 5, 9][index])).join("  "));
}
await browser.close();
server.close();

const third = Math.floor(rows.length / 3);
const [middle, last] = [rows.slice(third, 2 * third), rows.slice(2 * third)];
if (third > 0) {
  for (const key of Object.keys(rows[0])) {
    const growth = mean(last, key) / mean(middle, key);
    console.log(`${key}: × ${growth.toFixed(3)} from the middle third to the last`);
    if (growth > mostGrowth) process.exitCode = 1;
  }
}
for (const error of lab.errors) console.log(`error: ${error}`);
if (lab.errors.length > 0) process.exitCode = 1;
