// The page's line to what the worker knows beside the session: snapshots, slabs, allocation sites. The session's own
// commands and replies are bytes and pass by here.
import { Line } from "./line.js";

export const engine = new Line();
globalThis.semispaceEngine = engine;
