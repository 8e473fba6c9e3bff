// For the page around: gives each iframe that shows embed.html of this site the height that it asks for. It hears messages of
// this site's origin only, and only from frames of the page itself.

/** More than any widget needs. */
const MOST = 4000;
const { origin: site } = new URL(import.meta.url);

addEventListener("message", ({ data, origin, source }) => {
  if (origin !== site || data?.type !== "semispace-resize" || !(data.height > 0)) return;
  const frame = [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow === source);
  if (frame) frame.style.height = `${Math.min(MOST, data.height)}px`;
});
