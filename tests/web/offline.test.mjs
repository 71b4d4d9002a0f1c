// The page without a network: the service worker, and the page as one file.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { serviceWorker } from "../../src/tools/dist/service_worker.mjs";
import { serve } from "../../src/tools/serve.mjs";
import { browsers } from "./support/browsers.mjs";
import { dist, useLab } from "./support/lab.mjs";

const { open } = useLab({
  "host.html": `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,">
    <iframe sandbox="allow-scripts" src="activation-lab.html" width="700" height="500"></iframe>`,
});
const single = path.join(dist, "activation-lab.html");

/** Waits until the service worker has kept the page. */
const kept = (lab) => lab.page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  const { active } = registration;
  if (active.state === "activated") return;
  await new Promise((resolve) => {
    active.addEventListener("statechange", () => active.state === "activated" && resolve());
  });
});

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("base64");

/** A copy of dist/ with a server of its own, gone after the test. */
async function copyOfDist(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-dist-"));
  fs.cpSync(dist, folder, { recursive: true });
  const server = await serve(folder);
  t.after(() => {
    server.close();
    fs.rmSync(folder, { recursive: true });
  });
  return { folder, server };
}

test("after the first visit the page works without a network", async (t) => {
  const { server } = await copyOfDist(t);
  const lab = await open(t, { path: server.url, serviceWorkers: "allow" });
  await kept(lab);
  server.close();
  await lab.page.reload();
  await lab.ready();
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  await lab.page.goto(`${server.url}index.html?from=elsewhere#scene`);
  await lab.ready();
  assert.deepEqual(lab.errors, []);
});

test("a new version is fetched as far as it is new, and shown the next time, all of it", async (t) => {
  const { folder, server } = await copyOfDist(t);
  const lab = await open(t, { path: server.url, serviceWorkers: "allow" });
  await kept(lab);
  const name = () => lab.element.locator("canvas").getAttribute("aria-label");
  const old = await name();

  const template = fs.readFileSync(fileURLToPath(new URL("../../web/sw.js", import.meta.url)), "utf8");
  const messages = path.join(folder, "web/messages.js");
  const oldMessages = fs.readFileSync(messages);
  fs.writeFileSync(messages, oldMessages.toString().replaceAll("Activation Lab", "Another version"));
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => fs.statSync(path.join(folder, file)).isFile());
  fs.writeFileSync(path.join(folder, "sw.js"), serviceWorker(template, folder, files));

  await lab.page.reload(); // still the old one, whole; the new one comes meanwhile
  await lab.ready();
  assert.equal(await name(), old);
  const keys = async () => lab.page.evaluate(async () => {
    const [name] = await window.caches.keys();
    const requests = await (await window.caches.open(name)).keys();
    return requests.map(({ url }) => decodeURIComponent(new URL(url).pathname.slice(1)));
  });
  // The new worker has taken over when it has dropped what the old one kept.
  for (let tries = 0; tries < 100 && (await keys()).includes(hashOf(oldMessages)); tries += 1) {
    await lab.page.waitForTimeout(100);
  }
  assert.ok((await keys()).includes(hashOf(fs.readFileSync(messages))));
  await lab.page.reload();
  await lab.ready();
  assert.equal(await name(), "Another version");
  assert.equal((await lab.page.evaluate(() => window.caches.keys())).length, 1);
  server.close();
  await lab.page.reload();
  await lab.ready();
  assert.equal(await name(), "Another version");
});

test("nothing is asked of anybody else", async (t) => {
  const requests = new Set();
  const lab = await open(t, { prepare: (page) => page.on("request", (request) => requests.add(request.url())) });
  for (const { id } of (await lab.items()).filter(({ id }) => id.startsWith("scene."))) await lab.click(id);
  const own = new URL(lab.page.url()).origin;
  assert.ok(requests.size > 10);
  assert.deepEqual([...requests].filter((url) => !url.startsWith(own)), []);
});

for (const name of Object.keys(browsers)) {
  const { open: openIn, skip } = name === "Chromium" ? { open, skip: false } : useLab({}, name);
  test(`one file opens from the disk (${name})`, { skip }, async (t) => {
    const requests = [];
    const lab = await openIn(t, {
      path: pathToFileURL(single).href,
      locale: "zh-CN",
      prepare: (page) => page.on("request", (request) => requests.push(request.url())),
    });
    await lab.click("scene.functions");
    assert.equal((await lab.state()).scene, "functions");
    assert.equal((await lab.state()).language, "zh");
    assert.deepEqual(requests.filter((url) => !/^(file|data|blob):/.test(url)), []);
    assert.deepEqual((await lab.spied()).violations, []);
    assert.deepEqual(lab.errors, []);
  });
}

test("in a sandbox without storage and without an origin, one file works too", async (t) => {
  const host = await open(t, { path: "host.html", wait: false, serviceWorkers: "allow" });
  const frame = await (await host.page.waitForSelector("iframe")).contentFrame();
  const ask = (question) => frame.locator("activation-lab").evaluate(question);
  await ask((app) => app.ready);
  const blocked = await frame.evaluate(() => {
    try {
      return String(localStorage);
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(blocked, "SecurityError");
  await frame.locator('[data-id="header.language.zh"]').evaluate((node) => node.click());
  await ask((app) => new Promise((resolve) => requestAnimationFrame(() => resolve(app.idle()))));
  assert.equal((await ask((app) => app.state())).language, "zh");
  assert.deepEqual(host.errors, []);
});
