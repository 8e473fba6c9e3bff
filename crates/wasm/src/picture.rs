//! Turns a heap's occupancy into the bytes that the page paints: see `semispace_protocol::picture`.

use semispace_playground::Session;
use semispace_playground::heap::{
    Colour, Colours, Heap, PageOccupancy, Phase, Reached, Recorder, Resident, SpaceKind,
};
use semispace_protocol::picture::{FULL, MAX_CELLS, PageHead};
use semispace_protocol::{Cell, CellState, PictureWriter, Space};

/// A picture of the whole heap that is being made: to-space, from-space, old space and large objects. It is right if the
/// heap stands still until it is done.
pub struct Painting {
    pages: Vec<(Space, PageOccupancy)>,
    writer: PictureWriter,
    view: View,
}

/// How closely objects are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The session runs: no more than headers.
    Fast,
    /// The session stands still: colours of marking, and what is unreachable.
    Close,
}

impl Painting {
    /// A picture without a page yet.
    pub fn new(session: &Session, view: View) -> Self {
        let occupancy = session.heap().occupancy();
        let spaces = [
            (Space::To, occupancy.to_space),
            (Space::From, occupancy.from_space),
            (Space::Old, occupancy.old_space),
            (Space::Large, occupancy.young_large),
            (Space::Large, occupancy.old_large),
        ];
        let pages = spaces
            .into_iter()
            .flat_map(|(space, pages)| pages.pages.into_iter().map(move |page| (space, page)));
        let mut pages: Vec<_> = pages.collect();
        pages.reverse();
        Self { pages, writer: PictureWriter::default(), view }
    }

    /// Paints pages until it is done, or `is_late` says so; true when it is done.
    pub fn paint_on(
        &mut self,
        session: &Session,
        reached: Option<&Reached>,
        is_late: impl Fn() -> bool,
    ) -> bool {
        let mut painter = Painter::new(session, self.view, reached);
        painter.writer = std::mem::take(&mut self.writer);
        while let Some((space, page)) = self.pages.pop() {
            match space {
                Space::Large => painter.large_page(&page),
                _ => painter.page(space, &page),
            }
            if is_late() {
                break;
            }
        }
        self.writer = painter.writer;
        self.pages.is_empty()
    }

    /// The picture's bytes.
    pub fn finish(self) -> Vec<u8> {
        self.writer.finish()
    }
}

/// The whole heap at once.
pub fn of_session(session: &Session, view: View) -> Vec<u8> {
    let trace = if view == View::Close { session.begin_trace() } else { None };
    let reached = trace.map(|mut trace| {
        while !session.heap().trace_on(&mut trace, u32::MAX) {}
        trace.finish()
    });
    let mut painting = Painting::new(session, view);
    painting.paint_on(session, reached.as_ref(), || false);
    painting.finish()
}

/// What is asked of each object to know its colour.
pub struct States<'a> {
    heap: &'a Heap<Recorder>,
    colours: Option<Colours<'a>>,
    reached: Option<&'a Reached>,
    is_scavenging: bool,
}

impl<'a> States<'a> {
    /// The states of a session's objects; which ones are unreachable is only known with a trace.
    pub fn of(session: &'a Session, view: View, reached: Option<&'a Reached>) -> Self {
        let heap = session.heap();
        let is_scavenging =
            heap.is_collecting() && heap.collection_kind().is_some_and(|kind| !kind.is_full());
        let colours = if view == View::Close { heap.colours() } else { None };
        let reached = reached.filter(|_| colours.is_none());
        Self { heap, colours, reached, is_scavenging }
    }

    /// The colour of an object.
    pub fn of_resident(&self, resident: &Resident) -> CellState {
        let at = resident.at;
        if resident.moved_to.is_some() {
            return CellState::Forwarded;
        }
        match self.colours.as_ref().map(|colours| colours.of(at)) {
            Some(Colour::Grey) => return CellState::Grey,
            Some(Colour::Black) => return CellState::Black,
            _ => {}
        }
        if self.reached.is_some_and(|reached| !reached.contains(at)) {
            return CellState::Unreachable;
        }
        match self.heap.space_of(at) {
            SpaceKind::ToSpace if self.is_scavenging => CellState::Arrived,
            SpaceKind::ToSpace if self.heap.age_of(at) == 0 => CellState::Young,
            SpaceKind::ToSpace => CellState::Survived,
            SpaceKind::FromSpace | SpaceKind::YoungLarge => CellState::Young,
            _ => CellState::Old,
        }
    }
}

struct Painter<'a> {
    heap: &'a Heap<Recorder>,
    states: States<'a>,
    is_fast: bool,
    word_bytes: u32,
    cell_words: u32,
    page_words: u32,
    writer: PictureWriter,
}

impl<'a> Painter<'a> {
    fn new(session: &'a Session, view: View, reached: Option<&'a Reached>) -> Self {
        let heap = session.heap();
        let profile = &heap.config().profile;
        let page_words = profile.page_words();
        let cell_words = page_words.div_ceil(u32::from(MAX_CELLS)).max(1);
        Self {
            heap,
            states: States::of(session, view, reached),
            is_fast: view == View::Fast,
            word_bytes: profile.word_bytes,
            cell_words,
            page_words,
            writer: PictureWriter::default(),
        }
    }

    fn page(&mut self, space: Space, page: &PageOccupancy) {
        let words = page.end - page.start;
        if let Some(cell) = self.cell_of_all(space, page) {
            let head = self.head(space, page.start, words, page.used_words);
            let count = words.div_ceil(self.cell_words) as usize;
            self.writer.uniform_page(PageHead { is_candidate: page.is_candidate, ..head }, count, cell);
            return;
        }
        let mut cells = Cells::new(words, self.cell_words);
        for resident in self.heap.residents(page.page) {
            let at = resident.at.offset() - page.start;
            let state = match space {
                _ if !self.is_fast => self.states.of_resident(&resident),
                // Within a page, what has survived lies before what is new, and that lies without a gap: nobody has to walk it.
                Space::To if self.heap.age_of(resident.at) == 0 => {
                    cells.add(at, page.used_words - at, CellState::Young);
                    break;
                }
                Space::To => CellState::Survived,
                Space::From => CellState::Young,
                Space::Old | Space::Large => CellState::Old,
            };
            cells.add(at, resident.words, state);
        }
        let used = match space {
            Space::From if self.heap.phase() != Phase::Idle => cells.used(),
            _ => page.used_words,
        };
        let head = self.head(space, page.start, words, used);
        self.writer.page(PageHead { is_candidate: page.is_candidate, ..head }, &cells.finish());
    }

    /// What all cells of a page are, at a glance: most pages of a heap of hundreds of megabytes, whose millions of objects would take
    /// too long to look at, are old and not even a cell of theirs is free.
    fn cell_of_all(&self, space: Space, page: &PageOccupancy) -> Option<Cell> {
        let free = page.end - page.start - page.used_words;
        match space {
            _ if !self.is_fast => None,
            Space::Old if free < self.cell_words => Some(Cell { state: CellState::Old, fill: FULL }),
            _ if page.used_words == 0 && self.heap.phase() == Phase::Idle => Some(Cell::FREE),
            _ => None,
        }
    }

    /// A large object lies on a run of pages; each of them gets a record of its own, so that all are drawn to scale.
    fn large_page(&mut self, page: &PageOccupancy) {
        let Some(object) = self.heap.residents(page.page).next() else { return };
        let state = self.states.of_resident(&object);
        let mut rest = page.used_words;
        let mut start = page.start;
        while start < page.end {
            let words = (page.end - start).min(self.page_words);
            let used = rest.min(words);
            let mut cells = Cells::new(words, self.cell_words);
            cells.add(0, used, state);
            let head = self.head(Space::Large, start, words, used);
            self.writer.page(head, &cells.finish());
            rest -= used;
            start += words;
        }
    }

    fn head(&self, space: Space, start: u32, words: u32, used: u32) -> PageHead {
        let [address, capacity, used] =
            [start, words, used].map(|count| count.saturating_mul(self.word_bytes));
        PageHead { space, address, capacity, used, is_candidate: false }
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

    fn used(&self) -> u32 {
        self.words.iter().flatten().sum()
    }

    fn finish(&self) -> Vec<Cell> {
        let cells = self.words.iter().enumerate();
        cells.map(|(index, words)| self.cell(index as u32, words)).collect()
    }

    fn cell(&self, index: u32, words: &[u32; CellState::ALL.len()]) -> Cell {
        let (mut used, mut most, mut state) = (0, 0, CellState::Free);
        for (of, &count) in CellState::ALL.into_iter().zip(words) {
            used += count;
            if count > most {
                (most, state) = (count, of);
            }
        }
        if used == 0 {
            return Cell::FREE;
        }
        // The last cell of a page may be shorter.
        let size = self.cell_words.min(self.page_words - index * self.cell_words).max(1);
        let fill = (used * u32::from(FULL) + size / 2) / size;
        Cell { state, fill: u8::try_from(fill).unwrap_or(FULL).clamp(1, FULL) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semispace_playground::SessionConfig;
    use semispace_protocol::Picture;
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

    /// The cells of to-space.
    fn to_space(session: &Session, view: View) -> Vec<Cell> {
        let picture = Picture::new(of_session(session, view));
        let pages = picture.pages().filter(|page| page.space == Space::To);
        pages.flat_map(|page| (0..page.cell_count()).map(|at| page.cell(at)).collect::<Vec<_>>()).collect()
    }

    #[wasm_bindgen_test]
    fn a_glance_sees_to_space_as_a_close_look_does() {
        let source =
            "const kept = []; for (let i = 0; i < 20000; i++) { kept.push({ i }); if (i === 15000) gc(); }";
        let config = SessionConfig { source: source.to_owned(), ..SessionConfig::default() };
        let mut session = Session::new(config).unwrap();
        session.run(u64::MAX);
        let (glance, look) = (to_space(&session, View::Fast), to_space(&session, View::Close));
        assert!(glance.iter().any(|cell| cell.state == CellState::Young));
        let as_if_reached = |cell: &Cell| match cell.state {
            CellState::Unreachable => Cell { state: CellState::Young, ..*cell },
            _ => *cell,
        };
        assert_eq!(glance, look.iter().map(as_if_reached).collect::<Vec<_>>());
    }

    #[wasm_bindgen_test]
    fn the_short_last_cell_can_be_full() {
        let mut cells = Cells::new(100, 32);
        cells.add(96, 4, CellState::Old);
        assert_eq!(cells.finish()[3], Cell { state: CellState::Old, fill: FULL });
    }
}
