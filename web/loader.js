// Gets the program: checks what it needs, downloads and compiles app.wasm once per page, and makes any
// number of instances of it, each with its own memory and canvas.

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

/** Throws unless the browser draws with WebGL 2. Asking may take it a moment. */
function checkGraphics() {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new LoadError("webgl2");
  gl.getExtension("WEBGL_lose_context")?.loseContext(); // browsers keep only some 16 alive
}

/** Compiles app.wasm while it arrives. Sizes come from the manifest, since Content-Length counts
 *  compressed bytes; the type is set here, so that any static server will do. */
async function compile(onProgress) {
  const [manifest, wasm] = await Promise.all([
    request("manifest.json").then((response) => response.json()),
    request("app.wasm"),
  ]);
  const total = manifest["app.wasm"];
  let loaded = 0;
  const counted = wasm.body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      onProgress(loaded, total);
      controller.enqueue(chunk);
    },
  }));
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(counted, { headers }));
}

const listeners = new Set();
let progress = [0, 1];
let attempts = 0;
let program; // promise, shared by the page's elements

async function load() {
  const report = (...now) => {
    progress = now;
    for (const listener of listeners) listener(...now);
  };
  const script = importScript("app.js", attempts);
  attempts += 1;
  const [{ default: create }, module] = await Promise.all([script, compile(report)]);
  return { create, module };
}

/** The compiled program. `onProgress(loaded, total)` counts bytes. After a failure the next call starts
 *  over. */
export async function loadProgram(onProgress) {
  if (!WebAssembly.validate(simdModule)) throw new LoadError("simd");
  onProgress(...progress);
  listeners.add(onProgress);
  try {
    program ??= load();
    program.catch(() => {}); // even if the next line throws
    checkGraphics();
    return await program;
  } catch (error) {
    program = undefined;
    progress = [0, 1];
    throw error instanceof LoadError ? error : new LoadError("network", error);
  } finally {
    listeners.delete(onProgress);
  }
}

/** A running copy of the program on the canvas: the Embind module's Shell object. */
export function startShell({ create, module }, canvas, services, mac) {
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
      return {}; // the exports follow through done()
    };
    create({ canvas, instantiateWasm }).then(({ Shell }) => {
      const shell = Shell.create(services, mac);
      if (shell) resolve(shell);
      else reject(new LoadError("webgl2"));
    }, reject);
  });
}
