// The heap's sizes over virtual time: the page's own chart.
import "../../timeline.js";
import { legend, TIMELINE } from "../legend.js";

export function open(panel, live) {
  const chart = document.createElement("semispace-timeline");
  panel.replaceChildren(chart, legend(TIMELINE));
  const show = ({ samples, collections }) => {
    chart.showSamples(Float64Array.from(samples));
    chart.showCollections(Float64Array.from(collections.flatMap(({ number, atMs, kind, pauseMs }) => [number, atMs, kind === "scavenge" ? 0 : 1, pauseMs])));
  };
  show(live);
  return { show };
}
