// Statistics of a snapshot: where its bytes are, and which strings are there more than once.
import { bytes, count, element } from "./dom.js";

const PARTS = [
  ["code", "Code"],
  ["strings", "Strings"],
  ["jsArrays", "JS arrays"],
  ["typedArrays", "Typed arrays and Buffers"],
  ["system", "System objects"],
  ["other", "Other objects"],
];

export function showStatistics(room, { statistics, duplicateStrings, nodeCount }) {
  const scroll = element("div", { class: "scroll", tabIndex: 0, role: "group", "aria-label": "Statistics" });
  const bar = element("div", { class: "shares", "aria-hidden": "true" });
  const list = element("dl", { class: "statistics" });
  PARTS.forEach(([key, title], index) => {
    const stretch = element("span", { class: `share share-${index}` });
    stretch.style.flexGrow = statistics[key] / Math.max(1, statistics.total);
    bar.append(stretch);
    const name = element("dt", {}, element("span", { class: `swatch share-${index}` }), title);
    list.append(element("div", {}, name, element("dd", {}, bytes(statistics[key]))));
  });
  scroll.append(
    element("h3", {}, `${bytes(statistics.total)} in ${count(nodeCount)} objects`),
    bar,
    list,
    element("h3", {}, "Strings that are there more than once"),
    duplicateStrings.length > 0 ? duplicates(duplicateStrings) : element("p", { class: "hint" }, "There are none."),
  );
  room.append(scroll);
}

function duplicates(strings) {
  const rows = strings.map(({ text, count: times, wastedBytes }) =>
    element("tr", {}, element("th", { scope: "row" }, `"${text.slice(0, 80)}"`), element("td", {}, `${count(times)} times`), element("td", {}, `${bytes(wastedBytes)} too many`)),
  );
  return element("table", { class: "duplicates" }, element("tbody", {}, ...rows));
}
