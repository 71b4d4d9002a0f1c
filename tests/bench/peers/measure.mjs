// Times contestants against each other. Their samples are taken in turns, so that whatever else the
// machine does hits all of them. Figures are medians; on a machine too busy for those, which only ever
// slows a sample down, they are the fastest samples.

const WARM_UP_MS = 50;

const median = (numbers) => {
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Standard normal numbers times two, the same every time. */
export function normalInput(length) {
  let state = 0x9e3779b9;
  const uniform = () => { // xorshift32, in (0, 1]
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 1) / 2 ** 32;
  };
  return Float32Array.from({ length },
    () => 2 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** Throws unless two results agree to what single precision can be expected to give. */
function compare(name, expected, got) {
  if (got.length !== expected.length) throw new Error(`${name}: ${got.length} numbers`);
  for (let i = 0; i < expected.length; i += 1) {
    const error = Math.abs(got[i] - expected[i]);
    if (!(error <= 1e-4 * Math.max(1, Math.abs(expected[i])))) {
      throw new Error(`${name}: ${got[i]} instead of ${expected[i]} at ${i}`);
    }
  }
}

async function time(contestant, times) {
  const start = performance.now();
  await contestant.run(times);
  return performance.now() - start;
}

/** How many applications fill one sample, found while warming up. */
async function calibrate(contestant, sampleMs) {
  const { granularity = 1 } = contestant;
  const start = performance.now();
  let times = granularity;
  for (;;) {
    const spent = await time(contestant, times);
    if (spent < sampleMs / 2) times *= 2;
    else if (performance.now() - start > WARM_UP_MS) {
      return Math.max(granularity, Math.round((times * sampleMs) / spent / granularity) * granularity);
    }
  }
}

/**
 * @param {Record<string, object>} contestants  by name; the first one is compared with the others
 * @returns per contestant the time of one application in ms, and the first one's advantage over the
 *          fastest other one
 */
export async function race(contestants, { samples, sampleMs, fastest }) {
  const names = Object.keys(contestants);
  const counts = {};
  const times = {};
  for (const name of names) {
    counts[name] = await calibrate(contestants[name], sampleMs);
    times[name] = [];
  }
  for (let sample = 0; sample < samples; sample += 1) {
    for (const name of names) {
      times[name].push((await time(contestants[name], counts[name])) / counts[name]);
    }
  }
  const typical = (values) => (fastest ? Math.min(...values) : median(values));
  const ms = Object.fromEntries(names.map((name) => [name, typical(times[name])]));
  const [own, ...peers] = names;
  const best = peers.reduce((a, b) => (ms[b] < ms[a] ? b : a));
  const ratio = fastest ? ms[best] / ms[own] : median(times[own].map((t, i) => times[best][i] / t));
  return { ms, best, ratio };
}

/** Those of the libraries that have the function, prepared for it. */
async function prepare({ row, form, length }, libraries) {
  const x = normalInput(length);
  const contestants = {};
  for (const [name, library] of Object.entries(libraries)) {
    const contestant = await library[form](row, x);
    if (contestant) contestants[name] = contestant;
  }
  return contestants;
}

async function release(contestants) {
  for (const contestant of Object.values(contestants)) await contestant.release();
}

/**
 * Runs a case for a moment. JavaScript engines compile what is used much a second time, better and
 * in the background, so every case is warmed up before the first one is timed.
 */
export async function warmUp(task, libraries) {
  const contestants = await prepare(task, libraries);
  for (const contestant of Object.values(contestants)) await calibrate(contestant, 1);
  await release(contestants);
}

/**
 * Measures one function in one form.
 * @param {{row: object, form: "resident" | "arrays", length: number}} task  row: of functions.mjs
 * @param {Record<string, object>} libraries  of contestants.mjs, the engine first
 * @param {{samples: number, sampleMs: number, fastest: boolean}} options
 */
export async function measure(task, libraries, options) {
  const { row, form, length } = task;
  const contestants = await prepare(task, libraries);
  const [own] = Object.keys(libraries);
  const expected = await contestants[own].result();
  for (const [name, contestant] of Object.entries(contestants)) {
    compare(`${row.id}, ${name}, ${form}`, expected, await contestant.result());
  }
  const { ms, best, ratio } = await race(contestants, options);
  await release(contestants);
  const rate = Object.fromEntries(
    Object.entries(ms).map(([name, time]) => [name, length / time / 1e6]));
  return { id: row.id, memory: row.memory ?? false, form, length, rate, best, ratio };
}
