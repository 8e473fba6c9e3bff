// How amounts are written everywhere: an amount of memory with its unit, a number with what it counts.

const KIB = 1024;

/** A whole number with a thin space between each three digits. */
export function count(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** An amount of memory with its unit. */
export function amount(bytes) {
  const size = Math.abs(bytes);
  if (size < KIB) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const [value, unit] = size < KIB * KIB ? [bytes / KIB, "KiB"] : [bytes / KIB / KIB, "MiB"];
  return `${Math.abs(value) < 100 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${unit}`;
}

/** A number and what it counts: `1 object`, `3 objects`. */
export function plural(number, one) {
  return `${count(number)} ${one}${number === 1 ? "" : "s"}`;
}
