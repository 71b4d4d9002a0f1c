// Trains the documents of tests/golden/hashes.json in as many ways as this machine can: natively,
// built by g++ and clang++ without and with optimisation, on every instruction set; in Node; in
// Chromium and Firefox. Prints where they ran and the table of hashes, in Markdown. Fails if one
// bit differs.
//
//   ./lab determinism [--update]   --update writes the table anew if all places agree on it

import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { createCore } from "../../dist/core/index.js";
import { browserHashes, browsers, golden, hashes } from "../web/support/hashes.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));
const optimisations = [["-O0", "Debug"], ["-O3", "Release"]];

/** Builds the program with a compiler and runs it: [{place, hashes}], one per instruction set. */
function native(compiler, [flag, type]) {
  const build = path.join("build/determinism", `${compiler}${flag}`);
  const run = (...command) =>
    execFileSync(command[0], command.slice(1), { cwd: project, encoding: "utf8", maxBuffer: 1 << 26 });
  run("cmake", "-G", "Ninja", "-S", ".", "-B", build, "-DLAB_TESTS=ON", `-DCMAKE_CXX_COMPILER=${compiler}`,
    `-DCMAKE_BUILD_TYPE=${type}`, `-DCMAKE_CXX_FLAGS_${type.toUpperCase()}=${flag}`);
  run("cmake", "--build", build, "--target", "hashes");
  const version = /\d+\.\d+\.\d+/.exec(run(compiler, "--version"))[0];
  const places = new Map();
  for (const line of run(path.join(build, "hashes")).trim().split("\n")) {
    const [isa, number, hash] = line.split(" ");
    if (!places.has(isa)) places.set(isa, []);
    places.get(isa)[number] = hash;
  }
  return [...places].map(([isa, found]) =>
    ({ place: `${compiler} ${version} ${flag}, ${isa}`, hashes: found }));
}

/** Says where it is, and what came of it. */
async function visit(name, run) {
  process.stderr.write(`${name} … `);
  const results = await run();
  process.stderr.write("done\n");
  return results;
}

const results = [];
for (const compiler of ["g++", "clang++"]) {
  if (spawnSync(compiler, ["--version"]).status !== 0) {
    console.error(`${compiler} is not installed and left out`);
    continue;
  }
  for (const optimisation of optimisations) {
    const name = `${compiler} ${optimisation[0]}`;
    results.push(...await visit(name, () => native(compiler, optimisation)));
  }
}
const lab = await createCore();
results.push({ place: `Node ${process.version}, ${lab.implementation}`, hashes: hashes(lab, golden) });
for (const browser of browsers) {
  if (!browser.command) {
    console.error(`${browser.name} is not installed and left out`);
    continue;
  }
  const found = await visit(browser.name, () => browserHashes(browser));
  const version = /\d+(\.\d+)+/.exec(execFileSync(browser.command, ["--version"]))[0];
  results.push({ place: `${browser.name} ${version}, ${lab.implementation}`, hashes: found });
}

if (process.argv.includes("--update")) {
  const one = golden.documents.map((_, i) => new Set(results.map((result) => result.hashes[i])));
  if (one.some((hashes) => hashes.size > 1)) {
    console.error("the places differ, and the table stays as it is");
  } else {
    golden.documents.forEach((document, i) => ([document.hash] = one[i]));
    const rows = golden.documents.map((document) => JSON.stringify(document)).join(",\n");
    fs.writeFileSync(path.join(project, "tests/golden/hashes.json"),
      `{"steps":${golden.steps},"documents":[\n${rows}\n]}\n`);
  }
}

const equal = (found) =>
  golden.documents.filter((document, i) => document.hash === found[i]).length;
const total = golden.documents.length;
console.log(`| after ${golden.steps} steps | hashes as in the table |\n|---|--:|`);
for (const result of results) console.log(`| ${result.place} | ${equal(result.hashes)} of ${total} |`);
console.log("\n| document | hash | equal |\n|---|---|--:|");
golden.documents.forEach(({ name, hash }, i) => {
  const agreeing = results.filter((result) => result.hashes[i] === hash).length;
  console.log(`| ${name} | ${hash} | ${agreeing} of ${results.length} |`);
});
process.exitCode = results.every((result) => equal(result.hashes) === total) ? 0 : 1;
