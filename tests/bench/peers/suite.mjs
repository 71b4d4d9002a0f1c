// All measurements of one environment, the same in Node and in a page.

import { functions } from "./functions.mjs";
import { measure, warmUp } from "./measure.mjs";

// Fits the second-level cache, and does not.
export const IN_CACHE = 65_536;
export const IN_MEMORY = 1_048_576;

/**
 * @param {Record<string, object>} libraries  of contestants.mjs, the engine first
 * @param {{samples: number, sampleMs: number, fastest: boolean, ids: string[]}} options
 *        no ids: all functions
 * @param {(result: object) => void} report  gets each result of measure() as it comes
 */
export async function runSuite(libraries, { ids, ...options }, report) {
  const unknown = ids.filter((id) => !functions.some((row) => row.id === id));
  if (unknown.length) throw new Error(`no peer has ${unknown.join(", ")}`);
  const rows = functions.filter((row) => !ids.length || ids.includes(row.id));
  const tasks = (chosen, form, length) => chosen.map((row) => ({ row, form, length }));
  const all = [
    ...tasks(rows, "resident", IN_CACHE),
    ...tasks(rows.filter((row) => row.memory), "resident", IN_MEMORY),
    ...tasks(rows, "arrays", IN_CACHE),
  ];
  for (const task of all) await warmUp(task, libraries);
  for (const task of all) report(await measure(task, libraries, options));
}
