// The native program from its command line: figures, documents, links, training, and what is refused.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.LAB_PROGRAM ?? path.join(project, "build/test/activation-lab");
const scenes = ["tensor", "functions", "train", "compare", "gradients"];

let folder;
const file = (name) => path.join(folder, name);
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-desktop-"));
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A person's surroundings with nothing in them, and no display. */
function environment(more = {}) {
  const { PATH } = process.env;
  return { PATH, HOME: folder, XDG_CONFIG_HOME: file("config"), LANG: "en_US.UTF-8", ...more };
}

function run(args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args,
    { encoding: "utf8", env: environment(), cwd: folder, timeout: 120_000, ...options });
  if (error) throw error;
  return { status, out: stdout, err: stderr };
}

function svg(args, name = "figure.svg") {
  const { status, err } = run([...args, "--svg", file(name)]);
  assert.equal(err, "");
  assert.equal(status, 0);
  return fs.readFileSync(file(name), "utf8");
}

/** On an X server without a screen. */
const onDisplay = (args, limit) => spawnSync("xvfb-run", ["-a", program, ...args],
  { encoding: "utf8", env: environment({ LIBGL_ALWAYS_SOFTWARE: "1" }), timeout: limit ?? 120_000 });

function sizeOf(png) {
  const bytes = fs.readFileSync(png);
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test("--help lists every scene, and every field and key of an experiment", () => {
  const { status, out } = run(["--help"]);
  assert.equal(status, 0);
  for (const scene of scenes) assert.match(out, new RegExp(`^  ${scene} `, "m"));
  const table = fs.readFileSync(path.join(project, "src/core/experiment/field_table.cpp"), "utf8");
  const fields = [...table.matchAll(/\.path = "([\w.]+)",\s*\.share = "(\w+)"/g)];
  assert.ok(fields.length > 20, `${fields.length} fields`);
  for (const [, field, key] of fields) {
    assert.match(out, new RegExp(`^  ${field.replaceAll(".", "\\.")} +${key} `, "m"));
  }
  // What scenes keep in links beside these: as many keys as any of their links can have.
  for (const key of ["app.input", "app.cell", "app.functions", "app.unit", "app.stopLoss", "app.runs", "app.seeds",
    "app.inputScale", "app.zigzagRate"]) {
    assert.ok(out.includes(`    ${key}=`), key);
  }
  assert.match(out, /^ {4}app\.strip= +gradient, slope, weight, dead$/m);
  for (const option of ["--link", "--figures", "--svg", "--png", "--ratio", "--steps"]) {
    assert.ok(out.includes(option), option);
  }
});

test("lists each scene's figures, and writes each without a display", () => {
  for (const scene of scenes) {
    const { status, out, err } = run(["--scene", scene, "--figures"]);
    assert.equal(err, "");
    assert.equal(status, 0);
    const figures = out.trim().split("\n").map((line) => line.split("\t"));
    assert.ok(figures.length > 0, scene);
    for (const [id, name] of figures) {
      if (id === "seeds") continue; // trains 120 networks
      const picture = svg(["--scene", scene, "--figure", id]);
      assert.match(picture, /^<svg [^>]*>\n<title>/, `${scene} ${id}`);
      assert.ok(picture.includes(`<title>${name}</title>`), `${scene} ${id}`);
    }
  }
});

test("the same words give the same file, byte for byte, and other words another", () => {
  const words = ["--scene", "train", "--figure", "map", "--link", "v=1&data=spiral&net=8tanh"];
  const first = svg([...words, "--steps", "100"]);
  assert.equal(svg([...words, "--steps", "100"]), first);
  assert.notEqual(svg([...words, "--steps", "101"]), first);
  assert.notEqual(svg([...words, "--steps", "100", "--theme", "dark"]), first);
  const passes = [...words, "--link", "scene=train&v=1&data=xor&samples=100&batch=10"];
  assert.equal(svg([...passes, "--epochs", "2"]), svg([...passes, "--steps", "10"]));
});

test("scenes with many networks train, too", () => {
  const start = svg(["--scene", "compare", "--figure", "curves"]);
  assert.notEqual(svg(["--scene", "compare", "--figure", "curves", "--epochs", "2"]), start);
  const strip = svg(["--scene", "gradients", "--figure", "strip"]);
  assert.notEqual(svg(["--scene", "gradients", "--figure", "strip", "--steps", "20"]), strip);
});

test("figures are in the language that is asked for", () => {
  const chinese = svg(["--scene", "functions", "--figure", "functions", "--lang", "zh"]);
  assert.match(chinese, /<title>曲线<\/title>/);
  assert.match(chinese, /aria-label="/);
});

test("opens documents and experiments", () => {
  fs.writeFileSync(file("a.actlab"), '{"activationLab":1,"link":"scene=functions&v=1"}\n');
  assert.match(run(["a.actlab", "--figures"]).out, /^functions\t/);
  fs.writeFileSync(file("e.json"), JSON.stringify({ version: 1, data: { kind: "xor" } }));
  assert.match(run(["e.json", "--figures"]).out, /^map\t/);
  const trained = svg(["e.json", "--steps", "30", "--figure", "map"]);
  assert.equal(trained, svg(["--scene", "train", "--link", "v=1&data=xor", "--steps", "30", "--figure", "map"]));
});

test("wrong words end with status 2, and say what is wrong", () => {
  fs.writeFileSync(file("bad.json"), '{"version":1,"data":{"kind":"nonsense"}}');
  for (const [words, said] of [
    [["--nonsense"], /no option --nonsense/],
    [["--scene", "nonsense"], /--scene expects .*tensor, functions, train/],
    [["--scene"], /--scene expects/],
    [["--steps", "0"], /--steps expects/],
    [["--ratio", "17"], /--ratio expects a number from 0.5 to 16/],
    [["--steps", "1", "--epochs", "1"], /exclude/],
    [["--figure", "map"], /needs --svg or --png/],
    [["--svg", "x.svg"], /need --figure/],
    [["a", "b"], /more than one document/],
    [["--figures", "--link", "scene=nonsense"], /nonsense/],
    [["--figures", "--scene", "train", "--link", "v=1&rate=fast"], /learningRate.*fast/],
    [["--figures", "missing.actlab"], /missing\.actlab/],
    [["--figures", "bad.json"], /bad\.json.*data\.kind/s],
    [["--figures", "--scene", "tensor", "--steps", "3"], /does not train/],
  ]) {
    const { status, out, err } = run(words);
    assert.equal(status, 2, words.join(" "));
    assert.match(err, said, words.join(" "));
    assert.equal(out, "", words.join(" "));
  }
});

test("what can't be done ends with status 1", () => {
  const none = run(["--scene", "train", "--figure", "nonsense", "--svg", file("x.svg")]);
  assert.equal(none.status, 1);
  assert.match(none.err, /no figure “nonsense”; there are map, network/);
  const nowhere = run(["--scene", "train", "--figure", "map", "--svg", file("none/x.svg")]);
  assert.equal(nowhere.status, 1);
  assert.match(nowhere.err, /could not write .*none\/x\.svg/);
  const blind = run(["--scene", "train", "--figure", "map", "--png", file("x.png")]);
  assert.equal(blind.status, 1);
  assert.match(blind.err, /needs a display/);
});

test("PNG files have as many pixels as asked for", () => {
  const words = ["--scene", "train", "--figure", "map", "--steps", "20"];
  const sizes = [1, 3, 8].map((ratio) => {
    const { status, stderr } = onDisplay([...words, "--png", file("m.png"), "--ratio", String(ratio)]);
    assert.equal(status, 0, stderr);
    return sizeOf(file("m.png"));
  });
  const [[width, height]] = sizes;
  assert.deepEqual(sizes, [1, 3, 8].map((ratio) => [width * ratio, height * ratio]));
  const drawn = svg(words).match(/^<svg [^>]* width="(\d+)" height="(\d+)"/);
  assert.deepEqual([width, height], drawn.slice(1).map(Number));
});

// Processor time, which other programs on the machine don't change; it starts one thread.
test("starts, draws and ends within half a second of work", () => {
  const { stderr } = spawnSync("xvfb-run", ["-a", "bash", "-c",
    'TIMEFORMAT="worked %U %S"; time "$0" --screenshot "$1" --frames 1', program, file("start.png")],
  { encoding: "utf8", env: environment({ LIBGL_ALWAYS_SOFTWARE: "1" }) });
  const [, user, system] = /^worked ([\d.]+) ([\d.]+)$/m.exec(stderr);
  assert.deepEqual(sizeOf(file("start.png")), [1280, 800]);
  assert.ok(Number(user) + Number(system) < 0.5, stderr);
});

test("keeps the window's size, and ends when it is told to", async () => {
  const kept = () => fs.readFileSync(file("config/activation-lab/window"), "utf8");
  const start = (args) => spawn("xvfb-run", ["-a", program, ...args],
    { env: environment({ LIBGL_ALWAYS_SOFTWARE: "1" }), detached: true });
  for (const [args, size] of [[["--size", "900x640"], /^900x640/], [[], /^900x640/]]) {
    const child = start(args);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => setTimeout(resolve, 4000));
    // The program alone, which xvfb-run waits for.
    const { stdout } = spawnSync("ps", ["-o", "pid=,comm=", "-g", String(child.pid)], { encoding: "utf8" });
    const pid = /^\s*(\d+) activation-lab$/m.exec(stdout)?.[1];
    assert.ok(pid, stdout);
    process.kill(Number(pid), "SIGTERM");
    assert.equal(await ended, 0);
    assert.match(kept(), size);
  }
});
