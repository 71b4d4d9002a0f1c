import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const readClipboard = (lab) => lab.page.evaluate(() => navigator.clipboard.readText());
const writeClipboard = (lab, text) =>
  lab.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);

/** What has the focus inside the element: "canvas", "textarea" (the text agent) or nothing. */
const focusedPart = (lab) => lab.element.evaluate((app) => app.shadowRoot.activeElement?.localName);

/** Opens the input as text, with the whole text selected. */
async function editAsText(lab) {
  await lab.click("tensor.edit_text");
  await lab.click("tensor.text.field");
  await lab.press("Control+a");
}

test("a button copies its text", async (t) => {
  const lab = await open(t, clipboard);
  await lab.click("tensor.copy");
  assert.equal(await readClipboard(lab), await lab.value("tensor.output"));
});

test("text is cut, copied and pasted by the usual keys", async (t) => {
  const lab = await open(t, clipboard);
  await editAsText(lab);
  const text = await lab.value("tensor.text.field");
  await lab.press("Control+c");
  assert.equal(await readClipboard(lab), text);

  await writeClipboard(lab, "[[1, 2],\n [3, 4]]");
  await lab.press("Control+v");
  assert.equal(await lab.value("tensor.text.field"), "[[1, 2],\n [3, 4]]");

  await lab.press("Control+a");
  await lab.press("Control+x");
  assert.equal(await lab.value("tensor.text.field"), "");
  assert.equal(await readClipboard(lab), "[[1, 2],\n [3, 4]]");
  assert.deepEqual(lab.errors, []);
});

test("an input method’s composition enters its text once, and is seen while it goes on", async (t) => {
  const lab = await open(t);
  const devtools = await lab.page.context().newCDPSession(lab.page);
  const compose = (text) => devtools.send("Input.imeSetComposition", {
    text, selectionStart: text.length, selectionEnd: text.length,
  });
  await editAsText(lab);
  await compose("ni");
  await compose("nihao");
  const agent = lab.element.locator("textarea.agent");
  assert.equal(await agent.evaluate((field) => getComputedStyle(field).opacity), "1");
  const [x, y, width, height] = (await lab.item("tensor.text.field")).rect;
  const box = await agent.boundingBox();
  const canvas = await lab.canvasBox();
  assert.ok(box.x >= canvas.x + x && box.x < canvas.x + x + width, "not at the caret");
  assert.ok(box.y >= canvas.y + y - 1 && box.y < canvas.y + y + height, "not at the caret");

  await devtools.send("Input.insertText", { text: "你好" });
  await lab.settled();
  assert.equal(await lab.value("tensor.text.field"), "你好");
  assert.equal(await agent.evaluate((field) => getComputedStyle(field).opacity), "0");
});

test("a phone’s keyboard edits through the text agent, without keys", async (t) => {
  const lab = await open(t, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await lab.element.evaluate((app) => {
    const canvas = app.shadowRoot.querySelector("canvas");
    // The agent must have the focus before the finger's gesture is over, or no keyboard opens.
    canvas.addEventListener("pointerup", () => {
      window.focusedInGesture ??= app.shadowRoot.activeElement?.localName;
    });
  });
  const { x, y } = await lab.centre("tensor.cell.0.0");
  await lab.page.touchscreen.tap(x, y);
  assert.equal(await lab.page.evaluate(() => window.focusedInGesture), "textarea");
  await lab.press("Escape");
  await lab.tap("tensor.edit_text");
  await lab.tap("tensor.text.field");
  await lab.press("Control+a");

  const agent = lab.element.locator("textarea.agent");
  const edit = async (change, argument) => {
    await agent.evaluate(change, argument);
    await lab.settled();
    return lab.value("tensor.text.field");
  };
  const insert = (field, text) => {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { inputType: "insertText", data: text }));
  };
  const deleteBackward = (field) => {
    field.setRangeText("", field.selectionStart - 1, field.selectionStart, "end");
    field.dispatchEvent(new InputEvent("input", { inputType: "deleteContentBackward" }));
  };
  assert.equal(await edit(insert, "12"), "12");
  assert.equal(await edit(deleteBackward), "1");
  assert.equal(await edit(deleteBackward), "");
  assert.equal(await edit(insert, "3\n4"), "3\n4");

  await lab.tap("tensor.text.cancel");
  assert.equal(await focusedPart(lab), "canvas", "the keyboard stays open");
});

test("leaving the app ends editing, coming back does not begin it", async (t) => {
  const lab = await open(t);
  await lab.click("tensor.edit_text");
  await lab.click("tensor.text.field");
  assert.equal(await focusedPart(lab), "textarea");
  await lab.page.evaluate(() => {
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
  });
  await lab.settled();
  assert.equal(await focusedPart(lab), undefined);
  await lab.page.keyboard.type("99");
  assert.equal(await lab.page.locator("body > input").inputValue(), "99");
  assert.doesNotMatch(await lab.value("tensor.text.field"), /99/);
});

test("on a Mac the command key does what Ctrl does elsewhere", async (t) => {
  const lab = await open(t, {
    ...clipboard,
    init: () => Object.defineProperty(navigator, "userAgentData", { value: { platform: "macOS" } }),
  });
  await lab.click("tensor.edit_text");
  await lab.click("tensor.text.field");
  await lab.press("Meta+a");
  await lab.type("5");
  assert.equal(await lab.value("tensor.text.field"), "5");
  await lab.press("Meta+a");
  await lab.page.evaluate(() => document.execCommand("copy")); // what Cmd+C does on a Mac
  assert.equal(await readClipboard(lab), "5");
  await lab.press("ArrowRight");
  await lab.press("Control+a"); // which selects nothing there
  await lab.type("1");
  assert.equal(await lab.value("tensor.text.field"), "51");
});
