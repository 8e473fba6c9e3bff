// The three-snapshot method in words: what came between the first two snapshots, is still there in the last, and who holds it.
import { bytes, button, count, element, plural } from "./dom.js";

const SHOWN = 40;
const MEANINGS = {
  leak: "leaks",
  unknown: "may leak",
  "one-off": "grew once",
  "warm-up": "the engine's own",
};

/** `names`: of the two or three snapshots; `onObject({ id, name })` shows what keeps an object. */
export function showVerdict(room, names, leaks, onObject) {
  const scroll = element("div", { class: "scroll", tabIndex: 0, role: "group", "aria-label": "Leaks" });
  scroll.append(element("p", { class: "verdict" }, headline(names, leaks)), ...leaks.groups.slice(0, SHOWN).map((group) => groupCard(names, group, onObject)));
  if (leaks.groups.length > SHOWN) scroll.append(element("p", { class: "hint" }, `and ${plural(leaks.groups.length - SHOWN, "smaller group")}`));
  room.append(scroll);
}

function headline(names, { groups, leakedCount, leakedRetainedBytes }) {
  const last = names.at(-1);
  const worst = worstOf(groups, "leak");
  if (worst) {
    const line = worst.allocationSite ? `, ${siteWords(worst.allocationSite)},` : "";
    return `${worst.name} leaks: ${plural(worst.count, "object")}${line} came between ${names[0]} and ${names[1]} and ${worst.count === 1 ? "is" : "are"} still there in ${last}, with ${bytes(worst.retainedBytes)} in all. ${holder(worst)}`;
  }
  if (names.length < 3) {
    const first = worstOf(groups, "unknown");
    const most = first ? ` Most of it is ${first.name}: ${plural(first.count, "object")}, ${bytes(first.retainedBytes)}. ${holder(first)}` : "";
    return `Between ${names[0]} and ${names[1]} came ${plural(leakedCount, "object")} (${bytes(leakedRetainedBytes)}) that are still there.${most} Two snapshots cannot tell a leak from a cache that fills once: do the same again and record S3.`;
  }
  return leakedCount === 0
    ? `Nothing that came between ${names[0]} and ${names[1]} is still there in ${last}.`
    : `Nothing leaks: what came between ${names[0]} and ${names[1]} and is still there in ${last} (${plural(leakedCount, "object")}, ${bytes(leakedRetainedBytes)}) did not go on growing.`;
}

/** Where objects were allocated or, when that was not recorded, where their class is written. */
function siteWords({ kind, functionName, script, line }) {
  const file = script ? ` of ${script}` : "";
  const by = functionName && functionName !== "(module scope)" ? ` by ${functionName}()` : "";
  return kind === "allocation" ? `allocated in line ${line}${file}${by}` : `of the class in line ${line}${file}`;
}

/** The largest group of a verdict: of objects with a class if there are any, because they name what a person wrote. */
function worstOf(groups, wanted) {
  const found = groups.filter(({ verdict }) => verdict === wanted);
  return found.find(({ type, path, name }) => type === "object" && path && !["Object", "Array"].includes(name)) ?? found.find(({ type }) => type === "object") ?? found[0];
}

function holder({ path, count: objects }) {
  return path ? `${objects === 1 ? "It is" : "They are"} held by ${path.words}.` : "Nothing in the snapshot says who holds it.";
}

function groupCard(names, group, onObject) {
  const later = group.laterCount === null ? "" : `, and ${count(group.laterCount)} more came after ${names[1]}`;
  const objects = group.idsSample.map((id) => button(`@${id}`, () => onObject({ id, name: group.name }), { class: "link", "aria-label": `What keeps ${group.name} @${id}` }));
  const card = element("section", { class: `leak ${group.verdict}` });
  card.append(
    element("h3", {}, element("span", { class: "tag" }, MEANINGS[group.verdict]), ` ${group.name}`),
    element("p", {}, `${plural(group.count, "object")}, ${bytes(group.shallowBytes)}, ${bytes(group.retainedBytes)} with all that only they hold${later}.`),
  );
  if (group.path) card.append(element("p", { class: "path" }, group.path.words));
  if (group.allocationSite) card.append(element("p", { class: "hint" }, `${group.count === 1 ? "It is" : "They are"} ${siteWords(group.allocationSite)}.`));
  card.append(element("p", { class: "samples" }, "For example ", ...objects.flatMap((link) => [link, " "])));
  return card;
}
