// The engine trains to the same bits in every browser: the table of hashes that the native tests
// judge by, too. Chromium, and Firefox where it is installed.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const core = path.join(process.env.LAB_DIST ?? path.join(project, "dist"), "core");
const golden = JSON.parse(fs.readFileSync(path.join(project, "tests/golden/hashes.json"), "utf8"));

const page = `<!doctype html><meta charset="utf-8"><script type="module">
  import { createCore } from "./index.js";
  const { steps, documents } = await (await fetch("./documents")).json();
  const lab = await createCore();
  const hashes = documents.map(({ link }) => {
    const experiment = lab.experiment(link);
    const hash = experiment.step(steps).hash();
    experiment.delete();
    return hash;
  });
  await fetch("./result", { method: "POST", body: JSON.stringify(hashes) });
</script>`;

const types = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** A server of the page, and what the page answers. */
async function listen() {
  let settle;
  const result = new Promise((resolve) => (settle = resolve));
  const server = http.createServer(async (request, response) => {
    const name = path.basename(new URL(request.url, "http://localhost").pathname);
    const send = (type, body) => response.writeHead(200, { "Content-Type": type }).end(body);
    if (name === "result") {
      const chunks = await request.toArray();
      send("text/plain", "");
      settle(JSON.parse(Buffer.concat(chunks).toString()));
    } else if (name === "page") send("text/html", page);
    else if (name === "documents") send("application/json", JSON.stringify(golden));
    else if (fs.existsSync(path.join(core, name))) {
      send(types[path.extname(name)], fs.readFileSync(path.join(core, name)));
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/page`, result, close };
}

const browsers = [
  { name: "Chromium", commands: [process.env.LAB_CHROMIUM ?? "/usr/bin/chromium"],
    args: (profile) => ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
      "--disable-background-networking", `--user-data-dir=${profile}`] },
  { name: "Firefox", commands: ["firefox-esr", "firefox"],
    args: (profile) => ["--headless", "--no-remote", "--profile", profile] },
];

for (const { name, commands, args } of browsers) {
  const command = commands.find((tried) => spawnSync(tried, ["--version"]).status === 0);
  const skip = command ? false : `${name} is not installed`;
  test(`${name} trains every document to its bits`, { skip, timeout: 180_000 }, async () => {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-browser-"));
    const { url, result, close } = await listen();
    const browser = spawn(command, [...args(profile), url],
      { stdio: "ignore", env: { ...process.env, HOME: profile } });
    const ended = new Promise((resolve) => browser.once("exit", resolve));
    try {
      const hashes = await Promise.race([result,
        ended.then((status) => assert.fail(`${name} ended with ${status}`))]);
      for (const [i, document] of golden.documents.entries()) {
        assert.equal(hashes[i], document.hash, document.name);
      }
    } finally {
      browser.kill();
      await ended;
      close();
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
