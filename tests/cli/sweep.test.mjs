// ./lab sweep and ./lab merge: what runs give does not depend on where they are done.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";

import { inFolder, lab, objects } from "./support.mjs";

const sweep = ["sweep", "v=1&net=4tanh&optimizer=adam&samples=100", "--data", "xor,moons",
  "--activations", "relu,prelu,formula:max(x%2C0.1*x)", "--seeds", "1-3,9", "--epochs", "30"];

/** The output of a command that ends well. */
function output(args) {
  const { status, out, err } = lab(args);
  assert.equal(err, "");
  assert.equal(status, 0);
  return out;
}

test("parts of a sweep, joined in any order, are the whole, byte for byte", () => {
  inFolder((file) => {
    const whole = output(sweep);
    fs.writeFileSync(file("whole"), whole);
    for (const shards of [1, 2, 3, 7, 50]) {
      const files = Array.from({ length: shards }, (_, i) => file(`${i + 1}-of-${shards}`));
      files.forEach((name, i) =>
        output([...sweep, "--shard", `${i + 1}/${shards}`, "--output", name, "--jobs", "2"]));
      files.reverse();
      assert.equal(output(["merge", ...files, "--lines"]), whole);
      assert.equal(output(["merge", ...files]), output(["merge", file("whole")]));
    }
    assert.equal(output([...sweep, "--jobs", "5"]), whole);
  });
});

test("names its runs in order and trains each as train does", () => {
  const [header, ...runs] = objects(output(sweep));
  assert.equal(header.runs, 24);
  assert.deepEqual(header.goals, ["test_accuracy>=0.95"]);
  assert.deepEqual(runs.map(({ run }) => run), Array.from({ length: 24 }, (_, i) => i));
  assert.deepEqual([runs[4].data, runs[4].activation, runs[4].seed], ["xor", "prelu", 1]);
  assert.deepEqual([runs[23].data, runs[23].activation, runs[23].seed],
    ["moons", "formula:max(x,0.1*x)", 9]);
  for (const { data, activation, seed, step, hash, reached } of runs) {
    const link = `v=1&net=4${activation.replace(",", "%2C")}&optimizer=adam&samples=100&data=${data}` +
      `&seed=${seed}&dataseed=${seed}`;
    const alone = objects(output(["train", link, "--steps", String(step), "--json"]));
    assert.equal(alone.at(-1).hash, hash);
    assert.equal(alone.at(-2).testAccuracy >= 0.95, reached);
  }
});

test("takes the document's own activations, and all there are", () => {
  const own = objects(output(["sweep", "v=1&net=3gelu-2tanh", "--epochs", "1", "--seeds", "5"]));
  assert.equal(own[1].hash, objects(output(["train", "v=1&net=3gelu-2tanh&seed=5&dataseed=5",
    "--epochs", "1", "--json"])).at(-1).hash);
  const all = objects(output(["sweep", "--activations", "all", "--steps", "1", "--seeds", "1"]));
  assert.equal(all[0].activations.length, 36);
  assert.equal(all.length, 37);
});

const header = '{"sweep":1,"goals":["test_accuracy>=0.9","train_loss<1"],"runs":10}';
const line = (run, reached, epoch, more = {}) => JSON.stringify({ run, data: "xor",
  activation: run < 8 ? "relu" : "gelu", seed: run, reached, epoch, finite: true, ...more });

test("the table has success rates with Wilson's interval, and quartiles", () => {
  inFolder((file) => {
    const reached = [[0, 10], [1, 40], [2, 20], [3, 30]].map(([run, epoch]) => line(run, true, epoch));
    const missed = [4, 5, 6, 7, 8, 9].map((run) => line(run, false, 500, { finite: run !== 9 }));
    fs.writeFileSync(file("a"), [header, ...missed, ...reached].join("\n"));
    const rows = output(["merge", file("a")]).trimEnd().split("\n");
    assert.equal(rows[0], "Goal: test_accuracy>=0.9 and train_loss<1");
    const cells = rows.slice(4).map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
    assert.deepEqual(cells, [
      // 4 of 8: 0.5 ± z·√(1/32 + z²/256)/(1 + z²/8), and so on.
      ["xor", "relu", "8", "4", "50.0 %", "21.5 … 78.5", "17.5", "25", "32.5", "0"],
      ["xor", "gelu", "2", "0", "0.0 %", "0.0 … 65.8", "-", "-", "-", "1"],
    ]);
  });
});

test("merge refuses what does not belong together", () => {
  inFolder((file) => {
    const lines = Array.from({ length: 10 }, (_, run) => line(run, true, run));
    const write = (name, ...content) => fs.writeFileSync(file(name), `${content.join("\n")}\n`);
    write("all", header, ...lines);
    write("some", header, ...lines.slice(0, 7));
    write("other", header.replace("0.9", "0.8"), ...lines);
    write("changed", header, line(3, false, 3));
    write("garbage", header, "{}");
    write("headless", ...lines);
    write("far", header, line(10, true, 1));
    write("broken", header, lines[0].slice(0, 20));
    write("empty");
    assert.equal(output(["merge", file("all"), file("some"), "--lines"]),
      output(["merge", file("all"), "--lines"]));
    const cases = [
      [["some"], /3 of 10 runs are missing/],
      [["all", "other"], /other: line 1: it belongs to another sweep/],
      [["all", "changed"], /changed: line 2: run 3 is there twice/],
      [["garbage"], /garbage: line 2/],
      [["headless"], /headless: line 1/],
      [["far"], /far: line 2/],
      [["broken"], /broken: line 2/],
      [["empty"], /empty: /],
      [["none"], /cannot read “.*none”/],
      [[], /merge needs/],
    ];
    for (const [names, problem] of cases) {
      const { status, out, err } = lab(["merge", ...names.map(file)]);
      assert.equal(status, 2, String(problem));
      assert.match(err, problem);
      assert.equal(out, "");
    }
  });
});

test("a sweep that cannot be done is refused before its first run", () => {
  const cases = [
    [["--data", "xor,rings3"], /rings3 with document: “network\.outputs”/],
    [["--data", "xor,cube"], /cube .*data\.kind/],
    [["--activations", "relu,rely"], /rely/],
    [["--activations", "relu,relu"], /--activations/],
    [["--activations", "formula:x+"], /formula/],
    [["--seeds", "3-1"], /--seeds/],
    [["--seeds", "1-3,2"], /--seeds/],
    [["--seeds", "1-3000000"], /--seeds/],
    [["--shard", "0/3"], /--shard/],
    [["--shard", "4/3"], /--shard/],
    [["--shard", "2"], /--shard/],
    [["--jobs", "0"], /--jobs/],
    [["--output", "/nowhere/at/all"], /--output/],
    [["--onnx", "a"], /--onnx/],
  ];
  for (const [args, problem] of cases) {
    const { status, out, err } = lab(["sweep", ...args]);
    assert.equal(status, 2, args.join(" "));
    assert.match(err, problem);
    assert.equal(out, "");
  }
});
