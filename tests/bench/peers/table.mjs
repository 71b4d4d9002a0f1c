// The results as Markdown.

import { IN_CACHE, IN_MEMORY } from "./suite.mjs";

// How much faster than the best peer the engine must be.
const GOAL = 1.5;
const MEMORY_GOAL = 0.9;

const goal = ({ memory }) => (memory ? MEMORY_GOAL : GOAL);
const number = (value, digits) => (value === undefined ? "–" : value.toFixed(digits));
const floats = (count) => count.toLocaleString("en-US");

function table(results, marks) {
  const names = ["ours", "tfjs", "ort"];
  const lines = [
    `| function | ${names.join(" | ")} | ratio to best |`,
    `|---|${names.map(() => "--:").join("|")}|--:|`,
  ];
  for (const result of results) {
    const mark = marks && result.ratio < goal(result) ? ` ✗ (goal ${goal(result)})` : "";
    const rates = names.map((name) => number(result.rate[name], 3)).join(" | ");
    lines.push(`| ${result.id} | ${rates} | ${number(result.ratio, 2)}${mark} |`);
  }
  return lines.join("\n");
}

const geometricMean = (numbers) =>
  Math.exp(numbers.reduce((sum, x) => sum + Math.log(x), 0) / numbers.length);

/** One sentence on the goals, which are set for what stays in the library's memory. */
function verdict(results) {
  const missed = results.filter((result) => result.ratio < goal(result)).map(({ id }) => id);
  const mean = number(geometricMean(results.map(({ ratio }) => ratio)), 2);
  const rest = missed.length ? `goal missed by ${missed.join(", ")}` : "every goal met";
  return `Geometric mean of the ratios ${mean}; ${rest}.`;
}

/** All tables of one environment. */
export function report(environment, results) {
  const section = (title, form, length, marks) => {
    const chosen = results.filter((r) => r.form === form && r.length === length);
    if (!chosen.length) return [];
    return [`### ${title}, ${floats(length)} floats`, table(chosen, marks),
      ...(marks ? [verdict(chosen)] : [])];
  };
  return [
    `## ${environment}`,
    "Billions of elements a second on one thread.",
    ...section("In the library's memory", "resident", IN_CACHE, true),
    ...section("In the library's memory", "resident", IN_MEMORY, true),
    ...section("From one Float32Array to another", "arrays", IN_CACHE, false),
  ].join("\n\n");
}
