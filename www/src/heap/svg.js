// The heap as an SVG file: made once a lesson when the site is built, from the bytes of a real run. Presentation attributes
// only, so that it can stand in a page whose policy allows no inline style; the classes let a widget give it its theme.
import { amount } from "../amount.js";
import { LIGHT, colourOf, hex, mix, strength } from "./colours.js";
import { fit, placed, titles } from "./layout.js";
import { STATES, cellAt, pagesOf } from "./picture.js";

const WIDTH = 400;
const HEIGHT = 250;
/** Shades of a colour. */
const LEVELS = 4;
const SURVIVED = STATES.indexOf("survived");
const UNREACHABLE = STATES.indexOf("unreachable");

/** The bytes of `Playground.picture()` as an SVG; `title` says what it shows. */
export function svgOf(bytes, title) {
  const pages = pagesOf(bytes);
  const layout = fit(pages, WIDTH, HEIGHT);
  const height = Math.ceil(layout.height);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui,sans-serif" font-size="12" role="img">`,
    `<title>${escape(title)}</title>`,
    patterns(layout),
    `<rect class="ground" x="-8" y="-8" width="${WIDTH + 16}" height="${height + 16}" fill="#fff"/>`,
    ...titles(pages, layout).map(titleOf),
    ...placed(pages, layout).map((place) => tileOf(place, layout)),
    "</svg>\n",
  ].join("\n");
}

/** A light line in each survivor, hatching for what nothing reaches, seams between cells: within a tile a cell is the unit. */
function patterns({ cell, cellWidth }) {
  const pattern = (id, side, inside) =>
    `<pattern id="${id}" width="${side}" height="${side}" patternUnits="userSpaceOnUse"${side === 1 ? "" : ` patternTransform="scale(${1 / cellWidth} ${1 / cell})"`}>${inside}</pattern>`;
  const ground = (state, side) => `<path class="${STATES[state]}" fill="${hex(colourOf(state, LIGHT))}" d="M0 0h${side}v${side}H0z"/>`;
  const light = hex(mix(colourOf(SURVIVED, LIGHT), [255, 255, 255], 0.35));
  return [
    "<defs>",
    pattern("survived", 4, `${ground(SURVIVED, 4)}<path stroke="${light}" d="M0 1.5h4"/>`),
    pattern("unreachable", 6, `${ground(UNREACHABLE, 6)}<path class="hatch" stroke="#808180" stroke-width="1.7" d="M0 6 6 0M-2 2 2-2M4 8 8 4"/>`),
    pattern("seams", 1, '<path class="seam" fill="none" stroke="#e6e6e1" stroke-width=".2" stroke-opacity=".45" d="M0 1V0h1"/>'),
    "</defs>",
  ].join("");
}

function titleOf({ name, x, right, y, used, capacity }) {
  // Words are not measured here: so many pixels a character are enough for any font, bold and plain.
  const long = `${amount(used)} of ${amount(capacity)}`;
  const figure = name.length * 8.5 + long.length * 7.5 < right - x ? long : amount(used);
  return `<text class="name" x="${x}" y="${y}" fill="#191b1e" font-weight="600">${name}</text><text class="figure" x="${right}" y="${y}" fill="#585d63" text-anchor="end">${figure}</text>`;
}

function tileOf({ page, x, y }, { cell, cellWidth, columns, rows, tile }) {
  const whole = `d="M0 0h${columns}v${rows}H0z"`;
  const runs = [...runsOf(page, columns, rows)].map(([key, path]) => {
    const [state, level] = key.split(" ").map(Number);
    const fill = state === SURVIVED || state === UNREACHABLE ? `url(#${STATES[state]})` : hex(colourOf(state, LIGHT));
    const opacity = strength((level / LEVELS) * 15);
    return `<path fill="${fill}"${opacity < 1 ? ` fill-opacity="${opacity.toFixed(2)}"` : ""} d="${path}"/>`;
  });
  const seams = cell >= 4 && runs.length > 0 ? [`<path fill="url(#seams)" ${whole}/>`] : [];
  const outline = page.isCandidate ? [`<path fill="none" stroke="#d55e00" stroke-width="${2 / cell}" ${whole}/>`] : [];
  const [left, top] = [x, y].map((length) => Number(length.toFixed(2)));
  return `<g transform="translate(${left} ${top})scale(${cellWidth} ${cell})"><path class="free" fill="#e6e6e1" ${whole}/>${[...runs, ...seams, ...outline].join("")}</g>`;
}

/** Stretches of equal cells, each within a column: the path of each state and shade. */
function runsOf(page, columns, rows) {
  const paths = new Map();
  for (let column = 0; column < columns; column++) {
    let from = 0;
    let last = "";
    for (let row = 0; row <= rows; row++) {
      const key = row < rows ? keyOf(cellAt(page, column * rows + row)) : "end";
      if (key === last) continue;
      if (last !== "") paths.set(last, `${paths.get(last) ?? ""}M${column} ${from}h1v${row - from}h-1z`);
      [from, last] = [row, key === "end" ? "" : key];
    }
  }
  return paths;
}

/** State and shade of a cell; "" for a free one. */
function keyOf(byte) {
  const [state, fill] = [byte & 15, byte >> 4];
  return state === 0 || fill === 0 ? "" : `${state} ${Math.ceil((fill / 15) * LEVELS)}`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
