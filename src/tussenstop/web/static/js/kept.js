// What this device keeps for one person: hours that wait for a connection, and (in the worker of
// web/hours) the pages to write them down. Every entry has its own key, so one that is sent twice
// stands there once. At sign-out, and when somebody else signs in, all of it goes.

const PLACE = "tussenstop.hours."; // each entry apart: two windows never overwrite each other
const CACHE = "tussenstop-hours-";
const WAIT = 20_000; // milliseconds between two tries
const PATIENCE = 6_000; // for one answer
const person = document.documentElement.dataset.person ?? "";
const offline = document.querySelector("[data-hours-offline]");

// Nothing when the browser lets nobody keep anything.
const store = (() => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();

const every = () =>
  Object.keys(store ?? {})
    .filter((name) => name.startsWith(PLACE))
    .map((name) => JSON.parse(store.getItem(name)));
const mine = () =>
  every()
    .filter((one) => one.person === person)
    .sort((a, b) => a.at - b.at);
const put = (one) => store.setItem(PLACE + one.fields.key, JSON.stringify(one));
const drop = (one) => store.removeItem(PLACE + one.fields.key);

const dropPages = async (but) => {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHE) && name !== but);
  await Promise.all(names.map((name) => caches.delete(name)));
};

const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const ask = (url, how = {}) =>
  fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...how });

// What is shown of it

const sent = new Set();
let arrived = false; // hours that stand on no planned day of this page

const tell = () => {
  const entries = mine();
  for (const [name, found] of [
    ["waiting", entries.filter((one) => !one.refused)],
    ["refused", entries.filter((one) => one.refused)],
  ]) {
    const notice = document.querySelector(`[data-hours-${name}]`);
    if (!notice) continue;
    notice.hidden = found.length === 0;
    notice.querySelector("ul").replaceChildren(
      ...found.map((one) => {
        const line = document.createElement("li");
        line.textContent = [one.words, one.fields.done].filter(Boolean).join(", ");
        return line;
      }),
    );
  }
  const news = document.querySelector("[data-hours-arrived]");
  if (news) news.hidden = !arrived;
  for (const day of document.querySelectorAll("[data-hours-day]")) {
    const block = day.dataset.hoursDay;
    const waits = entries.some((one) => one.block === block && !one.refused);
    day.querySelector("form").hidden = waits || sent.has(block);
    day.querySelector("[data-hours-kept]").hidden = !waits;
    day.querySelector("[data-hours-sent]").hidden = waits || !sent.has(block);
  }
};

// Sending

const read = async (answer) =>
  new DOMParser().parseFromString(await answer.text(), "text/html").documentElement;

// What became of it: "sent", "refused" by what it says, or "later". Never as somebody else: the
// page that the token comes from tells who is signed in, and the server checks `for`.
const send = async (one) => {
  try {
    const answer = await ask(one.page);
    const page = await read(answer);
    if (page.dataset.person !== one.person) return "later";
    if (!answer.ok) return answer.status < 500 ? "refused" : "later";
    const token = page.querySelector("[data-hours-form] [name=csrfmiddlewaretoken]").value;
    const fields = { ...one.fields, for: one.person, csrfmiddlewaretoken: token };
    const became = await ask(one.url, { method: "POST", body: new URLSearchParams(fields) });
    if ([404, 422].includes(became.status)) return "refused";
    return became.ok && (await read(became)).dataset.person === one.person ? "sent" : "later";
  } catch {
    return "later";
  }
};

const sendEach = async () => {
  for (const one of mine().filter((entry) => !entry.refused)) {
    const became = await send(one);
    if (became === "later") break;
    if (became === "refused") put({ ...one, refused: true });
    else {
      drop(one);
      if (document.querySelector(`[data-hours-day="${one.block}"]`)) sent.add(one.block);
      else arrived = true;
    }
  }
  tell();
};

let sending = null;

// One at a time, also over several windows; who asks meanwhile waits for the same.
const sendAll = () => {
  if (!person || !navigator.onLine || !mine().some((one) => !one.refused)) return sending;
  const done = () => {
    sending = null;
  };
  sending ??= (navigator.locks?.request(PLACE, sendEach) ?? sendEach()).finally(done);
  return sending;
};

// Writing down

const connected = async () => {
  try {
    return navigator.onLine && (await ask("/healthz", { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
};

const inWords = (day) =>
  new Date(`${day}T00:00`).toLocaleDateString(document.documentElement.lang, {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
const wordsOf = (form, { day, starts_at: from, ends_at: till }) =>
  form.dataset.hoursWords ?? `${inWords(day)}, ${from}-${till}`;

const keep = (form) => {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  const { hoursForm: page, hoursBlock } = form.dataset;
  const words = wordsOf(form, fields);
  const block = hoursBlock ?? (fields.block || undefined);
  put({ person, page, url: form.getAttribute("action"), fields, words, block, at: Date.now() });
};

// The form as it begins on a page that was kept: a key of its own, today or the day in the address.
const begin = (form, address = new URLSearchParams()) => {
  const { key, block, day, starts_at: from, ends_at: till } = form.elements;
  key.value = uuid();
  block.value = address.get("block") ?? "";
  const now = new Date();
  const today = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  day.value = address.get("day") ?? today;
  from.value = address.get("from") ?? "";
  till.value = address.get("till") ?? "";
};

const onSubmit = async (event) => {
  const form = event.currentTarget;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const online = await connected();
  button.disabled = false;
  if (online || !store) return form.submit();
  if (!form.reportValidity()) return;
  keep(form);
  if (!form.dataset.hoursBlock) {
    form.reset();
    begin(form);
  }
  tell();
  document.querySelector("[data-hours-waiting]").focus();
};

for (const form of document.querySelectorAll("[data-hours-form]")) {
  form.addEventListener("submit", onSubmit);
  if (offline && !offline.hidden && !form.dataset.hoursBlock)
    begin(form, new URLSearchParams(location.search));
}

document.querySelector("[data-hours-forget]")?.addEventListener("click", () => {
  mine()
    .filter((one) => one.refused)
    .forEach(drop);
  tell();
});

// Signing out: first what still waits, then nothing stays

for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await sendAll();
    if (mine().length && !confirm(form.dataset.signOut)) return;
    every().forEach(drop);
    await dropPages();
    form.submit();
  });
}

// The pages that may be kept

const keepPages = async () => {
  if (!offline?.hidden || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(offline.dataset.worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  const assets = performance
    .getEntriesByType("resource")
    .map((one) => new URL(one.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"))
    .map((url) => url.pathname);
  active.postMessage({ person, pages: offline.dataset.pages.split(" "), assets });
};

if (person)
  every()
    .filter((one) => one.person !== person)
    .forEach(drop);
await dropPages(person && CACHE + person);
window.addEventListener("online", sendAll);
setInterval(sendAll, WAIT);
tell();
sendAll();
keepPages();
