// Runs the built test programs one after another and adds up their test cases.
//
// Ends with one line, "N passed, N failed". It fails if a test case fails, if a program crashes, or
// if a program ran nothing, so that tests which are lost are noticed.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** The test files of a folder, as node takes them. */
function testFiles(folder) {
  const files = fs.readdirSync(path.join(project, folder), { recursive: true });
  return files.filter((file) => file.endsWith(".test.mjs")).map((file) => path.join(folder, file));
}

const nodeTests = (folder) => [process.execPath, "--test", "--test-reporter=tap", ...testFiles(folder)];

/** A Python, one with PyTorch if there is any: Debian's packages are for its own one. */
function python() {
  const hasTorch = (command) => spawnSync(command, ["-c", "import torch"]).status === 0;
  return ["python3", "/usr/bin/python3"].find(hasTorch) ?? "python3";
}

// Each of these takes one core, and no time is measured in them: they run beside one another.
const programs = [
  // The longest one in two halves.
  ["app, sanitizers: actions", doctest, ["build/test/app_tests_sanitized", "--source-file=*actions_test*"]],
  ["app, sanitizers: all else", doctest, ["build/test/app_tests_sanitized", "--source-file-exclude=*actions_test*"]],
  ["core, sanitizers", doctest, ["build/test/core_tests_sanitized"]],
  ["core, native", doctest, ["build/test/core_tests"]],
  ["core, WebAssembly in Node", doctest, [process.execPath, "build/wasm-test/core_tests.cjs", "--no-colors"]],
  ["app, native", doctest, ["build/test/app_tests"]],
];
// Each of these has all cores.
const suites = [
  ["command line", tap, nodeTests("tests/cli")],
  ["native program", tap, nodeTests("tests/desktop")],
  ["engine package in Node", tap, nodeTests("tests/node")],
  ["exported scripts in PyTorch", tap, [python(), "tests/python/pytorch_script_test.py"]],
  ["page in Chromium and Firefox", tap, nodeTests("tests/web")],
];

/** Counts in doctest's last lines: "[doctest] test cases: 3 | 2 passed | 1 failed | 0 skipped". */
function doctest(output) {
  const counts = /test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed/.exec(output);
  return counts && { passed: Number(counts[1]), failed: Number(counts[2]) };
}

/** Counts in the last lines of node's TAP. */
function tap(output) {
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(output)?.[1] ?? NaN);
  const counts = { passed: count("pass"), failed: count("fail") + count("cancelled") };
  return Number.isNaN(counts.passed + counts.failed) ? null : counts;
}

/** What a program says and how it ends. */
async function outcome(command, args) {
  const child = spawn(command, args, { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) {
    child[stream].setEncoding("utf8").on("data", (text) => (said[stream] += text));
  }
  try {
    const [status, signal] = await once(child, "close");
    return { status, signal, ...said };
  } catch (error) {
    return { error, ...said };
  }
}

/** Runs one program and prints one line, or all it said if something is wrong. */
async function run([name, read, [command, ...args]]) {
  const started = Date.now();
  const { status, signal, stdout, stderr, error } = await outcome(command, args);
  const output = `${stdout}${stderr}${error ?? ""}`;
  const counts = read(stdout) ?? { passed: 0, failed: 0 };
  const broken = counts.failed === 0 && (status !== 0 || counts.passed === 0);
  if (broken) counts.failed = 1;
  if (counts.failed > 0) console.log(output);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const end = broken ? ` (${signal ?? error?.code ?? `ended with status ${status}`})` : "";
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s${end}`);
  return counts;
}

const results = [];

/** Runs what is in the queue, as many at a time as there are workers. */
async function runAll(queue, workers) {
  const left = [...queue];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) results.push(await run(next));
  };
  await Promise.all(Array.from({ length: workers }, work));
}

await runAll(programs, os.availableParallelism());
await runAll(suites, 1);
const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
