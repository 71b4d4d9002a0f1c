// Networks in training, through the package's interface.

import assert from "node:assert/strict";
import fs from "node:fs";
import { before, test } from "node:test";

import { createCore, LabError } from "activation-lab/core";

const golden = (name) =>
  JSON.parse(fs.readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8"));

let lab;
before(async () => {
  lab = await createCore();
});

/** Runs with an experiment that is given back afterwards. */
function using(document, use) {
  const experiment = lab.experiment(document);
  try {
    return use(experiment);
  } finally {
    experiment.delete();
  }
}

const xor = {
  version: 1,
  data: { kind: "xor" },
  network: { hidden: [{ units: 8, activation: "tanh" }] },
  training: { optimizer: { kind: "adam", learningRate: 0.03 } },
};

/** The document and data of a run of PyTorch's. */
function goldenDocument(run, precision) {
  const hidden = run.shape.slice(1, -1).map((units) => ({ units, activation: run.activation }));
  return {
    version: 1,
    data: { trainFraction: 1 },
    network: { hidden, outputs: run.shape.at(-1), output: run.output },
    training: {
      loss: run.loss === "ce" ? "cross_entropy" : run.loss,
      optimizer: { kind: run.optimizer, learningRate: run.learning_rate },
      batchSize: run.batch,
      precision,
    },
  };
}

/** The largest difference between lists of arrays, relative to the largest number of each. */
function distance(actual, expected) {
  assert.equal(actual.length, expected.length);
  return Math.max(...actual.map((array, i) => {
    assert.equal(array.length, expected[i].length);
    const size = Math.max(1e-3, ...expected[i].map(Math.abs));
    return Math.max(...Array.from(array, (value, k) => Math.abs(value - expected[i][k]))) / size;
  }));
}

test("trains as PyTorch does, in either precision", () => {
  for (const run of golden("training.json")) {
    for (const [precision, bound] of [["float64", 1e-9], ["float32", 1e-4]]) {
      using(goldenDocument(run, precision), (experiment) => {
        experiment.setData(run.X, run.y).setParameters(run.initial);
        experiment.step();
        assert.ok(distance(experiment.gradients(), run.first_gradient) < bound);
        experiment.step(59);
        assert.ok(distance(experiment.parameters(), run.final) < bound, `${run.activation} ${precision}`);
        const predicted = experiment.predict(Float32Array.from(run.X));
        assert.ok(distance([predicted], [run.prediction]) < 1e-4);
        assert.ok(experiment.parameters()[0] instanceof
          (precision === "float64" ? Float64Array : Float32Array));
      });
    }
  }
});

test("learns XOR and tells how well", () => {
  using(xor, (experiment) => {
    const start = experiment.metrics();
    assert.deepEqual([start.step, start.epoch, start.finite], [0, 0, true]);
    const { epoch, trainLoss, testAccuracy } = experiment.epoch(60).metrics();
    assert.equal(epoch, 60);
    assert.ok(trainLoss < start.trainLoss / 4);
    assert.ok(testAccuracy > 0.98);
  });
});

test("equal documents give equal bits, as text, object or share link, in one go or in steps", () => {
  const documents = [xor, JSON.stringify(xor), using(xor, (e) => e.share()),
    `#${using(xor, (e) => e.share())}`, using(xor, (e) => e.state())];
  const hashes = documents.map((document) => using(document, (experiment) => {
    for (let i = 0; i < 10; i += 1) experiment.step(13);
    return experiment.hash();
  }));
  hashes.push(using(xor, (experiment) => experiment.step(130).hash()));
  assert.match(hashes[0], /^[0-9a-f]{16}$/);
  assert.equal(new Set(hashes).size, 1);
});

test("goes back to kept steps and on from there with the same bits", () => {
  using(xor, (experiment) => {
    const start = experiment.hash();
    const end = experiment.step(300).hash();
    assert.ok(experiment.goTo(0));
    assert.equal(experiment.hash(), start);
    assert.equal(experiment.step(300).hash(), end);
    assert.deepEqual([experiment.keptSteps()[0], experiment.keptSteps().at(-1)], [0, 300]);
    assert.equal(experiment.goTo(301), false);
  });
});

test("says where training diverged and takes the step back", () => {
  const document = structuredClone(xor);
  document.network.hidden[0].activation = "squared_relu";
  document.training = { loss: "mse", optimizer: { kind: "sgd", learningRate: 10 } };
  using(document, (experiment) => {
    assert.equal(experiment.divergence(), null);
    const { finite, step } = experiment.step(5000).metrics();
    assert.equal(finite, false);
    assert.equal(experiment.divergence().step, step);
    assert.equal(experiment.divergence().learningRate, 10);
    assert.ok(experiment.restoreLastFinite());
    assert.equal(experiment.metrics().finite, true);
    assert.equal(experiment.metrics().step, step - 1);
  });
});

test("reproduces links of TensorFlow Playground", () => {
  const { state, ignored } = lab.importPlayground("https://playground.tensorflow.org/#activation=relu" +
    "&batchSize=10&dataset=xor&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2" +
    "&seed=0.5&showTestData=false&discretize=false&percTrainData=50&x=true&y=true");
  assert.equal(JSON.parse(state).training.precision, "float64");
  assert.ok(ignored.includes("showTestData"));
  using(state, (experiment) => {
    const losses = [0, 1, 9, 90].map((epochs) => experiment.epoch(epochs).metrics().trainLoss);
    [.480004692301, .434498913002, .113497327153, .00586658536501].forEach((loss, i) => {
      assert.ok(Math.abs(losses[i] - loss) < 1e-9);
    });
  });
});

test("tells what layers do, and what a linear stack comes to", () => {
  const document = structuredClone(xor);
  document.network.hidden = [{ units: 5, activation: "identity" }, { units: 3, activation: "identity" }];
  using(document, (experiment) => {
    experiment.step(50);
    const stats = experiment.layerStats();
    assert.equal(stats.length, 3);
    const { histogram } = stats[0].activation;
    assert.equal(histogram.counts.reduce((a, b) => a + b), 5 * 250);
    assert.equal(stats[0].dead, 0);
    assert.equal(stats[0].slopeFactor, 1);
    assert.ok(experiment.collapse().largestDifference < 1e-3);
    assert.equal(experiment.collapse().weights.length, 2);
  });
});

test("leaves as PyTorch, ONNX and JSON", () => {
  using(xor, (experiment) => {
    experiment.step(100);
    const script = experiment.toPyTorch();
    assert.match(script, /^import torch/m);
    assert.match(script, /nn\.Tanh\(\)/);
    const model = experiment.toONNX();
    assert.ok(model instanceof Uint8Array && model.length > 100);
    const hash = experiment.hash();
    const text = experiment.parametersJSON();
    assert.notEqual(experiment.step(1).hash(), hash);
    assert.equal(experiment.setParametersJSON(text).hash(), hash);
  });
});

test("reads and writes points as CSV, and says where a text is wrong", () => {
  const { points, classes } = lab.readPoints("label,x,y\nred,1,2\nblue,-0.5,3\nred,0,0\n");
  assert.deepEqual(points, [[1, 2, 0], [-0.5, 3, 1], [0, 0, 0]]);
  assert.deepEqual(classes, ["red", "blue"]);
  const document = structuredClone(xor);
  document.data = { kind: "custom", points, trainFraction: 1 };
  using(document, (experiment) => {
    assert.deepEqual(lab.readPoints(experiment.pointsCSV()).points, points);
  });
  assert.throws(() => lab.readPoints("x,y,label\n1,2,0\n1,two,0\n"),
    (error) => error instanceof LabError && error.line === 3 && error.column === 3);
});

test("goes on with another learning rate, not with another size", () => {
  using(xor, (experiment) => {
    const hash = experiment.step(20).hash();
    const calmer = structuredClone(xor);
    calmer.training.optimizer.learningRate = 0.001;
    assert.equal(experiment.change(calmer).hash(), hash);
    calmer.network.hidden[0].units = 9;
    assert.throws(() => experiment.change(calmer),
      (error) => error instanceof LabError && error.code === "experiment.other_network");
    assert.equal(JSON.parse(experiment.state()).network.hidden[0].units, 8);
  });
});

test("wrong documents, counts and data are refused with the field at fault", () => {
  const refused = (call, field) => assert.throws(call, (error) => {
    assert.ok(error instanceof LabError, String(error));
    assert.equal(error.field, field);
    assert.match(error.message, /\S/);
    return true;
  });
  refused(() => lab.experiment({ version: 1, data: { noise: -1 } }), "data.noise");
  refused(() => lab.experiment({ version: 1, nonsense: 1 }), "nonsense");
  refused(() => lab.experiment("v=1&noise=2"), "data.noise");
  assert.throws(() => lab.experiment("{"), LabError);
  assert.throws(() => lab.experiment(undefined), LabError);
  assert.throws(() => lab.importPlayground("https://example.org/#activation=cube"), LabError);
  using(xor, (experiment) => {
    for (const count of [-1, 1.5, NaN, "3", 2 ** 60]) refused(() => experiment.step(count), "count");
    refused(() => experiment.setData([1, 2, 3], [1]), "x");
    refused(() => experiment.setParameters([[1, 2]]), "parameters");
    refused(() => experiment.predict(new Float32Array(3)), "x");
    refused(() => experiment.predict([1, 2]), "x");
    assert.throws(() => experiment.setParametersJSON("{}"), LabError);
    assert.equal(experiment.metrics().step, 0);
  });
});
