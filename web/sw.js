// The page's service worker: keeps its files by the hash of their content, so that an update fetches what
// has changed and never mixes two versions. src/tools/make_dist.mjs puts it into the root of dist/ and
// fills in the files.

const files = {}; // path → SHA-256 of the file, in base64

const root = self.registration.scope;
const cacheName = `activation-lab ${root}`;
const keyOf = (hash) => `${root}${encodeURIComponent(hash)}`;

/** The path of a URL within the page's folder. */
function pathOf(url) {
  const { origin, pathname } = new URL(url);
  const path = `${origin}${pathname}`;
  if (!path.startsWith(root)) return undefined;
  return path.slice(root.length) || "index.html";
}

async function keepFile(cache, path, hash) {
  if (await cache.match(keyOf(hash))) return;
  // A file that has changed since this worker was built is refused: then another worker is on its way.
  const url = path === "index.html" ? root : root + path;
  const response = await fetch(url, { cache: "no-cache", integrity: `sha256-${hash}` });
  if (!response.ok) throw new Error(`${response.status}: ${url}`);
  const type = response.headers.get("Content-Type");
  await cache.put(keyOf(hash), new Response(response.body, { headers: { "Content-Type": type } }));
}

async function install() {
  const cache = await caches.open(cacheName);
  await Promise.all(Object.entries(files).map(([path, hash]) => keepFile(cache, path, hash)));
}

async function dropOldFiles() {
  const cache = await caches.open(cacheName);
  const kept = new Set(Object.values(files).map(keyOf));
  const keys = await cache.keys();
  await Promise.all(keys.filter(({ url }) => !kept.has(url)).map((key) => cache.delete(key)));
}

async function answer(request, hash) {
  const cache = await caches.open(cacheName);
  return (await cache.match(keyOf(hash))) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(dropOldFiles()));

self.addEventListener("fetch", (event) => {
  const hash = event.request.method === "GET" && files[pathOf(event.request.url)];
  if (hash) event.respondWith(answer(event.request, hash));
});

// The only page that is open has loaded all it needs: the next one may be of this version.
self.addEventListener("message", (event) => {
  const replace = async () => {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (pages.filter(({ url }) => url.startsWith(root)).length <= 1) await self.skipWaiting();
  };
  if (event.data === "loaded") event.waitUntil(replace());
});
