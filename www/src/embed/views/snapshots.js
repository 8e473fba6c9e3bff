// Three slots for heap snapshots, compared in words: the page's own view.
import { adoptInto } from "./adopt.js";
import "../../snapshots.js";

export function open(panel, live) {
  adoptInto(panel);
  const view = document.createElement("semispace-snapshots");
  view.line = live.line;
  panel.replaceChildren(view);
  live.line.addEventListener("written", ({ detail: paths }) => view.takeWritten(paths));
  const record = async () => {
    const recorded = await view.record();
    if (!recorded) throw new Error("All three slots for snapshots are taken: clear one to record into it.");
    return recorded;
  };
  const onRecorded = (tell) => view.addEventListener("recorded", ({ detail }) => tell(detail));
  return { show() {}, record, onRecorded };
}
