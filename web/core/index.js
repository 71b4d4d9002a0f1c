// The engine of Activation Lab as a JavaScript library: activation functions, their derivatives,
// networks in training and PyTorch's tensor text, computed by WebAssembly. Runs in browsers, workers
// and Node.

import { Experiment } from "./experiment.js";
import { loadModule } from "./load.js";
import { LabError, unwrap } from "./replies.js";

export { LabError } from "./replies.js";

/** @typedef {import("./core.js").MainModule} Module */
/** @typedef {Record<string, number>} Params  an activation's parameters by id; defaults for the rest */

/**
 * Numbers in the engine's memory. Work on them takes no copies, which makes it several times as fast
 * where a function costs little. Made by `Core.buffer`.
 */
class FloatBuffer {
  /** @type {Module} */
  #module;
  /** @type {InstanceType<Module["Engine"]>} */
  #engine;
  /** @type {number} */
  #length;
  /** @type {number} */
  #address;
  #data = new Float32Array(0);

  /** @param {Module} module @param {InstanceType<Module["Engine"]>} engine @param {number} length */
  constructor(module, engine, length) {
    this.#module = module;
    this.#engine = engine;
    this.#address = unwrap(module.makeBuffer(length));
    this.#length = length;
  }

  /** How many numbers there are. */
  get length() {
    return this.#length;
  }

  /**
   * The numbers, to be read and written. Ask for them again after other calls of the engine: when its
   * memory has had to grow, an array taken before is empty.
   */
  get data() {
    if (this.#data.length !== this.#length || !this.#length) {
      this.#data = unwrap(this.#module.viewBuffer(this.#address, this.#length));
    }
    return this.#data;
  }

  /**
   * Writes f(x) of each number to another buffer of this length or, without one, in place.
   * @param {string} id
   * @param {FloatBuffer} [to]
   * @param {Params | null} [params]
   * @returns the buffer written to
   */
  activate(id, to = this, params) {
    unwrap(this.#engine.activateBuffer(String(id), params, ...this.#place(this), ...this.#place(to)));
    return to;
  }

  /**
   * Writes f′(x) of each number to another buffer of this length or, without one, in place.
   * @param {string} id
   * @param {FloatBuffer} [to]
   * @param {Params | null} [params]
   * @returns the buffer written to
   */
  derivative(id, to = this, params) {
    unwrap(this.#engine.derivativeBuffer(String(id), params, ...this.#place(this), ...this.#place(to)));
    return to;
  }

  /**
   * Takes the numbers as rows of `columns` and writes a row-wise activation of each to another buffer.
   * @param {string} id
   * @param {number} columns
   * @param {FloatBuffer} to as long as the result
   * @returns the buffer written to
   */
  activateRows(id, columns, to) {
    const [from, target] = [this.#place(this), this.#place(to)];
    unwrap(this.#module.activateRowsBuffer(String(id), columns, ...from, ...target));
    return to;
  }

  /**
   * Writes the gradient with respect to these rows to another buffer of this length.
   * @param {string} id
   * @param {number} columns
   * @param {FloatBuffer} gradOut with respect to the results
   * @param {FloatBuffer} to
   * @returns the buffer written to
   */
  backwardRows(id, columns, gradOut, to) {
    const [from, out, target] = [this, gradOut, to].map((buffer) => this.#place(buffer));
    unwrap(this.#module.backwardRowsBuffer(String(id), columns, ...from, ...out, ...target));
    return to;
  }

  /** Gives the memory back. The buffer cannot be used afterwards. */
  delete() {
    this.#module.deleteBuffer(this.#address);
    this.#address = this.#length = 0;
    this.#data = new Float32Array(0);
  }

  /**
   * Where the numbers of a buffer lie in this engine's memory, and how many. A buffer of another
   * engine lies nowhere in it.
   * @param {FloatBuffer} buffer
   * @returns {[number, number]}
   */
  #place(buffer) {
    const known = Object(buffer) === buffer && #engine in buffer && buffer.#engine === this.#engine;
    return known ? [buffer.#address, buffer.#length] : [0, 0];
  }
}

class Core {
  /** @type {Module} */
  #module;
  #engine;
  #trains;

  /** @param {Module} module @param {boolean} trains */
  constructor(module, trains) {
    this.#module = module;
    this.#trains = trains;
    this.#engine = new module.Engine();
    /** version of this package */
    this.version = module.version();
    /** instruction set the kernels use */
    this.implementation = module.implementation();
  }

  /**
   * Every elementwise activation function there is. `kinks` and `range` are those at default
   * parameters; `maxUlp` is the largest error over all floats, in units in the last place.
   */
  activations() {
    return this.#module.activations();
  }

  /** Every activation function that takes a row as a whole, such as softmax. */
  rowActivations() {
    return this.#module.rowActivations();
  }

  /**
   * f(x) of each element.
   * @param {string} id
   * @param {Float32Array} x
   * @param {Params | null} [params]
   */
  activate(id, x, params) {
    return unwrap(this.#engine.activate(String(id), x, params));
  }

  /**
   * f′(x) of each element.
   * @param {string} id
   * @param {Float32Array} x
   * @param {Params | null} [params]
   */
  derivative(id, x, params) {
    return unwrap(this.#engine.derivative(String(id), x, params));
  }

  /**
   * Memory of the engine for so many numbers, 0 at first. Give it back with its `delete()`.
   * @param {number} length
   */
  buffer(length) {
    return new FloatBuffer(this.#module, this.#engine, length);
  }

  /**
   * Reads an activation function that a person typed, such as "x*tanh(ln(1+exp(x)))" or
   * "a=0.1; x<0 ? a*x : x", and gives its id, which activate and derivative take. The derivative is
   * exact. An error says the column at fault.
   * @param {string} text
   */
  formula(text) {
    return unwrap(this.#engine.formula(String(text)));
  }

  /**
   * What there is to know about a formula: its parameters, its text as TeX and Python, kinks and
   * range on −10 … 10, and how far its derivative is from central differences there.
   * @param {string} id  as formula(text) gave it
   */
  describeFormula(id) {
    return unwrap(this.#engine.describeFormula(String(id)));
  }

  /**
   * f of each row.
   * @param {string} id
   * @param {Float32Array} x  whole rows, one after another
   * @param {number} columns  length of a row
   */
  activateRows(id, x, columns) {
    return unwrap(this.#module.activateRows(String(id), x, columns));
  }

  /**
   * The gradient with respect to x (the vector-Jacobian product) of each row.
   * @param {string} id
   * @param {Float32Array} x  whole rows, one after another
   * @param {number} columns  length of a row
   * @param {Float32Array} gradOut  the gradient with respect to activateRows(id, x, columns)
   */
  backwardRows(id, x, columns, gradOut) {
    return unwrap(this.#module.backwardRows(String(id), x, columns, gradOut));
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
    return unwrap(this.#module.parseTensor(String(text)));
  }

  /**
   * A network in training. Give it back with its `delete()`.
   * @param {string | object} document  JSON as text or object, or the hash of a share link
   */
  experiment(document) {
    return new Experiment(this.#training(), document);
  }

  /**
   * Reads custom points from CSV, with or without a header (x, y, label). Labels that are words
   * become class indices; `classes` names them in that order.
   * @param {string} text
   * @returns {{points: [number, number, number][], classes: string[]}}
   */
  readPoints(text) {
    return JSON.parse(unwrap(this.#training().readPoints(String(text))));
  }

  /**
   * Reads a playground.tensorflow.org link. `state` is the JSON of an experiment that trains as
   * TensorFlow Playground would; `ignored` names the link's keys that have no meaning here.
   * @param {string} link
   * @returns {{state: string, ignored: string[]}}
   */
  importPlayground(link) {
    return JSON.parse(unwrap(this.#training().importPlayground(String(link))));
  }

  /** The module, if it was loaded with what this takes. */
  #training() {
    if (this.#trains) return this.#module;
    const message = "This engine was created with training: false. Create one without that to train networks.";
    throw new LabError({ code: "engine.training", messageKey: "engine.training", message });
  }
}

/**
 * Loads the engine.
 * @param {import("./load.js").Options} [options]
 */
export async function createCore(options = {}) {
  const training = options.training !== false;
  return new Core(await loadModule({ ...options, training }), training);
}
