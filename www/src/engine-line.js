// The late views are a bundle of their own: they use the line that the page's first bundle has opened (engine.js).
export const engine = globalThis.semispaceEngine;
