// Takes a picture of every scene as a person would see it, for people to look at, and checks of each
// that it is a picture: build/pictures/<scene>-<screen>-<language>-<theme>.png.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

import { useLab } from "./support/lab.mjs";

const { open } = useLab();
const folder = fileURLToPath(new URL("../../build/pictures", import.meta.url));

const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

/** Number of different byte values in a PNG's pixel data: 1 or 2 for an empty picture. */
function variety(png) {
  const parts = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return new Set(inflateSync(Buffer.concat(parts))).size;
}

fs.mkdirSync(folder, { recursive: true });

for (const [screen, options] of Object.entries(screens)) {
  for (const locale of ["en-US", "zh-CN"]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`every scene on a ${screen} in ${locale}, ${colorScheme}`, async (t) => {
        const lab = await open(t, { ...options, locale, colorScheme });
        const items = await lab.items();
        const scenes = items.filter(({ id }) => id.startsWith("scene.")).map(({ id }) => id.slice(6));
        assert.ok(scenes.length > 0);
        for (const scene of scenes) {
          await (options.hasTouch ? lab.tap(`scene.${scene}`) : lab.click(`scene.${scene}`));
          const state = await lab.state();
          assert.equal(state.scene, scene);
          assert.equal(state.theme, colorScheme);
          assert.equal(state.language, locale.slice(0, 2));
          const picture = await lab.page.screenshot();
          assert.ok(variety(picture) > 100);
          fs.writeFileSync(path.join(folder, `${scene}-${screen}-${state.language}-${colorScheme}.png`), picture);
        }
        assert.deepEqual(lab.errors, []);
      });
    }
  }
}
