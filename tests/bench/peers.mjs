// The engine's speed in dist/core against TensorFlow.js and ONNX Runtime, both as WebAssembly with
// SIMD on one thread, in Node and in headless Chromium. Prints tables in Markdown.
//
//   ./lab bench peers [--node] [--chromium] [--samples N] [--fastest] [ID…]
//
// Figures are medians of the samples or, with --fastest, for a busy machine, the best of them.
// Slow figures are no failure: it fails only when something breaks or results disagree.

import { createRequire } from "node:module";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { openLibraries } from "./peers/contestants.mjs";
import { runSuite } from "./peers/suite.mjs";
import { report } from "./peers/table.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));

// Short enough that most samples fall between the turns of whatever else the machine does.
const SAMPLE_MS = 1;

// A page that shares nothing with others gets a clock that ticks in 5 µs instead of 100.
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

function progress(result) {
  const [form, ratio] = [`${result.form} ${result.length}`, result.ratio.toFixed(2)];
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${form} ${result.id} ${ratio}`);
}

async function inNode(options) {
  const require = createRequire(import.meta.url);
  const tf = require("@tensorflow/tfjs-core");
  require("@tensorflow/tfjs-backend-wasm");
  const ort = await import("onnxruntime-web");
  const { createCore } = await import("../../dist/core/index.js");
  const results = [];
  await runSuite(await openLibraries(createCore, tf, ort), options, (result) => {
    results.push(result);
    progress(result);
  });
  return report(`Node ${process.version}`, results);
}

async function inChromium(options) {
  const { chromium } = await import("playwright-core");
  const { serve } = await import("../../src/tools/serve.mjs");
  const server = await serve(project);
  const browser = await chromium.launch({
    executablePath: process.env.LAB_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  try {
    const page = await browser.newPage();
    const failed = new Promise((_, reject) => page.on("pageerror", reject));
    const results = [];
    await page.exposeFunction("report", (result) => {
      results.push(result);
      progress(result);
    });
    const address = `${server.url}tests/bench/peers/page.html`;
    await page.route(address, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), ...ISOLATED } });
    });
    await page.goto(address);
    await page.waitForFunction(() => window.start);
    await Promise.race([failed, page.evaluate((given) => window.start(given), options)]);
    return report(`Chromium ${browser.version()}`, results);
  } finally {
    await browser.close();
    server.close();
  }
}

const { values, positionals: ids } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: "boolean" },
    chromium: { type: "boolean" },
    fastest: { type: "boolean", default: false },
    samples: { type: "string", default: "61" },
  },
});
const samples = Number(values.samples);
if (!(samples >= 1)) throw new Error("--samples takes a number of samples per figure");
const { fastest } = values;
const both = !values.node && !values.chromium;

console.log(`# Speed against peers\n\n${cpus()[0].model.trim()}, ${fastest ? "fastest" : "medians"} of ${samples} samples\n`);
for (const [name, run] of Object.entries({ node: inNode, chromium: inChromium })) {
  if (both || values[name]) {
    console.log(`${await run({ samples, sampleMs: SAMPLE_MS, fastest, ids })}\n`);
  }
}
