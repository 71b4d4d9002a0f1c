// The npm package in a page, installed into an empty project, as README.md shows it.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { serve } from "../../src/tools/serve.mjs";
import { install, snippets } from "../support/installed.mjs";
import { browsers } from "./support/browsers.mjs";

const frame = (html) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>page</title>${html}`;

let installed, browser, server;
before(async () => {
  installed = install();
  // README.md has the folder that was copied beside the page, too.
  const dist = path.join(installed.folder, "node_modules/activation-lab/dist");
  fs.cpSync(dist, path.join(installed.folder, "dist"), { recursive: true });
  const pages = Object.fromEntries(snippets("In a page of your own", "html")
    .map((html, index) => [`page${index}.html`, frame(html)]));
  server = await serve(installed.folder, 0, pages);
  server.pages = Object.keys(pages);
  browser = await browsers.Chromium.launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  installed?.remove();
});

async function openPage(name) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(server.url + name);
  return { page, errors };
}

test("every page that README.md shows runs", { timeout: 120_000 }, async () => {
  const pages = server.pages.filter((name) => name.startsWith("page"));
  assert.ok(pages.length > 0);
  for (const name of pages) {
    const { page, errors } = await openPage(name);
    const elements = page.locator("activation-lab");
    const count = await elements.count();
    for (let i = 0; i < count; i += 1) {
      const scene = await elements.nth(i).evaluate(async (element) => {
        await customElements.whenDefined("activation-lab");
        await element.ready;
        return element.state().scene;
      });
      assert.ok(scene, name);
    }
    assert.ok(count > 0 || (await page.locator("iframe").count()) > 0, name);
    assert.deepEqual(errors, [], name);
    await page.close();
  }
});

test("the one file of the package runs by itself", { timeout: 60_000 }, async () => {
  const { page, errors } = await openPage("dist/activation-lab.html");
  const scene = await page.locator("activation-lab").evaluate(async (element) => {
    await customElements.whenDefined("activation-lab");
    await element.ready;
    return element.state().scene;
  });
  assert.ok(scene);
  assert.deepEqual(errors, []);
  await page.close();
});
