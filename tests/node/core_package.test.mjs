// The built engine package, imported by the name its users import it by.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createCore, LabError } from "activation-lab/core";

const project = fileURLToPath(new URL("../..", import.meta.url));
const golden = (name) => JSON.parse(fs.readFileSync(path.join(project, "tests/golden", name), "utf8"));

// The golden files write what is not finite as Python does.
const number = (x) => (typeof x === "string" ? Number(x.replace("inf", "Infinity")) : x);
const numbers = (data) => Float32Array.from(data, number);

let lab;
before(async () => {
  lab = await createCore();
});

/** The LabError that the call throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof LabError, `${error} is a LabError`);
    assert.equal(error.messageKey, error.code);
    assert.match(error.message, /\S.*\.$/s, "the message is a sentence");
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("names its version and its kernels", () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(project, "package.json"), "utf8"));
  assert.equal(lab.version, version);
  assert.equal(lab.implementation, "wasm-simd128");
});

test("loads from bytes and from another place", async () => {
  const file = path.join(project, "dist/core/core.wasm");
  const fromBytes = await createCore({ wasmBinary: fs.readFileSync(file) });
  assert.equal(fromBytes.activate("relu", new Float32Array([3]))[0], 3);

  const asked = [];
  const elsewhere = await createCore({ locateFile: (name) => (asked.push(name), file) });
  assert.equal(elsewhere.activate("relu", new Float32Array([3]))[0], 3);
  assert.deepEqual(asked, ["core.wasm"]);
});

test("prints every golden tensor as PyTorch does", () => {
  const cases = golden("tensor_text.json");
  assert.ok(cases.length > 0);
  for (const { shape, data, text } of cases) {
    assert.equal(lab.formatTensor(numbers(data), shape), text);
  }
});

test("reads back what it prints", () => {
  const x = new Float32Array([0.5, -0.6, -1, 3, 1.5, -2]);
  const { data, shape } = lab.parseTensor(lab.formatTensor(x, [3, 2]));
  assert.ok(data instanceof Float32Array);
  assert.deepEqual(data, x);
  assert.deepEqual(shape, [3, 2]);
  assert.deepEqual(lab.parseTensor("2.5").shape, []);
});

test("describes every activation and can use it", () => {
  const ids = lab.activations().map((row) => row.id);
  assert.ok(ids.includes("relu") && ids.includes("sigmoid"));
  assert.equal(new Set(ids).size, ids.length);

  const x = new Float32Array([-2, -0.5, 0, 0.5, 2]);
  const untouched = x.slice();
  for (const row of lab.activations()) {
    assert.ok(row.name.en && row.name.zh && row.formula && row.derivativeFormula, row.id);
    const defaults = Object.fromEntries(row.params.map((param) => [param.id, param.default]));
    assert.deepEqual(lab.activate(row.id, x, defaults), lab.activate(row.id, x), row.id);
    assert.equal(lab.derivative(row.id, x).length, x.length);
  }
  assert.deepEqual(x, untouched, "the input is not written to");
});

test("computes values and derivatives", () => {
  const x = new Float32Array([-1, 0, 2, NaN, -Infinity, Infinity]);
  assert.deepEqual(lab.activate("relu", x), new Float32Array([0, 0, 2, NaN, 0, Infinity]));
  assert.deepEqual(lab.derivative("relu", x.subarray(0, 3)), new Float32Array([0, 0, 1]));
  assert.deepEqual(lab.activate("sigmoid", x.subarray(1, 2)), new Float32Array([0.5]));
  assert.deepEqual(lab.derivative("sigmoid", x.subarray(1, 2)), new Float32Array([0.25]));
  assert.equal(lab.activate("relu", new Float32Array(0)).length, 0);
});

test("keeps no memory of what it has done", () => {
  const x = new Float32Array(1 << 20);
  // A leak of one array in each call would need 4 GB, twice what the engine may have.
  for (let i = 0; i < 500; ++i) {
    assert.equal(lab.activate("relu", x).length, x.length);
    thrown(() => lab.formatTensor(x, [1]));
  }
});

test("refuses bad arguments by name", () => {
  const x = new Float32Array(6);
  const cases = [
    [() => lab.activate("no_such", x), "activation.unknown", "id"],
    [() => lab.derivative("no_such", x), "activation.unknown", "id"],
    [() => lab.activate("relu", [1, 2]), "argument.float32_array", "x"],
    [() => lab.activate("relu", undefined), "argument.float32_array", "x"],
    [() => lab.activate("relu", x, { no_such: 1 }), "activation.parameter_unknown", "params.no_such"],
    [() => lab.formatTensor([1], [1]), "argument.float32_array", "x"],
    [() => lab.formatTensor(x, [2, 2]), "argument.shape", "shape"],
    [() => lab.formatTensor(x, [-2, -3]), "argument.shape", "shape"],
    [() => lab.formatTensor(x, [1.5, 4]), "argument.shape", "shape"],
    [() => lab.formatTensor(x, [2 ** 40, 2 ** 40]), "argument.shape", "shape"],
    [() => lab.formatTensor(x, undefined), "argument.shape", "shape"],
  ];
  for (const [call, code, field] of cases) {
    const error = thrown(call);
    assert.equal(error.code, code);
    assert.equal(error.field, field);
  }
});

test("refuses parameters out of range", () => {
  const x = new Float32Array(1);
  for (const row of lab.activations()) {
    for (const param of row.params) {
      for (const value of [param.min - 1, param.max + 1, NaN, "1", null]) {
        const error = thrown(() => lab.activate(row.id, x, { [param.id]: value }));
        assert.equal(error.code, "activation.parameter_range");
        assert.equal(error.field, `params.${param.id}`);
      }
    }
  }
});

test("points at the place where a text cannot be read", () => {
  const ragged = thrown(() => lab.parseTensor("[[1, 2],\n [3]]"));
  assert.equal(ragged.code, "tensor.ragged");
  assert.equal(ragged.line, 2);
  assert.ok(ragged.column >= 1);

  const word = thrown(() => lab.parseTensor("[激活, 2]"));
  assert.equal(word.line, 1);
  assert.equal(word.column, 2, "columns count characters, not bytes");
});

test("ships types that accept right calls and refuse wrong ones", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-types-"));
  try {
    fs.symlinkSync(project, path.join(folder, "activation-lab"));
    fs.writeFileSync(path.join(folder, "use.mts"), `
      import { createCore, LabError } from "./activation-lab/dist/core/index.js";
      const lab = await createCore();
      const y: Float32Array = lab.activate("relu", new Float32Array(3), { alpha: 1 });
      const shape: number[] = lab.parseTensor("[1, 2]").shape;
      const line: number | undefined = new LabError({ code: "", messageKey: "", message: "" }).line;
      const zh: string = lab.activations()[0].name.zh;
      // @ts-expect-error: a plain array is no Float32Array
      lab.activate("relu", [1, 2, 3]);
      // @ts-expect-error: the reply is an object
      const text: string = lab.parseTensor("1");
      console.log(y, shape, line, zh, text);
    `);
    const tsc = path.join(project, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "use.mts", "--noEmit", "--strict", "--target", "es2022",
      "--module", "nodenext"], { cwd: folder, encoding: "utf8" });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("packs the engine and nothing else", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"],
    { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const engine = ["core.d.ts", "core.js", "core.wasm", "index.d.ts", "index.js"];
  assert.deepEqual(files.map((file) => file.path).sort(),
    ["README.md", ...engine.map((file) => `dist/core/${file}`), "package.json"]);
});
