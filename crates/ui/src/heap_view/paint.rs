//! Paints the picture of the heap, pixel by pixel: each tells the state of the stretch of memory that it stands for.

use super::layout::{Area, Camera, Layout};
use semispace_protocol::{Cell, CellState, PageView, Picture, Space, picture::FULL};
use wasm_bindgen::{Clamped, JsValue};
use web_sys::{CanvasRenderingContext2d, ImageData};

type Colour = [u8; 3];

const YOUNG: Colour = [0x56, 0xB4, 0xE9];
const SURVIVED: Colour = [0x00, 0x72, 0xB2];
const OLD: Colour = [0x00, 0x9E, 0x73];
const GREY: Colour = [0xE6, 0x9F, 0x00];

/// The theme's colours of what has none of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Free memory.
    pub free: Colour,
    /// Lines and words on it.
    pub ink: Colour,
}

impl Default for Palette {
    fn default() -> Self {
        Self { free: [0xE6, 0xE6, 0xE1], ink: [0x19, 0x1B, 0x1E] }
    }
}

impl Palette {
    /// The colour that fills an object.
    #[must_use]
    pub fn fill(&self, state: CellState) -> Colour {
        match state {
            CellState::Free => self.free,
            CellState::Young | CellState::Arrived => YOUNG,
            CellState::Survived => SURVIVED,
            CellState::Old => OLD,
            CellState::Unreachable => mix(self.free, self.ink, 22),
            CellState::Grey => GREY,
            CellState::Black => mix(OLD, self.ink, 55),
            CellState::Forwarded => mix(self.free, YOUNG, 25),
        }
    }
}

/// A colour as CSS writes it.
#[must_use]
pub fn css([red, green, blue]: Colour) -> String {
    format!("rgb({red} {green} {blue})")
}

/// A surface of device pixels, kept from picture to picture.
#[derive(Debug, Default)]
pub struct Surface {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    /// Device pixels in a CSS pixel.
    ratio: f64,
}

impl Surface {
    /// Clears the surface and gives it a size in device pixels.
    pub fn reset(&mut self, width: usize, height: usize, ratio: f64) {
        self.pixels.clear();
        self.pixels.resize(width * height * 4, 0);
        (self.width, self.height, self.ratio) = (width, height, ratio);
    }

    /// Paints every page that the camera sees.
    pub fn picture(&mut self, picture: &Picture, layout: &Layout, camera: &Camera, palette: &Palette) {
        let mut numbers = [0; Space::ALL.len()];
        for page in picture.pages() {
            let number = numbers[page.space as usize];
            numbers[page.space as usize] += 1;
            let tile = camera.project(layout.tile_area(page.space, number));
            self.tile(tile, &page, layout, camera.zoom, palette);
        }
    }

    fn tile(&mut self, tile: Area, page: &PageView<'_>, layout: &Layout, zoom: f64, palette: &Palette) {
        let ratio = self.ratio;
        let clip = |from: f64, length: f64, limit: usize| {
            let start = (from * ratio).round().max(0.0) as usize;
            let end = ((from + length) * ratio).round().clamp(0.0, limit as f64) as usize;
            start.min(limit)..end
        };
        let (cell_width, cell_height) = layout.cell();
        let (cell_width, cell_height) = (cell_width * zoom * ratio, cell_height * zoom * ratio);
        let (left, top) = ((tile.x * ratio).round(), (tile.y * ratio).round());
        // From this size on, a seam between cells keeps single ones apart.
        let has_seam = cell_height >= 4.0;
        let columns = clip(tile.x, tile.width, self.width);
        for y in clip(tile.y, tile.height, self.height) {
            let row = (((y as f64 - top) / cell_height) as usize).min(layout.rows.saturating_sub(1));
            let in_row = y as f64 - top - row as f64 * cell_height;
            for x in columns.clone() {
                let column =
                    (((x as f64 - left) / cell_width) as usize).min(layout.columns.saturating_sub(1));
                let index = column * layout.rows + row;
                if index >= page.cell_count() {
                    continue;
                }
                let shown = page.cell(index);
                let in_column = x as f64 - left - column as f64 * cell_width;
                let is_seam = has_seam && (in_row < 1.0 || in_column < 1.0);
                let colour = cell_colour(shown, (x, y), in_row, palette);
                let [red, green, blue] = if is_seam { mix(colour, palette.free, 45) } else { colour };
                let at = (y * self.width + x) * 4;
                if let Some(pixel) = self.pixels.get_mut(at..at + 4) {
                    pixel.copy_from_slice(&[red, green, blue, 255]);
                }
            }
        }
    }

    /// Puts the surface on a canvas of the same size.
    ///
    /// # Errors
    /// What the browser says.
    pub fn show(&self, context: &CanvasRenderingContext2d) -> Result<(), JsValue> {
        let [width, height] = [self.width, self.height].map(|side| side as u32);
        if width == 0 || height == 0 {
            return Ok(());
        }
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.pixels), width, height)?;
        context.put_image_data(&image, 0.0, 0.0)
    }
}

/// The colour of a cell's pixel; the emptier the cell, the nearer to free. A second cue stands beside each hue: survivors
/// carry a light line, what is unreachable is hatched, what has moved is dotted.
fn cell_colour(cell: Cell, (x, y): (usize, usize), in_row: f64, palette: &Palette) -> Colour {
    let is_line = (1.0..2.0).contains(&in_row);
    let full = match cell.state {
        CellState::Free => return palette.free,
        CellState::Survived if is_line => mix(SURVIVED, [255; 3], 35),
        CellState::Arrived if is_line => [255; 3],
        CellState::Unreachable if (x + y) % 5 < 2 => mix(palette.free, palette.ink, 50),
        CellState::Forwarded if x % 3 == 0 && y % 3 == 0 => mix(palette.free, palette.ink, 60),
        state => palette.fill(state),
    };
    mix(palette.free, full, 30 + 70 * u32::from(cell.fill) / u32::from(FULL))
}

/// A colour between two, `percent` of the way; in whole numbers, because every pixel of every picture asks for one.
fn mix(from: Colour, to: Colour, percent: u32) -> Colour {
    std::array::from_fn(|i| {
        ((u32::from(from[i]) * (100 - percent) + u32::from(to[i]) * percent + 50) / 100) as u8
    })
}
