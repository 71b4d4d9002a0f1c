// The engine and its peers behind one interface. A contestant prepares a function for an input and
// gives null where it has no such function, or
//   {run(times): void | Promise<void>,          the timed work, `times` times
//    result(): Float32Array | Promise<…>,       what it computes, to be checked
//    release(): void | Promise<void>}
// Each comes in two forms. Resident: input and output stay in the library's own memory, as between
// the layers of a net. Arrays: from one Float32Array to another.

import { model } from "./onnx.mjs";

function engine(core) {
  const arrays = ({ id, params, columns }, x) => {
    const apply = () => (columns ? core.activateRows(id, x, columns) : core.activate(id, x, params));
    let y;
    return {
      run(times) {
        for (let i = 0; i < times; i += 1) y = apply();
      },
      result: apply,
      release: () => (y = undefined),
    };
  };

  const resident = (row, x) => {
    const [input, output] = [core.buffer(x.length), core.buffer(x.length)];
    input.data.set(x);
    const apply = row.columns
      ? () => input.activateRows(row.id, row.columns, output)
      : () => input.activate(row.id, output, row.params);
    return {
      run(times) {
        for (let i = 0; i < times; i += 1) apply();
      },
      result: () => apply().data.slice(),
      release: () => (input.delete(), output.delete()),
    };
  };

  return { arrays, resident };
}

/** How the numbers lie: in one row, or in rows of some columns. */
const shape = ({ columns }, x) => (columns ? [x.length / columns, columns] : [x.length]);

function tensorflow(tf) {
  const prepare = ({ constants = {}, ...row }, x) => ({
    input: tf.tensor(x, shape(row, x)),
    tensors: Object.fromEntries(Object.entries(constants).map(([k, v]) => [k, tf.tensor1d([v])])),
  });
  const release = ({ input, tensors }) => tf.dispose([input, ...Object.values(tensors)]);
  const read = (tensor) => {
    const data = tensor.dataSync();
    tensor.dispose();
    return data;
  };

  return {
    resident(row, x) {
      if (!row.tfjs) return null;
      const prepared = prepare(row, x);
      const apply = () => row.tfjs(tf, prepared.input, prepared.tensors);
      return {
        run(times) {
          for (let i = 0; i < times; i += 1) apply().dispose();
        },
        result: () => read(apply()),
        release: () => release(prepared),
      };
    },

    arrays(row, x) {
      if (!row.tfjs) return null;
      const prepared = prepare(row, x);
      const apply = () => {
        const input = tf.tensor(x, shape(row, x));
        const y = read(row.tfjs(tf, input, prepared.tensors));
        input.dispose();
        return y;
      };
      let y;
      return {
        run(times) {
          for (let i = 0; i < times; i += 1) y = apply();
        },
        result: apply,
        release: () => ((y = undefined), release(prepared)),
      };
    },
  };
}

// ONNX Runtime's WebAssembly backend copies the feeds in and the results out at every run. In a model
// that applies the operator this often, the copies no longer count.
const residentCopies = (row) => (row.memory ? 16 : 4);

function onnxRuntime(ort) {
  const prepare = async (row, x, copies) => {
    if (!row.ort) return null;
    // Without the optimizer, which would merge the copies. A single node leaves it nothing to do.
    const session = await ort.InferenceSession.create(model(row.ort, shape(row, x), copies),
      { executionProviders: ["wasm"], graphOptimizationLevel: "disabled" });
    const feeds = { x: new ort.Tensor("float32", x, shape(row, x)) };
    return {
      async run(times) {
        for (let i = 0; i < times; i += copies) await session.run(feeds);
      },
      result: async () => (await session.run(feeds)).y0.data,
      release: () => session.release(),
      granularity: copies,
    };
  };
  return {
    resident: (row, x) => prepare(row, x, residentCopies(row)),
    arrays: (row, x) => prepare(row, x, 1),
  };
}

/** The engine and its peers, each with SIMD and on one thread. */
export async function openLibraries(createCore, tf, ort) {
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  await tf.setBackend("wasm");
  await tf.ready();
  if (tf.getBackend() !== "wasm" || !(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    throw new Error("TensorFlow.js runs without its WebAssembly backend or without SIMD");
  }
  ort.env.wasm.numThreads = 1;
  return { ours: engine(await createCore()), tfjs: tensorflow(tf), ort: onnxRuntime(ort) };
}
