// Keeps the pages to write hours down, and nothing else, for when there is no connection. They are
// kept for one person, as last seen; what shows one says so. See static/js/kept.js.

const CACHE = "tussenstop-hours-";
const PAGE = /^\/routes\/[0-9a-f-]{36}\/hours\/(add\/)?$/;
const ASSETS = new Set(["style", "script", "font", "image"]);
const PATIENCE = 6_000; // milliseconds before what was kept is shown
const LONGEST = 14 * 24 * 3600 * 1000;

const caches_ = async () => (await caches.keys()).filter((name) => name.startsWith(CACHE));

const forget = async (but) => {
  const names = (await caches_()).filter((name) => name !== but);
  await Promise.all(names.map((name) => caches.delete(name)));
};

// The server says of a page for whom it may be kept.
const keepPage = async (cache, path, person) => {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" });
  if (answer.status >= 500) return;
  const may = answer.ok && !answer.redirected && answer.headers.get("Keep-For") === person;
  if (may) await cache.put(path, answer);
  else await cache.delete(path);
};

const keep = async ({ person, pages, assets }) => {
  if (!person) return forget();
  await forget(CACHE + person);
  const cache = await caches.open(CACHE + person);
  for (const path of pages.filter((one) => PAGE.test(one))) await keepPage(cache, path, person);
  for (const path of assets) if (!(await cache.match(path))) await cache.add(path);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (!PAGE.test(pathname) && !assets.includes(pathname)) await cache.delete(pathname);
  }
};

const find = async (path) => {
  for (const name of await caches_()) {
    const found = await (await caches.open(name)).match(path);
    if (!found) continue;
    if (Date.now() - Date.parse(found.headers.get("Date")) < LONGEST) return found;
    await caches.delete(name);
  }
};

const marked = async (kept) => {
  const text = await kept.text();
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(text.replace("data-hours-offline hidden", "data-hours-offline"), { headers });
};

const late = () =>
  new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error("late")), PATIENCE);
  });

const page = async (request) => {
  const kept = await find(new URL(request.url).pathname);
  if (!kept) return fetch(request);
  try {
    return await Promise.race([fetch(request), late()]);
  } catch {
    return marked(kept);
  }
};

const asset = async (request) => {
  try {
    return await fetch(request);
  } catch {
    return (await find(new URL(request.url).pathname)) ?? Response.error();
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(request));
  else if (ASSETS.has(request.destination)) event.respondWith(asset(request));
});
