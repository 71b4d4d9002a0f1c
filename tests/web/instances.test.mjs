import assert from "node:assert/strict";
import { test } from "node:test";

import { holdScenes, useLab } from "./support/lab.mjs";

const { open } = useLab({
  "two.html": `<!doctype html><meta charset="utf-8"><title>two</title>
    <style>body { display: flex } activation-lab { flex: 1; min-width: 0 }</style>
    <body><activation-lab chrome="full" id="one"></activation-lab><activation-lab chrome="full" id="two"></activation-lab>
    <script type="module" src="web/activation-lab.js"></script>`,
  "empty.html": `<!doctype html><meta charset="utf-8"><title>empty</title>
    <script type="module" src="web/activation-lab.js"></script>`,
});

test("two apps on one page share neither pointer nor keys", async (t) => {
  const one = await open(t, { path: "two.html", selector: "#one" });
  const two = one.at("#two");
  await two.ready();
  await two.idle();
  const untouched = await two.items();
  await one.click("header.language.zh");
  await one.press("Tab");
  await one.press("Enter");
  await one.type("3");
  await two.idle();
  assert.equal(await one.value("header.language.zh"), "true");
  assert.deepEqual(await two.items(), untouched);
});

test("the program is downloaded and compiled once for all", async (t) => {
  let downloads = 0;
  const one = await open(t, {
    path: "two.html",
    selector: "#one",
    prepare: (page) => page.on("request", (request) => {
      if (/(app|scenes)\.wasm$/.test(request.url())) downloads += 1;
    }),
  });
  await one.at("#two").ready();
  assert.equal(downloads, 2);
});

for (const early of [false, true]) {
  test(`removing the element${early ? " before all of it has come" : ""} leaves no listener, frame or graphics context`, async (t) => {
    const { prepare, release } = holdScenes();
    if (!early) release();
    const lab = await open(t, { path: "empty.html", wait: false, prepare });
    await lab.page.waitForLoadState("networkidle");
    await lab.page.locator("body").evaluate(() => {}); // Playwright's own listeners come with this
    const before = await lab.spied();
    await lab.page.evaluate(() => {
      document.body.innerHTML = '<activation-lab chrome="full"></activation-lab>';
      window.drawn = new Promise((resolve) => document.querySelector("activation-lab").addEventListener("load", resolve));
    });
    await lab.page.evaluate(() => window.drawn);
    if (!early) {
      await lab.ready();
      await lab.click("header.theme");
    }
    const during = await lab.spied();
    assert.ok(Object.keys(during.listeners).length > 0, "the count of listeners counts nothing");

    const lost = await lab.page.evaluate(async () => {
      const app = document.querySelector("activation-lab");
      const gl = app.shadowRoot.querySelector("canvas").getContext("webgl2");
      app.remove();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return gl.isContextLost();
    });
    assert.equal(lost, true);
    release();
    const after = await lab.spied();
    assert.deepEqual(after.listeners, before.listeners);
    await lab.page.mouse.move(300, 300);
    await lab.page.keyboard.press("Tab");
    await lab.page.waitForTimeout(300);
    assert.equal((await lab.spied()).frames, after.frames);
    assert.deepEqual(lab.errors, []);
  });
}

test("an element that is moved in the document keeps its state", async (t) => {
  const lab = await open(t, { path: "two.html", selector: "#one" });
  await lab.click("header.language.zh");
  await lab.page.evaluate(() => document.body.append(document.querySelector("#one")));
  await lab.settled();
  assert.equal(await lab.value("header.language.zh"), "true");
});

test("an element put back after its removal starts anew", async (t) => {
  const lab = await open(t);
  await lab.element.evaluate(async (app) => {
    const parent = app.parentNode;
    app.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    parent.append(app);
  });
  await lab.ready();
  await lab.idle();
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.deepEqual(lab.errors, []);
});

test("nothing is put on the window", async (t) => {
  const lab = await open(t, {
    path: "empty.html",
    wait: false,
    init: () => {
      addEventListener("DOMContentLoaded", () => {
        window.known = new Set([...Object.getOwnPropertyNames(window), "known"]);
      });
    },
  });
  const added = await lab.page.evaluate(async () => {
    const app = document.createElement("activation-lab");
    document.body.append(app);
    await app.ready;
    return Object.getOwnPropertyNames(window).filter((name) => !window.known.has(name));
  });
  assert.deepEqual(added.filter((name) => !/^\d+$/.test(name)), []);
});
