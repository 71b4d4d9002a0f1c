// ./lab train: documents from everywhere, goals, reports, files, and what is refused.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { inFolder, lab, objects, project } from "./support.mjs";

const golden = JSON.parse(fs.readFileSync(path.join(project, "tests/golden/hashes.json"), "utf8"));

/** The hash after training, from a run that ends well. */
function hash(args, input) {
  const { status, out, err } = lab(["train", ...args, "--json"], input);
  assert.equal(err, "");
  assert.equal(status, 0);
  return objects(out).at(-1).hash;
}

test("trains documents to the bits of the table", () => {
  for (const { link, hash: expected, name } of golden.documents.slice(0, 8)) {
    assert.equal(hash([link, "--steps", "2000"]), expected, name);
  }
});

test("takes documents as file, standard input, text, address and set by set", () => {
  inFolder((file) => {
    const text = "v=1&data=xor&noise=0.2&net=6relu&rate=0.1";
    const document = { version: 1, data: { kind: "xor", noise: 0.2 },
      network: { hidden: [{ units: 6, activation: "relu" }] },
      training: { optimizer: { learningRate: 0.1 } } };
    fs.writeFileSync(file("a.json"), `\n${JSON.stringify(document)}\n`);
    fs.writeFileSync(file("link.txt"), `${text}\n`);
    const steps = ["--steps", "50"];
    const hashes = [
      hash([file("a.json"), ...steps]),
      hash(["-", ...steps], JSON.stringify(document)),
      hash(["-", ...steps], `${text}\n`),
      hash([file("link.txt"), ...steps]),
      hash([text, ...steps]),
      hash([`#${text}`, ...steps]),
      hash([`https://example.org/lab/#scene=train&${text}&lang=zh`, ...steps]),
      hash(["--set", "data.kind=xor", "--set", "noise=0.2", "--set", "network.hidden=6relu",
        "--set", "training.optimizer.learningRate=0.1", ...steps]),
      hash([file("a.json"), "--epochs", "2"]),
    ];
    assert.equal(new Set(hashes).size, 1, hashes.join(" "));
  });
});

test("trains links of TensorFlow Playground to its losses", () => {
  const link = "https://playground.tensorflow.org/#activation=relu&batchSize=10&dataset=xor" +
    "&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.5&percTrainData=50";
  const lines = objects(lab(["train", link, "--json", "--epochs", "10", "--every", "25"]).out);
  assert.ok(Math.abs(lines[0].trainLoss - .480004692301) < 1e-9);
  assert.ok(Math.abs(lines[1].trainLoss - .434498913002) < 1e-9);
  assert.ok(Math.abs(lines[10].trainLoss - .113497327153) < 1e-9);
});

test("reports as often as asked, as JSON or in columns", () => {
  const args = ["train", "v=1&data=xor", "--steps", "70", "--every", "30"];
  const lines = objects(lab([...args, "--json"]).out);
  assert.deepEqual(lines.slice(0, -1).map(({ step }) => step), [0, 30, 60, 70]);
  assert.deepEqual(Object.keys(lines[0]), ["step", "epoch", "trainLoss", "testLoss",
    "trainAccuracy", "testAccuracy", "finite"]);
  const rows = lab(args).out.split("\n");
  assert.match(rows[0], /^ +step +epoch +train_loss +test_loss +train_accuracy +test_accuracy$/);
  assert.equal(new Set(rows.slice(0, 5).map(({ length }) => length)).size, 1);
  assert.equal(rows[6], `hash ${lines.at(-1).hash}`);
  const regression = objects(lab(["train", "v=1&data=reg_plane&loss=mse&train=1", "--json"]).out);
  assert.deepEqual([regression[0].trainAccuracy, regression[0].testLoss], [null, null]);
});

test("stops at goals, and says if they are not reached", () => {
  const args = ["train", "v=1&data=xor&net=8tanh&optimizer=adam", "--json", "--epochs", "60"];
  const goals = ["--until", "test_accuracy>=0.98", "--until", "train_loss<0.1"];
  const { status, out } = lab([...args, ...goals]);
  assert.equal(status, 0);
  const [end, last] = objects(out).slice(-2);
  assert.ok(end.testAccuracy >= 0.98 && end.trainLoss < 0.1);
  assert.ok(end.epoch < 60 && end.step % 25 === 0);
  assert.equal(last.reached, true);
  const sooner = objects(lab([...args, ...goals, "--check", "1"]).out).at(-2);
  assert.ok(sooner.step <= end.step && sooner.step > end.step - 25);

  const missed = lab([...args, "--until", "train_loss<=0"]);
  assert.equal(missed.status, 1);
  assert.match(missed.err, /goal was not reached/);
  assert.equal(objects(missed.out).at(-1).reached, false);
});

test("says where training diverged", () => {
  const { status, out, err } = lab(["train", "v=1&data=spiral&net=6relu-6relu&loss=mse&rate=60",
    "--json"]);
  assert.equal(status, 1);
  assert.equal(objects(out).at(-2).finite, false);
  assert.match(err, new RegExp(`diverged at step ${objects(out).at(-2).step}, first in layer \\d`));
});

test("writes the script, the model, the parameters and the document", () => {
  inFolder((file) => {
    const trained = hash(["v=1&data=moons&net=5gelu", "--steps", "40", "--pytorch", file("a.py"),
      "--onnx", file("a.onnx"), "--parameters", file("p.json"), "--document", file("d.json")]);
    assert.match(fs.readFileSync(file("a.py"), "utf8"), /^import torch/m);
    assert.ok(fs.readFileSync(file("a.onnx")).includes("logits"));
    const { parameters } = JSON.parse(fs.readFileSync(file("p.json"), "utf8"));
    assert.deepEqual(parameters.map(({ shape }) => shape), [[5, 2], [5], [1, 5], [1]]);
    assert.equal(hash([file("d.json"), "--steps", "40"]), trained);
    const lost = lab(["train", "--steps", "1", "--onnx", file("none/a.onnx")]);
    assert.equal(lost.status, 2);
    assert.match(lost.err, /none\/a\.onnx/);
  });
});

test("its help names every field, and the options", () => {
  const { status, out } = lab(["train", "--help"]);
  assert.equal(status, 0);
  inFolder((file) => {
    lab(["train", "--steps", "1", "--document", file("d.json")]);
    const document = JSON.parse(fs.readFileSync(file("d.json"), "utf8"));
    delete document.version;
    const paths = (value, prefix) => value && typeof value === "object" && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => paths(inner, prefix.concat(key)))
      : [prefix.join(".")];
    const all = paths(document, []);
    assert.ok(all.length > 25);
    for (const field of all) assert.match(out, new RegExp(`^  ${field.replaceAll(".", "\\.")} `, "m"));
  });
  for (const option of ["--set", "--until", "--onnx"]) assert.match(out, new RegExp(`^  ${option} `, "m"));
  assert.match(lab(["--help"]).out, /train.*\n.*sweep.*\n.*merge/);
});

test("what is wrong is named and ends with status 2", () => {
  inFolder((file) => {
    fs.writeFileSync(file("bad.json"), '{"version": 1,\n "data": {"noise": 3}}');
    fs.writeFileSync(file("empty.json"), " \n");
    const cases = [
      [["train", file("none.json")], /none\.json/],
      [["train", file("bad.json")], /bad\.json: “data\.noise” .*0 to 1.* \(line 2, column 20\)/],
      [["train", file("empty.json")], /empty\.json: there is nothing in it/],
      [["train", "v=1&rate=x"], /training\.optimizer\.learningRate/],
      [["train", "https://playground.tensorflow.org/#dataset=cube"], /dataset/],
      [["train", "--set", "data.noise=7"], /data\.noise/],
      [["train", "--set", "nonsense=7"], /nonsense/],
      [["train", "--set", "data.noise"], /--set expects/],
      [["train", "--set", "loss=cross_entropy"], /network\.outputs/],
      [["train", "--steps", "0"], /--steps/],
      [["train", "--steps"], /--steps/],
      [["train", "--steps", "5", "--epochs", "5"], /--steps and --epochs/],
      [["train", "--until", "accuracy>=1"], /--until/],
      [["train", "--until", "test_loss<"], /--until/],
      [["train", "--every", "1.5"], /--every/],
      [["train", "--seeds", "1-2"], /--seeds/],
      [["train", "--nonsense"], /--nonsense/],
      [["train", "v=1", "v=1"], /more than one document/],
      [["bake"], /bake/],
    ];
    for (const [args, problem] of cases) {
      const { status, out, err } = lab(args);
      assert.equal(status, 2, args.join(" "));
      assert.match(err, /^error: .*[^.]\.\n$/, args.join(" "));
      assert.match(err, problem);
      assert.equal(out, "");
    }
  });
});
