// Offline use and new versions: registers the service worker, and says when a newer build is ready. The page never reloads
// by itself, and when it is told to, it waits until the draft is stored.
import { offer } from "./offer.js";

/** Milliseconds in which what was typed last is stored (`PAUSE` of crates/ui/src/work.rs, and some more). */
const DRAFT_PAUSE = 500;

/** Starts to watch, if this build has a service worker and the browser lets it work. */
export async function watchForUpdates(address = document.documentElement.dataset.serviceWorker) {
  const { serviceWorker } = navigator;
  if (!address || !serviceWorker) return;
  try {
    const registration = await serviceWorker.register(address);
    if (registration.waiting && serviceWorker.controller) tell(registration);
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
    if (worker.state === "installed" && navigator.serviceWorker.controller) tell(registration);
  });
}

/** Reloads when the new version has taken over, and what was typed last is stored. */
function tell(registration) {
  offer("A new version is ready.", "Reload", () => {
    const start = () => setTimeout(() => location.reload(), DRAFT_PAUSE);
    navigator.serviceWorker.addEventListener("controllerchange", start, { once: true });
    registration.waiting?.postMessage("activate");
  });
}
