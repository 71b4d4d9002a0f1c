// The course as a visitor uses it.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();
const wide = { viewport: { width: 1440, height: 900 } };
const beamer = { viewport: { width: 1024, height: 768 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const folder = fileURLToPath(new URL("../../build/pictures", import.meta.url));

async function openLesson(t, lesson, options = wide, more = "") {
  const lab = await open(t, { ...options, path: `#scene=learn&lesson=${lesson}${more}` });
  await lab.settled();
  return lab;
}

async function picture(lab, name) {
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, `learn-${name}.png`), await lab.page.screenshot());
}

/** Waits until the lesson's task is done. */
function taskDone(lab, task) {
  return lab.page.waitForFunction(
    (id) => document.querySelector("activation-lab").state().done.includes(id), task, { timeout: 60_000 });
}

test("read, predict, play: the task ticks itself, and is there again after a reload", async (t) => {
  const lab = await openLesson(t, "xor");
  assert.equal((await lab.state()).held, true);
  assert.equal((await lab.item("train.play")).enabled, false);
  await lab.click("train.play");
  assert.equal((await lab.state()).live.step, 0);
  await picture(lab, "xor-asked");

  await lab.click("learn.answer.2");
  assert.match(await lab.value("learn.why"), /^Right\./);
  await lab.page.mouse.click(...Object.values(await lab.centre("train.play")));
  await taskDone(lab, "two");
  await lab.page.mouse.click(...Object.values(await lab.centre("train.play")));
  await lab.settled();
  assert.equal(await lab.value("learn.task.two"), "Done");
  await lab.click("train.layer.0.more");
  await lab.page.mouse.click(...Object.values(await lab.centre("train.play")));
  await taskDone(lab, "three");
  await lab.page.mouse.click(...Object.values(await lab.centre("train.play")));
  await lab.settled();
  const { live } = await lab.state();
  assert.match(live.experiment, /net=3relu/);
  await picture(lab, "xor-done");

  await lab.page.reload();
  await lab.ready();
  await lab.settled();
  const again = await lab.state();
  assert.equal(again.lesson, "xor");
  assert.equal(again.held, false);
  assert.deepEqual(again.done, ["two", "three"]);
  assert.equal(again.live.step, 0);
  assert.deepEqual(lab.errors, []);
});

test("an audience is led by keys alone, and nothing scrolls", async (t) => {
  const lab = await openLesson(t, "linear", beamer, "&present=1");
  const at = async () => {
    const { lesson, lessonStep, presenting } = await lab.state();
    return [lesson, lessonStep, presenting];
  };
  const scrolls = () => lab.page.evaluate(() =>
    document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth);
  await lab.page.evaluate(() => document.querySelector("activation-lab").focus());
  assert.deepEqual(await at(), ["linear", 0, true]);
  assert.equal(await scrolls(), false);
  await lab.press("ArrowRight");
  assert.deepEqual(await at(), ["linear", 1, true]);
  await lab.press("ArrowRight");
  await picture(lab, "present-asked");
  await lab.press("ArrowDown");
  await lab.press("Space");
  assert.equal((await lab.state()).answer, 0);
  await picture(lab, "present-answered");
  await lab.press("ArrowRight");
  await lab.page.keyboard.press("Space");
  await taskDone(lab, "straight");
  await lab.page.keyboard.press("Space");
  await lab.settled();
  assert.equal((await lab.state()).live.playing, false);
  assert.equal(await scrolls(), false);
  await picture(lab, "present-done");
  await lab.press("r");
  assert.equal((await lab.state()).live.step, 0);
  await lab.press("ArrowDown");
  assert.deepEqual(await at(), ["relu", 0, true]);
  await lab.press("Escape");
  assert.deepEqual(await at(), ["relu", 0, false]);
  assert.ok((await lab.items()).some(({ id }) => id === "header.theme"));
  assert.deepEqual(lab.errors, []);
});

test("before an audience the pointer still hits what it points at", async (t) => {
  const lab = await openLesson(t, "linear", { viewport: { width: 1920, height: 1080 } }, "&present=1");
  await lab.press("ArrowRight");
  await lab.press("ArrowRight");
  await lab.click("learn.answer.1");
  assert.equal((await lab.state()).answer, 1);
  await lab.click("learn.leave");
  assert.equal((await lab.state()).presenting, false);
});

test("a link opens its lesson, a wrong one says so and changes nothing", async (t) => {
  const lab = await openLesson(t, "dying", wide, "&lang=zh");
  assert.equal((await lab.state()).lesson, "dying");
  assert.equal((await lab.state()).language, "zh");
  await lab.page.evaluate(() => { location.hash = "#scene=learn&lesson=nowhere"; });
  await lab.page.waitForTimeout(300);
  await lab.settled();
  assert.equal((await lab.state()).lesson, "dying");
  assert.match(await lab.value("learn.error"), /nowhere/);
});

test("a lesson is done on a phone by touch: the text first, then the scene", async (t) => {
  const lab = await openLesson(t, "sigmoid", phone);
  const [text, scene] = [await lab.item("learn.question"), await lab.item("functions.plot")];
  assert.ok(text.rect[1] < scene.rect[1]);
  await picture(lab, "phone");
  await lab.tap("learn.answer.2");
  await lab.tap("functions.first");
  await lab.tap("functions.plot");
  await taskDone(lab, "steepest");
  assert.deepEqual(lab.errors, []);
});

for (const lesson of ["linear", "relu", "sigmoid", "module", "xor", "softmax", "vanishing", "dying", "choosing"]) {
  test(`the lesson ${lesson} draws without a complaint, in Chinese and dark, too`, async (t) => {
    const lab = await openLesson(t, lesson, wide, "&lang=zh&theme=dark");
    await picture(lab, `${lesson}-zh`);
    assert.equal((await lab.state()).lesson, lesson);
    assert.deepEqual(lab.errors, []);
    assert.deepEqual((await lab.spied()).violations, []);
  });
}
