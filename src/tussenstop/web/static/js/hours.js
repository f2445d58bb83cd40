// Hours written down without a connection: kept on this device, sent when there is one again.
// Every entry has its own key, so one that is sent twice stands there once.

const PLACE = "tussenstop.hours";
const WAIT = 20_000; // milliseconds between two tries

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
};

const keep = (entries) => {
  if (entries.length) localStorage.setItem(PLACE, JSON.stringify(entries));
  else localStorage.removeItem(PLACE);
};

const tell = () => {
  const entries = kept();
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
        const { day, starts_at: from, ends_at: till, done } = one.fields;
        line.textContent = [day, `${from}-${till}`, done].filter(Boolean).join(", ");
        return line;
      }),
    );
  }
};

// What became of it: "sent", "refused" by what it says, or "later".
const send = async (entry) => {
  try {
    const page = await fetch(entry.url, { credentials: "same-origin" });
    if (!page.ok || page.redirected) return "later";
    const text = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = text.querySelector("[data-hours-form] [name=csrfmiddlewaretoken]")?.value;
    if (!token) return "later";
    const body = new URLSearchParams({ ...entry.fields, csrfmiddlewaretoken: token });
    const answer = await fetch(entry.url, { method: "POST", credentials: "same-origin", body });
    if (answer.status === 422) return "refused";
    return answer.ok ? "sent" : "later";
  } catch {
    return "later";
  }
};

let busy = false;

const sendAll = async () => {
  if (busy || !navigator.onLine) return;
  busy = true;
  for (const entry of kept().filter((one) => !one.refused)) {
    const became = await send(entry);
    if (became === "later") break;
    const rest = kept().filter((one) => one.fields.key !== entry.fields.key);
    keep(became === "refused" ? [...rest, { ...entry, refused: true }] : rest);
  }
  busy = false;
  tell();
};

const form = document.querySelector("[data-hours-form]");

form?.addEventListener("submit", (event) => {
  if (navigator.onLine || !form.checkValidity()) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  keep([...kept(), { url: form.dataset.hoursForm, fields }]);
  form.reset();
  form.elements.key.value = crypto.randomUUID();
  if (form.elements.block) form.elements.block.value = "";
  tell();
  document.querySelector("[data-hours-waiting]").focus();
});

document.querySelector("[data-hours-forget]")?.addEventListener("click", () => {
  keep(kept().filter((one) => !one.refused));
  tell();
});

window.addEventListener("online", sendAll);
setInterval(sendAll, WAIT);
tell();
sendAll();
