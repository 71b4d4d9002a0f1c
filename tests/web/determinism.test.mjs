// The engine trains to the same bits in every browser: the table of hashes that the native tests
// judge by, too. Chromium, and Firefox where it is installed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserHashes, browsers, golden } from "./support/hashes.mjs";

for (const browser of browsers) {
  const skip = browser.command ? false : `${browser.name} is not installed`;
  test(`${browser.name} trains every document to its bits`, { skip, timeout: 180_000 }, async () => {
    const hashes = await browserHashes(browser);
    for (const [i, document] of golden.documents.entries()) {
      assert.equal(hashes[i], document.hash, document.name);
    }
  });
}
