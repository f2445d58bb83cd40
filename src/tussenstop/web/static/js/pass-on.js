// An address to pass on: copied with one tap, or given to the phone's own way of sharing. Without
// this file one copies it from its field.

for (const place of document.querySelectorAll("[data-pass-on]")) {
  const address = place.querySelector("input");
  const said = place.querySelector("[data-copied]");
  const share = place.querySelector("[data-share]");

  place.querySelector("[data-copy]").addEventListener("click", async () => {
    address.select();
    try {
      await navigator.clipboard.writeText(address.value);
    } catch {
      document.execCommand("copy"); // without https there is no other clipboard
    }
    said.textContent = said.dataset.copied;
  });

  share.hidden = !navigator.share;
  share.addEventListener("click", () =>
    navigator.share({ url: address.value }).catch(() => {}), // who changes their mind shares nothing
  );

  place.querySelector("[data-buttons]").hidden = false;
}
