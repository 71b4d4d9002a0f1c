// Breaks the program in one place after another and shows which test notices.
//
//   node tests/mutation/mutate.mjs [PATTERN]     only mutants whose name has PATTERN in it
//
// Loops of the core (every kernel and its derivative, row-wise kernels, operations of formulas, the
// steps of training) are broken in tables at run time, see broken_tables.cpp; other mistakes are edits
// of the sources, see edits.mjs, made in a copy of the tree. Ends with status 1 if one survives.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { edits } from "./edits.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));
const copy = path.join(project, "build/mutation");
const pattern = process.argv[2] ?? "";

const read = (file) => fs.readFileSync(path.join(project, file), "utf8");

/** The names in a list such as X(name, …) X(…) behind a #define. */
function namesIn(file, macro) {
  const [, list] = new RegExp(`#define ${macro}\\(X\\)((?:.*\\\\\\n)*.*)`).exec(read(file));
  return [...list.replaceAll(/\/\*.*?\*\//g, "").matchAll(/X\((\w+),/g)].map(([, name]) => name);
}

function tableMutants() {
  const kernels = namesIn("src/core/activation/kernel_table.h", "LAB_ACTIVATION_KERNELS");
  const operations = namesIn("src/core/formula/op.h", "LAB_FORMULA_OPS")
    .filter((name) => !["constant", "variable", "parameter", "copy"].includes(name));
  const rows = ["softmax", "softmin", "log_softmax", "sparsemax", "glu"];
  const losses = ["mse", "bce", "cross_entropy", "hinge", "huber"];
  const optimizers = ["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw"];
  return [
    ...kernels.flatMap((id) => [`kernel:${id}:value`, `kernel:${id}:derivative`]),
    ...rows.flatMap((id) => [`row:${id}:forward`, `row:${id}:backward`]),
    ...operations.map((id) => `op:${id}`),
    ...["forward", "backward", "gradient", "transpose", "learn"].map((id) => `step:${id}`),
    ...losses.map((id) => `step:loss:${id}`),
    ...optimizers.map((id) => `step:update:${id}`),
  ];
}

/** The tests most likely to notice, by their files; all are run if these do not. */
const filters = {
  kernel: "*activation*", row: "*rowwise*,*activation*", op: "*formula*", step: "*train*,*determinism*",
};

function run(command, args, options = {}) {
  return spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
}

/** The first test case that fails, or what else ended the program; null if all pass. */
function coreKiller(program, env, filter) {
  const args = ["--no-colors", "-aa=1", ...(filter ? [`-sf=${filter}`] : [])];
  const { status, signal, stdout } = run(program, args, { env: { ...process.env, ...env }, cwd: project });
  if (status === 0) return null;
  return /^TEST CASE:\s+(.*)$/m.exec(stdout)?.[1] ?? signal ?? `status ${status}`;
}

/** The first failing test of the command line's. */
function cliKiller(folder) {
  const files = fs.readdirSync(path.join(folder, "tests/cli")).filter((file) => file.endsWith(".test.mjs"));
  const { status, stdout } = run(process.execPath,
    ["--test", "--test-reporter=tap", ...files.map((file) => path.join("tests/cli", file))], { cwd: folder });
  return status === 0 ? null : (/not ok \d+ - (.*)/.exec(stdout)?.[1] ?? `status ${status}`);
}

const results = [];
function report(name, killer) {
  results.push(killer);
  console.log(`${name.padEnd(58)} ${killer ? `killed by “${killer}”` : "SURVIVED"}`);
}

function killTables() {
  const program = path.join(project, "build/test/mutation_tests");
  for (const name of tableMutants()) {
    if (!name.includes(pattern)) continue;
    const env = { LAB_MUTANT: name };
    const filter = filters[name.split(":")[0]];
    report(name, coreKiller(program, env, filter) ?? coreKiller(program, env));
  }
}

function build(targets) {
  const { status, stdout } = run("cmake", ["--build", "build/test", "--target", ...targets], { cwd: copy });
  return status === 0 ? null : stdout.slice(-2000);
}

/**
 * A copy of the sources whose build is brought up to date. Only files that differ are copied, and as new
 * ones: the last mutant of an earlier run is younger than the source, but not than its restored copy.
 */
function prepareCopy() {
  const filter = (from, to) => fs.statSync(from).isDirectory() || !fs.existsSync(to) ||
    !fs.readFileSync(from).equals(fs.readFileSync(to));
  for (const name of ["CMakeLists.txt", "CMakePresets.json", "package.json", "index.html", "src", "shaders", "tests", "web"]) {
    fs.cpSync(path.join(project, name), path.join(copy, name), { recursive: true, force: true, filter });
  }
  if (!fs.existsSync(path.join(copy, "build/test/build.ninja"))) {
    const { status, stderr } = run("cmake", ["--preset", "test", "-DLAB_WERROR=OFF"], { cwd: copy });
    if (status !== 0) throw new Error(stderr);
    fs.symlinkSync("test", path.join(copy, "build/desktop"));
  }
  const problem = build(["core_tests", "lab-cli"]);
  if (problem) throw new Error(problem);
}

function killEdits() {
  const chosen = edits.filter(([file, from]) => `edit:${file}: ${from}`.includes(pattern));
  if (chosen.length === 0) return;
  prepareCopy();
  for (const [file, from, to, tests] of chosen) {
    const original = read(file);
    const name = `edit:${path.basename(file)}: ${from}`.slice(0, 58);
    if (original.split(from).length !== 2) throw new Error(`“${from}” is not once in ${file}`);
    const target = path.join(copy, file);
    fs.writeFileSync(target, original.replace(from, to));
    try {
      const broken = build(tests === "cli" ? ["lab-cli"] : ["core_tests"]);
      const killer = broken ? "the compiler" : tests === "cli" ? cliKiller(copy) : coreKiller(path.join(copy, "build/test/core_tests"), {});
      report(name, killer);
    } finally {
      fs.writeFileSync(target, original);
    }
  }
}

killTables();
killEdits();
const survivors = results.filter((killer) => !killer).length;
console.log(`${results.length - survivors} of ${results.length} mutants killed`);
process.exitCode = survivors > 0 ? 1 : 0;
