// Writes ONNX models: the few messages of onnx.proto that a graph of unary operators takes.

const encoder = new TextEncoder();

/** A number as protobuf's base-128 varint. */
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

const integer = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field, value) => bytes(field, encoder.encode(value));
const float32 = (value) => new Uint8Array(Float32Array.of(value).buffer);

const FLOAT = 1; // TensorProto.DataType

/** AttributeProto: a number becomes a FLOAT, a string a STRING. */
function attribute(name, value) {
  const content = typeof value === "string"
    ? [...text(4, value), ...integer(20, 3)]
    : [...varint((2 << 3) | 5), ...float32(value), ...integer(20, 1)];
  return bytes(5, [...text(1, name), ...content]);
}

/** ValueInfoProto of a float tensor. */
function value(field, name, shape) {
  const extents = shape.flatMap((extent) => bytes(1, integer(1, extent)));
  const tensor = bytes(1, [...integer(1, FLOAT), ...bytes(2, extents)]);
  return bytes(field, [...text(1, name), ...bytes(2, tensor)]);
}

/** TensorProto of one number, with as many axes as `shape` has ones. */
function constant(name, shape, value) {
  const dims = shape.flatMap((extent) => integer(1, extent));
  return bytes(5, [...dims, ...integer(2, FLOAT), ...text(8, name), ...bytes(9, float32(value))]);
}

/** NodeProto of the operator on x, written to `output`. */
function node({ op, domain = "", attributes = {}, constants = [] }, output) {
  const inputs = ["x", ...constants.map((_, i) => `constant${i}`)];
  return bytes(1, [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, output),
    ...text(4, op),
    ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),
    ...text(7, domain),
  ]);
}

/**
 * A model whose output y0 is an operator applied to its input x, both tensors of floats.
 * @param {{op: string, opset?: number, domain?: string, attributes?: Record<string, number | string>,
 *          constants?: number[], constantShape?: number[]}} operator
 *        `constants` are further inputs; they are scalars unless `constantShape` says otherwise
 * @param {number[]} shape  of both
 * @param {number} copies  how many times the operator is applied to x, each time to a result of its own
 */
export function model(operator, shape, copies) {
  const { opset = 17, domain = "", constants = [], constantShape = [] } = operator;
  const nodes = Array.from({ length: copies }, (_, i) => node(operator, `y${i}`));
  const graph = [
    ...nodes.flat(),
    ...text(2, operator.op),
    ...constants.flatMap((value, i) => constant(`constant${i}`, constantShape, value)),
    ...value(11, "x", shape),
    ...value(12, "y0", shape),
  ];
  const imports = [["", opset], ...(domain ? [[domain, 1]] : [])];
  return Uint8Array.from([
    ...integer(1, 8), // ir_version
    ...bytes(7, graph),
    ...imports.flatMap(([name, version]) => bytes(8, [...text(1, name), ...integer(2, version)])),
  ]);
}
