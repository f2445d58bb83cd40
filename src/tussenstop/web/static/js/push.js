// Short signs on this device, for one person. What stands here is whose they are and the address by
// which the server knows this browser; the worker (web/messages/worker.js) shows them. Signing out
// ends them, somebody else who signs in ends them, and who signs in again gets them back.

const PLACE = "tussenstop.push";
const SCOPE = "/notices/"; // not that of the worker for hours: each lives without the other
const { person, push } = document.documentElement.dataset;
const knows =
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

// Nothing when the browser lets nobody keep anything.
const mark = (() => {
  try {
    return JSON.parse(window.localStorage.getItem(PLACE));
  } catch {
    return null;
  }
})();
const remember = (subscription) => {
  try {
    const { endpoint } = subscription;
    window.localStorage.setItem(PLACE, JSON.stringify({ person, endpoint }));
  } catch {
    // Then it is switched on again after the next time of signing in.
  }
};

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const bytes = (word) =>
  Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const fieldsOf = (subscription) => ({
  endpoint: subscription.endpoint,
  p256dh: text(subscription.getKey("p256dh")),
  auth: text(subscription.getKey("auth")),
  server_key: text(subscription.options.applicationServerKey),
});

const registered = () => (knows ? navigator.serviceWorker.getRegistration(SCOPE) : undefined);

const forget = async () => {
  try {
    window.localStorage.removeItem(PLACE);
  } catch {
    // Then nothing stood there.
  }
  const registration = await registered();
  if (!registration || new URL(registration.scope).pathname !== SCOPE) return;
  for (const sign of await registration.getNotifications()) sign.close();
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  await registration.unregister();
};

// Signed in again, or with another address: tell the server. It knows what was removed meanwhile.
const renew = async () => {
  if (!mark || !person || !knows) return;
  const registration = await registered();
  const subscription = await registration?.pushManager.getSubscription();
  if (mark.person !== person || !subscription) return forget();
  if (push && subscription.endpoint === mark.endpoint) return;
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const fields = { ...fieldsOf(subscription), was: mark.endpoint, csrfmiddlewaretoken };
  const answer = await fetch("/notices/devices/renew/", {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  if (answer.ok) remember(subscription);
  else if ([404, 409].includes(answer.status)) await forget();
};

for (const form of document.querySelectorAll("[data-sign-out]"))
  form.addEventListener("submit", forget);

// The section on the page of preferences

const section = () => document.querySelector("[data-push-key]");

const say = (...names) => {
  for (const part of section().querySelectorAll("[data-push-says]"))
    part.hidden = !names.includes(part.dataset.pushSays);
};

const onApple = /iPhone|iPad/.test(navigator.userAgent) || navigator.standalone === false;

const tell = async () => {
  if (!section()) return;
  if (!knows) return say(onApple ? "home" : "unknown");
  if (Notification.permission === "denied") return say("blocked");
  const here = section().querySelector("[data-push-here]");
  const subscription = await (await registered())?.pushManager.getSubscription();
  if (here && subscription && Notification.permission === "granted") {
    remember(subscription);
    return say("on");
  }
  return say("off");
};

const ready = async (registration) => {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker.state === "activated") return;
  await new Promise((done) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && done());
  });
};

const subscribe = async () => {
  const { pushKey, pushWorker } = section().dataset;
  const registration = await navigator.serviceWorker.register(pushWorker, { scope: SCOPE });
  await ready(registration);
  const before = await registration.pushManager.getSubscription();
  if (before && text(before.options.applicationServerKey) !== pushKey) await before.unsubscribe();
  return registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(pushKey),
  });
};

const switchOn = async (button) => {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      await tell();
      if (Notification.permission === "default") say("off", "asked");
      return;
    }
    const subscription = await subscribe();
    const form = button.form;
    for (const [name, value] of Object.entries(fieldsOf(subscription)))
      form.elements[name].value = value;
    form.requestSubmit(form.querySelector("[data-push-send]"));
  } catch {
    say("off", "failed");
  } finally {
    button.disabled = false;
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-push-on]");
  if (button) switchOn(button);
});
// What was said comes first for who listens or uses the keyboard: what they pressed is gone.
document.addEventListener("htmx:afterSettle", async () => {
  await tell();
  section()?.querySelector("[data-push-told]")?.focus();
});

await renew();
await tell();
