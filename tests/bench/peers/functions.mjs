// The functions that the engine shares with a peer, and how each peer is asked for them.
//
// tfjs: a call on the prepared tensor. Where the library has no kernel, the composition that
// @tensorflow/tfjs-layers or a user would write, run in a tidy so that its intermediates are freed.
// ort: one operator, or none where the standard has none that is a single node.
// columns: the function takes rows of so many numbers.
// memory: the arithmetic is so little that the traffic decides.
//
// Not here: identity, for which the peers share the memory instead of computing.

const composed = (write) => (tf, x) => tf.tidy(() => write(tf, x));

const gate = (write) => composed((tf, x) => tf.mul(x, write(tf, x)));

const clip = (low, high) => ({ op: "Clip", constants: [low, high] });

export const functions = [
  { id: "relu", memory: true, tfjs: (tf, x) => tf.relu(x), ort: { op: "Relu" } },
  { id: "leaky_relu", memory: true, tfjs: (tf, x) => tf.leakyRelu(x, 0.01),
    ort: { op: "LeakyRelu", attributes: { alpha: 0.01 } } },
  { id: "prelu", memory: true, tfjs: (tf, x, { slope }) => tf.prelu(x, slope),
    constants: { slope: 0.25 }, ort: { op: "PRelu", constants: [0.25], constantShape: [1] } },
  { id: "relu6", memory: true, tfjs: (tf, x) => tf.relu6(x), ort: clip(0, 6) },
  { id: "hardtanh", memory: true, tfjs: (tf, x) => tf.clipByValue(x, -1, 1), ort: clip(-1, 1) },
  { id: "hardsigmoid", memory: true,
    tfjs: composed((tf, x) => tf.clipByValue(tf.add(tf.mul(x, 1 / 6), 0.5), 0, 1)),
    ort: { op: "HardSigmoid", attributes: { alpha: 1 / 6, beta: 0.5 } } },
  { id: "hardswish", memory: true,
    tfjs: composed((tf, x) => tf.mul(x, tf.mul(tf.relu6(tf.add(x, 3)), 1 / 6))),
    ort: { op: "HardSwish" } },
  { id: "threshold", memory: true, params: { threshold: 1, value: 0 },
    ort: { op: "ThresholdedRelu", attributes: { alpha: 1 } } },
  { id: "hardshrink", memory: true, ort: { op: "Shrink", attributes: { lambd: 0.5, bias: 0 } } },
  { id: "softshrink", memory: true, ort: { op: "Shrink", attributes: { lambd: 0.5, bias: 0.5 } } },
  { id: "step", memory: true, tfjs: (tf, x) => tf.step(x) },
  { id: "squared_relu", memory: true, tfjs: composed((tf, x) => tf.square(tf.relu(x))) },

  { id: "softsign", tfjs: composed((tf, x) => tf.div(x, tf.add(tf.abs(x), 1))),
    ort: { op: "Softsign" } },
  { id: "sigmoid", tfjs: (tf, x) => tf.sigmoid(x), ort: { op: "Sigmoid" } },
  { id: "logsigmoid", tfjs: composed((tf, x) => tf.logSigmoid(x)) },
  { id: "tanh", tfjs: (tf, x) => tf.tanh(x), ort: { op: "Tanh" } },
  { id: "tanhshrink", tfjs: composed((tf, x) => tf.sub(x, tf.tanh(x))) },
  { id: "arctan", tfjs: (tf, x) => tf.atan(x), ort: { op: "Atan" } },
  { id: "elu", tfjs: (tf, x) => tf.elu(x), ort: { op: "Elu" } },
  { id: "celu", ort: { op: "Celu" } },
  { id: "selu", tfjs: (tf, x) => tf.selu(x), ort: { op: "Selu" } },
  { id: "softplus", tfjs: (tf, x) => tf.softplus(x), ort: { op: "Softplus" } },
  { id: "silu", tfjs: gate((tf, x) => tf.sigmoid(x)),
    ort: { op: "QuickGelu", domain: "com.microsoft", attributes: { alpha: 1 } } },
  { id: "quick_gelu", tfjs: gate((tf, x) => tf.sigmoid(tf.mul(x, 1.702))),
    ort: { op: "QuickGelu", domain: "com.microsoft", attributes: { alpha: 1.702 } } },
  { id: "gelu", tfjs: gate((tf, x) => tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5)),
    ort: { op: "Gelu", opset: 20 } },
  { id: "gelu_tanh",
    tfjs: gate((tf, x) => {
      const inner = tf.mul(tf.add(tf.mul(tf.mul(tf.square(x), x), 0.044715), x),
        Math.sqrt(2 / Math.PI));
      return tf.add(tf.mul(tf.tanh(inner), 0.5), 0.5);
    }),
    ort: { op: "Gelu", opset: 20, attributes: { approximate: "tanh" } } },
  { id: "mish", tfjs: gate((tf, x) => tf.tanh(tf.softplus(x))), ort: { op: "Mish", opset: 18 } },
  { id: "squareplus",
    tfjs: composed((tf, x) => tf.mul(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 0.5)) },
  { id: "exponential", tfjs: (tf, x) => tf.exp(x), ort: { op: "Exp" } },
  { id: "gaussian", tfjs: composed((tf, x) => tf.exp(tf.neg(tf.square(x)))) },
  { id: "sin", tfjs: (tf, x) => tf.sin(x), ort: { op: "Sin" } },

  { id: "softmax", columns: 64, tfjs: (tf, x) => tf.softmax(x), ort: { op: "Softmax" } },
  { id: "log_softmax", columns: 64, tfjs: composed((tf, x) => tf.logSoftmax(x)),
    ort: { op: "LogSoftmax" } },
  { id: "softmin", columns: 64, tfjs: composed((tf, x) => tf.softmax(tf.neg(x))) },
];
