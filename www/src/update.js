// Offline use and new versions: registers the service worker, and says when a newer build is ready. The page never reloads
// by itself, and when it is told to, it waits until the draft is stored.
const NOTICE = "A new version is ready.";
/** Milliseconds in which what was typed last is stored (`PAUSE` of crates/ui/src/work.rs, and some more). */
const DRAFT_PAUSE = 500;

/** Starts to watch, if this build has a service worker and the browser lets it work. */
export async function watchForUpdates(address = document.documentElement.dataset.serviceWorker) {
  const { serviceWorker } = navigator;
  if (!address || !serviceWorker) return;
  try {
    const registration = await serviceWorker.register(address);
    if (registration.waiting && serviceWorker.controller) offer(registration);
    registration.addEventListener("updatefound", () => follow(registration));
    // A page can stay open for days: look when somebody comes back to it.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") registration.update().catch(() => {});
    });
  } catch {
    // Private windows and some settings allow none: the page works with the network then.
  }
}

function follow(registration) {
  const worker = registration.installing;
  worker?.addEventListener("statechange", () => {
    // The first version of all is no update.
    if (worker.state === "installed" && navigator.serviceWorker.controller) offer(registration);
  });
}

function offer(registration) {
  if (document.querySelector(".update")) return;
  const notice = Object.assign(document.createElement("div"), { className: "notice update" });
  notice.setAttribute("role", "status");
  const words = Object.assign(document.createElement("p"), { textContent: NOTICE });
  const reload = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Reload" });
  const later = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Later" });
  reload.onclick = () => {
    reload.disabled = true;
    const start = () => setTimeout(() => location.reload(), DRAFT_PAUSE);
    navigator.serviceWorker.addEventListener("controllerchange", start, { once: true });
    registration.waiting?.postMessage("activate");
  };
  later.onclick = () => notice.remove();
  notice.append(words, reload, later);
  document.body.append(notice);
}
