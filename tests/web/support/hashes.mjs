// Trains documents in a browser of its own, with the engine of dist/core.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const core = path.join(process.env.LAB_DIST ?? path.join(project, "dist"), "core");

/** The table that every machine is judged by: {steps, documents: [{name, link, hash}]}. */
export const golden =
  JSON.parse(fs.readFileSync(path.join(project, "tests/golden/hashes.json"), "utf8"));

/** The hashes of its documents after training with an engine, in their order. */
export function hashes(lab, { steps, documents }) {
  return documents.map(({ link }) => {
    const experiment = lab.experiment(link);
    const hash = experiment.step(steps).hash();
    experiment.delete();
    return hash;
  });
}

const page = `<!doctype html><meta charset="utf-8"><script type="module">
  import { createCore } from "./index.js";
  const table = await (await fetch("./documents")).json();
  const hashes = ${hashes};
  const body = JSON.stringify(hashes(await createCore(), table));
  await fetch("./result", { method: "POST", body });
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

const known = [
  { name: "Chromium", commands: [process.env.LAB_CHROMIUM ?? "/usr/bin/chromium"],
    args: (profile) => ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
      "--disable-background-networking", `--user-data-dir=${profile}`] },
  { name: "Firefox", commands: ["firefox-esr", "firefox"],
    args: (profile) => ["--headless", "--no-remote", "--profile", profile] },
];

/** The browsers, each with the command that starts it, or none where it is not installed. */
export const browsers = known.map((browser) => ({ ...browser,
  command: browser.commands.find((tried) => spawnSync(tried, ["--version"]).status === 0) }));

/** The hashes of the table's documents from one of the browsers. */
export async function browserHashes({ name, command, args }) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-browser-"));
  const { url, result, close } = await listen();
  const browser = spawn(command, [...args(profile), url],
    { stdio: "ignore", env: { ...process.env, HOME: profile } });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  try {
    return await Promise.race([result,
      ended.then((status) => assert.fail(`${name} ended with ${status}`))]);
  } finally {
    browser.kill();
    await ended;
    close();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
