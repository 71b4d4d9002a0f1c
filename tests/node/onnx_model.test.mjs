// What exported ONNX models compute in ONNX Runtime, against the engine: the whole registry, and
// formulas with every operation. The native test program writes the models and what they should
// give. The runtime is one of the libraries that ./lab setup installs for comparisons.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.LAB_CORE_TESTS ?? path.join(project, "build/test/core_tests");
const tolerance = 1e-5;

/** Where the runtime is installed, or undefined. */
function findRuntime() {
  try {
    return createRequire(path.join(project, "tests/bench/")).resolve("onnxruntime-web");
  } catch {
    return undefined;
  }
}

/** The models, written by the native program. */
function readCases(folder) {
  const filter = "--test-case=models and what they should compute*";
  execFileSync(program, [filter, "--no-skip"], { env: { ...process.env, LAB_ONNX_CASES: folder } });
  return JSON.parse(fs.readFileSync(path.join(folder, "cases.json"), "utf8"));
}

/** The largest difference, relative to numbers above 1; JSON has null for what is not finite. */
function distance(computed, expected) {
  assert.equal(computed.length, expected.length);
  let worst = 0;
  for (const [i, value] of expected.entries()) {
    if (value === null) continue;
    const difference = Math.abs(computed[i] - value) / Math.max(1, Math.abs(value));
    if (!(difference <= worst)) worst = difference; // also where it is NaN
  }
  return worst;
}

const runtime = findRuntime();
const skip = runtime ? false : "onnxruntime-web is not installed: npm ci --prefix tests/bench --ignore-scripts";

test("ONNX Runtime computes what the engine does", { skip }, async () => {
  const module = await import(pathToFileURL(runtime).href);
  const ort = module.default ?? module;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "onnx-"));
  try {
    const cases = readCases(folder);
    assert.ok(cases.length > 50);
    for (const { name, file, columns, input, logits, output } of cases) {
      const session = await ort.InferenceSession.create(fs.readFileSync(path.join(folder, file)));
      const rows = input.length / columns;
      const tensor = new ort.Tensor("float32", Float32Array.from(input), [rows, columns]);
      const results = await session.run({ input: tensor });
      assert.deepEqual([...results.logits.dims], [rows, logits.length / rows], name);
      for (const [part, expected] of Object.entries({ logits, output })) {
        const worst = distance(results[part].data, expected);
      assert.ok(worst <= tolerance, `${name}: ${part} differs by ${worst}`);
      }
      await session.release();
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
