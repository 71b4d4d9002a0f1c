// A network in training, computed by training.wasm.

import { LabError, unwrap } from "./replies.js";

/** @typedef {import("./core.js").MainModule} Module */
/** @typedef {{mean: number, std: number,
 *             histogram: {min: number, max: number, counts: number[]}}} Distribution */
/** @typedef {{preActivation: Distribution, activation: Distribution, gradientRms: number,
 *             weightFactor: number, slopeFactor: number, dead: number, saturated: number,
 *             deadUnits: number[]}} LayerStats */

/**
 * A document as text.
 * @param {string | object} document
 */
function asText(document) {
  return typeof document === "string" ? document : JSON.stringify(document) ?? "";
}

/**
 * A count of steps or passes.
 * @param {number} count
 */
function whole(count) {
  if (Number.isSafeInteger(count) && count >= 0) return count;
  const message = `The argument “count” must be a whole number from 0 on, not ${String(count)}.`;
  throw new LabError({ code: "argument.count", messageKey: "argument.count", message, field: "count" });
}

/** Made by `Core.experiment`. Equal documents and numbers of steps give equal bits everywhere. */
export class Experiment {
  #handle;

  /** @param {Module} module @param {string | object} document */
  constructor(module, document) {
    const handle = new module.ExperimentHandle();
    try {
      unwrap(handle.open(asText(document)));
    } catch (error) {
      handle.delete();
      throw error;
    }
    this.#handle = handle;
  }

  /**
   * Takes optimizer steps; fewer where a number stops being finite, which freezes the training.
   * @param {number} [count]
   */
  step(count = 1) {
    this.#handle.step(whole(count));
    return this;
  }

  /**
   * Passes through the training samples.
   * @param {number} [count]
   */
  epoch(count = 1) {
    this.#handle.epoch(whole(count));
    return this;
  }

  /**
   * How well the network does on all of its data; NaN where there is no test data or no class.
   * `finite` is false once training has diverged.
   */
  metrics() {
    const [step, epoch, trainLoss, testLoss, trainAccuracy, testAccuracy, finite] =
      this.#handle.metrics();
    return { step, epoch, trainLoss, testLoss, trainAccuracy, testAccuracy, finite: finite === 1 };
  }

  /**
   * As a PyTorch state_dict orders them: weights (units × inputs, row-major) and biases of each
   * layer. Float64Arrays where the document trains in float64.
   */
  parameters() {
    return this.#handle.parameters();
  }

  /**
   * Goes on from these parameters.
   * @param {ArrayLike<number>[]} arrays  as parameters() gives them
   */
  setParameters(arrays) {
    unwrap(this.#handle.setParameters(arrays));
    return this;
  }

  /** The loss's gradient for the batch last learned from, ordered as the parameters. */
  gradients() {
    return this.#handle.gradients();
  }

  /**
   * Rows of one's own, instead of the document's data; the document's split holds.
   * @param {ArrayLike<number>} x  rows × features, what the network gets
   * @param {ArrayLike<number>} y  a value or class per row, as the loss takes it
   */
  setData(x, y) {
    unwrap(this.#handle.setData(x, y));
    return this;
  }

  /**
   * What the network says: rows × outputs, before the output activation.
   * @param {Float32Array} x  rows × features
   */
  predict(x) {
    return unwrap(this.#handle.predict(x));
  }

  /**
   * What the layers do on all training samples: pre-activations, activations, and the gradient's
   * size, which is that of the next layer times weightFactor (from W) and slopeFactor (from f′).
   * `dead` is the share of units with f′ = 0 on every sample, `saturated` how often |f′| < 0.05.
   * @returns {LayerStats[]}
   */
  layerStats() {
    return JSON.parse(this.#handle.layerStats());
  }

  /**
   * The hidden units that are dead (f′ = 0 on every training sample), and the step since which.
   * @returns {{layer: number, unit: number, step: number}[]}
   */
  deaths() {
    return JSON.parse(this.#handle.deaths());
  }

  /**
   * The one linear layer that the network would be without its activations, and the largest
   * difference between both over the plane from −extent to extent.
   * @param {number} [extent]
   * @returns {{weights: number[], bias: number[], largestDifference: number}}
   */
  collapse(extent = 6) {
    return JSON.parse(this.#handle.collapse(extent));
  }

  /**
   * Where training left the finite numbers, or null: the step, its learning rate, and the first
   * weight (input −1: the bias) at fault.
   * @returns {{step: number, learningRate: number, layer: number, unit: number, input: number} | null}
   */
  divergence() {
    return JSON.parse(this.#handle.divergence() ?? "null");
  }

  /** Undoes the step that left the finite numbers; false if there was none. */
  restoreLastFinite() {
    return this.#handle.restoreLastFinite();
  }

  /** Steps that goTo() can restore exactly; denser the later they are. */
  keptSteps() {
    return Array.from(this.#handle.keptSteps());
  }

  /**
   * Goes to a kept step; false if it is not one.
   * @param {number} step
   */
  goTo(step) {
    return this.#handle.goTo(whole(step));
  }

  /**
   * Goes on with another document for the same network: data, activations, settings.
   * @param {string | object} document
   */
  change(document) {
    unwrap(this.#handle.change(asText(document)));
    return this;
  }

  /** The points of the data, those for training first, as CSV with a header. */
  pointsCSV() {
    return this.#handle.pointsCsv();
  }

  /** 16 hexadecimal digits over the parameters' bits. */
  hash() {
    return this.#handle.hash();
  }

  /** The document as JSON text. */
  state() {
    return this.#handle.state();
  }

  /** The document as the hash of a share link. */
  share() {
    return this.#handle.share();
  }

  /** A Python script that makes the same data and network in PyTorch and goes on training them. */
  toPyTorch() {
    return this.#handle.pytorch();
  }

  /** The network as an ONNX model: "input" rows × features, "logits" and "output" rows × outputs. */
  toONNX() {
    return this.#handle.onnx().slice();
  }

  /** The parameters as JSON text, with the names and shapes of a PyTorch state_dict. */
  parametersJSON() {
    return this.#handle.parametersText();
  }

  /**
   * Goes on from parameters that parametersJSON() wrote.
   * @param {string} text
   */
  setParametersJSON(text) {
    unwrap(this.#handle.setParametersText(String(text)));
    return this;
  }

  /** Gives the memory back. The experiment cannot be used afterwards. */
  delete() {
    this.#handle.delete();
  }
}
