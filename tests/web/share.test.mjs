// Links: everything that is set, copied by a button and opened again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();
const permissions = ["clipboard-read", "clipboard-write"];

const clipboard = (lab) => lab.page.evaluate(() => navigator.clipboard.readText());
const state = async (lab) => {
  const { sentence, ...rest } = await lab.state();
  return rest;
};

test("Share copies a link that opens the same scene, language and numbers elsewhere", async (t) => {
  const lab = await open(t, { path: "#scene=train&preset=spiral&app.tab=results", permissions });
  await lab.page.waitForFunction(() => document.querySelector("activation-lab").state()?.scene === "train");
  await lab.settled();
  await lab.click("header.language.zh");
  for (let i = 0; i < 3; i += 1) await lab.click("train.epoch");
  await lab.click("header.share");
  const link = await clipboard(lab);
  assert.equal(await lab.value("share.link"), link);
  assert.ok(link.length <= 2000, `${link.length} characters`);
  assert.match(link, /#scene=train&v=1&.*lang=zh/);
  const { hash, step } = await lab.state();
  assert.ok(step > 0);
  assert.match(await lab.value("share.facts"), new RegExp(hash));

  const other = await open(t, { path: new URL(link).hash });
  await other.page.waitForFunction((n) => document.querySelector("activation-lab").state()?.step === n, step);
  await other.settled();
  assert.deepEqual(await state(other), await state(lab));
  assert.equal((await other.state()).hash, hash);
});

test("formulas of one’s own survive in a link", async (t) => {
  const lab = await open(t, { permissions });
  await lab.click("scene.functions");
  await lab.click("functions.formula_field");
  await lab.type("a=0.1; x<0 ? a*x : x^2");
  await lab.press("Enter");
  await lab.click("header.share");
  const link = await clipboard(lab);
  const other = await open(t, { path: new URL(link).hash });
  await other.page.waitForFunction(() => document.querySelector("activation-lab").state()?.scene === "functions");
  assert.deepEqual(await state(other), await state(lab));
});

test("on a phone Share and Embed are icons that fit", async (t) => {
  const lab = await open(t, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, permissions });
  const { rect: [left, , width] } = await lab.item("header.share");
  assert.ok(left >= 0 && width <= 44);
  await lab.tap("header.share");
  assert.match(await clipboard(lab), /#scene=tensor&v=1/);
  assert.match(await lab.value("share.copied"), /copied/);
});

test("a broken link says which field, and shows what was there before", async (t) => {
  const lab = await open(t, { path: "#scene=train&v=1&data=xor&noise=9" });
  await lab.page.waitForFunction(() => document.querySelector("activation-lab").items()
    .some(({ id }) => id === "train.error"));
  assert.match(await lab.value("train.error"), /data\.noise/);
  const before = await lab.element.evaluate((app) => app.link());
  const errors = await lab.element.evaluate(async (app) => {
    const told = [];
    app.addEventListener("error", ({ message }) => told.push(message));
    const valid = await app.open("scene=nowhere");
    return [valid, ...told];
  });
  assert.equal(errors[0], false);
  assert.match(errors[1], /“nowhere”.*tensor, functions, train/);
  assert.equal(await lab.element.evaluate((app) => app.link()), before);
});

test("the Embed dialog copies code", async (t) => {
  const lab = await open(t, { path: "#scene=train&preset=xor-relu", permissions, viewport: { width: 1280, height: 800 } });
  await lab.page.waitForFunction(() => document.querySelector("activation-lab").state()?.scene === "train");
  await lab.settled();
  await lab.click("header.embed");
  await lab.click("embed.part.data");
  await lab.click("embed.copy");
  const code = await clipboard(lab);
  const origin = new URL(lab.page.url()).origin;
  assert.ok(code.includes(`src="${origin}/web/activation-lab.js"`), code);
  assert.ok(code.includes('hide="data" state="v=1&amp;data=xor'), code);
});
