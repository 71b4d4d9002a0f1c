// The npm package: what is in it, that it installs without a network, and that it does what README.md says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { install, project, snippets } from "../support/installed.mjs";

let installed;
before(() => {
  installed = install();
});
after(() => installed?.remove());

const there = (file) => path.join(installed.folder, "node_modules/activation-lab", file);
const run = (file) =>
  execFileSync(process.execPath, [file], { cwd: installed.folder, encoding: "utf8" });

/** The modules that one imports by relative names, with itself. */
function modulesBehind(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const source = fs.readFileSync(path.join(project, file), "utf8");
  for (const [, name] of source.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    modulesBehind(path.posix.join(path.posix.dirname(file), name), found);
  }
  return found;
}

test("holds the element with what it loads, the engine, the one file, types and licences, and no more", () => {
  const element = [...modulesBehind("web/activation-lab.js")].map((file) => `dist/${file}`);
  const engine = ["core.d.ts", "core.js", "core.wasm", "experiment.d.ts", "experiment.js", "index.d.ts",
    "index.js", "replies.d.ts", "replies.js"].map((file) => `dist/core/${file}`);
  const licences = fs.readdirSync(path.join(project, "dist/licenses")).map((file) => `dist/licenses/${file}`);
  assert.ok(element.length > 5 && licences.length > 3);
  assert.deepEqual(installed.packed, [
    "README.md", "package.json", "dist/activation-lab.html", "dist/app.js", "dist/app.wasm",
    "dist/manifest.json", "dist/web/activation-lab.d.ts", ...element, ...engine, ...licences].sort());
});

test("every export is there, and nothing else can be imported", () => {
  const { exports, sideEffects } = JSON.parse(fs.readFileSync(there("package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry));
  for (const target of [...targets, ...sideEffects]) assert.ok(fs.existsSync(there(target)), target);
  fs.writeFileSync(path.join(installed.folder, "exports.mjs"), `
    console.log(import.meta.resolve("activation-lab"));
    console.log(import.meta.resolve("activation-lab/single-file"));
    import("activation-lab/dist/core/core.js").catch((error) => console.log(error.code));`);
  const [element, single, refused] = run("exports.mjs").trim().split("\n");
  assert.match(element, /node_modules\/activation-lab\/dist\/web\/activation-lab\.js$/);
  assert.match(single, /activation-lab\.html$/);
  assert.equal(refused, "ERR_PACKAGE_PATH_NOT_EXPORTED");
  assert.match(fs.readFileSync(there("dist/activation-lab.html"), "utf8"), /<activation-lab>/);
});

test("does in Node what README.md shows", () => {
  const code = snippets("The engine in JavaScript", "js");
  assert.ok(code.length >= 2);
  fs.writeFileSync(path.join(installed.folder, "readme.mjs"), code.join("\n"));
  const printed = run("readme.mjs");
  const [shown] = snippets("The engine in JavaScript", "");
  assert.ok(printed.startsWith(shown), printed);
  assert.match(printed.slice(shown.length), /^[\d.]+ [0-9a-f]{16}\n$/);
});

test("the element's types are those of the element, and fit a program", () => {
  const source = fs.readFileSync(path.join(project, "web/activation-lab.js"), "utf8");
  const body = source.slice(source.indexOf("class ActivationLab"));
  const members = [...body.matchAll(/^ {2}(?:static )?(?:async )?(?:get |set )?([a-z]\w*)\(/gm)]
    .map(([, name]) => name)
    .filter((name) => !name.endsWith("Callback") && name !== "constructor");
  const types = fs.readFileSync(path.join(project, "web/activation-lab.d.ts"), "utf8");
  for (const name of new Set(members)) assert.match(types, new RegExp(`\\b${name}\\b\\??[(:]`), name);
  const events = new Set([...body.matchAll(/new \w*Event\("(\w+)"/g)].map(([, name]) => name));
  const standard = ["progress", "load", "error"];
  for (const name of events) {
    if (!standard.includes(name)) assert.match(types, new RegExp(`\\b"?${name}"?: `), name);
  }
  fs.writeFileSync(path.join(installed.folder, "use.mts"), `
    import "activation-lab";
    import type { ActivationLabElement } from "activation-lab";
    const lab: ActivationLabElement = document.createElement("activation-lab");
    const opened: boolean = await lab.open("scene=train&v=1");
    const [first] = lab.items();
    const width: number = first.rect[2];
    lab.addEventListener("appearance", (event) => console.log(event.detail.scheme, opened, width));
    // @ts-expect-error: a link is text
    lab.open(1);
    // @ts-expect-error: there is no such method
    lab.close();
  `);
  const tsc = path.join(project, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "use.mts", "--noEmit", "--strict", "--target", "es2022", "--module",
    "nodenext", "--lib", "es2022,dom"], { cwd: installed.folder, encoding: "utf8" });
});
