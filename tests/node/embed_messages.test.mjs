// What a frame makes of messages that nobody has written by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fault, isOurs, say, version } from "../../web/embed-messages.js";

/** Numbers in [0, 1) that are the same in every run (G. Marsaglia, "Xorshift RNGs", 2003). */
function drawer(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const types = ["open", "set", "play", "pause", "step", "reset", "state", "screenshot"];
const names = [
  "activationLab", "id", "type", "link", "fields", "value", "__proto__", "constructor", "toString", "",
  "data.noise", "training.optimizer.learningRate", "x".repeat(200)];

/** A value that a message can bring. */
function anything(draw, depth = 0) {
  const one = (list) => list[Math.floor(draw() * list.length)];
  const kind = Math.floor(draw() * (depth > 3 ? 6 : 10));
  if (kind === 0) return one([0, 1, -1, 1.5, 2 ** 53, 1e308, NaN, Infinity, -0]);
  if (kind === 1) return one(["", "a", "xor", ...types, "y".repeat(65), "z".repeat(20_000)]);
  if (kind === 2) return one([true, false]);
  if (kind === 3) return one([null, undefined]);
  if (kind === 4) return one([1n, new Date(0), /x/, new ArrayBuffer(8), new Float32Array(3), new Error("e")]);
  if (kind === 5) return version;
  if (kind === 6) return Array.from({ length: Math.floor(draw() * 5) }, () => anything(draw, depth + 1));
  if (kind === 7) return one([new Map([[anything(draw, depth + 1), 1]]), new Set([1])]);
  const object = {};
  for (let count = Math.floor(draw() * 5); count > 0; count -= 1) {
    Object.defineProperty(object, one(names), {
      value: anything(draw, depth + 1), enumerable: true, configurable: true, writable: true });
  }
  if (draw() < 0.1) object.round = object; // in circles
  return object;
}

/** A message that is nearly right: members of a right one, some of them replaced, dropped or added. */
function message(draw) {
  const type = types[Math.floor(draw() * types.length)];
  const result = { activationLab: version, id: 7, type };
  if (type === "open") result.link = "v=1&data=xor";
  if (type === "set") result.fields = { "data.noise": 0.25, "network.hidden": [{ units: 3 }] };
  for (const name of [...Object.keys(result), names[Math.floor(draw() * names.length)]]) {
    if (draw() < 0.2) {
      Object.defineProperty(result, name, {
        value: anything(draw), enumerable: true, configurable: true, writable: true });
    } else if (draw() < 0.05) {
      delete result[name];
    }
  }
  return result;
}

test("200,000 messages are refused with a reason, or are what the protocol says", () => {
  const draw = drawer(20_261_127);
  const accepted = Object.fromEntries(types.map((type) => [type, 0]));
  let refused = 0, foreign = 0;
  for (let i = 0; i < 200_000; i += 1) {
    const data = draw() < 0.1 ? anything(draw) : structuredClone(message(draw));
    if (!isOurs(data)) {
      foreign += 1;
      continue;
    }
    const wrong = fault(data);
    if (wrong !== undefined) {
      assert.equal(typeof wrong, "string");
      assert.ok(wrong.length > 10 && wrong.length < 300, wrong);
      refused += 1;
      continue;
    }
    accepted[data.type] += 1;
    assert.equal(data.activationLab, version);
    assert.ok(typeof data.id === "number" ? Number.isSafeInteger(data.id) : data.id.length <= 64);
    const more = { open: ["link"], set: ["fields"] }[data.type] ?? [];
    assert.deepEqual(Object.keys(data).sort(), ["activationLab", "id", "type", ...more].sort());
    if (data.type === "open") assert.ok(typeof data.link === "string" && data.link.length <= 16_384);
    if (data.type !== "set") continue;
    assert.equal(Object.getPrototypeOf(data.fields), Object.prototype);
    for (const value of Object.values(data.fields)) assert.ok(JSON.stringify(value).length <= 5_000);
  }
  assert.ok(refused > 20_000 && foreign > 10_000);
  for (const type of types) assert.ok(accepted[type] > 1_000, `${type}: ${accepted[type]}`);
});

test("messages of others, and what only looks like one, are told apart", () => {
  for (const data of [null, 1, "open", [], [{ activationLab: 1 }], {}, new Map([["activationLab", 1]])]) {
    assert.equal(isOurs(data), false);
  }
  assert.ok(isOurs(say("play", { id: 1 })));
  assert.equal(fault(say("play", { id: 1 })), undefined);
  assert.match(fault(say(["play"], { id: 1 })), /type/);
  assert.match(fault(say("toString", { id: 1 })), /type/);
  assert.match(fault({ activationLab: 2, id: 1, type: "play" }), /version 1/);
  assert.match(fault(say("play", { id: 1, "<img>": 1 })), /<img>/);
  const nested = {};
  let at = nested;
  for (let i = 0; i < 50_000; i += 1) at = at.deeper = {};
  assert.match(fault(say("set", { id: 1, fields: { nested } })), /fields/);
});
