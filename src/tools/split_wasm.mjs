// Takes what is not wanted at once out of a linked WebAssembly file, into a second one.
//
//   split_wasm.mjs core LINKED OUT_DIR TOOLS_DIR NM OBJECT…
//   split_wasm.mjs app LINKED OUT_DIR TOOLS_DIR SCRIPT
//   split_wasm.mjs app LINKED OUT_DIR            takes nothing out, for a quick build
//
// LINKED has the names of its functions in it; TOOLS_DIR has Binaryen's programs. OUT_DIR gets two files.
// The first one imports from "placeholder" what it calls of the second, which takes those places when it
// is instantiated with the first's exports as "primary".
//
// core: core.wasm and training.wasm. A page that evaluates functions needs nothing of training, which is
// what the OBJECTs tell: a function moves if one that matches MOVES defines it, none of the others does,
// and none of those that stay calls it.
// app: app.wasm and scenes.wasm. What first_pictures.mjs finds stays.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const MOVES = /src\/(core\/(train|data|experiment|export|playground)\/|bindings\/experiment_bindings)/;
// Value and slope at once, which nothing else asks for: a call from file to file takes time.
const MOVES_TOO = /^_ZN3lab7kernels5LoopsI.*E(4both|9both_loop)E/;
// Run when the module starts, with or without training.
const STARTS = /^_GLOBAL__|^__cxx_global_var_init|embind_init/;
// What Embind takes from the table once and for all, when the module starts.
const KEPT_BY_SCRIPT = /^_ZNK?10emscripten8internal/;
const FEATURES = ["simd", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "bulk-memory"]
  .map((feature) => `--enable-${feature}`);

const [plan, linked, out, tools, ...rest] = process.argv.slice(2);
const file = (name) => path.join(out, name);
const run = (program, ...args) =>
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
const binaryen = (program, ...args) => run(path.join(tools, program), ...FEATURES, ...args);

/** The functions that objects define, by their linker names. */
function defined(nm, files) {
  const lines = run(nm, "--defined-only", ...files).split("\n");
  return new Set(lines.map((line) => /^\S+ [TtWw] (\S+)$/.exec(line)?.[1]).filter(Boolean));
}

/** The module's functions by name, in their order, and the names of those that each calls. */
function calls() {
  const found = new Map();
  for (const text of binaryen("wasm-dis", linked).split(/^ \(func \$/m).slice(1)) {
    const [name] = /^[^\s)]+/.exec(text);
    found.set(name, new Set(Array.from(text.matchAll(/\(call \$([^\s)]+)/g), (match) => match[1])));
  }
  return found;
}

function ofTraining(nm, built) {
  const objects = built.filter((name) => name.endsWith(".o")); // not a precompiled header
  const moving = defined(nm, objects.filter((name) => MOVES.test(name)));
  const staying = defined(nm, objects.filter((name) => !MOVES.test(name)));
  const called = calls();
  const moves = (name) => MOVES_TOO.test(name) ||
    (moving.has(name) && !staying.has(name) && !STARTS.test(name));
  // What stays takes along what it calls. (Of functions that are the same the linker has kept one, under
  // the name of any.)
  const list = new Set([...called.keys()].filter(moves));
  const open = [...called.keys()].filter((name) => !list.has(name));
  for (const name of open) {
    for (const callee of called.get(name) ?? []) if (list.delete(callee)) open.push(callee);
  }
  return [...list];
}

function beyondFirstPictures(script) {
  binaryen("wasm-split", "--instrument", linked, "-o", file("app.instrumented.wasm"));
  const drawing = fileURLToPath(new URL("first_pictures.mjs", import.meta.url));
  const numbers = new Set(JSON.parse(run(process.execPath, drawing, script, file("app.instrumented.wasm"))));
  return [...calls().keys()].filter((name, index) => !numbers.has(index) && !KEPT_BY_SCRIPT.test(name));
}

function split([first, second], list, level) {
  if (!list.length) throw new Error(`${linked} names none of the functions that are to move`);
  fs.writeFileSync(file(`${second}.txt`), list.join("\n"));
  binaryen("wasm-split", "--split", linked, `--split-funcs=@${file(`${second}.txt`)}`,
    "--export-prefix=%", "-o1", file(`${first}.split.wasm`), "-o2", file(`${second}.split.wasm`));
  for (const name of [first, second]) {
    binaryen("wasm-opt", level, file(`${name}.split.wasm`), "-o", file(`${name}.wasm`));
  }
}

fs.mkdirSync(out, { recursive: true });
if (plan === "core") {
  const [nm, ...built] = rest;
  split(["core", "training"], ofTraining(nm, built), "-Os");
} else if (tools) {
  split(["app", "scenes"], beyondFirstPictures(rest[0]), "-Oz");
} else {
  fs.copyFileSync(linked, file("app.wasm"));
  fs.writeFileSync(file("scenes.wasm"), Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // an empty module
}
