// Shows a short sign, also when no page of ours is open. It keeps nothing and looks after no
// requests; see static/js/push.js. What a sign says is a sentence and an address, never more.

const TAG = "tussenstop"; // one sign at a time: a second one says that there are several

const show = async (sign) => {
  const shown = await self.registration.getNotifications({ tag: TAG });
  const others = shown.some((one) => one.data?.url !== sign.url);
  const { title, url } = others ? sign.several : sign;
  const { lang, icon, badge } = sign;
  const how = { lang, icon, badge, tag: TAG, renotify: true, data: { url } };
  await self.registration.showNotification(title, how);
};

// A page that stands there already comes to the front, as new; another one is left as it is, for
// somebody may be writing on it.
const open = async (path) => {
  const { href } = new URL(path, self.location.origin);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === href);
  if (!there) return self.clients.openWindow(href);
  await there.focus();
  return there.navigate(href).catch(() => there);
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? "/notices/"));
});
// The browser changed its address: the next page tells it (static/js/push.js).
self.addEventListener("pushsubscriptionchange", (event) => {
  const { options } = event.oldSubscription ?? {};
  if (options && !event.newSubscription)
    event.waitUntil(self.registration.pushManager.subscribe(options));
});
