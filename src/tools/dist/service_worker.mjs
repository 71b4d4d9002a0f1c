// The service worker of dist/: web/sw.js with the hashes of the files that a page loads.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Whether the page itself loads the file: neither the engine package nor what people download. */
const isOfPage = (file) =>
  /^(index\.html|manifest\.json|app\.(js|wasm)|scenes\.wasm|(web|shaders)\/.+)$/.test(file) && !file.endsWith(".d.ts");

/** The worker's source for these files of the folder. */
export function serviceWorker(template, folder, files) {
  const hash = (file) => createHash("sha256").update(fs.readFileSync(path.join(folder, file))).digest("base64");
  const hashes = Object.fromEntries(files.filter(isOfPage).sort().map((file) => [file, hash(file)]));
  return template.replace("const files = {};", `const files = ${JSON.stringify(hashes)};`);
}
