import assert from "node:assert/strict";
import fs from "node:fs/promises";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();
const wide = { viewport: { width: 1440, height: 900 } };

async function openFunctions(t, options = wide) {
  const lab = await open(t, options);
  await (options.hasTouch ? lab.tap("scene.functions") : lab.click("scene.functions"));
  return lab;
}

test("functions are chosen and read off at the pointer", async (t) => {
  const lab = await openFunctions(t);
  await lab.click("functions.choose.tanh");
  const { x, y } = await lab.centre("functions.plot");
  await lab.page.mouse.move(x - 6, y);
  await lab.page.mouse.move(x, y);
  await lab.settled();
  const state = await lab.state();
  assert.deepEqual(state.functions.map(({ activation }) => activation), ["sigmoid", "relu", "tanh"]);
  assert.equal(state.subject, "tanh");
  assert.ok(Math.abs(state.cursor) < 0.02);
  assert.match(state.sentence, /^At x = .*, Tanh is /);
  assert.deepEqual(lab.errors, []);
});

test("a function of a whole row answers to its sliders", async (t) => {
  const lab = await openFunctions(t, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await lab.tap("functions.add");
  await lab.tap("functions.add.menu.softmax");
  const { x, y } = (await lab.state()).row;
  assert.ok(Math.abs(y.reduce((sum, share) => sum + share) - 1) < 1e-6);
  await lab.tap("functions.row.x.3"); // its middle is 0
  const tapped = (await lab.state()).row;
  assert.ok(Math.abs(tapped.x[3]) < 0.1 && x[3] === -1);
  assert.ok(tapped.y[3] > y[3] && tapped.y[0] < y[0]);
  assert.deepEqual(lab.errors, []);
});

test("the plot is dragged, zoomed with Ctrl and the wheel, and brought back", async (t) => {
  const lab = await openFunctions(t);
  const before = await lab.state();
  const { x, y } = await lab.centre("functions.plot");
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down();
  await lab.page.mouse.move(x + 120, y, { steps: 4 });
  await lab.page.mouse.up();
  await lab.settled();
  const dragged = await lab.state();
  assert.ok(dragged.x[0] < before.x[0]);
  await lab.page.keyboard.down("Control");
  await lab.page.mouse.wheel(0, -200);
  await lab.settledWhileHeld();
  await lab.page.keyboard.up("Control");
  await lab.settled();
  const zoomed = await lab.state();
  assert.ok(zoomed.x[1] - zoomed.x[0] < dragged.x[1] - dragged.x[0]);
  await lab.click("functions.reset_view");
  assert.deepEqual((await lab.state()).x, before.x);
});

test("numbers and picture are downloaded", async (t) => {
  const lab = await openFunctions(t);
  for (const [id, name, start] of [
    ["functions.csv", "activation-functions.csv", "x,sigmoid,sigmoid_derivative,relu"],
    ["functions.svg", "functions.svg", "<svg "],
  ]) {
    const [download] = await Promise.all([lab.page.waitForEvent("download"), lab.click(id)]);
    assert.equal(download.suggestedFilename(), name);
    assert.ok((await fs.readFile(await download.path(), "utf8")).startsWith(start));
  }
});

/**
 * In the page: the size of a picture, how many colours its first columns have, and by how much, of 255,
 * they are different from another picture at `offset`. Both are PNG files in base64.
 */
async function compare({ picture, other, columns, offset: [left, top] }) {
  const decode = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return (x, y, width, height) => context.getImageData(x, y, width ?? bitmap.width, height ?? bitmap.height);
  };
  const [own, theirs] = await Promise.all([picture, other].map(decode));
  const whole = own(0, 0);
  const part = own(0, 0, columns, whole.height).data;
  const there = theirs(left, top, columns, whole.height).data;
  return {
    size: [whole.width, whole.height],
    colours: new Set(new Uint32Array(part.buffer)).size,
    difference: part.reduce((most, value, i) => Math.max(most, Math.abs(value - there[i])), 0),
  };
}

for (const colorScheme of ["light", "dark"]) {
  test(`the picture that is downloaded is the one on the screen, ${colorScheme}`, async (t) => {
    const lab = await openFunctions(t, { ...wide, deviceScaleFactor: 2, colorScheme });
    const [left, top, width, height] = (await lab.item("functions.plot")).rect;
    const [download] = await Promise.all([lab.page.waitForEvent("download"), lab.click("functions.png")]);
    assert.equal(download.suggestedFilename(), "functions.png");
    const file = await fs.readFile(await download.path());
    assert.equal(file.toString("latin1", 1, 4), "PNG");

    const [beside, above, below] = [52, 16, 32]; // CSS px that the labels take around the plot
    const { size, colours, difference } = await lab.page.evaluate(compare, {
      picture: file.toString("base64"),
      other: (await lab.picture()).toString("base64"),
      offset: [2 * (left - beside), 2 * (top - above)],
      columns: 2 * beside + width, // as far as the middle of the plot: the cross-hair is on the right
    });
    assert.deepEqual(size, [2 * (beside + width + 16), 2 * (above + height + below)]);
    assert.ok(colours > 50);
    // Edges are blended by positions that were rounded elsewhere.
    assert.ok(difference <= 24, `a pixel differs by ${difference}`);
    assert.deepEqual(lab.errors, []);
  });
}

test("a phone chooses functions from a menu", async (t) => {
  const lab = await openFunctions(t, {
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3,
  });
  await lab.tap("functions.add");
  await lab.tap("functions.add.menu.gelu");
  assert.equal((await lab.state()).subject, "gelu");
});

test("a formula that was typed is drawn and checked", async (t) => {
  const lab = await openFunctions(t);
  await lab.click("functions.formula_field");
  await lab.type("x*tanh(ln(1+exp(x)))");
  await lab.press("Enter");
  const state = await lab.state();
  assert.equal(state.functions.length, 3);
  assert.equal(state.subject, "formula_1");
  assert.match(await lab.value("functions.check"), /agrees with central differences/);
});
