// A journal that saves itself while one writes, and a voice note recorded in the page. Without
// this file everything works with the buttons.

const form = document.querySelector("[data-journal]");
const said = document.querySelector("[data-journal-saved]");
const PAUSE = 1200; // milliseconds without typing before it is saved
const AGAIN = 15_000; // and between two tries without a connection

let waiting;
let busy = false;
let dirty = false;
let leaving = false;

const stroke = () => {
  form.elements.stroke.value = Number(form.elements.stroke.value) + 1;
};

const later = (time) => {
  clearTimeout(waiting);
  waiting = setTimeout(save, time);
};

async function save() {
  if (busy || leaving || !dirty) return;
  busy = true;
  dirty = false;
  stroke();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      keepalive: true,
    });
    const found = await answer.json();
    if (answer.ok) {
      if (found.version) form.elements.version.value = found.version;
      said.textContent = found.saved;
      if (found.url && !leaving && location.pathname !== found.url)
        history.replaceState(null, "", found.url);
    } else {
      said.textContent = found.text;
    }
  } catch {
    dirty = true;
    said.textContent = form.dataset.journal;
    later(AGAIN);
  }
  busy = false;
  if (dirty) later(PAUSE);
}

if (form) {
  const typed = () => {
    dirty = true;
    later(PAUSE);
  };
  form.addEventListener("input", typed);
  // What was typed before this script came, on a slow line.
  const texts = [...form.querySelectorAll("textarea")];
  if (texts.some((one) => one.value !== one.defaultValue)) typed();
  form.addEventListener("submit", () => {
    leaving = true;
    stroke();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}

const LONGEST = 5 * 60 * 1000; // of a voice note
const corner = document.querySelector("[data-voice]");
const able = navigator.mediaDevices?.getUserMedia && "MediaRecorder" in window;

if (corner && able) {
  const start = corner.querySelector("[data-voice-start]");
  const stop = corner.querySelector("[data-voice-stop]");
  const again = corner.querySelector("[data-voice-again]");
  const status = corner.querySelector("[data-voice-said]");
  corner.hidden = false;
  let recorder;
  let recorded;
  let key;

  const send = async () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("key", key);
    body.set("caption", "");
    body.set("file", recorded, "voice");
    again.hidden = true;
    try {
      const url = corner.dataset.voice;
      const answer = await fetch(url, { method: "POST", credentials: "same-origin", body });
      if (!answer.ok) throw new Error(answer.status);
      leaving = true;
      location.assign(answer.url);
    } catch {
      status.textContent = status.dataset.failed;
      again.hidden = false;
    }
  };

  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      status.textContent = status.dataset.no;
      return;
    }
    await save();
    const pieces = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    const begun = Date.now();
    const clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - begun) / 1000);
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      status.textContent = `${status.dataset.busy} ${text}`;
      if (Date.now() - begun > LONGEST) {
        recorder.stop();
        status.textContent = status.dataset.full;
      }
    }, 500);
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      recorded = new Blob(pieces, { type: recorder.mimeType });
      key = crypto.randomUUID?.() ?? form.elements.pen.value;
      start.hidden = false;
      stop.hidden = true;
      send();
    });
    recorder.start();
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
  });
  stop.addEventListener("click", () => recorder.stop());
  again.addEventListener("click", send);
}
