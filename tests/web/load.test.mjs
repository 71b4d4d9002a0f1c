import assert from "node:assert/strict";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();

function recordProgress() {
  window.progress = [];
  addEventListener("progress", ({ loaded, total }) => window.progress.push([loaded, total]), true);
}

const alertOf = (lab) => lab.element.locator("[role=alert]").textContent();

test("the page loads, its progress grows to 100 %, and nothing is amiss", async (t) => {
  const lab = await open(t, { init: recordProgress });
  const progress = await lab.page.evaluate(() => window.progress);
  const shares = progress.map(([loaded, total]) => loaded / total);
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
  assert.equal(await lab.element.locator("progress").isVisible(), false);
  assert.ok((await lab.items()).length > 0);
  assert.deepEqual(lab.errors, []);
  assert.deepEqual((await lab.spied()).violations, []);
});

test("page and element take the language and the colour of the app", async (t) => {
  const lab = await open(t, { colorScheme: "light" });
  const page = () => lab.page.evaluate(() => ({
    page: document.documentElement.lang,
    element: document.querySelector("activation-lab").lang,
    colour: getComputedStyle(document.documentElement).backgroundColor,
    theme: document.querySelector("meta[name=theme-color]").content,
  }));
  const light = await page();
  assert.equal(light.page, "en");
  assert.equal(light.element, "en");

  await lab.click("header.theme");
  const dark = await page();
  assert.notEqual(dark.colour, light.colour);
  assert.notEqual(dark.theme, light.theme);

  await lab.click("header.language.zh");
  assert.match((await page()).page, /^zh/);
  assert.match((await page()).element, /^zh/);
});

test("the system’s colours are followed while the page is open", async (t) => {
  const lab = await open(t, { colorScheme: "light" });
  const colour = () =>
    lab.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await colour();
  await lab.page.emulateMedia({ colorScheme: "dark" });
  await lab.settled();
  assert.notEqual(await colour(), light);
});

test("a chosen language is there again after a reload", async (t) => {
  const lab = await open(t);
  await lab.click("header.language.zh");
  await lab.page.reload();
  await lab.ready();
  assert.equal(await lab.value("header.language.zh"), "true");
});

test("a server that knows no type for .wasm will do", async (t) => {
  const lab = await open(t, {
    prepare: (page) => page.route("**/app.wasm", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, contentType: "text/plain" });
    }),
  });
  assert.ok((await lab.items()).length > 0);
});

test("without a network the page says so, and tries again when asked", async (t) => {
  let online = false;
  const lab = await open(t, {
    wait: false,
    prepare: (page) => page.route(/app\.(wasm|js)/, (route) =>
      online ? route.continue() : route.abort("internetdisconnected")),
  });
  assert.match(await alertOf(lab), /connection/);
  online = true;
  await lab.element.getByRole("button").click();
  await lab.ready();
  assert.ok((await lab.items()).length > 0);
});

test("a download that breaks off is a network failure", async (t) => {
  const lab = await open(t, {
    wait: false,
    locale: "zh-CN",
    prepare: (page) => page.route("**/app.wasm", async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      await route.fulfill({ body: body.subarray(0, body.length / 2) });
    }),
  });
  assert.match(await alertOf(lab), /网络/);
  assert.match(await lab.element.getByRole("button").textContent(), /重试/);
});

test("without WebGL 2 the page says what is missing", async (t) => {
  const lab = await open(t, {
    wait: false,
    init: () => {
      HTMLCanvasElement.prototype.getContext = () => null;
    },
  });
  assert.match(await alertOf(lab), /WebGL 2/);
  assert.equal(await lab.element.getByRole("button").count(), 0);
});

test("without WebAssembly SIMD the page says what is missing", async (t) => {
  const lab = await open(t, {
    wait: false,
    locale: "zh-CN",
    init: () => {
      WebAssembly.validate = () => false;
    },
  });
  assert.match(await alertOf(lab), /此浏览器不支持.*SIMD|SIMD.*此浏览器不支持/);
});

test("blocked storage is no obstacle", async (t) => {
  const lab = await open(t, {
    init: () => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    },
  });
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
  assert.deepEqual(lab.errors, []);
});

test("when the program breaks, the page says so and starts it again when asked", async (t) => {
  const lab = await open(t);
  await lab.page.evaluate(() => {
    const { drawElements } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawElements = () => {
      WebGL2RenderingContext.prototype.drawElements = drawElements;
      throw new Error("broken for this test");
    };
  });
  await lab.page.mouse.move(500, 300);
  assert.match(await alertOf(lab), /error/);
  await lab.element.getByRole("button").click();
  await lab.ready();
  await lab.click("header.language.zh");
  assert.equal(await lab.value("header.language.zh"), "true");
});
