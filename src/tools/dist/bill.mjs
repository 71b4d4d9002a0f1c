// What dist/ is made of: the hash of every file, and a bill of materials (CycloneDX 1.5) of what comes
// from elsewhere.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Hashes as the integrity attribute has them (W3C, "Subresource Integrity"), by path. */
export function integrity(folder, files) {
  const hash = (file) =>
    `sha384-${createHash("sha384").update(fs.readFileSync(path.join(folder, file))).digest("base64")}`;
  return Object.fromEntries([...files].sort().map((file) => [file, hash(file)]));
}

/** The version of an installed Debian package; undefined on other systems. */
function debianVersion(name) {
  try {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("dpkg-query", ["-W", "-f=${Version}", name], options) || undefined;
  } catch {
    return undefined;
  }
}

const fonts = [
  { name: "Inter", file: "Inter.txt", licence: "OFL-1.1", debian: "fonts-inter" },
  { name: "Noto Sans CJK", file: "NotoSansCJK.txt", licence: "OFL-1.1", debian: "fonts-noto-cjk" },
  { name: "JetBrains Mono", file: "JetBrainsMono.txt", licence: "OFL-1.1", debian: "fonts-jetbrains-mono" },
  { name: "Latin Modern Math", file: "LatinModernMath.txt", licence: "LicenseRef-GUST", debian: "fonts-lmodern" },
];

/** Everything in dist/ that others have written; `file` is its licence's in dist/licenses. */
function parts(imgui, emscripten) {
  const read = (...names) => fs.readFileSync(path.join(...names), "utf8");
  return [
    { name: "Dear ImGui", file: "DearImGui.txt", licence: "MIT", type: "library",
      version: /define IMGUI_VERSION\s+"([^"]+)"/.exec(read(imgui, "imgui.h"))?.[1],
      purl: (version) => `pkg:github/ocornut/imgui@v${version}` },
    { name: "Emscripten", file: "Emscripten.txt", licence: "MIT OR NCSA", type: "library",
      version: read(emscripten, "emscripten-version.txt").replaceAll('"', "").trim(),
      purl: (version) => `pkg:github/emscripten-core/emscripten@${version}` },
    ...fonts.map((font) => ({ ...font, type: "data", version: debianVersion(font.debian),
      purl: (version) => `pkg:deb/debian/${font.debian}@${encodeURIComponent(version)}` })),
  ];
}

/** The bill as JSON. Made of the same parts it is the same text: it has no date and no serial number. */
export function bill({ name, version, description }, imgui, emscripten) {
  const components = parts(imgui, emscripten).map((part) => ({
    type: part.type,
    "bom-ref": part.name,
    name: part.name,
    ...(part.version && { version: part.version, purl: part.purl(part.version) }),
    licenses: [part.licence.includes(" ") ? { expression: part.licence }
      : part.licence.startsWith("LicenseRef") ? { license: { name: "GUST Font License" } }
        : { license: { id: part.licence } }],
    properties: [{ name: "activation-lab:licence-file", value: `licenses/${part.file}` }],
  }));
  return JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": name, name, version, description } },
    components,
    dependencies: [{ ref: name, dependsOn: components.map((part) => part["bom-ref"]) }],
  }, null, 1);
}
