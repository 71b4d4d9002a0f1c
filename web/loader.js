// Gets the program: checks what it needs, downloads and compiles it once per page, and makes any number of
// instances of it, each with its own memory and canvas. It comes in two files: app.wasm draws the first
// picture of the scene that comes up by itself, scenes.wasm has the rest and follows.

import { importScript, request } from "./files.js";

/** Why the app can't run; `reason` is a key of messages.js. */
export class LoadError extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

// (module (func (result v128) (i8x16.splat (i32.const 0))))
const simdModule = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);

/** Something was asked of an instance that its second file has, which isn't there yet. */
export class IncompleteError extends Error {}

/** Throws unless the browser draws with WebGL 2. Asking may take it a moment. */
function checkGraphics() {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new LoadError("webgl2");
  gl.getExtension("WEBGL_lose_context")?.loseContext(); // browsers keep only some 16 alive
}

/** Compiles a response while it arrives, whatever type the server gives it. `onBytes(count)` tells of each
 *  piece, `onEnd()` of the last one. */
function compile({ body }, onBytes, onEnd) {
  const counted = body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
    flush: onEnd,
  }));
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(counted, { headers }));
}

/** Promises of both files' modules; the second one is fetched when the first has arrived, or with it if
 *  somebody waits for both. `onProgress` is told how many bytes have come, and how many the first file and
 *  both have, by the manifest, since Content-Length counts compressed bytes. */
async function compileBoth(onProgress) {
  const files = ["app.wasm", "scenes.wasm"];
  const [manifest, response] = await Promise.all([
    request("manifest.json").then((answer) => answer.json()),
    request(files[0]),
  ]);
  const [first, rest] = files.map((file) => manifest[file]);
  let loaded = 0;
  const count = (bytes) => {
    loaded += bytes;
    onProgress(loaded, first, first + rest);
  };
  let arrived;
  const second = new Promise((resolve) => {
    arrived = resolve;
    if ([...waiting].some(({ needsAll }) => needsAll())) resolve();
  }).then(() => request(files[1])).then((answer) => compile(answer, count));
  second.catch(() => {}); // whoever waits for it is told
  return { module: await compile(response, count, arrived), second };
}

const waiting = new Set(); // {onProgress, needsAll} of the elements that wait
let progress; // bytes that have come, of the first file and of both
let attempts = 0;
let program; // promise, shared by the page's elements: {create, module, second, whole}

/** The next who asks begins anew. */
function forget() {
  program = undefined;
  progress = [0, 1, 1];
}
forget();

function tell({ onProgress, needsAll }) {
  const [loaded, first, all] = progress;
  onProgress(loaded, needsAll() ? all : first);
}

async function load() {
  const report = (...now) => {
    progress = now;
    for (const one of waiting) tell(one);
  };
  const script = importScript("app.js", attempts);
  attempts += 1;
  const [{ default: create }, { module, second }] = await Promise.all([script, compileBoth(report)]);
  const both = { create, module, second, whole: false };
  second.then(() => {
    both.whole = true;
  }, forget);
  return both;
}

/** The program, compiled as far as the first picture needs or, where `needsAll()`, all of it.
 *  `onProgress(loaded, total)` counts bytes of that. After a failure the next call starts over. */
export async function loadProgram(onProgress, needsAll) {
  if (!WebAssembly.validate(simdModule)) throw new LoadError("simd");
  const one = { onProgress, needsAll };
  tell(one);
  waiting.add(one);
  try {
    program ??= load();
    program.catch(() => {}); // even if the next line throws
    checkGraphics();
    const loaded = await program;
    if (needsAll()) await loaded.second;
    return loaded;
  } catch (error) {
    forget();
    throw error instanceof LoadError ? error : new LoadError("network", error);
  } finally {
    waiting.delete(one);
  }
}

// What app.wasm calls of scenes.wasm before that has come.
const absent = new Proxy({}, {
  get: () => () => { throw new IncompleteError("scenes.wasm has not arrived yet"); },
});

/** A running copy of the program on the canvas: {shell, missing}. `shell` is the Embind module's Shell
 *  object; `missing` resolves when all of it is there, and is null if it already is. */
export async function startShell({ create, module, second, whole }, canvas, services, mac) {
  const rest = (error) => { throw new LoadError("network", error); };
  let missing = null;
  const instantiate = async (imports) => {
    const instance = await WebAssembly.instantiate(module, { ...imports, placeholder: absent });
    const primary = instance.exports;
    const complete = second.catch(rest).then((code) => WebAssembly.instantiate(code, { ...imports, primary }));
    complete.catch(() => {}); // whoever waits for it is told
    if (whole) await complete;
    else missing = complete;
    return instance;
  };
  const { Shell } = await new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      instantiate(imports).then((instance) => done(instance, module), reject);
      return {}; // the exports follow through done()
    };
    create({ canvas, instantiateWasm }).then(resolve, reject);
  });
  const shell = Shell.create(services, mac);
  if (!shell) throw new LoadError("webgl2");
  return { shell, missing };
}
