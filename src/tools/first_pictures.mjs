// Draws the page's first pictures in Node, on a canvas that keeps nothing, and prints which functions of
// the program that takes, by their numbers among those that it defines.
//
//   first_pictures.mjs APP_JS INSTRUMENTED_WASM
//
// The program is one that wasm-split has instrumented: it notes what is called.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [script, wasm] = process.argv.slice(2);

// WebGL as far as the program asks it for anything. Constants are those of its specification.
const answers = {
  getParameter: (name) => ({ 0x1f02: "WebGL 2.0", 0x8b8c: "WebGL GLSL ES 3.00", 0x0d33: 8192 })[name] ?? null,
  getShaderParameter: () => true,
  getProgramParameter: (_, name) => (name === 0x8b86 || name === 0x8b89 ? 0 : true), // active uniforms, attributes
  getContextAttributes: () => ({}),
  getSupportedExtensions: () => [],
  getExtension: () => null,
  isContextLost: () => false,
  getError: () => 0,
  getShaderInfoLog: () => "",
  getProgramInfoLog: () => "",
  getAttribLocation: () => 0,
  checkFramebufferStatus: () => 0x8cd5, // complete
};
const graphics = new Proxy(answers, { get: (kept, name) => kept[name] ?? (() => ({})) });

/** Anything that a page has and the program touches: it has every member, and nothing happens. */
const nothing = new Proxy(function () {}, {
  get: (_, name) => (name === "then" ? undefined : name === Symbol.toPrimitive ? () => 0 : nothing),
  set: () => true,
  apply: () => nothing,
});
const canvas = () => ({
  width: 300, height: 150, style: nothing, getContext: () => graphics, addEventListener() {}, removeEventListener() {},
  getBoundingClientRect: () => ({ left: 0, top: 0, width: 300, height: 150 }),
});
Object.assign(globalThis, {
  window: globalThis, document: nothing, screen: nothing, matchMedia: nothing, devicePixelRatio: 1,
  WebGLRenderingContext: class {}, addEventListener() {}, removeEventListener() {},
});

/** What there is to see first: settings of the system and of the person, the window, and how a host page
 *  may have asked for it. */
function* visits() {
  for (const language of ["en", "zh-CN"]) {
    for (const [width, height, ratio] of [[320, 640, 3], [390, 844, 3], [768, 1024, 2], [1440, 900, 1], [2560, 1300, 1.5]]) {
      for (const dark of [false, true]) {
        yield { language, width, height, ratio, dark, still: !dark, contrast: false };
      }
    }
    yield { language, width: 1024, height: 300, ratio: 1, dark: true, still: true, contrast: true };
    yield { language, width: 1024, height: 700, ratio: 1, dark: false, still: true, contrast: true,
      kept: { language: "zh", theme: "dark" } };
    yield { language, width: 600, height: 400, ratio: 2, dark: false, still: false, contrast: false, embedded: true };
    yield { language, width: 600, height: 400, ratio: 2, dark: false, still: false, contrast: false, embedded: true,
      link: "scene=tensor&theme=dark&lang=zh" };
    yield { language, width: 900, height: 700, ratio: 1, dark: true, still: true, contrast: false,
      kept: { language: "en", theme: "light" }, link: "lang=en" };
  }
}

/** A running program: {Shell, profile()}, the latter one number per function, 0 where it was not called. */
async function start(create, module) {
  let instance;
  const instantiateWasm = (imports, done) => {
    WebAssembly.instantiate(module, imports).then((made) => done(instance = made, module));
    return {};
  };
  const { Shell } = await create({ canvas: canvas(), instantiateWasm });
  const profile = () => {
    const { __write_profile: write, ...others } = instance.exports;
    const memory = Object.values(others).find((value) => value instanceof WebAssembly.Memory);
    const room = 1 << 20, at = memory.buffer.byteLength;
    memory.grow(room / 65536);
    const size = write(at, room);
    return new Uint32Array(memory.buffer.slice(at + 8, at + size)); // behind a hash of the module
  };
  return { Shell, profile };
}

/** One visit up to the first picture, as web/instance.js goes about it, and what may happen to that
 *  picture while the rest of the program is on its way. */
async function visit(Shell, { language, width, height, ratio, dark, still, contrast, kept = {}, embedded = false, link }) {
  const services = { address: () => "https://lab.example/", load: (key) => kept[key] ?? null, store() {} };
  const shell = Shell.create(services, false);
  shell.setEmbedded(embedded);
  if (link) shell.open(link);
  shell.preferences(language, dark, still, contrast);
  shell.resize(width, height, ratio);
  for (let frame = 0, more = 4; frame < 40 && more > 0; frame += 1) {
    more = shell.frame(0).wantsFrames ? 4 : more - 1;
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  JSON.parse(shell.items());
  shell.resize(width - 40, height - 40, ratio);
  shell.restoreGraphics();
  shell.preferences(language, !dark, still, contrast);
  shell.frame(0);
  shell.modifiers(true, false, false, false);
  shell.pointerMove(5, 5, "mouse");
  shell.pointerButtons(1, "mouse");
  shell.pointerButtons(0, "touch");
  shell.wheel(0, 1, false);
  shell.zoom(5, 5, 1);
  shell.pointerLeave();
  for (const key of ["Tab", "Enter", "ArrowLeft", "a"]) {
    shell.key(key.length === 1 ? "KeyA" : key, key, true);
    shell.key(key.length === 1 ? "KeyA" : key, key, false);
  }
  shell.text("a");
  shell.paste("a");
  shell.act("focus", "tensor.copy_input", "");
  shell.pending();
  shell.releaseFocus();
  shell.focus(false);
}

const { default: create } = await import(pathToFileURL(path.resolve(script)));
const module = await WebAssembly.compile(fs.readFileSync(wasm));
const called = new Set();
for (const one of visits()) {
  const { Shell, profile } = await start(create, module);
  await visit(Shell, one);
  profile().forEach((when, index) => {
    if (when) called.add(index);
  });
}
console.log(JSON.stringify([...called].sort((a, b) => a - b)));
