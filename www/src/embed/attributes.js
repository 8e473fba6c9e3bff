// What an element's attributes say, in the terms of the engine's options. The sizes have the names of Node's flags.

/** Attributes that are numbers, and the options that they set. */
const NUMBERS = {
  "max-old-space-size": "maxOldSpaceSize",
  "max-semi-space-size": "maxSemiSpaceSize",
  "min-semi-space-size": "minSemiSpaceSize",
  "max-new-space-size": "maxNewSpaceSize",
  "max-external-size": "maxExternalSize",
  seed: "seed",
};

export const VIEWS = { heap: "Heap", timeline: "Timeline", log: "Log", snapshots: "Snapshots", slabs: "Slabs" };
/** Views of lessons that a widget has under another name. */
const SYNONYMS = { buffers: "slabs", memory: "heap" };

/** Attributes that change what is shown. */
export const OBSERVED = ["lesson", "profile", "view", "editable", "readonly", "height", "allocation-sites", ...Object.keys(NUMBERS)];

/** The engine's options: the lesson's, and over them the element's own. */
export function optionsOf(host, lesson) {
  const options = { ...lesson?.options };
  const profile = host.getAttribute("profile");
  if (profile) options.profile = profile;
  if (host.hasAttribute("allocation-sites")) options.allocationSites = true;
  for (const [name, option] of Object.entries(NUMBERS)) {
    const text = host.getAttribute(name)?.trim();
    if (text) options[option] = wholeNumber(name, text);
  }
  return options;
}

function wholeNumber(name, text) {
  const most = name === "seed" ? 2 ** 32 - 1 : Number.MAX_SAFE_INTEGER;
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw Object.assign(new Error(`The attribute ${name} must be a whole number, not "${text}".`), { code: "ERR_OPTIONS" });
}

/** The views to show, at least one. */
export function viewsOf(host, lesson) {
  const asked = host.getAttribute("view") ?? lesson?.view ?? "heap";
  const names = asked.split(/[\s,]+/).map((name) => SYNONYMS[name] ?? name);
  const known = [...new Set(names)].filter((name) => name in VIEWS);
  return known.length > 0 ? known : ["heap"];
}
