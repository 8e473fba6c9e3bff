// The views of a widget that runs, each loaded when it is first looked at. A view is made by `open(panel, live)` and told
// of each frame by `show(live)`.

const LOADERS = {
  heap: () => import("./views/heap.js"),
  timeline: () => import("./views/timeline.js"),
  log: () => import("./views/log.js"),
  snapshots: () => import("./views/snapshots.js"),
  slabs: () => import("./views/slabs.js"),
};

/** Puts a view into its panel. */
export async function openView(name, panel, live) {
  const { open } = await LOADERS[name]();
  return open(panel, live);
}
