// Runs the command line program as built for the tests.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const project = fileURLToPath(new URL("../..", import.meta.url));
const program = path.join(project, "build/test/lab-cli");

/** What the program says: {status, out, err}. */
export function lab(args, input = "") {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: "utf8" });
  if (error) throw error;
  return { status, out: stdout, err: stderr };
}

/** The objects in lines of JSON. */
export function objects(text) {
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Calls `use` with a folder that goes away afterwards. */
export function inFolder(use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-cli-"));
  try {
    return use((name) => path.join(folder, name));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
