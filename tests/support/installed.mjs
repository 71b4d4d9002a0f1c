// The package as its users get it: packed by npm, and installed by npm into an empty project without a
// network. And what README.md shows of it.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const project = fileURLToPath(new URL("../..", import.meta.url));

const quiet = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };

/** A new project with nothing but the package: its folder, and the paths that npm packed. */
export function install() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-package-"));
  const [{ filename, files }] = JSON.parse(execFileSync("npm",
    ["pack", "--json", "--pack-destination", folder], { cwd: project, ...quiet }));
  const empty = path.join(folder, "project");
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, "package.json"), '{"name":"empty","private":true,"type":"module"}\n');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", `../${filename}`],
    { cwd: empty, ...quiet });
  return {
    folder: empty,
    packed: files.map((file) => file.path).sort(),
    remove: () => fs.rmSync(folder, { recursive: true }),
  };
}

/** The code blocks in a language below a heading of README.md, in their order. */
export function snippets(heading, language) {
  const readme = fs.readFileSync(path.join(project, "README.md"), "utf8");
  const section = readme.split(/^(?=## )/m).find((part) => part.startsWith(`## ${heading}\n`));
  if (!section) throw new Error(`README.md has no section “${heading}”`);
  return [...section.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language).map(([, , text]) => text);
}
