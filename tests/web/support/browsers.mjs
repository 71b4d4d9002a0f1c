// The browsers that tests run in, and fingers in them, which each takes in another way.

import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import playwright from "playwright-core";

const isThere = (command) => spawnSync(command, ["--version"]).error === undefined;

// The driver asks for what Firefox has had since 143; Debian's security updates bring a later one.
const oldestFirefox = 143;

/** Why there are no tests in Firefox; false: there are. */
function withoutFirefox() {
  const { stdout, error } = spawnSync("firefox-esr", ["--version"], { encoding: "utf8" });
  if (error || !isThere("Xvfb")) return "firefox-esr or xvfb is not installed";
  const version = Number(/Firefox (\d+)/.exec(stdout)?.[1] ?? 0);
  return version < oldestFirefox && `firefox-esr is ${version}, which is older than ${oldestFirefox}`;
}

/** An X server without a screen: without one Firefox draws no WebGL. Gives its name and its process. */
function startDisplay() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.stdio[3].once("data", (number) => resolve({ server, display: `:${String(number).trim()}` }));
  });
}

async function launchFirefox() {
  const { server, display } = await startDisplay();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "activation-lab-firefox-"));
  const tidy = () => {
    server.kill();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await playwright.firefox.launch({
      channel: "moz-firefox", // any Firefox, driven over WebDriver BiDi
      executablePath: "/usr/bin/firefox-esr",
      headless: false,
      env: { ...process.env, DISPLAY: display, HOME: home, LIBGL_ALWAYS_SOFTWARE: "1" },
      firefoxUserPrefs: { "dom.w3c_touch_events.enabled": 1 },
    });
    browser.on("disconnected", tidy);
    return browser;
  } catch (error) {
    tidy(); // a display that is left over would keep the tests from ending
    throw error;
  }
}

/** Chromium's fingers: all of them at each step. */
async function touchInChromium(page, paths) {
  const devtools = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  const at = (step) => paths.map((path, id) => ({ ...path[step], id }));
  await send("touchStart", at(0));
  for (let step = 1; step < paths[0].length; step += 1) {
    await send("touchMove", at(step));
    await page.waitForTimeout(16);
  }
  await send("touchEnd", []);
  await devtools.detach();
}

/** Firefox's: a list of actions for each of them. Playwright has no call for these. */
async function touchInFirefox(page, paths) {
  const session = page._connection.toImpl(page).delegate._session;
  const move = ({ x, y }, duration) => ({ type: "pointerMove", x: Math.round(x), y: Math.round(y), duration });
  const actions = paths.map((path, finger) => ({
    type: "pointer",
    id: `finger ${finger}`,
    parameters: { pointerType: "touch" },
    actions: [move(path[0], 0), { type: "pointerDown", button: 0 },
      ...path.slice(1).map((place) => move(place, 16)), { type: "pointerUp", button: 0 }],
  }));
  await session.send("input.performActions", { context: session.sessionId, actions });
}

export const browsers = {
  Chromium: {
    launch: () => playwright.chromium.launch({
      executablePath: process.env.LAB_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
        "--disable-background-networking", "--disable-quic", "--no-first-run",
      ],
    }),
    touch: touchInChromium,
    // The page's service worker is for the tests that are about it.
    contextOptions: { serviceWorkers: "block" },
    skip: false,
  },
  Firefox: {
    launch: launchFirefox,
    touch: touchInFirefox,
    contextOptions: {},
    ignoredOptions: ["hasTouch", "isMobile"],
    skip: withoutFirefox(),
  },
};
