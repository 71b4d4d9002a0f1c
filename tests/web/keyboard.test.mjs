import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab({
  "form.html": `<!doctype html><meta charset="utf-8"><title>form</title>
    <script type="module" src="web/activation-lab.js"></script>
    <input id="before"> <input id="next">
    <activation-lab></activation-lab>
    <input id="after">`,
});

const focused = (lab) =>
  lab.page.evaluate(() => document.activeElement.id || document.activeElement.localName);
const focusedControl = async (lab) => (await lab.items()).find((item) => item.focused)?.id;

test("typing beside the app stays there", async (t) => {
  const lab = await open(t, { path: "form.html" });
  const items = await lab.items();
  const { frames } = await lab.spied();
  await lab.page.locator("#before").click();
  await lab.page.keyboard.type("ab");
  await lab.page.keyboard.press("Backspace");
  assert.equal(await lab.page.locator("#before").inputValue(), "a");
  await lab.page.keyboard.press("Tab");
  assert.equal(await focused(lab), "next");
  await lab.page.keyboard.press("Enter");
  await lab.page.keyboard.press("Space");
  assert.deepEqual(await lab.items(), items);
  assert.equal((await lab.spied()).frames, frames, "the app has drawn frames for keys of others");
});

test("shortcuts of the browser are never prevented", async (t) => {
  const lab = await open(t);
  await lab.click("header.theme");
  await lab.page.evaluate(() => {
    window.prevented = [];
    addEventListener("keydown", (event) => {
      if (event.defaultPrevented) window.prevented.push(event.key);
      event.preventDefault(); // so that the page isn't really reloaded
    });
  });
  for (const keys of ["Control+r", "Control+f", "Control+l", "Control+p", "F5", "F11", "Alt+ArrowLeft"]) {
    await lab.page.keyboard.press(keys);
  }
  assert.deepEqual(await lab.page.evaluate(() => window.prevented), []);
});

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
