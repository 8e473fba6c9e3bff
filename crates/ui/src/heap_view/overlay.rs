//! What is drawn over the picture: single objects when it is large enough, pointers, moves, and the selection.

use super::layout::{Area, Camera, Layout, holds};
use super::paint::{Palette, css};
use semispace_protocol::{CellState, CollectionView, ObjectDetails, ObjectList, PageView, Picture, Space};
use web_sys::CanvasRenderingContext2d;

/// Height of a word of memory from which on single objects are drawn.
const OBJECT_LEVEL: f64 = 0.35;
/// Smallest box that holds a name.
const NAME_ROOM: (f64, f64) = (40.0, 13.0);
/// Arrows from the selected object, and to it.
const LINKS: usize = 24;
/// Length of an arrow's head in pixels.
const HEAD: f64 = 8.0;
/// Moves that are drawn as lines.
const LINES: usize = 12;
const WORD_BYTES: f64 = 8.0;

/// Draws in CSS pixels over the painted picture.
pub struct Overlay<'a> {
    /// Where to.
    pub context: &'a CanvasRenderingContext2d,
    /// What is painted below.
    pub picture: &'a Picture,
    /// Where everything lies.
    pub layout: &'a Layout,
    /// What is seen of it.
    pub camera: &'a Camera,
    /// The theme's colours.
    pub palette: Palette,
    /// Size of the canvas.
    pub room: (f64, f64),
}

/// Are single objects drawn at this zoom?
#[must_use]
pub fn shows_objects(layout: &Layout, camera: &Camera, picture: &Picture) -> bool {
    picture.pages().next().is_some_and(|page| {
        let word = layout.cell().1 * camera.zoom / layout.cell_bytes(&page) * WORD_BYTES;
        word >= OBJECT_LEVEL
    })
}

/// The ranges of addresses that the camera sees, one for each page.
#[must_use]
pub fn visible_ranges(
    layout: &Layout,
    camera: &Camera,
    picture: &Picture,
    room: (f64, f64),
) -> Vec<(u32, u32)> {
    let mut numbers = [0; Space::ALL.len()];
    let mut ranges = Vec::new();
    for page in picture.pages() {
        let number = numbers[page.space as usize];
        numbers[page.space as usize] += 1;
        let area = layout.tile_area(page.space, number);
        let tile = camera.project(area);
        if !camera.shows(area, room) || page.used == 0 && page.space != Space::From {
            continue;
        }
        let column_bytes = layout.cell_bytes(&page) * layout.rows as f64;
        let width = layout.cell().0 * camera.zoom;
        let first = (-tile.x / width).max(0.0).floor();
        let last = ((room.0 - tile.x) / width).ceil().min(layout.columns as f64);
        let address = |column: f64| {
            page.address.saturating_add((column * column_bytes).min(f64::from(page.capacity)) as u32)
        };
        ranges.push((address(first), address(last)));
    }
    ranges
}

impl Overlay<'_> {
    /// Draws each object as a box of its own, with its name where there is room.
    pub fn objects(&self, objects: &ObjectList) {
        self.context.set_font("11px system-ui, sans-serif");
        self.context.set_text_baseline("middle");
        let mut page = None;
        for record in objects.records() {
            let inside = |(page, _): &(PageView<'_>, Area)| holds(page, record.address);
            if !page.as_ref().is_some_and(inside) {
                page = self.layout.locate(self.picture, record.address);
            }
            let Some((found, tile)) = &page else { continue };
            let end = record.address.saturating_add(record.size);
            let name = objects.names.get(usize::from(record.name));
            for (index, place) in self.layout.boxes(*tile, found, record.address, end).enumerate() {
                let shown = self.camera.project(place);
                if self.is_seen(shown) {
                    let name = name.filter(|_| index == 0).map(String::as_str);
                    self.object(shown, record.state, name.unwrap_or_default());
                }
            }
        }
    }

    fn object(&self, area: Area, state: CellState, name: &str) {
        let Area { x, y, width, height } = area;
        self.context.set_fill_style_str(&css(self.palette.free));
        self.context.fill_rect(x, y, width, height);
        let seam = if height > 3.0 { 1.0 } else { 0.0 };
        let (width, height) = ((width - seam).max(0.5), (height - seam).max(0.5));
        self.context.set_fill_style_str(&css(self.palette.fill(state)));
        self.context.fill_rect(x, y, width, height);
        if state == CellState::Unreachable && height > 4.0 {
            self.hatch(Area { x, y, width, height });
        }
        if matches!(state, CellState::Black | CellState::Forwarded) && height > 4.0 {
            self.context.set_stroke_style_str(&css(self.palette.ink));
            self.context.set_line_width(if state == CellState::Black { 2.0 } else { 1.0 });
            self.context.stroke_rect(x + 1.0, y + 1.0, width - 2.0, height - 2.0);
        }
        self.name(Area { x, y, width, height }, state, name);
    }

    /// Writes the name into a box that has room for it, where it can be seen.
    fn name(&self, area: Area, state: CellState, name: &str) {
        let left = area.x.max(0.0);
        let width = (area.x + area.width).min(self.room.0) - left;
        if name.is_empty() || width < NAME_ROOM.0 || area.height < NAME_ROOM.1 {
            return;
        }
        let fits = ((width - 8.0) / 6.2) as usize;
        let end = name.char_indices().nth(fits).map_or(name.len(), |(end, _)| end);
        let middle = area.y + area.height / 2.0;
        if state == CellState::Unreachable {
            // Words on hatching cannot be read.
            self.context.set_fill_style_str(&css(self.palette.fill(state)));
            self.context.fill_rect(left + 2.0, middle - 7.0, end as f64 * 6.4 + 4.0, 14.0);
        }
        self.context.set_fill_style_str(match state {
            CellState::Survived | CellState::Black => "#fff",
            _ => "#101214",
        });
        if matches!(state, CellState::Unreachable | CellState::Forwarded) {
            self.context.set_fill_style_str(&css(self.palette.ink));
        }
        self.context.fill_text(&name[..end], left + 5.0, middle + 0.5).ok();
    }

    fn hatch(&self, area: Area) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(area.x, area.y, area.width, area.height);
        self.context.clip();
        self.context.begin_path();
        let mut at = area.x - area.height;
        while at < area.x + area.width {
            self.context.move_to(at, area.y + area.height);
            self.context.line_to(at + area.height, area.y);
            at += 6.0;
        }
        self.context.set_stroke_style_str(&css(self.palette.ink));
        self.context.set_line_width(1.0);
        self.context.stroke();
        self.context.restore();
    }

    /// Outlines the pages that compaction will empty.
    pub fn candidates(&self) {
        let mut numbers = [0; Space::ALL.len()];
        for page in self.picture.pages() {
            let number = numbers[page.space as usize];
            numbers[page.space as usize] += 1;
            if page.is_candidate {
                let area = self.camera.project(self.layout.tile_area(page.space, number));
                self.context.set_stroke_style_str("#D55E00");
                self.context.set_line_width(2.0);
                self.context.stroke_rect(area.x, area.y, area.width, area.height);
            }
        }
    }

    /// Outlines the page that an explanation is about.
    pub fn page(&self, address: u32) {
        if let Some((_, tile)) = self.layout.locate(self.picture, address) {
            let Area { x, y, width, height } = self.camera.project(tile);
            self.context.set_stroke_style_str(&css(self.palette.ink));
            self.context.set_line_width(2.0);
            self.context.stroke_rect(x, y, width, height);
        }
    }

    /// Outlines the selected object, with arrows to what it refers to and, dashed, from what refers to it.
    pub fn selection(&self, object: &ObjectDetails) {
        let children = object.fields.iter().filter_map(|field| field.target);
        children.take(LINKS).for_each(|child| self.link(object.address, child, false));
        let referrers = object.referrers.iter().filter_map(|from| from.address);
        referrers.take(LINKS).for_each(|holder| self.link(holder, object.address, true));
        let end = object.address.saturating_add(object.size as u32);
        for area in self.areas(object.address, end) {
            let grow = if area.height < 6.0 { 3.0 } else { 1.0 };
            for (colour, width) in [(css(self.palette.free), 4.0), (css(self.palette.ink), 2.0)] {
                self.context.set_stroke_style_str(&colour);
                self.context.set_line_width(width);
                let (x, y) = (area.x - grow, area.y - grow);
                self.context.stroke_rect(x, y, area.width + 2.0 * grow, area.height + 2.0 * grow);
            }
        }
    }

    /// An arrow from one object to another.
    fn link(&self, from: u32, to: u32, is_dashed: bool) {
        let first = |address: u32| self.areas(address, address.saturating_add(8)).next();
        let (Some(start), Some(end)) = (first(from), first(to)) else { return };
        let (x1, y1) = (start.x + start.width / 2.0, start.y + start.height / 2.0);
        let (x2, y2) = (end.x + end.width / 2.0, end.y + end.height / 2.0);
        let length = (x2 - x1).hypot(y2 - y1);
        if length < HEAD {
            return;
        }
        let (dx, dy) = ((x2 - x1) / length * HEAD, (y2 - y1) / length * HEAD);
        let mut dashes = js_sys::Array::new();
        if is_dashed {
            dashes.extend([4.0, 4.0].map(wasm_bindgen::JsValue::from));
        }
        self.context.set_line_dash(&dashes).ok();
        for (colour, width) in [(css(self.palette.free), 4.0), (css(self.palette.ink), 1.5)] {
            self.context.set_stroke_style_str(&colour);
            self.context.set_line_width(width);
            self.context.begin_path();
            self.context.move_to(x1, y1);
            self.context.line_to(x2 - dx, y2 - dy);
            self.context.stroke();
        }
        self.context.set_line_dash(&js_sys::Array::new()).ok();
        self.context.set_fill_style_str(&css(self.palette.ink));
        self.context.begin_path();
        self.context.move_to(x2, y2);
        self.context.line_to(x2 - dx - dy * 0.5, y2 - dy + dx * 0.5);
        self.context.line_to(x2 - dx + dy * 0.5, y2 - dy - dx * 0.5);
        self.context.fill();
    }

    /// The pointers of a scavenge, and the moves of the last step: `progress` from 0 to 1 of the way.
    pub fn collection(&self, collection: &CollectionView, progress: f64) {
        let moves = if collection.is_over { &[][..] } else { &collection.moves };
        for (from, to, size) in moves.iter().take(LINES) {
            self.travel(*from, *to, *size, progress);
        }
        if let Some(scan) = collection.scan {
            self.pointer(scan, "scan", 0.0);
        }
        if let Some(free) = collection.free {
            self.pointer(free, "free", 1.0);
        }
    }

    fn travel(&self, from: u32, to: u32, size: u32, progress: f64) {
        let first = |address: u32| self.areas(address, address.saturating_add(size)).next();
        let (Some(start), Some(end)) = (first(from), first(to)) else { return };
        let between = |from: f64, to: f64| from + (to - from) * progress;
        let centre = |area: Area| (area.x + area.width / 2.0, area.y + area.height / 2.0);
        let ((x1, y1), (x2, y2)) = (centre(start), centre(end));
        self.context.set_stroke_style_str(&css(self.palette.ink));
        self.context.set_line_width(1.0);
        self.context.begin_path();
        self.context.move_to(x1, y1);
        self.context.line_to(between(x1, x2), between(y1, y2));
        self.context.stroke();
        let (width, height) = (end.width.max(4.0), end.height.max(4.0));
        let (x, y) = (between(x1, x2) - width / 2.0, between(y1, y2) - height / 2.0);
        self.context.set_fill_style_str(&css(self.palette.fill(CellState::Arrived)));
        self.context.fill_rect(x, y, width, height);
        self.context.stroke_rect(x, y, width, height);
    }

    /// A flag at an address: its foot stands where the pointer points to.
    fn pointer(&self, address: u32, name: &str, side: f64) {
        let Some(place) = self.areas(address, address.saturating_add(8)).next() else { return };
        let (x, y) = (place.x + place.width * side, place.y);
        if !self.is_seen(place) {
            return;
        }
        self.context.set_fill_style_str(&css(self.palette.ink));
        self.context.fill_rect(x - 1.0, y - 2.0, 2.0, 20.0);
        self.context.fill_rect(if side > 0.0 { x } else { x - 30.0 }, y + 8.0, 30.0, 14.0);
        self.context.set_fill_style_str(&css(self.palette.free));
        self.context.set_font("11px system-ui, sans-serif");
        self.context.set_text_baseline("middle");
        self.context.fill_text(name, if side > 0.0 { x + 4.0 } else { x - 27.0 }, y + 15.0).ok();
    }

    /// Where a range of addresses is on the screen.
    fn areas(&self, start: u32, end: u32) -> impl Iterator<Item = Area> + '_ {
        let place = self.layout.locate(self.picture, start);
        let boxes = place.map(|(page, tile)| self.layout.boxes(tile, &page, start, end));
        boxes.into_iter().flatten().map(|area| self.camera.project(area))
    }

    fn is_seen(&self, area: Area) -> bool {
        area.x < self.room.0
            && area.x + area.width > 0.0
            && area.y < self.room.1
            && area.y + area.height > 0.0
    }
}
