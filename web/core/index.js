// The engine of Activation Lab as a JavaScript library: activation functions and PyTorch's tensor
// text, computed by core.wasm. Runs in browsers, workers and Node.

import createModule from "./core.js";

/** @typedef {import("./core.js").MainModule} Module */
/** @typedef {Record<string, number>} Params  an activation's parameters by id; defaults for the rest */

/** What the engine refuses, with the reason in words. */
export class LabError extends Error {
  /** @param {{code: string, messageKey: string, message: string,
   *           field?: string, line?: number, column?: number}} record */
  constructor(record) {
    super(record.message);
    this.name = "LabError";
    /** Stable name of the kind of error. */
    this.code = record.code;
    /** Key of the message in a table of translations. */
    this.messageKey = record.messageKey;
    /** The argument at fault, if it is one. */
    this.field = record.field;
    /** Line of a text that was read, from 1. */
    this.line = record.line;
    /** Column of a text that was read, in characters from 1. */
    this.column = record.column;
  }
}

/**
 * The value of a reply of the engine, or its error thrown.
 * @template T
 * @param {{value: T, error?: undefined} |
 *         {error: ConstructorParameters<typeof LabError>[0], value?: undefined}} reply
 * @returns {T}
 */
function unwrap(reply) {
  if (reply.error) throw new LabError(reply.error);
  return reply.value;
}

class Core {
  /** @type {Module} */
  #module;

  /** @param {Module} module */
  constructor(module) {
    this.#module = module;
    /** version of this package */
    this.version = module.version();
    /** instruction set the kernels use */
    this.implementation = module.implementation();
  }

  /** Every activation function there is. */
  activations() {
    return this.#module.activations();
  }

  /**
   * f(x) of each element.
   * @param {string} id
   * @param {Float32Array} x
   * @param {Params} [params]
   */
  activate(id, x, params) {
    return unwrap(this.#module.activate(id, x, params));
  }

  /**
   * f′(x) of each element.
   * @param {string} id
   * @param {Float32Array} x
   * @param {Params} [params]
   */
  derivative(id, x, params) {
    return unwrap(this.#module.derivative(id, x, params));
  }

  /**
   * The text print(tensor) gives in PyTorch.
   * @param {Float32Array} x  the elements, row-major
   * @param {number[]} shape  [] for a scalar
   */
  formatTensor(x, shape) {
    return unwrap(this.#module.formatTensor(x, shape));
  }

  /**
   * Reads a PyTorch, NumPy or JSON literal, a printout, or CSV.
   * @param {string} text
   */
  parseTensor(text) {
    return unwrap(this.#module.parseTensor(text));
  }
}

/**
 * Loads the engine.
 * @param {{wasmBinary?: ArrayBuffer | Uint8Array,
 *          locateFile?: (file: string, folder: string) => string}} [options]
 *        the bytes of core.wasm, or where to find it, if it does not lie beside this file
 */
export async function createCore(options = {}) {
  return new Core(await createModule(options));
}
