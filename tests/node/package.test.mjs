// The npm package: what is in it, that it installs without a network, and that it does what README.md says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
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

/** The files below a folder of the project, as npm names them. */
function filesBelow(folder) {
  return fs.readdirSync(path.join(project, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(name) : [name];
  });
}

test("holds what is built, types and licences, and no more", () => {
  const built = filesBelow("dist").filter((file) => !file.startsWith("dist/examples/"));
  assert.deepEqual(installed.packed, ["README.md", "package.json", ...built].sort());
  assert.deepEqual([...new Set(built.map((file) => file.split("/")[1]))].sort(), ["activation-lab.html", "app.js",
    "app.wasm", "core", "embed.html", "index.html", "integrity.json", "licenses", "manifest.json", "sbom.cdx.json",
    "scenes.wasm", "shaders", "sw.js", "web"]);
});

test("publishes the hash of every file", () => {
  const hashes = JSON.parse(fs.readFileSync(there("dist/integrity.json"), "utf8"));
  const published = filesBelow("dist").map((file) => file.slice("dist/".length));
  assert.deepEqual(Object.keys(hashes).sort(), published.filter((file) => file !== "integrity.json").sort());
  for (const file of published.filter((name) => !/^examples\/|^integrity\.json$/.test(name))) {
    const hash = createHash("sha384").update(fs.readFileSync(there(`dist/${file}`))).digest("base64");
    assert.equal(hashes[file], `sha384-${hash}`, file);
  }
});

test("its bill of materials names everything from elsewhere, with version and licence", () => {
  const bill = JSON.parse(fs.readFileSync(there("dist/sbom.cdx.json"), "utf8"));
  assert.equal(bill.bomFormat, "CycloneDX");
  const licences = bill.components.map(({ properties: [{ value }] }) => value);
  const carried = installed.packed.filter((file) => file.startsWith("dist/licenses/"));
  assert.deepEqual(licences.map((file) => `dist/${file}`).sort(), carried);
  for (const { name, version, purl, licenses } of bill.components) {
    assert.match(version ?? "", /^\d/, name);
    assert.match(purl, /^pkg:(github|deb)\/.+@.+/);
    assert.equal(licenses.length, 1);
  }
  const { version } = JSON.parse(fs.readFileSync(there("package.json"), "utf8"));
  assert.equal(bill.metadata.component.version, version);
  assert.deepEqual(bill.dependencies[0].dependsOn, bill.components.map((part) => part["bom-ref"]));
});

test("holds all of the element, of the engine and of their types", () => {
  const element = [...modulesBehind("web/activation-lab.js")].map((file) => `dist/${file}`);
  const engine = ["core.d.ts", "core.js", "core.wasm", "experiment.d.ts", "experiment.js", "index.d.ts",
    "index.js", "load.d.ts", "load.js", "replies.d.ts", "replies.js", "training.wasm"].map((file) => `dist/core/${file}`);
  assert.ok(element.length > 5);
  for (const file of [...element, ...engine, "dist/web/activation-lab.d.ts"]) {
    assert.ok(installed.packed.includes(file), file);
  }
  assert.deepEqual(installed.packed.filter((file) => file.startsWith("dist/core/")), engine);
  assert.ok(installed.packed.filter((file) => file.startsWith("dist/licenses/")).length > 3);
});

test("every export is there, and nothing else can be imported", () => {
  const { exports, sideEffects } = JSON.parse(fs.readFileSync(there("package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry));
  for (const target of [...targets, ...sideEffects]) assert.ok(fs.existsSync(there(target)), target);
  fs.writeFileSync(path.join(installed.folder, "exports.mjs"), `
    import { createRequire } from "node:module";
    const { resolve } = createRequire(import.meta.url);
    console.log(resolve("activation-lab"));
    console.log(resolve("activation-lab/single-file"));
    import("activation-lab/dist/core/core.js").catch((error) => console.log(error.code));`);
  const [element, single, refused] = run("exports.mjs").trim().split("\n");
  assert.match(element, /node_modules\/activation-lab\/dist\/web\/activation-lab\.js$/);
  assert.match(single, /activation-lab\.html$/);
  assert.equal(refused, "ERR_PACKAGE_PATH_NOT_EXPORTED");
  const page = fs.readFileSync(there("dist/activation-lab.html"), "utf8");
  assert.ok(page.includes("<activation-lab"), "the one file has the element"); // too long to be printed
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
  const attributes = fs.readFileSync(path.join(project, "web/attributes.js"), "utf8");
  const [, reflected] = /export const reflected = \[([^\]]+)\]/.exec(attributes);
  for (const [, name] of reflected.matchAll(/"(\w+)"/g)) assert.match(types, new RegExp(`^  ${name}: `, "m"), name);
  fs.writeFileSync(path.join(installed.folder, "use.mts"), `
    import "activation-lab";
    import type { ActivationLabElement } from "activation-lab";
    const lab: ActivationLabElement = document.createElement("activation-lab");
    const opened: boolean = await lab.open("scene=train&v=1");
    lab.preset = "xor-relu";
    const set: boolean = await lab.set("training.optimizer.learningRate", 0.1) && await lab.set({ "data.noise": 0.1 });
    const step: number | undefined = lab.progress()?.step;
    const picture: Blob = await lab.screenshot();
    lab.addEventListener("epoch", (event) => console.log(event.detail.epoch, set, step, picture.size));
    lab.addEventListener("change", ({ detail }) => console.log(detail.link));
    const [first] = lab.items();
    const width: number = first.rect[2];
    lab.addEventListener("appearance", (event) => console.log(event.detail.scheme, opened, width));
    // @ts-expect-error: a link is text
    lab.open(1);
    // @ts-expect-error: there is no such method
    lab.close();
    // @ts-expect-error: a loading is eager or lazy
    lab.loading = "soon";
  `);
  const tsc = path.join(project, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "use.mts", "--noEmit", "--strict", "--target", "es2022", "--module",
    "nodenext", "--lib", "es2022,dom"], { cwd: installed.folder, encoding: "utf8" });
});
