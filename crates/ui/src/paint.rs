//! Paints the pages of a space on its canvas, to scale.
//!
//! A page is a tile of cells, each of which stands for an equal stretch of memory; addresses run down the columns
//! and then to the right, so that a filling page looks like a bar that grows. All spaces share one [`Plan`]: the
//! largest cells at which the whole heap fits the pane.

use semispace_protocol::{Cell, CellState, PageView, Picture, Space, picture::FULL};
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Cell sizes in CSS pixels, largest first.
const CELL_SIZES: [f64; 7] = [6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5];
/// Tiles side by side, the preferred number first.
const TILES_IN_A_ROW: [usize; 8] = [1, 2, 3, 4, 6, 8, 12, 16];
/// A tile with fewer rows of cells than this would look like a line.
const FEWEST_ROWS: usize = 6;
/// Between tiles, in CSS pixels.
const GAP: f64 = 4.0;

type Colour = [u8; 3];

const YOUNG: Colour = [0x56, 0xB4, 0xE9];
const SURVIVED: Colour = [0x00, 0x72, 0xB2];
const OLD: Colour = [0x00, 0x9E, 0x73];
/// The free colour, if the style sheet cannot be read.
const FREE: Colour = [0xE6, 0xE6, 0xE1];

/// How large cells and tiles are, in device pixels and cells: the same in every space.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Plan {
    /// A cell's side in device pixels.
    cell: f64,
    /// Cells in a row and in a column of a tile.
    columns: usize,
    rows: usize,
    /// Tiles side by side.
    per_row: usize,
    /// A tile's width and height in device pixels, and the room between two.
    tile: (usize, usize),
    gap: usize,
    /// The canvas's width in device pixels.
    width: usize,
    /// Device pixels in a CSS pixel.
    ratio: f64,
}

impl Plan {
    /// Plans the picture for a room of CSS pixels; where nothing fits, the smallest cells must do.
    #[must_use]
    pub fn fit(picture: &Picture, width: i32, height: i32, ratio: f64) -> Self {
        let mut pages = [0; Space::ALL.len()];
        let mut cells = 1;
        for page in picture.pages() {
            pages[page.space as usize] += 1;
            cells = cells.max(page.cell_count());
        }
        Self::fit_tiles(pages, cells, (f64::from(width.max(1)), f64::from(height)), ratio)
    }

    fn fit_tiles(tiles: [usize; 4], cells: usize, (width, height): (f64, f64), ratio: f64) -> Self {
        let candidates = CELL_SIZES.into_iter().flat_map(|size| {
            TILES_IN_A_ROW.into_iter().map(move |per_row| Self::new(size, per_row, cells, width, ratio))
        });
        let fits = |plan: &Self| {
            let needed: usize = tiles.iter().map(|count| plan.height(*count)).sum();
            plan.rows >= FEWEST_ROWS && needed as f64 <= height * ratio
        };
        let smallest = Self::new(CELL_SIZES[CELL_SIZES.len() - 1], 8, cells, width, ratio);
        candidates.into_iter().find(fits).unwrap_or(smallest)
    }

    fn new(size: f64, per_row: usize, cells: usize, width: f64, ratio: f64) -> Self {
        // Whole device pixels, but where several cells share one.
        let cell = if size * ratio < 1.0 { size * ratio } else { (size * ratio).round() };
        let gap = (GAP * ratio).min(cell * 2.0).ceil() as usize;
        let width = (width * ratio) as usize;
        let room = (width + gap) / per_row;
        let columns = ((room.saturating_sub(gap) as f64 / cell) as usize).max(1);
        let rows = cells.div_ceil(columns);
        let side = |cells: usize| (cells as f64 * cell).ceil() as usize;
        Self { cell, columns, rows, per_row, tile: (side(columns), side(rows)), gap, width, ratio }
    }

    /// The height of so many tiles, in device pixels.
    fn height(&self, tiles: usize) -> usize {
        (tiles.div_ceil(self.per_row) * (self.tile.1 + self.gap)).saturating_sub(self.gap)
    }

    /// The left upper corner of a tile.
    fn corner(&self, tile: usize) -> (usize, usize) {
        let (row, column) = (tile / self.per_row, tile % self.per_row);
        (column * (self.tile.0 + self.gap), row * (self.tile.1 + self.gap))
    }
}

/// Paints one space of the picture.
pub fn space(canvas: &HtmlCanvasElement, picture: &Picture, space: Space, plan: &Plan) {
    let pages: Vec<_> = picture.pages().filter(|page| page.space == space).collect();
    let (width, height) = (plan.width, plan.height(pages.len()));
    canvas.style().set_property("height", &format!("{}px", height as f64 / plan.ratio.max(0.1))).ok();
    if width == 0 || height == 0 {
        return;
    }
    let free = free_colour(canvas);
    let mut pixels = vec![0; width * height * 4];
    for (index, page) in pages.iter().enumerate() {
        paint_tile(&mut pixels, plan, plan.corner(index), page, free);
    }
    if let Err(error) = show(canvas, &pixels, (width, height)) {
        web_sys::console::error_1(&error);
    }
}

fn show(canvas: &HtmlCanvasElement, pixels: &[u8], (width, height): (usize, usize)) -> Result<(), JsValue> {
    let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(pixels), width, height)?;
    let context =
        canvas.get_context("2d")?.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    context.map_or(Ok(()), |context| context.put_image_data(&image, 0.0, 0.0))
}

fn paint_tile(
    pixels: &mut [u8],
    plan: &Plan,
    (left, top): (usize, usize),
    page: &PageView<'_>,
    free: Colour,
) {
    // From this size on, a seam between cells keeps single ones apart.
    let has_seam = plan.cell >= 4.0;
    for y in 0..plan.tile.1 {
        let row = (y as f64 / plan.cell) as usize;
        let in_row = y - (row as f64 * plan.cell) as usize;
        for x in 0..plan.tile.0.min(plan.width) {
            let column = (x as f64 / plan.cell) as usize;
            let in_column = x - (column as f64 * plan.cell) as usize;
            let index = column * plan.rows + row;
            if index >= page.cell_count() {
                continue;
            }
            let cell = page.cell(index);
            let is_seam = has_seam && (in_row == 0 || in_column == 0);
            let [red, green, blue] =
                if is_seam { seam_colour(cell, free) } else { cell_colour(cell, in_row, free) };
            let at = ((top + y) * plan.width + left + x) * 4;
            if let Some(pixel) = pixels.get_mut(at..at + 4) {
                pixel.copy_from_slice(&[red, green, blue, 255]);
            }
        }
    }
}

/// The colour of a cell's pixel; the emptier the cell, the nearer to free. Survivors carry a light line, the second
/// cue beside the hue.
fn cell_colour(cell: Cell, in_row: usize, free: Colour) -> Colour {
    let full = match cell.state {
        CellState::Free => return free,
        CellState::Young => YOUNG,
        CellState::Survived if in_row == 1 => mix(SURVIVED, [255; 3], 0.35),
        CellState::Survived => SURVIVED,
        CellState::Old => OLD,
    };
    mix(free, full, 0.3 + 0.7 * f64::from(cell.fill) / f64::from(FULL))
}

fn seam_colour(cell: Cell, free: Colour) -> Colour {
    mix(cell_colour(cell, 0, free), free, 0.45)
}

fn mix(from: Colour, to: Colour, share: f64) -> Colour {
    std::array::from_fn(|i| {
        (f64::from(from[i]) + (f64::from(to[i]) - f64::from(from[i])) * share).round() as u8
    })
}

/// The canvas's CSS `color` is the theme's colour of free memory.
fn free_colour(canvas: &HtmlCanvasElement) -> Colour {
    let style = web_sys::window().and_then(|window| window.get_computed_style(canvas).ok().flatten());
    let text = style.and_then(|style| style.get_property_value("color").ok()).unwrap_or_default();
    let numbers: Vec<u8> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    numbers.first_chunk().copied().unwrap_or(FREE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_small_heap_gets_large_cells_and_a_large_one_still_fits() {
        let room = (600.0, 480.0);
        let small = Plan::fit_tiles([4, 4, 1, 0], 1024, room, 1.0);
        let large = Plan::fit_tiles([64, 64, 200, 0], 1024, room, 1.0);
        assert!(small.cell >= 5.0 && small.per_row == 1, "{small:?}");
        assert!(large.cell < small.cell, "{large:?}");
        for (plan, tiles) in [(small, [4, 4, 1]), (large, [64, 64, 200])] {
            assert!(tiles.iter().map(|count| plan.height(*count)).sum::<usize>() <= 480, "{plan:?}");
            assert!(plan.columns * plan.rows >= 1024, "{plan:?}");
        }
    }
}
