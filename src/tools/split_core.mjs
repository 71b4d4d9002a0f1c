// Takes what only training needs out of the engine's WebAssembly, so that a page which evaluates
// functions fetches two thirds of it.
//
//   split_core.mjs LINKED OUT_DIR TOOLS_DIR NM OBJECT…
//
// LINKED has the names of its functions in it. OUT_DIR gets core.wasm and training.wasm. The former
// imports from "placeholder" what it calls of the latter, which takes those places when it is instantiated
// with the former's exports as "primary". TOOLS_DIR has Binaryen's programs. A function moves if one of
// the objects below defines it, none of the others does, and none calls it.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const MOVES = /src\/(core\/(train|data|experiment|export|playground)\/|bindings\/experiment_bindings)/;
// Value and slope at once, which nothing else asks for: a call from file to file takes time.
const MOVES_TOO = /^_ZN3lab7kernels5LoopsI.*E(4both|9both_loop)E/;
// Run when the module starts, with or without training.
const STARTS = /^_GLOBAL__|^__cxx_global_var_init|embind_init/;
const FEATURES = ["simd", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "bulk-memory"]
  .map((feature) => `--enable-${feature}`);

const [linked, out, tools, nm, ...built] = process.argv.slice(2);
const objects = built.filter((file) => file.endsWith(".o")); // not a precompiled header
const run = (program, ...args) =>
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
const binaryen = (program, ...args) => run(path.join(tools, program), ...FEATURES, ...args);

/** The functions that objects define, by their linker names. */
function defined(files) {
  const lines = run(nm, "--defined-only", ...files).split("\n");
  return new Set(lines.map((line) => /^\S+ [TtWw] (\S+)$/.exec(line)?.[1]).filter(Boolean));
}

/** The module's functions by name, and the names of those that each calls. */
function calls(file) {
  const found = new Map();
  for (const text of binaryen("wasm-dis", file).split(/^ \(func \$/m).slice(1)) {
    const [name] = /^[^\s)]+/.exec(text);
    found.set(name, new Set(Array.from(text.matchAll(/\(call \$([^\s)]+)/g), (match) => match[1])));
  }
  return found;
}

const moving = defined(objects.filter((file) => MOVES.test(file)));
const staying = defined(objects.filter((file) => !MOVES.test(file)));
const called = calls(linked);
const moves = (name) => MOVES_TOO.test(name) ||
  (moving.has(name) && !staying.has(name) && !STARTS.test(name));
// What stays takes along what it calls. (Of functions that are the same the linker has kept one, under
// the name of any.)
const list = new Set([...called.keys()].filter(moves));
const open = [...called.keys()].filter((name) => !list.has(name));
for (const name of open) {
  for (const callee of called.get(name) ?? []) if (list.delete(callee)) open.push(callee);
}
if (!list.size) throw new Error(`${linked} names none of the functions that are to move`);

fs.mkdirSync(out, { recursive: true });
const file = (name) => path.join(out, name);
fs.writeFileSync(file("moving.txt"), [...list].join("\n"));
binaryen("wasm-split", "--split", linked, `--split-funcs=@${file("moving.txt")}`,
  "--export-prefix=%", "-o1", file("core.split.wasm"), "-o2", file("training.split.wasm"));
for (const name of ["core", "training"]) {
  binaryen("wasm-opt", "-Os", file(`${name}.split.wasm`), "-o", file(`${name}.wasm`));
}
