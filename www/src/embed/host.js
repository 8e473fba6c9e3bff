// The page around a frame, known by its origin. Nothing is posted to any other, and nothing else is listened to.

export class Host {
  #origin;

  constructor(origin) {
    this.#origin = origin;
  }

  /** The page around this one, if it has this origin; null without an origin, or when nothing is around. */
  static of(address) {
    if (!address || parent === window) return null;
    const { origin, protocol } = new URL(address);
    if (!protocol.startsWith("http")) throw new Error(`${address} is no origin`);
    return new Host(origin);
  }

  /** The browser delivers it only if the page has the origin. */
  post(message) {
    parent.postMessage(message, this.#origin);
  }

  /** Calls `act(message)` for the page's messages of a type. */
  listen(type, act) {
    addEventListener("message", ({ data, origin, source }) => {
      if (source === parent && origin === this.#origin && data?.type === type) act(data);
    });
  }
}
