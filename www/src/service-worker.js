// Keeps the page for use without a network. A version is a list of files (FILES) whose contents make its name (VERSION);
// both come from the build. A new version waits until the person says so, so that a page never changes under their hands.
const scope = self.registration.scope;
const PREFIX = `semispace ${scope} `;
const NAME = PREFIX + VERSION;
const IS_LASTING = /[-.][0-9a-f]{12,}(?:_bg)?\.\w+$/;
/** Versions that are kept: this one, and the one that other tabs may still show. */
const KEPT = 2;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => {
  if (data === "activate") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
});

async function install() {
  const cache = await caches.open(NAME);
  await Promise.all(FILES.map((file) => keep(cache, new URL(file, scope).href)));
}

/** A file whose name has its hash may come from an earlier version or from the browser's own cache, others are asked for anew. */
async function keep(cache, address) {
  const known = IS_LASTING.test(address) ? await caches.match(address) : undefined;
  const response = known ?? (await fetch(address, { cache: IS_LASTING.test(address) ? "default" : "no-cache" }));
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await cache.put(address, response);
}

async function activate() {
  const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  const old = own.slice(0, Math.max(0, own.length + 1 - KEPT));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** This version's file, or an earlier one's that a tab still asks for, or the network's. */
async function answer(request) {
  const address = new URL(request.url);
  address.search = address.hash = "";
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  const cache = await caches.open(NAME);
  const kept = (await cache.match(address.href)) ?? (IS_LASTING.test(address.pathname) ? await caches.match(address.href) : undefined);
  return kept ?? fetch(request);
}
