// The element on somebody else's page, and the frame: attributes, properties, methods, events, messages.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";

import { useLab } from "./support/lab.mjs";

const page = (body) => `<!doctype html><meta charset="utf-8"><title>page</title><link rel="icon" href="data:,">
  <script type="module" src="web/activation-lab.js"></script>${body}`;

const { open } = useLab({
  "train.html": page(`<activation-lab scene="train" preset="xor-relu" lang="zh" theme="dark"
    hide="data,optimizer" state="app.tab=results"></activation-lab>`),
  "plain.html": page("<activation-lab></activation-lab>"),
  "far.html": page(`<p style="height: 4000px">Text.</p>
    <activation-lab scene="train" poster="poster.svg"></activation-lab>`),
  "poster.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
  "wrong.html": page('<activation-lab scene="nowhere" loading="eager"></activation-lab>'),
  "host.html": `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,">
    <iframe id="figure" src="embed.html#scene=train&amp;preset=xor-relu&amp;hide=title,presets,data,details"
      width="600" height="300"></iframe>
    <iframe id="other" src="about:blank"></iframe>
    <script type="module">
      import { connect } from "./web/embed-host.js";
      window.figure = connect(document.querySelector("#figure"));
      window.told = [];
      for (const type of ["ready", "size", "change", "epoch", "goal", "error"]) {
        window.figure.addEventListener(type, ({ detail }) => window.told.push(detail));
      }
    </script>`,
  "stranger.html": `<!doctype html><meta charset="utf-8"><title>stranger</title>
    <iframe id="figure" src="embed.html?origins=https://lab.example#scene=train"></iframe>`,
});

const ask = (lab, question, ...rest) => lab.element.evaluate(question, ...rest);
const listen = (lab, type) => ask(lab, (app, name) => {
  window.heard ??= {};
  window.heard[name] = [];
  app.addEventListener(name, (event) => window.heard[name].push(event.detail ?? event.message ?? event.bubbles));
}, type);
const heard = (lab, type) => lab.page.evaluate((name) => window.heard[name], type);

test("attributes say what is shown", async (t) => {
  const lab = await open(t, { path: "train.html", viewport: { width: 1200, height: 900 } });
  const state = await lab.state();
  assert.equal(state.scene, "train");
  assert.equal(state.language, "zh");
  assert.equal(state.theme, "dark");
  assert.match(state.experiment, /net=8relu/);
  const ids = (await lab.items()).map(({ id }) => id);
  assert.ok(ids.includes("train.tab.results") && ids.includes("train.set.training.loss"));
  for (const gone of ["train.data.xor", "train.set.training.optimizer.kind", "header.share", "scene.tensor", "status"]) {
    assert.ok(!ids.includes(gone), gone);
  }
  assert.match(await ask(lab, (app) => app.link()), /app\.tab=results.*hide=data,optimizer/);
  assert.deepEqual(lab.errors, []);
});

test("attributes and properties are one, and changing them later works", async (t) => {
  const lab = await open(t, { path: "train.html" });
  assert.deepEqual(
    await ask(lab, (app) => [app.scene, app.preset, app.theme, app.hide, app.chrome, app.poster]),
    ["train", "xor-relu", "dark", "data,optimizer", "", ""]);
  await ask(lab, (app) => {
    app.theme = "light";
    app.setAttribute("lang", "en");
    app.hide = "presets";
  });
  await lab.settled();
  assert.equal(await ask(lab, (app) => app.getAttribute("hide")), "presets");
  let state = await lab.state();
  assert.deepEqual([state.theme, state.language], ["light", "en"]);
  let ids = (await lab.items()).map(({ id }) => id);
  assert.ok(ids.includes("train.data.xor") && !ids.includes("train.preset.xor-relu"));

  await ask(lab, (app) => {
    app.preset = "";
    app.scene = "compare";
    app.setAttribute("state", "v=1&data=moons&app.runs=relu-tanh");
    app.hide = "table";
  });
  await lab.settled();
  state = await lab.state();
  assert.deepEqual(state.runs.map(({ value }) => value), ["relu", "tanh"]);
  assert.equal(await ask(lab, (app) => app.hasAttribute("preset")), false);
  ids = (await lab.items()).map(({ id }) => id);
  assert.ok(!ids.some((id) => id.startsWith("compare.table")));

  await ask(lab, (app) => {
    app.chrome = "full";
  });
  await lab.settled();
  assert.ok((await lab.items()).some(({ id }) => id === "header.share"));
  assert.equal(await lab.element.locator("a.home").isVisible(), false);
  await ask(lab, (app) => {
    app.chrome = "";
    app.removeAttribute("theme");
  });
  await lab.settled();
  assert.ok(!(await lab.items()).some(({ id }) => id === "header.share"));
});

test("wrong attributes give an error event and keep the old state", async (t) => {
  const lab = await open(t, { path: "train.html" });
  await listen(lab, "error");
  const before = await ask(lab, (app) => app.link());
  const wrong = [
    ["preset", "nonsense", /preset.*nonsense/], ["hide", "nonsense", /nonsense/], ["theme", "pink", /theme/],
    ["lang", "de", /lang/], ["state", "data=nonsense", /data\.kind/], ["scene", "nowhere", /nowhere/],
  ];
  for (const [name, value, expected] of wrong) {
    const old = await ask(lab, (app, [key, text]) => {
      const kept = app.getAttribute(key);
      app.setAttribute(key, text);
      return kept;
    }, [name, value]);
    await lab.settled();
    const told = await heard(lab, "error");
    assert.match(told.at(-1), expected);
    assert.equal(await ask(lab, (app) => app.link()), before, name);
    await ask(lab, (app, [key, text]) => app.setAttribute(key, text), [name, name === "lang" ? "zh" : old]);
    await lab.settled();
  }
  // What is refused together with something else is not forgotten.
  const { language } = await lab.state();
  await ask(lab, (app) => {
    app.setAttribute("lang", "en");
    app.hide = "nonsense";
  });
  await lab.settled();
  assert.equal((await lab.state()).language, language);
  await ask(lab, (app) => {
    app.hide = "data";
  });
  await lab.settled();
  assert.notEqual(language, "en");
  assert.equal((await lab.state()).language, "en");
  // … and no reason to refuse what comes later.
  const theme = (await lab.state()).theme === "dark" ? "light" : "dark";
  for (const [name, value] of [["hide", "nonsense"], ["theme", theme]]) {
    await ask(lab, (app, [key, text]) => app.setAttribute(key, text), [name, value]);
    await lab.settled();
  }
  assert.equal((await lab.state()).theme, theme);
  const first = await open(t, { path: "wrong.html", wait: false, init: () => {
    addEventListener("error", ({ target, message }) => {
      if (target.localName === "activation-lab") window.firstError = message;
    }, true);
  } });
  await first.ready();
  assert.match(await first.page.evaluate(() => window.firstError), /nowhere/);
  assert.equal((await first.state()).scene, "tensor");
});

test("the README lists the parts of every scene", async (t) => {
  const readme = fs.readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const lab = await open(t, { path: "plain.html" });
  for (const scene of ["tensor", "functions", "train", "compare", "gradients"]) {
    const message = await ask(lab, async (app, id) => {
      app.hide = "";
      await app.idle();
      await app.open(`scene=${id}`);
      return new Promise((resolve) => {
        app.addEventListener("error", (event) => resolve(event.message), { once: true });
        app.hide = `nonsense-${id}`;
      });
    }, scene);
    const parts = message.match(/are: (.*)\.$/)[1].split(", ").filter((part) => part !== "sentence");
    assert.ok(parts.length >= 5);
    assert.ok(readme.includes(`| \`${scene}\` | ${parts.map((part) => `\`${part}\``).join(" ")} |`), message);
  }
});

test("play, pause, step, reset, set, and what they tell", async (t) => {
  const lab = await open(t, { path: "train.html" });
  for (const type of ["change", "epoch", "goal", "error"]) await listen(lab, type);
  assert.equal(await ask(lab, (app) => app.step()), true);
  assert.equal((await ask(lab, (app) => app.progress())).step, 1);
  assert.equal(await ask(lab, (app) => app.set("training.optimizer.learningRate", 0.01)), true);
  assert.equal(await ask(lab, (app) => app.set({ "data.noise": 0.1, "training.batchSize": 20 })), true);
  await lab.settled();
  assert.match((await lab.state()).experiment, /noise=0\.1.*rate=0\.01.*batch=20/);
  assert.ok((await heard(lab, "change")).length > 0);
  assert.match((await heard(lab, "change")).at(-1).link, /batch=20/);

  assert.equal(await ask(lab, (app) => app.set({ "data.noise": 9, "training.batchSize": 30 })), false);
  assert.match((await heard(lab, "error")).at(-1), /data\.noise/);
  assert.match((await lab.state()).experiment, /noise=0\.1.*batch=20/);
  assert.equal(await ask(lab, (app) => app.set("nonsense", 1)), false);
  assert.match((await heard(lab, "error")).at(-1), /nonsense/);

  await ask(lab, (app) => app.open("preset=xor-relu&app.stopEpochs=30&app.speed=7"));
  await ask(lab, (app) => app.play());
  await lab.page.waitForFunction(() => window.heard.goal.length > 0, null, { timeout: 30_000 });
  const [goal] = await heard(lab, "goal");
  assert.ok(goal.goalReached && goal.epoch >= 30 && goal.trainLoss < 1);
  const epochs = (await heard(lab, "epoch")).map(({ epoch }) => epoch);
  assert.ok(epochs.length > 0 && epochs.at(-1) >= 30);
  await lab.settled();
  const changes = (await heard(lab, "change")).length;
  await ask(lab, (app) => app.reset());
  await ask(lab, (app) => app.play());
  assert.equal(await ask(lab, (app) => app.pause()), true);
  await lab.settled();
  assert.equal((await ask(lab, (app) => app.progress())).playing, false);
  await ask(lab, (app) => app.reset());
  await lab.settled();
  assert.equal((await ask(lab, (app) => app.progress())).step, 0);
  assert.equal((await heard(lab, "change")).length, changes, "training alone counts as a change");

  await ask(lab, (app) => app.open("scene=tensor"));
  assert.equal(await ask(lab, (app) => app.play()), false);
  assert.equal(await ask(lab, (app) => app.progress()), null);
});

test("no event of the element bubbles, and ready comes once", async (t) => {
  const lab = await open(t, { path: "plain.html", wait: false, init: () => {
    window.bubbled = [];
    window.captured = [];
    for (const type of ["ready", "load", "change", "epoch", "goal", "error", "appearance"]) {
      addEventListener(type, ({ target }) => {
        if (target?.localName === "activation-lab") window.bubbled.push(type);
      });
      document.addEventListener(type, ({ target }) => {
        if (target?.localName === "activation-lab") window.captured.push(type);
      }, true);
    }
  } });
  await lab.ready();
  await ask(lab, (app) => app.open("scene=train"));
  await ask(lab, (app) => app.open("scene=nowhere"));
  await ask(lab, (app) => app.open("scene=train&data=moons"));
  await lab.settled();
  const captured = await lab.page.evaluate(() => window.captured);
  assert.equal(captured.filter((type) => type === "ready").length, 1);
  for (const type of ["load", "change", "error", "appearance"]) assert.ok(captured.includes(type), type);
  assert.deepEqual(await lab.page.evaluate(() => window.bubbled), []);
});

test("screenshot() gives a picture of all of it, also beyond the window", async (t) => {
  const lab = await open(t, { path: "train.html", viewport: { width: 700, height: 500 } });
  const size = await ask(lab, async (app) => {
    const blob = await app.screenshot();
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set(new Uint32Array(data.buffer).filter((_, i) => i % 7 === 0));
    return { type: blob.type, width: bitmap.width, height: bitmap.height, colours: colours.size };
  });
  const { width, height } = await lab.element.locator(".track").boundingBox();
  assert.equal(size.type, "image/png");
  assert.ok(Math.abs(size.width - width) <= 2, `${size.width} of ${width}`);
  assert.ok(Math.abs(size.height - height) <= 2 && height > 800, `${size.height} of ${height}`);
  assert.ok(size.colours > 50);
  await lab.settled();
  assert.deepEqual(lab.errors, []);
});

test("embedded, a small mark opens the full lab with the same state", async (t) => {
  const lab = await open(t, { path: "train.html" });
  const mark = lab.element.locator("a.home");
  assert.equal(await mark.getAttribute("rel"), "noopener");
  const [full] = await Promise.all([lab.page.context().waitForEvent("page"), mark.click()]);
  await full.waitForFunction(() => document.querySelector("activation-lab")?.state?.()?.scene === "train");
  const url = new URL(full.url());
  assert.match(url.pathname, /\/index\.html$/);
  assert.match(url.hash, /scene=train&v=1.*net=8relu/);
  assert.equal(await full.evaluate(() => window.opener), null);
});

test("far below the window nothing is loaded; its poster is there, and scrolling near starts it", async (t) => {
  const requests = [];
  const lab = await open(t, { path: "far.html", wait: false,
    prepare: (page) => page.on("request", (request) => requests.push(request.url())) });
  await lab.page.waitForLoadState("networkidle");
  assert.ok(!requests.some((url) => url.endsWith("app.wasm")));
  assert.match(await lab.element.locator("img.poster").getAttribute("src"), /poster\.svg/);
  await lab.page.evaluate(() => scrollTo(0, 3600));
  await lab.ready();
  await lab.idle();
  assert.equal((await lab.state()).scene, "train");
  assert.equal(await lab.element.locator("img.poster").isVisible(), false);
});

const told = (lab, type) => lab.page.evaluate((name) => window.told.filter((m) => m.type === name), type);

test("a frame answers its host, tells how it goes, and is given its height", async (t) => {
  const lab = await open(t, { path: "host.html", wait: false });
  await lab.page.waitForFunction(() => window.told?.some(({ type }) => type === "ready"));
  assert.match((await told(lab, "ready"))[0].link, /scene=train.*net=8relu/);
  await lab.page.waitForFunction(() => document.querySelector("#figure").getBoundingClientRect().height > 500);
  const sizes = await told(lab, "size");
  assert.ok(sizes.at(-1).height > 500);
  const height = await lab.page.evaluate(() => document.querySelector("#figure").style.height);
  assert.equal(height, `${sizes.at(-1).height}px`);

  const say = (method, ...values) => lab.page.evaluate(
    ([name, rest]) => window.figure[name](...rest).then((value) => ({ value }), ({ message }) => ({ message })),
    [method, values]);
  assert.deepEqual(await say("step"), { value: true });
  const { value } = await say("state");
  assert.equal(value.progress.step, 1);
  assert.equal(value.state.scene, "train");
  assert.match(value.link, /app\.step=1/);
  assert.deepEqual(await say("set", "training.optimizer.learningRate", 0.05), { value: true });
  assert.deepEqual(await say("set", { "data.noise": 0.2 }), { value: true });
  assert.match((await say("set", "data.noise", 9)).message, /data\.noise/);
  assert.match((await say("open", "scene=nowhere")).message, /nowhere/);
  assert.deepEqual(await say("open", "scene=train&preset=xor-relu&app.stopEpochs=20"), { value: true });
  assert.deepEqual(await say("play"), { value: true });
  await lab.page.waitForFunction(() => window.told.some(({ type }) => type === "goal"), null, { timeout: 30_000 });
  assert.ok((await told(lab, "epoch")).length > 0);
  assert.ok((await told(lab, "change")).length > 0);
  assert.ok((await told(lab, "error")).length > 0);
  assert.deepEqual(await say("pause"), { value: true });
  assert.deepEqual(await say("reset"), { value: true });
  assert.ok(await lab.page.evaluate(async () => (await window.figure.screenshot()).size > 2000));
  assert.deepEqual(lab.errors, []);
});

test("messages that break the protocol are refused by name, and others not heeded", async (t) => {
  const lab = await open(t, { path: "host.html", wait: false });
  await lab.page.waitForFunction(() => window.told?.some(({ type }) => type === "ready"));
  const send = (message) => lab.page.evaluate((data) => new Promise((resolve) => {
    addEventListener("message", ({ data: reply }) => reply.type === "reply" && resolve(reply), { once: false });
    document.querySelector("#figure").contentWindow.postMessage(data, "*");
  }), message);
  const wrong = [
    [{ activationLab: 2, id: 1, type: "play" }, /version 1/],
    [{ activationLab: 1, id: {}, type: "play" }, /“id”/],
    [{ activationLab: 1, id: 1, type: "eval" }, /“type”.*open, set/],
    [{ activationLab: 1, id: 1, type: "toString" }, /“type”/],
    [{ activationLab: 1, id: 1, type: "open" }, /“link”/],
    [{ activationLab: 1, id: 1, type: "open", link: "x".repeat(20_000) }, /“link”.*too long/],
    [{ activationLab: 1, id: 1, type: "play", code: "1" }, /“code” is unknown/],
    [{ activationLab: 1, id: 1, type: "set", fields: [1] }, /“fields”/],
    [{ activationLab: 1, id: 1, type: "set", fields: { a: "x".repeat(5000) } }, /“fields”/],
  ];
  for (const [message, expected] of wrong) {
    const reply = await send(message);
    assert.equal(reply.ok, false);
    assert.match(reply.error, expected);
  }
  for (const data of ["text", 7, null, [1], { type: "play", id: 1 }]) {
    await lab.page.evaluate((other) => document.querySelector("#figure").contentWindow.postMessage(other, "*"), data);
  }
  assert.equal((await lab.page.evaluate(() => window.figure.state())).progress.playing, false);
});

test("a frame hears only its host, and only from the origins that its address names", async (t) => {
  const lab = await open(t, { path: "host.html", wait: false });
  await lab.page.waitForFunction(() => window.told?.some(({ type }) => type === "ready"));
  // Another frame of the page is not the host, although its origin is right.
  await lab.page.evaluate(() => new Promise((resolve) => {
    const other = document.querySelector("#other");
    other.contentWindow.target = document.querySelector("#figure").contentWindow;
    other.contentWindow.eval('target.postMessage({ activationLab: 1, id: 1, type: "step" }, "*")');
    setTimeout(resolve, 300);
  }));
  assert.equal((await lab.page.evaluate(() => window.figure.state())).progress.step, 0);

  const stranger = await open(t, { path: "stranger.html", wait: false, init: () => {
    window.messages = [];
    addEventListener("message", ({ data }) => window.messages.push(data));
  } });
  const frame = stranger.page.frames().find((other) => other.url().includes("embed.html"));
  await frame.waitForFunction(() => document.querySelector("activation-lab")?.state()?.scene === "train");
  await stranger.page.evaluate(() => document.querySelector("#figure").contentWindow
    .postMessage({ activationLab: 1, id: 1, type: "step" }, "*"));
  await stranger.page.waitForTimeout(300);
  assert.equal(await frame.evaluate(() => document.querySelector("activation-lab").progress().step), 0);
  assert.deepEqual(await stranger.page.evaluate(() => window.messages), []);
});
