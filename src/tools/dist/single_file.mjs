// The page as one HTML file that also opens from a disk, where browsers load neither modules nor wasm.
//
// Every module becomes a data: URL that the page's import map gives a name; modules name each other by
// these. The program and the manifest lie in the page as text, which files.js reads.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const own = (file) => fs.readFileSync(new URL(file, import.meta.url), "utf8");
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** "./pointer.js", as web/ writes it, by the name in the import map. */
const renameImports = (source) =>
  source.replace(/(\bfrom\s*|\bimport\s*)"\.\/([^"]+)"/g, (_, before, file) => `${before}"activation-lab/web/${file}"`);

function importMap(dist, modules) {
  const imports = Object.fromEntries(modules.map((file) => {
    const source = file === "web/files.js" ? own("single_file_files.js") : fs.readFileSync(path.join(dist, file), "utf8");
    return [`activation-lab/${file}`, `data:text/javascript;base64,${base64(renameImports(source))}`];
  }));
  return JSON.stringify({ imports });
}

/** The HTML of the page in `dist`, which holds `files`. */
export function singleFile(dist, files) {
  const read = (file) => fs.readFileSync(path.join(dist, file), "utf8");
  const modules = files.filter((file) => /^(app|web\/.+)\.js$/.test(file) && !/^web\/(offline|embed-.+)\.js$/.test(file));
  const map = importMap(dist, modules);
  const start = ["activation-lab", "page"].map((name) => `import "activation-lab/web/${name}.js";`).join("");
  const style = read("web/page.css");
  const policy = `default-src 'none'; script-src ${hashOf(map)} ${hashOf(start)} data: 'wasm-unsafe-eval'; ` +
    `style-src ${hashOf(style)}; connect-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  const data = (file) => `  <script type="text/plain" id="${file}">${base64(fs.readFileSync(path.join(dist, file)))}</script>\n`;
  const icon = `data:image/svg+xml;base64,${base64(read("web/favicon.svg"))}`;
  return read("index.html")
    .replace(/^ *<(link rel="(modulepreload|preload|stylesheet)"|script type="module").*\n/gm, "")
    .replace(/(http-equiv="Content-Security-Policy" content=)"[^"]*"/, `$1"${policy}"`)
    .replace("web/favicon.svg", icon)
    .replace("</head>", `  <style>${style}</style>\n  <script type="importmap">${map}</script>\n` +
      `${["manifest.json", "app.wasm", "scenes.wasm"].map(data).join("")}  <script type="module">${start}</script>\n</head>`);
}
