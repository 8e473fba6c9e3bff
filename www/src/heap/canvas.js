// Paints the heap on a canvas, device pixel by device pixel: the same picture as svg.js makes, many times a second.
import { amount } from "../amount.js";
import { STATES, cellAt, pagesOf } from "./picture.js";
import { colourOf, mix, strength } from "./colours.js";
import { fit, placed, titles } from "./layout.js";

const WHITE = [255, 255, 255];
const [SURVIVED, UNREACHABLE, FORWARDED, ARRIVED] = ["survived", "unreachable", "forwarded", "arrived"].map((name) => STATES.indexOf(name));
const CANDIDATE = "#d55e00";

/** Colours of a cell by its byte: `plain`, where its second `cue` shows, and in the `seam` beside the next cell. */
function tableOf(theme) {
  const cues = {
    [SURVIVED]: mix(colourOf(SURVIVED, theme), WHITE, 0.35),
    [ARRIVED]: WHITE,
    [UNREACHABLE]: mix(theme.free, theme.ink, 0.5),
    [FORWARDED]: mix(theme.free, theme.ink, 0.6),
  };
  return Array.from({ length: 256 }, (_, byte) => {
    const state = byte & 15;
    if (state === 0) return { plain: theme.free, cue: theme.free, seam: theme.free };
    const shade = (colour) => mix(theme.free, colour, strength(byte >> 4));
    const plain = shade(colourOf(state, theme));
    return { plain, cue: shade(cues[state] ?? colourOf(state, theme)), seam: mix(plain, theme.free, 0.45) };
  });
}

/** Whether the second cue of a state shows at a pixel: lines, hatching, dots. */
function isCue(state, x, y, inRow) {
  if (state === SURVIVED || state === ARRIVED) return inRow >= 1 && inRow < 2;
  if (state === UNREACHABLE) return (x + y) % 5 < 2;
  return state === FORWARDED && x % 3 === 0 && y % 3 === 0;
}

export class HeapCanvas {
  #canvas;
  #context;
  #bytes = new Uint8Array();

  /** `canvas` gets its size from its parent. Its theme is what these properties of its style compute to: `color` for words, `caret-color` for free memory. */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  /** Shows a picture. */
  show(bytes) {
    this.#bytes = bytes;
    this.paint();
  }

  /** Paints again, as after a change of size or theme. */
  paint() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (width === 0 || height === 0) return;
    const ratio = globalThis.devicePixelRatio || 1;
    const [deviceWidth, deviceHeight] = [width, height].map((side) => Math.round(side * ratio));
    if (this.#canvas.width !== deviceWidth || this.#canvas.height !== deviceHeight) Object.assign(this.#canvas, { width: deviceWidth, height: deviceHeight });
    const style = getComputedStyle(this.#canvas);
    const theme = { free: channels(style.caretColor), ink: channels(style.color) };
    const pages = pagesOf(this.#bytes);
    const layout = fit(pages, width, height);
    const image = this.#context.createImageData(deviceWidth, deviceHeight);
    const table = tableOf(theme);
    for (const place of placed(pages, layout)) paintTile(image, place, layout, ratio, table);
    this.#context.putImageData(image, 0, 0);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#write(titles(pages, layout), style);
    for (const { x, y } of placed(pages, layout).filter(({ page }) => page.isCandidate)) {
      Object.assign(this.#context, { strokeStyle: CANDIDATE, lineWidth: 2 });
      this.#context.strokeRect(x + 1, y + 1, layout.tile.width - 2, layout.tile.height - 2);
    }
  }

  #write(lines, style) {
    const context = this.#context;
    context.fillStyle = style.color;
    for (const { name, x, right, y, used, capacity } of lines) {
      context.font = `600 12px ${style.fontFamily}`;
      context.textAlign = "left";
      context.globalAlpha = 1;
      context.fillText(name, x, y);
      const nameEnd = x + context.measureText(name).width + 8;
      context.font = `12px ${style.fontFamily}`;
      context.textAlign = "right";
      context.globalAlpha = 0.75;
      const long = `${amount(used)} of ${amount(capacity)}`;
      context.fillText(context.measureText(long).width > right - nameEnd ? amount(used) : long, right, y);
    }
    context.globalAlpha = 1;
  }
}

function paintTile({ data, width: imageWidth, height: imageHeight }, { page, x, y }, { cell, cellWidth, columns, rows, tile }, ratio, table) {
  const [left, top] = [Math.round(x * ratio), Math.round(y * ratio)];
  const [across, side] = [cellWidth * ratio, cell * ratio];
  const right = Math.min(imageWidth, Math.round((x + tile.width) * ratio));
  const bottom = Math.min(imageHeight, Math.round((y + tile.height) * ratio));
  // From this size on, a seam between cells keeps single ones apart.
  const hasSeam = side >= 4;
  for (let py = top; py < bottom; py++) {
    const row = Math.min(rows - 1, Math.floor((py - top) / side));
    const inRow = py - top - row * side;
    for (let px = left; px < right; px++) {
      const column = Math.min(columns - 1, Math.floor((px - left) / across));
      const index = column * rows + row;
      if (index >= page.count) continue;
      const byte = cellAt(page, index);
      const { plain, cue, seam } = table[byte];
      const isSeam = hasSeam && (inRow < 1 || px - left - column * across < 1);
      const colour = isSeam ? seam : isCue(byte & 15, px, py, inRow) ? cue : plain;
      const at = (py * imageWidth + px) * 4;
      data[at] = colour[0];
      data[at + 1] = colour[1];
      data[at + 2] = colour[2];
      data[at + 3] = 255;
    }
  }
}

/** The channels of a computed colour: `rgb(1, 2, 3)`. */
function channels(colour) {
  return (colour.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
}
