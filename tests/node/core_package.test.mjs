// The built engine package, imported by the name its users import it by.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

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

const built = (name) => path.join(project, "dist/core", name);
const xor = { version: 1, data: { kind: "xor" } };

test("loads from bytes and from another place", async () => {
  const trains = (engine) => {
    assert.equal(engine.activate("relu", new Float32Array([3]))[0], 3);
    assert.equal(engine.experiment(xor).step(20).hash(), lab.experiment(xor).step(20).hash());
  };
  const [wasmBinary, trainingBinary] = ["core.wasm", "training.wasm"].map((name) => fs.readFileSync(built(name)));
  trains(await createCore({ wasmBinary, trainingBinary }));
  trains(await createCore({ wasmBinary }));

  const asked = [];
  trains(await createCore({ locateFile: (name, folder) => (asked.push(name), new URL(name, folder).href) }));
  trains(await createCore({ locateFile: built }));
  assert.deepEqual(asked, ["core.wasm", "training.wasm"]);
  trains(await createCore({ locateFile: () => built("core.wasm") })); // the other one is beside it
});

test("what can't be loaded is an error, of either file", async () => {
  for (const missing of ["core.wasm", "training.wasm"]) {
    const locateFile = (name) => built(name === missing ? "elsewhere.wasm" : name);
    await assert.rejects(createCore({ locateFile }), /elsewhere\.wasm/);
  }
  await assert.rejects(createCore({ wasmBinary: new Uint8Array(8) }), WebAssembly.CompileError);
});

test("without training: functions, formulas and tensors as ever, and a third less to fetch", async () => {
  const asked = [];
  const locateFile = (name) => (asked.push(name), built(name));
  const small = await createCore({ training: false, locateFile });
  assert.deepEqual(asked, ["core.wasm"]);
  const x = Float32Array.from({ length: 99 }, (_, i) => (i - 49) / 8);
  assert.deepEqual(small.activations(), lab.activations());
  assert.deepEqual(small.rowActivations(), lab.rowActivations());
  const typed = ["x*tanh(ln(1+exp(x)))", "a=0.1; x<0 ? a*x : x"];
  const [formulas] = [small, lab].map((engine) => typed.map((text) => engine.formula(text)));
  for (const id of [...small.activations().map((row) => row.id), ...formulas]) {
    assert.deepEqual(small.activate(id, x), lab.activate(id, x), id);
    assert.deepEqual(small.derivative(id, x), lab.derivative(id, x), id);
    const [ours, theirs] = [small, lab].map((engine) => {
      const buffer = engine.buffer(x.length);
      buffer.data.set(x);
      const values = buffer.activate(id, engine.buffer(x.length)).data;
      return [[...values], [...buffer.derivative(id).data]];
    });
    assert.deepEqual(ours, theirs, id);
  }
  for (const id of formulas) assert.deepEqual(small.describeFormula(id), lab.describeFormula(id));
  for (const { id } of small.rowActivations()) {
    const row = x.subarray(0, 96);
    const y = small.activateRows(id, row, 8);
    assert.deepEqual(y, lab.activateRows(id, row, 8), id);
    assert.deepEqual(small.backwardRows(id, row, 8, y), lab.backwardRows(id, row, 8, y), id);
  }
  assert.equal(small.formatTensor(x, [33, 3]), lab.formatTensor(x, [33, 3]));
  assert.deepEqual(small.parseTensor("[[1, 2], [3, 4]]"), lab.parseTensor("[[1, 2], [3, 4]]"));
  for (const refused of [() => small.activate("none", x), () => small.formula("x+"), () => small.parseTensor("[1")]) {
    thrown(refused);
  }
  for (const call of [() => small.experiment(xor), () => small.readPoints("1,2,0"),
    () => small.importPlayground("https://playground.tensorflow.org/")]) {
    assert.equal(thrown(call).code, "engine.training");
  }
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
    assert.ok(row.maxUlp.value <= 4 && row.maxUlp.derivative <= 8, row.id);
    const [min, max] = row.range;
    assert.ok(min < max || row.id === "identity", row.id);
    for (const y of lab.activate(row.id, x)) assert.ok(y >= min && y <= max, `${row.id} ${y}`);
    assert.deepEqual(row.kinks, [...row.kinks].sort((a, b) => a - b), row.id);
    assert.ok(!row.traits.smooth || row.kinks.length === 0, row.id);
  }
  const relu6 = lab.activations().find((row) => row.id === "relu6");
  assert.deepEqual([relu6.kinks, relu6.range], [[0, 6], [0, 6]]);
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

test("gives the same bits however long the array is", () => {
  // Longer than what the engine takes at a time, and no multiple of it.
  const x = Float32Array.from({ length: 200_003 }, (_, i) => Math.fround((i - 1e5) / 7919));
  for (const id of ["tanh", "gelu", "formula:x*sigmoid(2x)"]) {
    for (const kernel of [lab.activate.bind(lab), lab.derivative.bind(lab)]) {
      const whole = kernel(id, x);
      for (const from of [0, 65_530, 65_536, 199_990]) {
        assert.deepEqual(kernel(id, x.subarray(from, from + 13)), whole.slice(from, from + 13), id);
      }
    }
  }
});

test("computes every golden row and its gradient", () => {
  const known = new Set(lab.rowActivations().map((row) => row.id));
  const tested = new Set();
  const close = (got, wanted) => {
    assert.equal(got.length, wanted.length);
    const scale = Math.max(...wanted.map(Math.abs), 1);
    wanted.forEach((value, i) => assert.ok(Math.abs(got[i] - value) <= 1e-6 * scale, `${got[i]} ${value}`));
  };
  for (const { id, shape, x, grad_out, y, grad_in } of golden("rowwise.json")) {
    const columns = shape.at(-1);
    close(lab.activateRows(id, numbers(x), columns), y);
    close(lab.backwardRows(id, numbers(x), columns, numbers(grad_out)), grad_in);
    tested.add(id);
  }
  assert.deepEqual([...known].filter((id) => !tested.has(id)), ["sparsemax"]);

  // Sparsemax is the projection onto the simplex: worked by hand.
  close(lab.activateRows("sparsemax", new Float32Array([1, 0.5, -3, 0, 0, 0]), 3),
    [0.75, 0.25, 0, 1 / 3, 1 / 3, 1 / 3]);
  close(lab.backwardRows("sparsemax", new Float32Array([1, 0.5, -3]), 3, new Float32Array([1, 3, 7])),
    [-1, 1, 0]);
});

test("takes more rows than fit at a time, and none", () => {
  const x = Float32Array.from({ length: 40_001 * 5 }, (_, i) => Math.sin(i));
  const y = lab.activateRows("softmax", x, 5);
  const g = lab.backwardRows("softmax", x, 5, y);
  for (const row of [0, 13_106, 13_107, 40_000]) {
    const part = x.slice(row * 5, row * 5 + 5);
    const alone = lab.activateRows("softmax", part, 5);
    assert.deepEqual(y.slice(row * 5, row * 5 + 5), alone);
    assert.deepEqual(g.slice(row * 5, row * 5 + 5), lab.backwardRows("softmax", part, 5, alone));
  }
  assert.equal(lab.activateRows("glu", new Float32Array(0), 4).length, 0);
});

test("takes a typed formula wherever it takes an id", () => {
  const x = new Float32Array([-3, -1, 0, 0.5, 2]);
  const relu = lab.formula("max(0, x)");
  assert.deepEqual(lab.activate(relu, x), lab.activate("relu", x));
  assert.deepEqual(lab.derivative(relu, x), lab.derivative("relu", x));

  const leaky = lab.formula("a=0.1; x<0 ? a*x : x");
  assert.deepEqual(lab.activate(leaky, x), lab.activate("leaky_relu", x, { negative_slope: 0.1 }));
  assert.deepEqual(lab.activate(leaky, x, { a: 100 })[0], -300, "any number, not just a slider's");
  assert.deepEqual(lab.derivative(leaky, x, { a: 2 }), new Float32Array([2, 2, 1, 1, 1]));

  const about = lab.describeFormula(leaky);
  assert.equal(about.id, leaky);
  assert.deepEqual(about.params.map((param) => [param.id, Math.fround(0.1) === param.default]), [["a", true]]);
  assert.deepEqual(about.kinks, [0]);
  assert.ok(about.selfCheck.points > 100 && about.selfCheck.worst < 1e-4);

  // More of them than are kept, then the first again.
  for (let i = 0; i < 100; ++i) assert.equal(lab.activate(lab.formula(`x + ${i}`), x)[2], i);
  assert.deepEqual(lab.activate(leaky, x), lab.activate("leaky_relu", x, { negative_slope: 0.1 }));
});

test("points at the column where a formula cannot be read", () => {
  for (const [text, column] of [["x + ", undefined], ["x + $", 5], ["max(x, 0", undefined], ["激", 1]]) {
    const error = thrown(() => lab.formula(text));
    assert.match(error.code, /^formula\./);
    assert.ok(error.column >= 1, text);
    if (column) assert.equal(error.column, column, text);
  }
  assert.equal(thrown(() => lab.formula("(".repeat(1e6))).code, "formula.too_long");
  assert.equal(thrown(() => lab.describeFormula("relu")).field, "id");
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
    [() => lab.activate("formula:x*b", x, { a: 1 }), "activation.parameter_unknown", "params.a"],
    [() => lab.activate("formula:x*b", x, { b: Infinity }), "activation.parameter_range", "params.b"],
    [() => lab.activateRows("relu", x, 3), "activation.unknown", "id"],
    [() => lab.activateRows("softmax", x, 0), "argument.columns", "columns"],
    [() => lab.activateRows("softmax", x, 4), "argument.columns", "columns"],
    [() => lab.activateRows("softmax", x, 1.5), "argument.columns", "columns"],
    [() => lab.activateRows("softmax", x, "3"), "argument.columns", "columns"],
    [() => lab.activateRows("softmax", x), "argument.columns", "columns"],
    [() => lab.activateRows("glu", x, 3), "argument.row_length", "columns"],
    [() => lab.backwardRows("glu", x, 2, x), "argument.length", "gradOut"],
    [() => lab.backwardRows("softmax", x, 2, [1]), "argument.float32_array", "gradOut"],
    [() => lab.activateRows("softmax", new Float32Array(0), 2 ** 40), "argument.too_long", "columns"],
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

test("works on its own memory as on arrays", () => {
  const numbers = Float32Array.from({ length: 100_003 }, (_, i) => Math.fround((i - 5e4) / 5000));
  const x = lab.buffer(numbers.length);
  const y = lab.buffer(numbers.length);
  assert.equal(x.length, numbers.length);
  assert.ok(x.data.every((value) => Object.is(value, 0)));
  x.data.set(numbers);
  for (const [id, params] of [["elu", { alpha: 0.5 }], ["tanh"], ["formula:b*x^2", { b: 3 }]]) {
    assert.equal(x.activate(id, y, params), y);
    assert.deepEqual(y.data, lab.activate(id, numbers, params), id);
    assert.equal(x.derivative(id, y, params), y);
    assert.deepEqual(y.data, lab.derivative(id, numbers, params), id);
    assert.deepEqual(x.data, numbers, "the input stays");
  }
  assert.equal(x.derivative("tanh"), x);
  assert.deepEqual(x.data, lab.derivative("tanh", numbers), "in place");
  assert.equal(lab.buffer(0).activate("relu").data.length, 0);
  for (const buffer of [x, y]) buffer.delete();
});

test("takes rows in its own memory as in arrays", () => {
  const numbers = Float32Array.from({ length: 24 }, (_, i) => Math.fround(Math.sin(i) * 3));
  const x = lab.buffer(24);
  x.data.set(numbers);
  for (const { id, columnsPerOutput } of lab.rowActivations()) {
    const outputs = 24 / columnsPerOutput;
    const [y, gradient] = [lab.buffer(outputs), lab.buffer(24)];
    assert.equal(x.activateRows(id, 6, y), y);
    assert.deepEqual(y.data, lab.activateRows(id, numbers, 6), id);
    assert.equal(x.backwardRows(id, 6, y, gradient), gradient);
    assert.deepEqual(gradient.data, lab.backwardRows(id, numbers, 6, y.data.slice()), id);
    assert.deepEqual(x.data, numbers, "the input stays");
    for (const buffer of [y, gradient]) buffer.delete();
  }
  const y = lab.buffer(24);
  for (const [call, code, field] of [
    [() => x.activateRows("relu", 6, y), "activation.unknown", "id"],
    [() => x.activateRows("softmax", 5, y), "argument.columns", "columns"],
    [() => x.activateRows("softmax", 6, x), "argument.same_buffer", "to"],
    [() => x.activateRows("glu", 6, y), "argument.length", "to"],
    [() => x.activateRows("softmax", 6, numbers), "argument.buffer", "to"],
    [() => x.backwardRows("softmax", 6, lab.buffer(3), y), "argument.length", "gradOut"],
    [() => x.backwardRows("softmax", 6, null, y), "argument.buffer", "gradOut"],
    [() => x.backwardRows("softmax", 6, y, y), "argument.same_buffer", "to"],
  ]) {
    const error = thrown(call);
    assert.equal(error.code, code);
    assert.equal(error.field, field);
  }
  for (const buffer of [x, y]) buffer.delete();
});

test("finds a buffer's numbers again when the memory has grown", async () => {
  const other = await createCore();
  const x = other.buffer(3);
  const before = x.data;
  before.set([1, 2, 3]);
  const large = other.buffer(2 ** 25);
  assert.equal(large.data.length, 2 ** 25);
  assert.equal(before.length, 0, "the memory has grown");
  assert.deepEqual(x.activate("squared_relu").data, new Float32Array([1, 4, 9]));
  large.delete();
  for (let i = 0; i < 20; ++i) other.buffer(2 ** 25).delete(); // 2.6 GB unless it is given back
  assert.throws(() => (x.length = 4), TypeError, "no other length by assignment");
});

test("refuses what a buffer cannot do", async () => {
  const x = lab.buffer(6);
  const foreign = (await createCore()).buffer(6);
  const deleted = lab.buffer(6);
  deleted.delete();
  deleted.delete();
  assert.equal(deleted.length, 0);
  const cases = [
    ...[-1, 1.5, NaN, Infinity, 2 ** 40, "3", undefined, null, 1n]
      .map((length) => [() => lab.buffer(length), "argument.buffer_length", "length"]),
    [() => lab.buffer(2 ** 29), "argument.buffer_length", "length"], // 2 GB beside the engine itself
    [() => x.activate("no_such"), "activation.unknown", "id"],
    [() => x.derivative("elu", x, { beta: 1 }), "activation.parameter_unknown", "params.beta"],
    [() => x.activate("relu", lab.buffer(5)), "argument.length", "to"],
    [() => x.activate("relu", foreign), "argument.buffer", "to"],
    [() => x.derivative("relu", deleted), "argument.buffer", "to"],
    [() => x.activate("relu", new Float32Array(6)), "argument.buffer", "to"],
    [() => x.activate("relu", null), "argument.buffer", "to"],
    [() => deleted.activate("relu", x), "argument.buffer", "this"],
    [() => deleted.derivative("relu"), "argument.buffer", "this"],
    [() => deleted.data, "argument.buffer", "this"],
  ];
  for (const [call, code, field] of cases) {
    const error = thrown(call);
    assert.equal(error.code, code);
    assert.equal(error.field, field);
  }
});

test("ships types that accept right calls and refuse wrong ones", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-types-"));
  try {
    fs.symlinkSync(project, path.join(folder, "activation-lab"));
    fs.writeFileSync(path.join(folder, "use.mts"), `
      import { createCore, LabError } from "./activation-lab/dist/core/index.js";
      const lab = await createCore({ training: true, locateFile: (file, folder) => folder + file });
      const y: Float32Array = lab.activate("relu", new Float32Array(3), { alpha: 1 });
      const shape: number[] = lab.parseTensor("[1, 2]").shape;
      const line: number | undefined = new LabError({ code: "", messageKey: "", message: "" }).line;
      const first: number = lab.buffer(3).activate("elu", undefined, { alpha: 1 }).data[0];
      const zh: string = lab.activations()[0].name.zh;
      // @ts-expect-error: a plain array is no Float32Array
      lab.activate("relu", [1, 2, 3]);
      // @ts-expect-error: an array is no buffer
      lab.buffer(3).activate("relu", new Float32Array(3));
      // @ts-expect-error: the reply is an object
      const text: string = lab.parseTensor("1");
      console.log(y, shape, line, first, zh, text);
    `);
    const tsc = path.join(project, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "use.mts", "--noEmit", "--strict", "--target", "es2022",
      "--module", "nodenext"], { cwd: folder, encoding: "utf8" });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("is small to fetch", () => {
  const fetched = (name) => zlib.brotliCompressSync(fs.readFileSync(built(name))).length;
  assert.ok(fetched("core.wasm") <= 120_000);
  assert.ok(fetched("training.wasm") <= 76_000);
});
