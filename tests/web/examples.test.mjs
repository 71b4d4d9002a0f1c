// The example pages of web/examples, as they lie in dist/: each works in a browser without an error.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { dist, useLab } from "./support/lab.mjs";

const read = (file) => fs.readFileSync(path.join(dist, "examples", file), "utf8");

/** What Markdown makes of the page, as far as its figures go: HTML stays as it is. */
const markdown = read("mkdocs/docs/index.md");
const notebook = JSON.parse(read("jupyter/activations.ipynb"));
const output = notebook.cells[1].outputs[0].data["text/html"].join("");

const { open } = useLab({
  // Where MkDocs and Jupyter put them.
  "site/index.html": `<!doctype html><meta charset="utf-8"><title>site</title><link rel="icon" href="data:,">
    ${markdown.replaceAll("activation-lab/web/", "../web/")}`,
  "site/notebooks/notebook.html": `<!doctype html><meta charset="utf-8"><title>notebook</title><link rel="icon" href="data:,">${output}`,
});

/** Scrolls through the page until every figure has drawn, and gives their scenes. */
async function readThrough(lab) {
  return lab.page.evaluate(async () => {
    const scenes = [];
    for (const figure of document.querySelectorAll("activation-lab")) {
      figure.scrollIntoView({ block: "center", behavior: "instant" });
      await figure.ready;
      await figure.idle();
      scenes.push(figure.state().scene);
    }
    return scenes;
  });
}

const clean = async (lab) => {
  assert.deepEqual(lab.errors, []);
  assert.deepEqual((await lab.spied()).violations, []);
};

test("the plain page shows a figure that learns", { timeout: 120_000 }, async (t) => {
  const lab = await open(t, { path: "examples/index.html" });
  assert.deepEqual(await readThrough(lab), ["train"]);
  await lab.element.evaluate((app) => app.play());
  await lab.page.waitForFunction(() => document.querySelector("activation-lab").progress().testAccuracy === 1,
    null, { timeout: 60_000 });
  await clean(lab);
});

for (const [file, language] of [["tutorial.html", "en"], ["tutorial.zh.html", "zh"]]) {
  test(`${file} has five live figures in its language`, { timeout: 120_000 }, async (t) => {
    const lab = await open(t, { path: `examples/${file}`, wait: false });
    assert.deepEqual(await readThrough(lab), ["train", "train", "functions", "tensor", "compare"]);
    const states = await lab.page.evaluate(() =>
      [...document.querySelectorAll("activation-lab")].map((figure) => figure.state()));
    assert.ok(states.every((state) => state.language === language));
    assert.match(states[0].experiment, /net=8identity-8identity/);
    assert.match(states[3].output, /0\.6225, 0\.5000/);
    await clean(lab);
  });
}

test("a page with a strict content security policy", async (t) => {
  const lab = await open(t, { path: "examples/csp.html" });
  assert.deepEqual(await readThrough(lab), ["functions"]);
  await clean(lab);
});

test("a page steers the figure in its frame", async (t) => {
  const lab = await open(t, { path: "examples/frame.html", wait: false });
  await lab.page.waitForFunction(() => document.querySelector("#figure").getBoundingClientRect().height > 700);
  await lab.page.locator("#rate").selectOption("0.03");
  await lab.page.locator("#play").click();
  await lab.page.waitForFunction(() => Number(document.querySelector("#epoch").value.slice(6)) > 3);
  await lab.page.locator("#pause").click();
  await clean(lab);
});

test("of twenty figures, those that are far give their graphics context back and return as they were", { timeout: 300_000 }, async (t) => {
  const warnings = [];
  const lab = await open(t, { path: "examples/many.html", wait: false,
    prepare: (page) => page.on("console", (message) => warnings.push(message.text())) });
  const second = lab.at("activation-lab >> nth=1");
  await second.element.scrollIntoViewIfNeeded();
  await second.ready();
  for (let i = 0; i < 5; i += 1) await second.element.evaluate((app) => app.step());
  await second.element.evaluate((app) => app.idle());
  const before = await second.state();

  const scenes = await readThrough(lab);
  assert.equal(scenes.length, 20);
  const alive = () => lab.page.evaluate(() => [...document.querySelectorAll("activation-lab")].map((figure) =>
    !figure.shadowRoot.querySelector("canvas").getContext("webgl2").isContextLost()));
  const now = await alive();
  assert.equal(now[1], false);
  assert.equal(now[19], true);
  assert.ok(now.filter(Boolean).length <= 10, now.join(" "));

  await second.element.scrollIntoViewIfNeeded();
  await lab.page.waitForFunction(() => !document.querySelectorAll("activation-lab")[1].shadowRoot
    .querySelector("canvas").getContext("webgl2").isContextLost());
  await second.settled();
  assert.deepEqual(await second.state(), before);
  const shot = await second.element.evaluate(async (app) => (await app.screenshot()).size);
  assert.ok(shot > 2000);
  assert.deepEqual(warnings.filter((text) => /too many/i.test(text)), []);
  await clean(lab);
});

test("figures in a page of MkDocs", async (t) => {
  const lab = await open(t, { path: "site/index.html", wait: false });
  assert.deepEqual(await readThrough(lab), ["train", "functions"]);
  await clean(lab);
});

test("the figure in a Jupyter notebook", async (t) => {
  const lab = await open(t, { path: "site/notebooks/notebook.html", wait: false });
  const frame = lab.page.frames().find((other) => other.url().includes("embed.html"));
  await frame.waitForFunction(() => document.querySelector("activation-lab")?.state()?.scene === "train");
  const source = notebook.cells[1].source.join("");
  const link = source.match(/"embed\.html(#[^"]+)"/)[1];
  assert.equal(new URL(frame.url()).hash, link);
  await clean(lab);
});
