// Where everything lies in the picture of the heap: the rules of the page's own view (crates/ui/src/heap_view/layout.rs),
// for a room that the reader cannot enlarge. A page is a tile of cells, each of which stands for an equal stretch of
// memory; addresses run down a column and then to the right. Lengths are CSS pixels.
import { FROM, LARGE, OLD, SPACES, TO } from "./picture.js";

/** Cell sizes, in quarters of a pixel: the largest and the smallest. */
const LARGEST_CELL = 32;
const SMALLEST_CELL = 4;
/** Tiles side by side in a half of the picture, the preferred number first. */
const TILES_IN_A_HALF = [1, 2, 3, 4, 6, 8, 12];
/** A tile with fewer rows of cells than this would look like a line. */
const FEWEST_ROWS = 5;
const GAP = 4;
const MIDDLE = 16;
/** Above the tiles of a space. */
export const TITLE = 24;
const BELOW = 12;
/** Height of a space without pages. */
const EMPTY = 8;

/** Lays pages out in a room; where nothing fits, the smallest cells must do. */
export function fit(pages, width, height) {
  const tiles = SPACES.map((_, space) => pages.filter((page) => page.space === space).length);
  const cells = Math.max(1, ...pages.map(({ count }) => count));
  for (let quarters = LARGEST_CELL; quarters >= SMALLEST_CELL; quarters--) {
    for (const perHalf of TILES_IN_A_HALF) {
      const layout = lay(quarters / 4, perHalf, tiles, cells, width);
      if (layout.rows >= FEWEST_ROWS && layout.height <= height) return layout;
    }
  }
  return lay(SMALLEST_CELL / 4, 12, tiles, cells, width);
}

function lay(cell, perHalf, tiles, cells, width) {
  const half = Math.max(1, (width - MIDDLE) / 2);
  const room = (half + GAP) / perHalf - GAP;
  const rows = Math.ceil(cells / Math.max(1, Math.floor(room / cell)));
  // No column stays empty, and together they are as wide as the tile may be.
  const columns = Math.ceil(cells / rows);
  const cellWidth = Math.max(cell, room / columns);
  const tile = { width: columns * cellWidth, height: rows * cell };
  const section = (x, y, width, perRow, tiles) => ({
    x,
    y: y + TITLE,
    width,
    height: tiles === 0 ? EMPTY : Math.ceil(tiles / perRow) * (tile.height + GAP) - GAP,
    perRow,
  });
  const sections = [];
  sections[FROM] = section(0, 0, half, perHalf, tiles[FROM]);
  sections[TO] = section(half + MIDDLE, 0, half, perHalf, tiles[TO]);
  let y = TITLE + Math.max(sections[FROM].height, sections[TO].height) + BELOW;
  for (const space of [OLD, LARGE]) {
    sections[space] = section(0, y, width, perHalf * 2, tiles[space]);
    y += TITLE + sections[space].height + BELOW;
  }
  return { cell, cellWidth, perHalf, columns, rows, tile, sections, width, height: y - BELOW };
}

/** Corner of the tile with this number in its space. */
export function cornerOf({ sections, tile, perHalf }, space, number) {
  const { x, y, perRow } = sections[space];
  const column = number % perRow;
  // Below each semi-space as many as in it.
  const middle = column < perHalf ? 0 : MIDDLE - GAP;
  return { x: x + column * (tile.width + GAP) + middle, y: y + Math.floor(number / perRow) * (tile.height + GAP) };
}

/** The pages with their tiles' corners. */
export function placed(pages, layout) {
  const numbers = SPACES.map(() => 0);
  return pages.map((page) => ({ page, ...cornerOf(layout, page.space, numbers[page.space]++) }));
}

/** What stands above each space: `{ x, right, y, name, used, capacity }`. */
export function titles(pages, layout) {
  return SPACES.map((name, space) => {
    const own = pages.filter((page) => page.space === space);
    const sum = (key) => own.reduce((total, page) => total + page[key], 0);
    const { x, y, width } = layout.sections[space];
    return { name, x, right: x + width, y: y - 8, used: sum("used"), capacity: sum("capacity") };
  });
}
