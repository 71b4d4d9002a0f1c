// Gets the engine's two WebAssembly files: core.wasm, and training.wasm with what only experiments need.

import createModule from "./core.js";

/** @typedef {import("./core.js").MainModule} Module */
/** @typedef {ArrayBuffer | Uint8Array} Bytes */
/**
 * @typedef {object} Options
 * @property {boolean} [training]  false: without training.wasm, which is more than a third of what is
 *   fetched; experiments, their points and links can't be read then
 * @property {Bytes} [wasmBinary]  the bytes of core.wasm
 * @property {Bytes} [trainingBinary]  the bytes of training.wasm
 * @property {(file: string, folder: string) => string} [locateFile]  where to find the files (addresses
 *   or, in Node, paths), if they do not lie beside this one
 */

// Written out, so that bundlers find the files.
const beside = {
  "core.wasm": () => new URL("core.wasm", import.meta.url).href,
  "training.wasm": () => new URL("training.wasm", import.meta.url).href,
};
const inNode = typeof (/** @type {any} */ (globalThis).process?.versions?.node) === "string";
const files = "node:fs/promises"; // not where it is imported: bundlers for pages would look for it

/** @param {string} place  an address or, in Node, a path */
async function compile(place) {
  if (inNode && !/^(https?|data|blob):/.test(place)) {
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ files);
    return WebAssembly.compile(await readFile(place.startsWith("file:") ? new URL(place) : place));
  }
  const response = await fetch(place, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${place} could not be fetched: ${response.status}.`);
  // Whatever type the server gives it.
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(response.body, { headers }));
}

/**
 * Both files, compiled side by side; the second one is null without training.
 * @param {Options} options
 * @returns {Promise<[WebAssembly.Module, WebAssembly.Module | null]>}
 */
function compileAll({ training, wasmBinary, trainingBinary, locateFile }) {
  const folder = new URL(".", import.meta.url).href;
  /** @param {keyof typeof beside} file */
  const locate = (file) => locateFile?.(file, folder) ?? beside[file]();
  const place = wasmBinary ? "" : locate("core.wasm");
  let trainingPlace = training && !trainingBinary ? locate("training.wasm") : "";
  // A function that has one answer to everything knows of one file: the other one lies beside it.
  if (place && trainingPlace === place) trainingPlace = place.replace(/[^/\\]*$/, "training.wasm");
  return Promise.all([
    wasmBinary ? WebAssembly.compile(wasmBinary) : compile(place),
    !training ? null : trainingBinary ? WebAssembly.compile(trainingBinary) : compile(trainingPlace),
  ]);
}

/** What core.wasm calls where training.wasm is missing. The wrapper asks for none of it then. */
const absent = new Proxy({}, {
  get: () => () => { throw new Error("This takes training.wasm, which has not been loaded."); },
});

/**
 * @param {Options} options
 * @returns {Promise<Module>}
 */
export async function loadModule(options) {
  const [core, training] = await compileAll(options);
  /** @param {WebAssembly.Imports} imports */
  const instantiate = async (imports) => {
    const instance = await WebAssembly.instantiate(core, { ...imports, placeholder: absent });
    if (training) await WebAssembly.instantiate(training, { ...imports, primary: instance.exports });
    return instance;
  };
  return new Promise((resolve, reject) => {
    /** @param {WebAssembly.Imports} imports @param {(instance: WebAssembly.Instance) => void} done */
    const instantiateWasm = (imports, done) => {
      instantiate(imports).then(done).catch(reject);
      return {}; // the exports follow through done()
    };
    createModule({ instantiateWasm }).then(resolve, reject);
  });
}
