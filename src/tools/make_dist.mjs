// Puts dist/ together: the folder that any static host can serve and that the npm package takes the
// engine from.
//
//   make_dist.mjs [--quick] BUILD_DIR FONTS_DIR IMGUI_DIR EMSCRIPTEN_DIR
//
// --quick leaves the scripts as they were written.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { minify } from "terser";

import { bill, integrity } from "./dist/bill.mjs";
import { serviceWorker } from "./dist/service_worker.mjs";
import { singleFile } from "./dist/single_file.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));
const dist = path.join(project, "dist");
const quick = process.argv[2] === "--quick";
const [build, fonts, imgui, emscripten] = process.argv.slice(quick ? 3 : 2);

const workerSource = path.join(project, "web/sw.js");
const made = ["manifest.json", "sw.js", "activation-lab.html", "sbom.cdx.json", "integrity.json"];

/** The files below a folder, as paths relative to it. */
function filesBelow(folder, prefix = "") {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const relative = path.posix.join(prefix, entry.name);
    return entry.isDirectory() ? filesBelow(path.join(folder, entry.name), relative) : [relative];
  });
}

/** Where each file of dist/ comes from. */
function plan() {
  const sources = new Map();
  const add = (target, source) => fs.existsSync(source) && sources.set(target, source);
  add("app.js", path.join(build, "app.js"));
  for (const name of ["app.wasm", "scenes.wasm"]) add(name, path.join(build, "split", name));
  for (const name of ["core.js", "core.d.ts"]) add(`core/${name}`, path.join(build, name));
  for (const name of ["core.wasm", "training.wasm"]) add(`core/${name}`, path.join(build, "split", name));
  add("index.html", path.join(project, "index.html"));
  add("embed.html", path.join(project, "web/embed.html"));
  for (const file of filesBelow(path.join(project, "web"))) {
    const target = /^(core|examples)\//.test(file) ? file : `web/${file}`;
    if (!["sw.js", "embed.html"].includes(file)) add(target, path.join(project, "web", file));
  }
  for (const file of filesBelow(path.join(project, "shaders"))) {
    add(`shaders/${file}`, path.join(project, "shaders", file));
  }
  for (const file of filesBelow(path.join(fonts, "licenses"))) {
    add(`licenses/${file}`, path.join(fonts, "licenses", file));
  }
  add("licenses/DearImGui.txt", path.join(imgui, "LICENSE.txt"));
  // Debian keeps Emscripten's licence among its documentation, others beside its programs.
  add("licenses/Emscripten.txt", path.join(emscripten, "../doc/emscripten/copyright"));
  add("licenses/Emscripten.txt", path.join(emscripten, "LICENSE"));
  return sources;
}

/** A module without what only people need, from the build folder where it was made before. */
async function minified(source) {
  const kept = path.join(build, "minified", createHash("sha256").update(source).digest("hex"));
  if (!fs.existsSync(kept)) {
    const { code } = await minify(source.toString(), { module: true });
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.writeFileSync(kept, code);
  }
  return fs.readFileSync(kept);
}

/** Writes a file unless the same bytes are there; says whether it did. */
function update(file, bytes) {
  const target = path.join(dist, file);
  if (fs.existsSync(target) && bytes.equals(fs.readFileSync(target))) return false;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, bytes);
  return true;
}

/** Declarations of the wrapper, from its JSDoc and the declarations Embind generated. */
function makeTypes() {
  const tsc = path.join(project, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "core/index.js", "--allowJs", "--checkJs", "--strict",
    "--declaration", "--emitDeclarationOnly", "--noEmitOnError", "--skipLibCheck", "--target", "es2022", "--module",
    "nodenext", "--outDir", "core"], { cwd: dist, stdio: "inherit" });
}

/** Sizes of what a page loads, by path, for a progress bar that knows the whole. */
function manifest(files) {
  const fetched = files.filter((file) => !/^(licenses\/|examples\/|web\/embed-|web\/embed\.css|embed\.html|.*\.d\.ts$)/.test(file)).sort();
  return Object.fromEntries(fetched.map((file) => [file, fs.statSync(path.join(dist, file)).size]));
}

const sources = plan();
const wrappers = filesBelow(path.join(project, "web/core")).map((file) => `core/${file}`);
const wrapperTypes = wrappers.map((file) => file.replace(/\.js$/, ".d.ts"));
const kept = new Set([...sources.keys(), ...wrapperTypes, ...made]);
for (const file of filesBelow(dist)) if (!kept.has(file)) fs.rmSync(path.join(dist, file));

const changed = new Set();
for (const [file, source] of sources) {
  const bytes = fs.readFileSync(source);
  const shrinks = !quick && /^(app|web\/.+)\.js$/.test(file);
  if (update(file, shrinks ? await minified(bytes) : bytes)) changed.add(file);
}
const typesChanged = [...wrappers, "core/core.d.ts"].some((file) => changed.has(file));
const typesMissing = wrapperTypes.some((file) => !fs.existsSync(path.join(dist, file)));
if (typesChanged || typesMissing) makeTypes();
const files = [...sources.keys()];
update("manifest.json", Buffer.from(`${JSON.stringify(manifest(files), null, 1)}\n`));
const worker = serviceWorker(fs.readFileSync(workerSource, "utf8"), dist, [...files, "manifest.json"]);
update("sw.js", Buffer.from(worker));
update("activation-lab.html", Buffer.from(singleFile(dist, files)));
const itself = JSON.parse(fs.readFileSync(path.join(project, "package.json"), "utf8"));
update("sbom.cdx.json", Buffer.from(`${bill(itself, imgui, emscripten)}\n`));
const published = filesBelow(dist).filter((file) => file !== "integrity.json");
update("integrity.json", Buffer.from(`${JSON.stringify(integrity(dist, published), null, 1)}\n`));
