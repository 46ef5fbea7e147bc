// Keeps the page that checks a printed QR, its dress and the public keys, so that a certificate is checked without network.
const STORE = "xac-minh-1";
const PAGE = "/xac-minh/khong-mang";
const KEYS = "/xac-minh/khoa.json";

self.addEventListener("install", (event) => { event.waitUntil(keep().then(() => self.skipWaiting())); });
self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });
self.addEventListener("message", (event) => { if (event.data === "keep") event.waitUntil(keep()); });

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(fetch(event.request).catch(() => kept(PAGE)));
  else if (url.pathname === KEYS) event.respondWith(fetch(event.request).catch(() => kept(KEYS)));
  else if (url.pathname.startsWith("/static/")) event.respondWith(keptOr(event.request));
});

// What the page asks for stands in the page itself: addresses under /static/ with the digest of their version.
async function keep() {
  const store = await caches.open(STORE);
  const page = await fetch(PAGE, { credentials: "omit" });
  if (!page.ok) return;
  const text = await page.clone().text();
  const parts = [...new Set([...text.matchAll(/(?:href|src|data-curve)="(\/static\/[^"]+)"/g)].map((found) => found[1]))];
  await store.put(PAGE, page);
  await Promise.all(parts.map(async (one) => { if (!(await store.match(one))) await store.add(one); }));
  await store.add(new Request(KEYS, { cache: "reload" }));
}

async function kept(address) {
  return (await (await caches.open(STORE)).match(address)) || Response.error();
}

async function keptOr(request) {
  return (await (await caches.open(STORE)).match(request)) || fetch(request);
}
