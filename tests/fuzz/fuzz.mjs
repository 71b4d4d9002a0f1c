// Runs the fuzzers one after another and prints what they did.
//
//   node tests/fuzz/fuzz.mjs [SECONDS [TARGET…]]
//
// Each starts from its folder in tests/fuzz/corpus and from what earlier runs came upon, which is kept
// in build/fuzz/corpus. A finding goes to build/fuzz/findings; mended, it goes into the tree's corpus.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const corpora = path.join(project, "tests/fuzz/corpus");
const build = path.join(project, "build/fuzz");

const args = process.argv.slice(2);
const seconds = Number(args.shift() ?? 600);
const targets = args.length > 0 ? args : fs.readdirSync(corpora).sort();
if (!(seconds > 0)) throw new Error("the seconds must be a number above 0");

/** The words that the readers know, from where they are named, in libFuzzer's notation. */
function writeDictionary() {
  const core = path.join(project, "src/core");
  const words = new Set();
  for (const file of fs.readdirSync(core, { recursive: true })) {
    if (!/(rows_\w+|fields?_\w+|functions|choices|\w*kinds|init_schemes|playground\w*|literal\w*)\.(cpp|h)$/.test(file)) continue;
    const text = fs.readFileSync(path.join(core, file), "utf8");
    for (const [, word] of text.matchAll(/"([\w.=&+-]{2,24})"/g)) words.add(word);
  }
  const dictionary = path.join(build, "words.dict");
  fs.writeFileSync(dictionary, [...words].map((word) => `"${word}"\n`).join(""));
  return dictionary;
}

const limits = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=4096"];

function run(target) {
  const program = path.join(build, `fuzz_${target}`);
  const findings = path.join(build, "findings", target, "/");
  const grown = path.join(build, "corpus", target);
  const kept = path.join(corpora, target);
  for (const folder of [findings, grown]) fs.mkdirSync(folder, { recursive: true });
  const { stderr, status } = spawnSync(program, [
    `-max_total_time=${seconds}`, ...limits, `-artifact_prefix=${findings}`, "-print_final_stats=1",
    `-dict=${dictionary}`, grown, kept,
  ], { encoding: "utf8", maxBuffer: 1 << 28 });
  const number = (pattern) => Number(pattern.exec(stderr)?.[1] ?? NaN);
  const coverage = [...stderr.matchAll(/ cov: (\d+) /g)].at(-1)?.[1];
  const runs = number(/stat::number_of_executed_units:\s+(\d+)/);
  console.log([
    target.padEnd(16), String(runs).padStart(10), (runs / seconds).toFixed(0).padStart(8),
    String(coverage).padStart(9), (status === 0 ? "none" : "FOUND").padStart(9)].join(" "));
  if (status !== 0) console.log(stderr.slice(-4000));
  return status === 0;
}

const dictionary = writeDictionary();
console.log(`${"target".padEnd(16)} ${"runs".padStart(10)} ${"a second".padStart(8)}  ${"coverage".padStart(8)}  findings`);
const clean = targets.map(run).every(Boolean);
process.exitCode = clean ? 0 : 1;
