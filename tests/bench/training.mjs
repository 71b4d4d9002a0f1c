// How fast the engine in dist/core trains, against ConvNetJS and TensorFlow.js (its WebAssembly
// backend) in Node: the same data, shape, batch and plain gradient descent. Prints a table in
// Markdown, in millions of samples a second.
//
//   ./lab bench training [--samples N] [--fastest]

import { createRequire } from "node:module";
import { cpus } from "node:os";
import { parseArgs } from "node:util";

import { createCore } from "../../dist/core/index.js";
import { race } from "./peers/measure.mjs";

const require = createRequire(import.meta.url);
const ROWS = 640;
const RATE = 0.001;

// The advantage over ConvNetJS that the engine is to have.
const CASES = [
  { hidden: [4, 2], batch: 10, goal: 70 },
  { hidden: [4, 2], batch: 12, goal: 70 },
  { hidden: [8, 8], batch: 10, goal: 36 },
  { hidden: [8, 8], batch: 12, goal: 36 },
  { hidden: [32, 32], batch: 10, goal: 60 },
  { hidden: [32, 32], batch: 12, goal: 60 },
  { hidden: [32, 32], batch: 64 },
];

const rows = Array.from({ length: ROWS }, (_, i) => {
  const x = [((i * 37) % 101) / 50 - 1, ((i * 53) % 97) / 48 - 1];
  return { x, y: x[0] * x[1] > 0 ? 1 : -1 };
});
const x = rows.flatMap((row) => row.x);
const y = rows.map((row) => row.y);

/** Ours; `run` takes batches. */
function engine(lab, { hidden, batch }, activation) {
  const experiment = lab.experiment({
    version: 1,
    data: { trainFraction: 1 },
    network: { hidden: hidden.map((units) => ({ units, activation })) },
    training: { loss: "mse", batchSize: batch, optimizer: { kind: "sgd", learningRate: RATE } },
  });
  experiment.setData(x, y);
  return { run: (times) => experiment.step(times), release: () => experiment.delete() };
}

function convnet({ hidden, batch }, activation) {
  const convnetjs = require("convnetjs");
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
    ...hidden.map((units) => ({ type: "fc", num_neurons: units, activation })),
    { type: "regression", num_neurons: 1 },
  ]);
  const trainer = new convnetjs.Trainer(net,
    { method: "sgd", learning_rate: RATE, momentum: 0, batch_size: batch, l2_decay: 0 });
  const inputs = rows.map((row) => {
    const volume = new convnetjs.Vol(1, 1, 2, 0);
    volume.w.set(row.x);
    return volume;
  });
  const targets = y.map((value) => [value]);
  let next = 0;
  const run = (times) => {
    for (let i = 0; i < times * batch; i += 1, next = (next + 1) % ROWS) {
      trainer.train(inputs[next], targets[next]);
    }
  };
  return { run, release() {} };
}

/** By hand, since tfjs-core alone carries no gradients. */
function tensorflow(tf, { hidden, batch }, activation) {
  const sizes = [2, ...hidden, 1];
  const layers = hidden.concat(1).map((units, l) => ({
    w: tf.variable(tf.randomUniform([sizes[l], units], -0.5, 0.5)),
    b: tf.variable(tf.zeros([units])),
  }));
  const batches = [];
  for (let first = 0; first + batch <= ROWS; first += batch) {
    batches.push([tf.tensor2d(x.slice(2 * first, 2 * (first + batch)), [batch, 2]),
      tf.tensor2d(y.slice(first, first + batch), [batch, 1])]);
  }
  const slope = { tanh: (a) => tf.sub(1, tf.square(a)), relu: (a) => tf.step(a) };
  const learn = ([input, target]) => {
    const a = [input];
    layers.forEach(({ w, b }, l) => {
      const z = tf.add(tf.matMul(a[l], w), b);
      a.push(l < hidden.length ? tf[activation](z) : z);
    });
    let delta = tf.mul(tf.sub(a.at(-1), target), (2 * RATE) / batch);
    for (let l = hidden.length; l >= 0; l -= 1) {
      const { w, b } = layers[l];
      const next = l > 0 && tf.mul(tf.matMul(delta, w, false, true), slope[activation](a[l]));
      w.assign(tf.sub(w, tf.matMul(a[l], delta, true)));
      b.assign(tf.sub(b, tf.sum(delta, 0)));
      delta = next;
    }
  };
  let next = 0;
  const run = (times) => {
    for (let i = 0; i < times; i += 1) tf.tidy(() => learn(batches[(next += 1) % batches.length]));
  };
  const release = () => tf.dispose([layers.map(({ w, b }) => [w, b]), batches]);
  return { run, release };
}

const { values } = parseArgs({
  options: {
    fastest: { type: "boolean", default: false },
    samples: { type: "string", default: "61" },
  },
});
const options = { samples: Number(values.samples), sampleMs: 4, fastest: values.fastest };
const lab = await createCore();
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-wasm");
await tf.setBackend("wasm");
await tf.ready();

console.log(`# Training, millions of samples a second\n
${cpus()[0].model.trim()}, Node ${process.version}, ${options.fastest ? "fastest" : "medians"} of ${options.samples} samples\n
| network | activation | batch | ours | ConvNetJS | tfjs | ours/ConvNetJS |
|---|---|--:|--:|--:|--:|--:|`);
for (const activation of ["tanh", "relu"]) {
  for (const task of CASES) {
    const contestants = {
      ours: engine(lab, task, activation),
      convnet: convnet(task, activation),
      tfjs: tensorflow(tf, task, activation),
    };
    const { ms } = await race(contestants, options);
    for (const contestant of Object.values(contestants)) contestant.release();
    const rate = (name) => task.batch / ms[name] / 1e3;
    const ratio = rate("ours") / rate("convnet");
    const missed = task.goal && ratio < task.goal ? ` ✗ (goal ${task.goal})` : "";
    const cells = ["ours", "convnet", "tfjs"].map((name) => rate(name).toPrecision(3));
    console.log(`| 2-${task.hidden.join("-")}-1 | ${activation} | ${task.batch} | ${cells.join(" | ")} | ${ratio.toFixed(1)}${missed} |`);
  }
}

// How long a picture's worth of predictions takes.
const picture = lab.experiment({ version: 1, network: { hidden: [{ units: 8 }, { units: 8 }] } });
const grid = Float32Array.from({ length: 2 * 256 * 256 },
  (_, i) => ((i % 2 ? i >> 9 : (i >> 1) & 255) - 128) / 21);
const { ms } = await race({
  picture: { run: (times) => { for (let i = 0; i < times; i += 1) picture.predict(grid); } },
  again: { run: (times) => { for (let i = 0; i < times; i += 1) picture.predict(grid); } },
}, options);
console.log(`\npredict over 256×256 points, 2-8-8-1 with tanh: ${ms.picture.toFixed(2)} ms (goal 1.5)`);
