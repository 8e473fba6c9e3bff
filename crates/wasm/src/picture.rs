//! Turns a heap's occupancy into the bytes that the page paints: see `semispace_protocol::picture`.

use semispace_playground::heap::{Heap, Observer, PageOccupancy, SpaceOccupancy};
use semispace_protocol::picture::{FULL, MAX_CELLS};
use semispace_protocol::{Cell, CellState, PictureWriter, Space};

/// The whole heap: to-space, from-space, old space and large objects.
pub fn of_heap<O: Observer>(heap: &Heap<O>) -> Vec<u8> {
    let mut painter = Painter::new(heap);
    let occupancy = heap.occupancy();
    painter.young_pages(Space::To, &occupancy.to_space);
    painter.young_pages(Space::From, &occupancy.from_space);
    for page in &occupancy.old_space.pages {
        painter.page(Space::Old, page, |_| CellState::Old);
    }
    painter.large_pages(&occupancy.young_large, CellState::Young);
    painter.large_pages(&occupancy.old_large, CellState::Old);
    painter.writer.finish()
}

struct Painter<'a, O: Observer> {
    heap: &'a Heap<O>,
    word_bytes: u32,
    cell_words: u32,
    page_words: u32,
    writer: PictureWriter,
}

impl<'a, O: Observer> Painter<'a, O> {
    fn new(heap: &'a Heap<O>) -> Self {
        let profile = &heap.config().profile;
        let page_words = profile.page_words();
        let cell_words = page_words.div_ceil(u32::from(MAX_CELLS)).max(1);
        Self {
            heap,
            word_bytes: profile.word_bytes,
            cell_words,
            page_words,
            writer: PictureWriter::default(),
        }
    }

    /// Within a page, what has survived lies before what is new, so the age is asked only up to the first new object.
    fn young_pages(&mut self, space: Space, occupancy: &SpaceOccupancy) {
        let heap = self.heap;
        for page in &occupancy.pages {
            let mut is_new = false;
            self.page(space, page, |object| {
                is_new = is_new || heap.age_of(object) == 0;
                if is_new { CellState::Young } else { CellState::Survived }
            });
        }
    }

    fn page(
        &mut self,
        space: Space,
        page: &PageOccupancy,
        mut state_of: impl FnMut(semispace_playground::heap::Ref) -> CellState,
    ) {
        let mut cells = Cells::new(page.end - page.start, self.cell_words);
        for (object, _) in self.heap.objects(page.page) {
            let at = object.offset() - page.start;
            cells.add(at, self.heap.size_words(object), state_of(object));
        }
        self.write(space, page.start, page.end - page.start, page.used_words, &cells.finish());
    }

    /// A large object lies on a run of pages; each of them gets a record of its own, so that all are drawn to scale.
    fn large_pages(&mut self, occupancy: &SpaceOccupancy, state: CellState) {
        for page in &occupancy.pages {
            let mut rest = page.used_words;
            let mut start = page.start;
            while start < page.end {
                let words = (page.end - start).min(self.page_words);
                let used = rest.min(words);
                let mut cells = Cells::new(words, self.cell_words);
                cells.add(0, used, state);
                self.write(Space::Large, start, words, used, &cells.finish());
                rest -= used;
                start += words;
            }
        }
    }

    fn write(&mut self, space: Space, start: u32, words: u32, used: u32, cells: &[Cell]) {
        let [address, capacity, used] =
            [start, words, used].map(|count| count.saturating_mul(self.word_bytes));
        self.writer.page(space, address, capacity, used, cells);
    }
}

/// Words of each state in each cell of a page.
struct Cells {
    cell_words: u32,
    page_words: u32,
    words: Vec<[u32; CellState::ALL.len()]>,
}

impl Cells {
    fn new(page_words: u32, cell_words: u32) -> Self {
        let count = page_words.div_ceil(cell_words) as usize;
        Self { cell_words, page_words, words: vec![[0; CellState::ALL.len()]; count] }
    }

    /// Adds an object that starts `at` words into the page.
    fn add(&mut self, at: u32, words: u32, state: CellState) {
        let end = at.saturating_add(words).min(self.page_words);
        let mut from = at;
        while from < end {
            let cell = from / self.cell_words;
            let to = ((cell + 1) * self.cell_words).min(end);
            self.words[cell as usize][state as usize] += to - from;
            from = to;
        }
    }

    fn finish(&self) -> Vec<Cell> {
        let cells = self.words.iter().enumerate();
        cells.map(|(index, words)| self.cell(index as u32, words)).collect()
    }

    fn cell(&self, index: u32, words: &[u32; CellState::ALL.len()]) -> Cell {
        let used: u32 = words.iter().sum();
        let state = CellState::ALL.into_iter().rev().max_by_key(|state| words[*state as usize]);
        let Some(state) = state.filter(|_| used > 0) else { return Cell::FREE };
        // The last cell of a page may be shorter.
        let size = self.cell_words.min(self.page_words - index * self.cell_words).max(1);
        let fill = (used * u32::from(FULL) + size / 2) / size;
        Cell { state, fill: u8::try_from(fill).unwrap_or(FULL).clamp(1, FULL) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_cell_takes_the_state_of_most_of_its_words() {
        let mut cells = Cells::new(100, 32);
        cells.add(0, 10, CellState::Survived);
        cells.add(10, 40, CellState::Young);
        let cells = cells.finish();
        assert_eq!(cells.len(), 4);
        assert_eq!(cells[0], Cell { state: CellState::Young, fill: FULL });
        assert_eq!(cells[1], Cell { state: CellState::Young, fill: 8 });
        assert_eq!(cells[2], Cell::FREE);
    }

    #[wasm_bindgen_test]
    fn the_short_last_cell_can_be_full() {
        let mut cells = Cells::new(100, 32);
        cells.add(96, 4, CellState::Old);
        assert_eq!(cells.finish()[3], Cell { state: CellState::Old, fill: FULL });
    }
}
