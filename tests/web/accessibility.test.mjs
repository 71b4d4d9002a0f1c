// What a screen reader finds: the accessibility tree that Chromium makes of the mirror.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const { open } = useLab({
  "shadows.html": `<!doctype html><html lang="en"><meta charset="utf-8"><title>shadows</title>
    <script type="module" src="web/activation-lab.js"></script>
    <main><h1>Three</h1><div id="a"></div><div id="b"></div><div id="c"></div></main>
    <script type="module">
      for (const host of document.querySelectorAll("div")) {
        const lab = document.createElement("activation-lab");
        lab.setAttribute("chrome", "full");
        host.attachShadow({ mode: "open" }).append(lab);
      }
    </script>`,
});

/** Without white space, which the tree breaks up. */
const solid = (text) => text.replace(/\s/g, "");

/** Roles as Chromium's tree has them, where they aren't those of items(). */
const treeRoles = { slider: "slider", menuitem: "menuitemradio", img: "image", text: "paragraph", tab: "tab" };

/** The tree below the element's mirror: [{role, name, value, checked, disabled}]. */
async function tree(lab) {
  const devtools = await lab.page.context().newCDPSession(lab.page);
  await devtools.send("Accessibility.enable");
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  await devtools.detach();
  const property = (node, name) => node.properties?.find((found) => found.name === name)?.value.value;
  return nodes.filter(({ ignored }) => !ignored).map((node) => ({
    role: node.role.value, name: node.name?.value ?? "", value: node.value?.value,
    checked: property(node, "checked"), selected: property(node, "selected"),
    disabled: property(node, "disabled"), focused: property(node, "focused"),
  }));
}

async function openScene(lab, id) {
  if ((await lab.state()).scene !== id) await lab.click(`scene.${id}`);
}

async function sceneIds(lab) {
  return (await lab.items()).filter(({ id }) => id.startsWith("scene.")).map(({ id }) => id.slice(6));
}

/** The one part of the mirror that is for this control. */
const part = (lab, id) => lab.element.locator(`[data-id="${id}"]`);

for (const locale of ["en-US", "zh-CN"]) {
  test(`every control has role, name and value, in ${locale}`, async (t) => {
    const lab = await open(t, { locale });
    for (const scene of await sceneIds(lab)) {
      await openScene(lab, scene);
      const nodes = await tree(lab);
      const said = solid(nodes.filter(({ role }) => role === "StaticText").map(({ name }) => name).join(""));
      for (const { id, role, label, value, enabled } of await lab.items()) {
        if (id === "status") continue; // told in its own time, see below
        if (role === "text") {
          assert.ok(said.includes(solid(value || label)), `${id} “${value || label}” is not told`);
          continue;
        }
        const wanted = treeRoles[role] ?? role;
        const found = nodes.filter((node) => node.role === wanted && node.name.includes(label));
        assert.ok(found.length > 0, `no ${wanted} “${label}” for ${id}`);
        if (role === "slider") { // Chromium's tree shows the bare number, but says this
          assert.equal(await part(lab, id).getAttribute("aria-valuetext"), value);
          continue;
        }
        const told = found.some((node) =>
          (enabled || node.disabled) && (value === "" || node.name.includes(value) ||
          [node.value, node.checked, node.selected].some((text) => String(text) === value)));
        assert.ok(told, `“${value}” of ${id} is not told: ${JSON.stringify(found)}`);
      }
    }
  });

  test(`axe finds no violation on any scene, in ${locale}`, async (t) => {
    const lab = await open(t, { locale, bypassCSP: true });
    await lab.page.evaluate(axe);
    for (const scene of await sceneIds(lab)) {
      await openScene(lab, scene);
      const { violations, passes } = await lab.page.evaluate(() => axe.run());
      const told = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0].html.slice(0, 200)}, …)`);
      assert.deepEqual(told, [], scene);
      assert.ok(passes.length > 10);
    }
  });
}

test("axe finds no violation while a menu or a dialog is open", async (t) => {
  const lab = await open(t, { bypassCSP: true });
  await lab.page.evaluate(axe);
  for (const id of ["tensor.layer.0", "tensor.edit_text"]) {
    await lab.click(id);
    const { violations } = await lab.page.evaluate(() => axe.run());
    assert.deepEqual(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0].html}`), []);
    await lab.press("Escape");
    await lab.press("Escape");
  }
});

/** What a screen reader's user does to activate something. */
async function activate(lab, id) {
  await part(lab, id).evaluate((node) => node.click());
  await lab.settled();
}

test("actions on the mirror act on the controls", async (t) => {
  const lab = await open(t);
  await activate(lab, "header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.equal(await part(lab, "header.language.zh").getAttribute("aria-checked"), "true");
  await activate(lab, "header.language.en");

  await activate(lab, "tensor.layer.0");
  assert.equal(await part(lab, "tensor.layer.0").getAttribute("aria-expanded"), "true");
  await activate(lab, "tensor.layer.0.menu.elu");
  assert.equal((await lab.state()).layers[0].activation, "elu");

  await activate(lab, "tensor.layer.0");
  await activate(lab, "header.language.zh"); // what lies behind an open menu closes it
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.ok(!(await lab.items()).some(({ id }) => id.includes(".menu.")));
});

test("a slider is set from the mirror, a text too", async (t) => {
  const lab = await open(t);
  await lab.click("scene.functions");
  await lab.click("functions.choose.elu");
  const slider = part(lab, "functions.param.alpha");
  const { min, max, value } = await slider.evaluate((node) => ({ ...node, min: node.min, max: node.max, value: node.value }));
  assert.ok(Number(min) < Number(value) && Number(value) < Number(max), `${min} ${value} ${max}`);
  await slider.fill("2");
  await lab.settled();
  assert.equal(await lab.value("functions.param.alpha"), "2");

  await part(lab, "functions.formula_field").fill("sin(x)");
  await lab.settled();
  assert.equal(await lab.value("functions.formula_field"), "sin(x)");
  await activate(lab, "functions.formula_add");
  assert.equal((await lab.state()).functions.at(-1).activation, (await lab.state()).subject);

  await lab.click("scene.tensor");
  await part(lab, "tensor.cell.0.0").fill("7");
  await lab.settled();
  assert.equal((await lab.state()).input.data[0], 7);
});

const focusedPart = (lab) => lab.element.evaluate((app) => app.shadowRoot.activeElement?.dataset.id);
const focusedControl = async (lab) => (await lab.items()).find((item) => item.focused)?.id;

test("the page’s focus goes where the app’s keyboard cursor goes", async (t) => {
  const lab = await open(t);
  for (let presses = 0; presses < 6; presses += 1) {
    await lab.press("Tab");
    assert.ok(await focusedControl(lab));
    assert.equal(await focusedPart(lab), await focusedControl(lab));
  }
  const { name } = (await tree(lab)).filter((node) => node.focused).at(-1);
  assert.ok(name.includes((await lab.item(await focusedControl(lab))).label));
  await lab.page.mouse.click(5, 590);
  await lab.settled();
  assert.equal(await focusedPart(lab), undefined, "a click hides the keyboard cursor");
});

test("focus that a screen reader sets moves the keyboard cursor, into fields too", async (t) => {
  const lab = await open(t);
  const focus = async (id) => {
    await part(lab, id).evaluate((node) => node.focus());
    await lab.settled();
  };
  await focus("tensor.copy_input");
  assert.equal(await focusedControl(lab), "tensor.copy_input");
  await lab.press("Tab");
  assert.notEqual(await focusedControl(lab), "tensor.copy_input");
  await lab.click("scene.functions");
  await focus("functions.formula_field");
  await lab.type("x^2");
  assert.equal(await lab.value("functions.formula_field"), "x^2");
  const agent = lab.element.locator("textarea.agent");
  assert.equal(await agent.getAttribute("aria-label"), (await lab.item("functions.formula_field")).label);
});

test("the sentence is told politely: at rest, and not at every change", async (t) => {
  const lab = await open(t);
  const live = lab.element.locator("[role=status]");
  assert.equal(await live.textContent(), (await lab.state()).sentence);
  await live.evaluate((node) => {
    window.told = [];
    new MutationObserver(() => window.told.push([performance.now(), node.textContent]))
      .observe(node, { childList: true, characterData: true, subtree: true });
  });
  await lab.click("scene.functions");
  const { x, y } = await lab.centre("functions.plot");
  for (let step = 1; step <= 8; step += 1) {
    await lab.page.mouse.move(x + 10 * step, y);
    await lab.settled();
  }
  await lab.page.waitForFunction((last) => window.told.at(-1)?.[1] === last, (await lab.state()).sentence);
  const told = await lab.page.evaluate(() => window.told);
  assert.ok(told.length < 8, `${told.length} sentences for 9 changes`);
  told.slice(1).forEach(([time], index) => assert.ok(time - told[index][0] >= 900));
});

test("while training runs the mirror follows a few times a second, and tells epoch and loss", async (t) => {
  const lab = await open(t);
  await lab.click("scene.train");
  await lab.element.evaluate((app) => {
    window.times = [];
    window.told = [];
    const live = app.shadowRoot.querySelector("[role=status]");
    const observe = (node, report) => new MutationObserver(report)
      .observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
    observe(app.shadowRoot.querySelector(".mirror"), () => window.times.push(performance.now()));
    observe(live, () => window.told.push([performance.now(), live.textContent]));
  });
  const { x, y } = await lab.centre("train.play");
  await lab.page.mouse.click(x, y);
  await lab.page.waitForTimeout(7000);
  await lab.page.mouse.click(x, y);
  await lab.settled();
  const { times, told } = await lab.page.evaluate(() => ({ times: window.times, told: window.told }));
  assert.ok(times.length > 5 && times.length < 50, `${times.length} updates in 7 s`);
  assert.ok(told.length > 0 && told.length <= 4, JSON.stringify(told));
  assert.match(told.at(-1)[1], /epoch/i);
  assert.match(told.at(-1)[1], /loss/i);
});

test("the mirror changes only what has changed, and rests with the app", async (t) => {
  const lab = await open(t);
  await lab.page.mouse.move(400, 595);
  await lab.settled();
  await lab.page.waitForTimeout(1200); // the sentence may come late
  await lab.element.evaluate((app) => {
    window.changes = [];
    new MutationObserver((records) => {
      window.changes.push(...records.map(({ target, attributeName }) => `${target.dataset.id} ${attributeName}`));
    }).observe(app.shadowRoot.querySelector(".mirror"), { subtree: true, childList: true, attributes: true });
  });
  await lab.page.waitForTimeout(500);
  assert.deepEqual(await lab.page.evaluate(() => window.changes), []);
  await lab.click("tensor.view.gradient");
  await lab.click("tensor.view.values");
  await lab.page.evaluate(() => {
    window.changes.length = 0;
  });
  await lab.click("tensor.tab.code");
  const changes = await lab.page.evaluate(() => window.changes);
  assert.ok(changes.length > 0 && changes.length < 40, `${changes.length}: ${changes}`);
  assert.ok(!changes.some((change) => change.startsWith("tensor.cell")), `${changes}`);
});

test("three apps in shadow roots keep keys, drags and mirrors apart; one goes without a trace", async (t) => {
  const lab = await open(t, { path: "shadows.html", wait: false, viewport: { width: 700, height: 500 } });
  const apps = ["#a", "#b", "#c"].map((id) => lab.at(`${id} activation-lab`));
  const show = async (app) => {
    await app.element.evaluate((element) => element.scrollIntoView());
    await app.ready();
    await app.settledWhileHeld(); // until it is told that it is in sight
    await app.settled();
  };
  for (const app of apps) await show(app);
  const [a, b, c] = apps;
  const others = [await b.state(), await c.state()];
  await show(a);
  await activate(a, "header.language.zh");
  await a.click("tensor.cell.0.0");
  await a.press("Control+a");
  await a.type("9");
  await a.press("Enter");
  await a.press("Escape");
  const { x, y } = await a.centre("tensor.cell.1.0");
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down();
  await lab.page.mouse.move(x + 60, y + 700, { steps: 4 });
  await lab.page.mouse.up();
  await a.settled();
  assert.equal((await a.state()).input.data[0], 9);
  assert.notEqual((await a.state()).input.data[2], others[0].input.data[2]);
  for (const app of [b, c]) await app.settled();
  assert.deepEqual([await b.state(), await c.state()], others);

  const withThree = await lab.spied();
  const lost = await lab.page.evaluate(async () => {
    const app = document.querySelector("#b").shadowRoot.querySelector("activation-lab");
    const gl = app.shadowRoot.querySelector("canvas").getContext("webgl2");
    app.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { lost: gl.isContextLost(), mirror: app.shadowRoot.querySelector(".mirror").childElementCount };
  });
  assert.deepEqual(lost, { lost: true, mirror: 0 });
  const withTwo = await lab.spied();
  for (const [type, count] of Object.entries(withThree.listeners)) {
    if (count % 3 === 0) assert.equal(withTwo.listeners[type], (count / 3) * 2, type);
  }
  await show(c);
  await c.click("header.language.zh");
  assert.equal(await c.value("header.language.zh"), "true");
});
