//! Where everything lies in the picture of the heap, and how the picture lies on the screen.
//!
//! A page is a tile of cells, each of which stands for an equal stretch of memory; addresses run down a column and then
//! to the right, so that a filling page looks like a bar that grows. When the picture is enlarged, a cell becomes a
//! stack of words, and an object a box as wide as its column. Lengths are CSS pixels.

use semispace_protocol::{PageView, Picture, Space};

/// Cell sizes, in quarters of a pixel: the largest and the smallest.
const CELL_QUARTERS: (u32, u32) = (36, 2);
/// Tiles side by side in a half of the picture, the preferred number first.
const TILES_IN_A_HALF: [usize; 7] = [1, 2, 3, 4, 6, 8, 12];
/// A tile with fewer rows of cells than this would look like a line.
const FEWEST_ROWS: usize = 6;
/// Between tiles.
const GAP: f64 = 4.0;
/// Between the two semi-spaces.
const MIDDLE: f64 = 16.0;
/// Above the tiles of a space.
pub const TITLE: f64 = 28.0;
/// Below a space.
const BELOW: f64 = 8.0;
/// Height of a space without pages: room for a sentence.
const EMPTY: f64 = 24.0;
/// The furthest enlargement.
pub const MAX_ZOOM: f64 = 4000.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where one space lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Section {
    /// Its tiles; the title stands above.
    pub area: Area,
    /// Tiles side by side.
    per_row: usize,
}

/// The whole picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layout {
    cell: (f64, f64),
    /// Tiles side by side in a half of the picture.
    per_half: usize,
    /// Cells in a row of a tile.
    pub columns: usize,
    /// Cells in a column of a tile.
    pub rows: usize,
    sections: [Section; Space::ALL.len()],
    /// Width and height of the picture.
    pub size: (f64, f64),
}

impl Layout {
    /// Lays a picture out in a room; where nothing fits, the smallest cells must do.
    #[must_use]
    pub fn fit(picture: &Picture, room: (f64, f64)) -> Self {
        let mut tiles = [0; Space::ALL.len()];
        let mut cells = 1;
        for page in picture.pages() {
            tiles[page.space as usize] += 1;
            cells = cells.max(page.cell_count());
        }
        Self::fit_tiles(tiles, cells, room)
    }

    fn fit_tiles(tiles: [usize; 4], cells: usize, room: (f64, f64)) -> Self {
        let mut candidates = (CELL_QUARTERS.1..=CELL_QUARTERS.0)
            .rev()
            .flat_map(|quarters| TILES_IN_A_HALF.into_iter().map(move |per_half| (quarters, per_half)))
            .map(|(quarters, per_half)| (f64::from(quarters) / 4.0, per_half))
            .map(|(cell, per_half)| Self::new(cell, per_half, tiles, cells, room.0));
        let fits = |layout: &Self| layout.rows >= FEWEST_ROWS && layout.size.1 <= room.1;
        let smallest = Self::new(f64::from(CELL_QUARTERS.1) / 4.0, 8, tiles, cells, room.0);
        candidates.find(fits).unwrap_or(smallest)
    }

    fn new(cell: f64, per_half: usize, tiles: [usize; 4], cells: usize, width: f64) -> Self {
        let half = ((width - MIDDLE) / 2.0).max(1.0);
        let tile_width = (half + GAP) / per_half as f64 - GAP;
        let rows = cells.div_ceil(((tile_width / cell) as usize).max(1));
        // No column stays empty, and together they are as wide as the tile may be.
        let columns = cells.div_ceil(rows);
        let cell = ((tile_width / columns as f64).max(cell), cell);
        let mut layout = Self { cell, per_half, columns, rows, ..Self::default() };
        let mut y = 0.0;
        let [to, from] = [Space::To, Space::From].map(|space| {
            let x = if space == Space::To { half + MIDDLE } else { 0.0 };
            layout.section(x, y, half, per_half, tiles[space as usize])
        });
        let height = to.area.height.max(from.area.height);
        layout.sections[Space::To as usize] = to;
        layout.sections[Space::From as usize] = from;
        y += TITLE + height + BELOW;
        for space in [Space::Old, Space::Large] {
            let section = layout.section(0.0, y, width, per_half * 2, tiles[space as usize]);
            y += TITLE + section.area.height + BELOW;
            layout.sections[space as usize] = section;
        }
        layout.size = (width, y - BELOW);
        layout
    }

    fn section(&self, x: f64, y: f64, width: f64, per_row: usize, tiles: usize) -> Section {
        let rows = tiles.div_ceil(per_row) as f64;
        let height = if tiles == 0 { EMPTY } else { rows * (self.tile().1 + GAP) - GAP };
        Section { area: Area { x, y: y + TITLE, width, height }, per_row }
    }

    fn tile(&self) -> (f64, f64) {
        (self.columns as f64 * self.cell.0, self.rows as f64 * self.cell.1)
    }

    /// Width and height of a cell.
    #[must_use]
    pub fn cell(&self) -> (f64, f64) {
        self.cell
    }

    /// Where a space lies.
    #[must_use]
    pub fn space(&self, space: Space) -> Section {
        self.sections[space as usize]
    }

    /// Where the tile with this number lies in its space.
    #[must_use]
    pub fn tile_area(&self, space: Space, number: usize) -> Area {
        let section = self.space(space);
        let per_row = section.per_row.max(1);
        let (row, column) = ((number / per_row) as f64, (number % per_row) as f64);
        let (width, height) = self.tile();
        // Below each semi-space as many as in it.
        let middle = if number % per_row < self.per_half { 0.0 } else { MIDDLE - GAP };
        Area {
            x: section.area.x + column * (width + GAP) + middle,
            y: section.area.y + row * (height + GAP),
            width,
            height,
        }
    }

    /// The boxes that a range of a page's bytes takes in its tile: one for each column that it touches.
    pub fn boxes(
        &self,
        tile: Area,
        page: &PageView<'_>,
        start: u32,
        end: u32,
    ) -> impl Iterator<Item = Area> + use<> {
        let cell_bytes = self.cell_bytes(page);
        let column_bytes = cell_bytes * self.rows as f64;
        let (cell_width, cell_height) = self.cell;
        let scale = cell_height / cell_bytes;
        let from = f64::from(start.saturating_sub(page.address));
        let to = f64::from(end.saturating_sub(page.address)).min(f64::from(page.capacity));
        let first = (from / column_bytes) as usize;
        let last = ((to - 1.0).max(from) / column_bytes) as usize;
        (first..=last).map(move |column| {
            let begin = column as f64 * column_bytes;
            let top = (from - begin).max(0.0);
            let bottom = (to - begin).min(column_bytes);
            Area {
                x: tile.x + column as f64 * cell_width,
                y: tile.y + top * scale,
                width: cell_width,
                height: (bottom - top).max(0.0) * scale,
            }
        })
    }

    /// Bytes that a cell of a page stands for.
    #[must_use]
    pub fn cell_bytes(&self, page: &PageView<'_>) -> f64 {
        (f64::from(page.capacity) / page.cell_count().max(1) as f64).max(1.0)
    }

    /// The number of the cell that an address of a page falls into.
    #[must_use]
    pub fn cell_of(&self, page: &PageView<'_>, address: u32) -> usize {
        (f64::from(address.saturating_sub(page.address)) / self.cell_bytes(page)) as usize
    }

    /// The page and the address at a point of the picture.
    #[must_use]
    pub fn find<'p>(&self, picture: &'p Picture, x: f64, y: f64) -> Option<(PageView<'p>, u32)> {
        let mut numbers = [0; Space::ALL.len()];
        for page in picture.pages() {
            let number = numbers[page.space as usize];
            numbers[page.space as usize] += 1;
            let tile = self.tile_area(page.space, number);
            if tile.contains(x, y) {
                let column = ((x - tile.x) / self.cell.0).floor();
                let row = (y - tile.y) / self.cell.1;
                let offset = (column * self.rows as f64 + row) * self.cell_bytes(&page);
                let inside = offset < f64::from(page.capacity);
                return inside.then(|| (page, page.address + offset as u32));
            }
        }
        None
    }

    /// The page that holds an address, and its tile.
    #[must_use]
    pub fn locate<'p>(&self, picture: &'p Picture, address: u32) -> Option<(PageView<'p>, Area)> {
        let mut numbers = [0; Space::ALL.len()];
        for page in picture.pages() {
            let number = numbers[page.space as usize];
            numbers[page.space as usize] += 1;
            if holds(&page, address) {
                return Some((page, self.tile_area(page.space, number)));
            }
        }
        None
    }
}

/// Does an address lie on the page?
#[must_use]
pub fn holds(page: &PageView<'_>, address: u32) -> bool {
    address >= page.address && address - page.address < page.capacity
}

impl Area {
    /// Does it contain the point?
    #[must_use]
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }
}

/// Which part of the picture the screen shows, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Screen pixels for a pixel of the picture.
    pub zoom: f64,
    /// Where the picture's corner lies on the screen.
    pub x: f64,
    /// The same, down.
    pub y: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self { zoom: 1.0, x: 0.0, y: 0.0 }
    }
}

impl Camera {
    /// A rectangle of the picture on the screen.
    #[must_use]
    pub fn project(&self, area: Area) -> Area {
        let (x, y) = (area.x * self.zoom + self.x, area.y * self.zoom + self.y);
        Area { x, y, width: area.width * self.zoom, height: area.height * self.zoom }
    }

    /// A point of the screen in the picture.
    #[must_use]
    pub fn unproject(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.x) / self.zoom, (y - self.y) / self.zoom)
    }

    /// Is some of a rectangle of the picture seen in a room?
    #[must_use]
    pub fn shows(&self, area: Area, room: (f64, f64)) -> bool {
        let Area { x, y, width, height } = self.project(area);
        x < room.0 && x + width > 0.0 && y < room.1 && y + height > 0.0
    }

    /// Enlarges by a factor; the point of the screen stays where it is.
    #[must_use]
    pub fn zoomed(self, factor: f64, (x, y): (f64, f64)) -> Self {
        let zoom = (self.zoom * factor).clamp(1.0, MAX_ZOOM);
        let factor = zoom / self.zoom;
        Self { zoom, x: x - (x - self.x) * factor, y: y - (y - self.y) * factor }
    }

    /// Moves the picture, but not off the screen.
    #[must_use]
    pub fn kept(self, size: (f64, f64), room: (f64, f64)) -> Self {
        let keep = |offset: f64, size: f64, room: f64| offset.clamp((room - size * self.zoom).min(0.0), 0.0);
        Self { x: keep(self.x, size.0, room.0), y: keep(self.y, size.1, room.1), ..self }
    }

    /// Moves the picture as little as it needs to show a rectangle of it; of one that is too large, the top left corner.
    #[must_use]
    pub fn showing(self, area: Area, room: (f64, f64)) -> Self {
        let Area { x, y, width, height } = self.project(area);
        let shift = |start: f64, length: f64, room: f64| (room - start - length).min(0.0).max(-start);
        Self { x: self.x + shift(x, width, room.0), y: self.y + shift(y, height, room.1), ..self }
    }

    /// Shows a rectangle of the picture in the middle of a room, enlarged at least so far.
    #[must_use]
    pub fn centred(self, area: Area, zoom: f64, room: (f64, f64)) -> Self {
        let zoom = self.zoom.max(zoom).min(MAX_ZOOM);
        let (x, y) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        Self { zoom, x: room.0 / 2.0 - x * zoom, y: room.1 / 2.0 - y * zoom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semispace_protocol::{Cell, PageHead, PictureWriter};
    use wasm_bindgen_test::wasm_bindgen_test;

    const ROOM: (f64, f64) = (600.0, 560.0);

    #[wasm_bindgen_test]
    fn a_small_heap_gets_large_cells_and_a_large_one_still_fits() {
        let small = Layout::fit_tiles([4, 4, 1, 0], 1024, ROOM);
        let large = Layout::fit_tiles([64, 64, 200, 0], 1024, ROOM);
        assert!(small.cell.1 >= 4.0 && large.cell.1 < small.cell.1, "{small:?} {large:?}");
        for layout in [small, large] {
            assert!(layout.size.1 <= ROOM.1 && layout.columns * layout.rows >= 1024, "{layout:?}");
        }
    }

    #[wasm_bindgen_test]
    fn tiles_fill_the_width_and_stand_below_each_other() {
        for room in [(340.0, 300.0), (410.0, 320.0), ROOM, (1100.0, 700.0)] {
            let layout = Layout::fit_tiles([4, 4, 40, 2], 1007, room);
            let right = |area: Area| area.x + area.width;
            let last = |space| layout.tile_area(space, layout.space(space).per_row - 1);
            assert!((right(last(Space::Old)) - room.0).abs() < 0.01, "{layout:?}");
            assert!((right(last(Space::To)) - room.0).abs() < 0.01, "{layout:?}");
            let below = layout.tile_area(Space::Old, layout.per_half);
            assert!((below.x - layout.tile_area(Space::To, 0).x).abs() < 0.01, "{layout:?}");
            assert!(layout.cell.0 < 1.3 * layout.cell.1, "{layout:?}");
        }
    }

    fn picture() -> Picture {
        let mut writer = PictureWriter::default();
        for number in 0..8 {
            let space = if number < 4 { Space::To } else { Space::Old };
            let address = number * 262_144 + 4096;
            let head = PageHead { space, address, capacity: 257_768, used: 0, is_candidate: false };
            writer.page(head, &[Cell::FREE; 1007]);
        }
        Picture::new(writer.finish())
    }

    #[wasm_bindgen_test]
    fn an_address_and_its_place_agree() {
        let picture = picture();
        let layout = Layout::fit(&picture, ROOM);
        for page in picture.pages() {
            for offset in [0, 56, 100_000, page.capacity - 8] {
                let address = page.address + offset;
                let (found, tile) = layout.locate(&picture, address).unwrap();
                let place = layout.boxes(tile, &found, address, address + 8).next().unwrap();
                let (x, y) = (place.x + place.width / 2.0, place.y + place.height / 2.0);
                let (_, there) = layout.find(&picture, x, y).unwrap();
                assert!(there.abs_diff(address) <= 8, "{address} is drawn at {there}");
            }
        }
    }

    #[wasm_bindgen_test]
    fn what_is_to_be_seen_comes_into_sight() {
        let area = Area { x: 500.0, y: 10.0, width: 100.0, height: 50.0 };
        let inside = Camera::default().showing(area, ROOM);
        assert_eq!(inside, Camera::default());
        let camera = Camera::default().zoomed(2.0, (0.0, 0.0)).showing(area, ROOM);
        assert_eq!(camera, Camera { zoom: 2.0, x: -600.0, y: 0.0 });
        let large = camera.zoomed(8.0, (0.0, 0.0)).showing(area, ROOM).project(area);
        assert_eq!((large.x, large.y), (0.0, 0.0));
    }

    #[wasm_bindgen_test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let camera = Camera::default().zoomed(3.0, (100.0, 50.0)).zoomed(2.0, (40.0, 90.0));
        let (x, y) = camera.unproject(40.0, 90.0);
        let nearer = camera.zoomed(1.7, (40.0, 90.0));
        let (again_x, again_y) = nearer.unproject(40.0, 90.0);
        assert!((x - again_x).abs() < 1e-9 && (y - again_y).abs() < 1e-9);
        let home = nearer.zoomed(0.0001, (0.0, 0.0)).kept((600.0, 500.0), ROOM);
        assert_eq!(home, Camera::default());
    }
}
