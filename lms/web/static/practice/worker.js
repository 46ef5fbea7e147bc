// Practices with the network cut: pages and tickets from the network first, from this device when there is none; static files by their digest.
const CACHE = "luyen-tap-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const fromHere = async (key, network) => {
  const cache = await caches.open(CACHE);
  try { return await network(); } catch { return (await cache.match(key)) || Response.error(); }
};

const fileFromHere = async (request) => {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) || fetch(request);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) return event.respondWith(fileFromHere(request));
  const isOurs = /^\/luyen-tap(\/[^/]+(\/bo\.json)?)?$/.test(url.pathname);
  if (isOurs && !request.headers.get("X-Fresh")) event.respondWith(fromHere(url.pathname, () => fetch(request)));
});
