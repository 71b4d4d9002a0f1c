import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();

const printed = "tensor([[0.6225, 0.5000],\n        [0.5000, 0.9526],\n        [0.8176, 0.5000]])";

test("a cell is edited with mouse and keyboard and the printed output follows", async (t) => {
  const lab = await open(t, { viewport: { width: 1440, height: 900 } });
  assert.equal(await lab.value("tensor.output"), printed);
  await lab.click("tensor.cell.0.1");
  await lab.type("2");
  await lab.press("Enter");
  assert.equal(await lab.value("tensor.output"), printed.replace("0.6225, 0.5000", "0.6225, 0.8808"));
  const { input } = await lab.state();
  assert.equal(input.data[1], 2);
  assert.deepEqual(lab.errors, []);
});

test("text that is no number keeps the value and explains itself in the chosen language", async (t) => {
  const lab = await open(t, { viewport: { width: 1440, height: 900 } });
  await lab.click("header.language.zh");
  await lab.click("tensor.cell.1.1");
  await lab.type("3x");
  await lab.press("Enter");
  assert.match(await lab.value("tensor.error"), /“3x”不是数/);
  assert.equal((await lab.state()).input.data[3], 3);
});

test("the language changes at run time and is remembered", async (t) => {
  const lab = await open(t);
  assert.equal((await lab.item("scene.tensor")).label, "Tensor");
  await lab.click("header.language.zh");
  assert.equal((await lab.item("scene.tensor")).label, "张量");
  assert.equal(await lab.element.getAttribute("lang"), "zh-CN");
  await lab.page.reload();
  await lab.ready();
  await lab.idle();
  assert.equal((await lab.item("scene.tensor")).label, "张量");
});

test("layers are chosen from a menu, and the code follows", async (t) => {
  const lab = await open(t, { viewport: { width: 1440, height: 900 } });
  await lab.click("tensor.layer.0");
  await lab.click("tensor.layer.0.menu.tanh");
  await lab.click("tensor.tab.code");
  assert.match(await lab.value("tensor.code"), /self\.tanh = nn\.Tanh\(\)/);
  await lab.click("tensor.undo");
  assert.match(await lab.value("tensor.code"), /self\.relu = nn\.ReLU\(\)/);
});

test("the pointer traces a number, the arrow keys go on from there", async (t) => {
  const lab = await open(t, { viewport: { width: 1440, height: 900 } });
  const { x, y } = await lab.centre("tensor.stage.1.0.1");
  await lab.page.mouse.move(x - 4, y);
  await lab.page.mouse.move(x, y);
  await lab.settled();
  assert.equal(await lab.value("tensor.trace"), "x = −0.6 → 0 → 0.5");
  await lab.click("tensor.stage.1.0.1");
  await lab.press("ArrowDown");
  assert.equal(await lab.value("tensor.trace"), "x = 3 → 3 → 0.9526");
});

test("a phone edits a cell with taps, in one column", async (t) => {
  const lab = await open(t, {
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3,
  });
  await lab.tap("tensor.cell.2.1");
  await lab.type("4");
  await lab.press("Enter");
  assert.equal((await lab.state()).input.data[5], 4);
  for (const { id, rect: [x, , width] } of await lab.items()) {
    assert.ok(x >= 0 && x + width <= 390.5, `${id} sticks out: ${x} + ${width}`);
  }
});
