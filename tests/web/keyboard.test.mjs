import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab({
  "form.html": `<!doctype html><meta charset="utf-8"><title>form</title>
    <script type="module" src="web/activation-lab.js"></script>
    <input id="before"> <input id="next">
    <activation-lab chrome="full"></activation-lab>
    <input id="after">`,
});

const focused = (lab) =>
  lab.page.evaluate(() => document.activeElement.id || document.activeElement.localName);
const focusedControl = async (lab) => (await lab.items()).find((item) => item.focused)?.id;

test("after a click, keys without a use in the app scroll the page", async (t) => {
  const lab = await open(t, { viewport: { width: 390, height: 400 } });
  await lab.click("header.theme");
  await lab.page.keyboard.press("PageDown");
  await lab.page.waitForFunction(() => window.scrollY > 100);
});

test("Tab enters on the first control, visits every one and leaves", async (t) => {
  const lab = await open(t, { path: "form.html", viewport: { width: 480, height: 360 } });
  await lab.page.locator("#next").focus();
  await lab.press("Tab");
  const first = await focusedControl(lab);
  assert.ok(first, "no control is focused");
  const visited = [first];
  while ((await focused(lab)) === "activation-lab" && visited.length < 100) {
    await lab.press("Tab");
    const control = await focusedControl(lab);
    if (control) visited.push(control);
  }
  assert.equal(await focused(lab), "after");
  assert.equal(new Set(visited).size, visited.length, `visited twice: ${visited}`);
  assert.ok(visited.includes("header.theme") && visited.includes("header.language.zh"), `${visited}`);
  assert.equal(await focusedControl(lab), undefined);

  await lab.press("Shift+Tab");
  assert.equal(await focusedControl(lab), visited.at(-1));
});

for (const scene of ["tensor", "functions", "train"]) {
  test(`every control of the scene ${scene} is reached by keyboard, with the focus in sight`, async (t) => {
    const lab = await open(t, { path: "form.html", viewport: { width: 900, height: 360 } });
    if (!(await lab.items()).some(({ id }) => id === `scene.${scene}`)) {
      t.skip("there is no such scene yet");
      return;
    }
    await lab.click(`scene.${scene}`);
    await lab.page.locator("#next").focus();
    const wanted = (await lab.items()).filter((item) => item.enabled && !item.passive).map(({ id }) => id);
    const visited = new Set();
    await lab.press("Tab");
    while ((await focused(lab)) === "activation-lab" && visited.size <= wanted.length) {
      const control = (await lab.items()).find((item) => item.focused);
      assert.ok(control, `no control is focused after ${[...visited].at(-1)}`);
      assert.ok(!visited.has(control.id), `${control.id} is visited twice`);
      visited.add(control.id);
      const [, y, , height] = control.rect;
      assert.ok(y + height > 0 && y < 360, `${control.id} is out of sight`);
      await lab.press("Tab");
    }
    assert.equal(await focused(lab), "after");
    assert.deepEqual(wanted.filter((id) => !visited.has(id)), []);
  });
}

test("the focused control looks different", async (t) => {
  const lab = await open(t);
  await lab.page.mouse.move(5, 590);
  await lab.settled();
  const without = await lab.picture();
  await lab.press("Tab");
  assert.ok(!without.equals(await lab.picture()));
});

test("Escape gives the keys back to the page", async (t) => {
  const lab = await open(t, { path: "form.html" });
  await lab.page.locator("#next").focus();
  await lab.press("Tab");
  assert.equal(await focused(lab), "activation-lab");
  for (let presses = 0; presses < 3 && (await focused(lab)) === "activation-lab"; presses += 1) {
    await lab.press("Escape");
  }
  assert.equal(await focused(lab), "body");
});

test("a control can be used by keyboard alone, and the page scrolls to it", async (t) => {
  const lab = await open(t, { viewport: { width: 390, height: 300 } });
  await lab.page.keyboard.press("Tab");
  await lab.settled();
  for (let presses = 0; presses < 20 && (await focusedControl(lab)) !== "header.language.zh"; presses += 1) {
    await lab.press("Tab");
  }
  await lab.press("Enter");
  assert.equal(await lab.value("header.language.zh"), "true");
  for (let presses = 0; presses < 12; presses += 1) {
    await lab.press("Tab");
    const item = (await lab.items()).find(({ focused: has }) => has);
    if (!item) break;
    const [, y, , height] = item.rect;
    assert.ok(y >= 0 && y + height <= 300, `${item.id} is out of sight`);
  }
  assert.ok((await lab.page.evaluate(() => window.scrollY)) > 0);
});

test("what Tab comes to is not behind the sentence at the bottom", async (t) => {
  const lab = await open(t, { path: "index.html#scene=train&lang=zh", viewport: { width: 1000, height: 700 } });
  await lab.ready();
  await lab.press("Tab");
  for (let presses = 0; presses < 60; presses += 1) {
    await lab.press("Tab");
    await lab.settled();
    const items = await lab.items();
    const { rect: [, sentence] } = items.find(({ id }) => id === "status");
    const { id, rect: [, top, , height] } = items.find(({ focused: has }) => has);
    if (id === "about") continue; // stands beside the sentence
    assert.ok(top >= 0 && top + height <= sentence, `${id} ends at ${top + height} of ${sentence}`);
  }
});

test("a slider's keys change it, and move neither the focus nor the page", async (t) => {
  const lab = await open(t, { path: "index.html#scene=train", viewport: { width: 390, height: 600 } });
  await lab.ready();
  const id = "train.noise";
  await lab.element.evaluate((app, control) => app.shadowRoot.querySelector(`[data-id="${control}"]`).focus(), id);
  await lab.settled();
  const { range: [least, most] } = await lab.item(id);
  const place = await lab.page.evaluate(() => window.scrollY);
  for (const [key, wanted] of [["Home", least], ["End", most], ["PageDown", undefined], ["Home", least],
    ["ArrowUp", undefined], ["ArrowDown", least], ["PageUp", undefined]]) {
    const before = await lab.value(id);
    await lab.press(key);
    const { focused: has, value } = await lab.item(id);
    assert.ok(has, `${key} takes the focus away`);
    if (wanted === undefined) assert.notEqual(value, before, `${key} does nothing`);
    else assert.equal(Number(value), wanted, key);
  }
  assert.equal(await lab.page.evaluate(() => window.scrollY), place);
});
