// A static server for development: serves a folder on this machine only, nothing cached.
//
//   serve.mjs [--port N] [--open] FOLDER      (port 0 takes a free one)

import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** The file a request asks for, or null if it lies outside the folder or does not exist. */
function requestedFile(root, url) {
  let file;
  try {
    file = path.join(root, decodeURIComponent(new URL(url, "http://localhost").pathname));
  } catch {
    return null; // not a URL
  }
  if (file.endsWith(path.sep)) file = path.join(file, "index.html");
  const inside = file.startsWith(root + path.sep);
  return inside && fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

function answer(root, pages, request, response) {
  const page = pages[request.url.slice(1)];
  if (page !== undefined) {
    response.writeHead(200, { "Content-Type": types[".html"] }).end(page);
    return;
  }
  const file = requestedFile(root, request.url);
  if (!file || !["GET", "HEAD"].includes(request.method)) {
    response.writeHead(404, { "Content-Type": "text/plain" });
    response.end("not found\n");
    return;
  }
  response.writeHead(200, {
    "Cache-Control": "no-cache",
    "Content-Length": fs.statSync(file).size,
    "Content-Type": types[path.extname(file)] ?? "application/octet-stream",
  });
  if (request.method === "HEAD") response.end();
  else fs.createReadStream(file).pipe(response);
}

/**
 * Serves a folder on the loopback interface; `pages` maps paths to HTML that lies in no file.
 * @returns {Promise<{url: string, close: () => void}>}
 */
export function serve(folder, port = 0, pages = {}) {
  const root = path.resolve(folder);
  const server = http.createServer((request, response) => answer(root, pages, request, response));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const close = () => (server.close(), server.closeAllConnections());
      resolve({ url: `http://localhost:${server.address().port}/`, close });
    });
  });
}

/** Opens the page where there is a desktop to open it on. */
function open(url) {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn("xdg-open", [url], { stdio: "ignore", detached: true }).on("error", () => {}).unref();
}

async function main(args) {
  const portAt = args.indexOf("--port");
  const port = portAt < 0 ? 8080 : Number(args.splice(portAt, 2)[1]);
  const opens = args.includes("--open");
  const folder = args.find((arg) => arg !== "--open");
  if (!folder || !(port >= 0 && port < 65536)) {
    throw new Error("usage: serve.mjs [--port N] [--open] FOLDER");
  }
  const { url } = await serve(folder, port);
  console.log(`\n  Activation Lab: ${url}\n  Ctrl-C stops it.`);
  if (opens) open(url);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    const taken = error.code === "EADDRINUSE";
    console.error(taken ? `error: port ${error.port} is taken; give another one.` : `${error.message}`);
    process.exitCode = 1;
  });
}
