//! The heap's occupancy as bytes: what the page's canvas is painted from.
//!
//! All integers are little-endian. A picture is a list of page records until the bytes end:
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | the page's [`Space`] |
//! | 1 | flags: 1 when one cell stands for the whole page, 2 for an evacuation candidate |
//! | 2 | number of cells |
//! | 4 | address of the page's first word, in bytes from the start of the heap |
//! | 4 | capacity in bytes |
//! | 4 | bytes in use |
//! | n | the cells |
//!
//! The cells cut the page into equal stretches of memory. A cell's low four bits are its [`CellState`], the high
//! four bits say how much of the stretch objects fill: 0 nothing, [`FULL`] all of it. A page that looks the same
//! everywhere, such as an empty one, sends a single cell.

/// The space that a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Space {
    /// The half of new space where objects are allocated and that the last scavenge has copied into.
    To = 0,
    /// The other half: empty between scavenges.
    From = 1,
    /// Objects that have survived.
    Old = 2,
    /// Objects too large for a page of the other spaces.
    Large = 3,
}

impl Space {
    /// All spaces in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::To, Self::From, Self::Old, Self::Large];
}

/// What most of a cell's objects are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CellState {
    /// No object.
    Free = 0,
    /// Allocated since the last scavenge.
    Young = 1,
    /// In new space, and has survived a scavenge.
    Survived = 2,
    /// In old or large-object space.
    Old = 3,
    /// Reachable from no root, and not collected yet.
    Unreachable = 4,
    /// Seen by the marker, waiting in its worklist.
    Grey = 5,
    /// Visited by the marker.
    Black = 6,
    /// Moved away: its first word holds the new address.
    Forwarded = 7,
    /// Moved here by the collection under way.
    Arrived = 8,
}

impl CellState {
    /// All states in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Free,
        Self::Young,
        Self::Survived,
        Self::Old,
        Self::Unreachable,
        Self::Grey,
        Self::Black,
        Self::Forwarded,
        Self::Arrived,
    ];

    /// The state with this code; free for any other number.
    #[must_use]
    pub fn of_code(code: u8) -> Self {
        Self::ALL.get(usize::from(code)).copied().unwrap_or(Self::Free)
    }

    /// The state in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Young => "new since the last scavenge",
            Self::Survived => "survived one scavenge",
            Self::Old => "old generation",
            Self::Unreachable => "unreachable, not collected yet",
            Self::Grey => "grey: found by the marker, to be visited",
            Self::Black => "black: visited by the marker",
            Self::Forwarded => "moved: holds a forwarding pointer",
            Self::Arrived => "just moved here",
        }
    }
}

/// The fill of a cell without a gap.
pub const FULL: u8 = 15;

/// Most cells that one page sends.
pub const MAX_CELLS: u16 = 1024;

const HEADER_BYTES: usize = 16;

/// A stretch of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What most of its objects are.
    pub state: CellState,
    /// How much of it objects fill, from 0 to [`FULL`].
    pub fill: u8,
}

impl Cell {
    /// A cell without objects.
    pub const FREE: Self = Self { state: CellState::Free, fill: 0 };

    fn to_byte(self) -> u8 {
        (self.fill.min(FULL) << 4) | self.state as u8
    }

    fn of_byte(byte: u8) -> Self {
        Self { state: CellState::of_code(byte & 15), fill: byte >> 4 }
    }
}

/// What a page's record says of it, but for the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageHead {
    /// The page's space.
    pub space: Space,
    /// Address of the first byte.
    pub address: u32,
    /// Size in bytes.
    pub capacity: u32,
    /// Bytes in objects.
    pub used: u32,
    /// Will the collection that is marking empty it?
    pub is_candidate: bool,
}

const UNIFORM: u8 = 1;
const CANDIDATE: u8 = 2;

/// Writes a picture page by page.
#[derive(Debug, Default)]
pub struct PictureWriter {
    bytes: Vec<u8>,
}

impl PictureWriter {
    /// Adds a page.
    ///
    /// Cells beyond [`MAX_CELLS`] are left out; a page without cells counts as free.
    pub fn page(&mut self, head: PageHead, cells: &[Cell]) {
        let cells = &cells[..cells.len().min(usize::from(MAX_CELLS))];
        let first = cells.first().copied().unwrap_or(Cell::FREE);
        if cells.iter().all(|cell| *cell == first) {
            self.uniform_page(head, cells.len(), first);
        } else {
            self.head(head, cells.len(), 0);
            self.bytes.extend(cells.iter().map(|cell| cell.to_byte()));
        }
    }

    /// Adds a page of so many cells that are all alike; at most [`MAX_CELLS`] and at least one of them count.
    pub fn uniform_page(&mut self, head: PageHead, count: usize, cell: Cell) {
        self.head(head, count, UNIFORM);
        self.bytes.push(cell.to_byte());
    }

    fn head(&mut self, head: PageHead, count: usize, flags: u8) {
        let count = u16::try_from(count).unwrap_or(MAX_CELLS).clamp(1, MAX_CELLS);
        let flags = flags | if head.is_candidate { CANDIDATE } else { 0 };
        self.bytes.extend_from_slice(&[head.space as u8, flags]);
        self.bytes.extend_from_slice(&count.to_le_bytes());
        for number in [head.address, head.capacity, head.used] {
            self.bytes.extend_from_slice(&number.to_le_bytes());
        }
    }

    /// The finished bytes.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A received picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    bytes: Vec<u8>,
}

impl Picture {
    /// Takes the bytes that a [`PictureWriter`] has made.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    /// The pages in the order in which they were written; ends early where the bytes are damaged.
    pub fn pages(&self) -> impl Iterator<Item = PageView<'_>> {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || {
            let (page, tail) = PageView::read(rest)?;
            rest = tail;
            Some(page)
        })
    }
}

/// One page of a picture.
#[derive(Clone, Copy, Debug)]
pub struct PageView<'a> {
    /// The page's space.
    pub space: Space,
    /// Address of the first byte.
    pub address: u32,
    /// Size in bytes.
    pub capacity: u32,
    /// Bytes in objects.
    pub used: u32,
    /// Will the collection that is marking empty it?
    pub is_candidate: bool,
    count: u16,
    cells: &'a [u8],
}

impl<'a> PageView<'a> {
    /// Number of cells.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        usize::from(self.count)
    }

    /// The cell at `index`; free beyond the end.
    #[must_use]
    pub fn cell(&self, index: usize) -> Cell {
        let byte = if self.cells.len() == 1 { self.cells.first() } else { self.cells.get(index) };
        byte.map_or(Cell::FREE, |byte| Cell::of_byte(*byte))
    }

    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (header, rest) = bytes.split_at_checked(HEADER_BYTES)?;
        let space = *Space::ALL.get(usize::from(header[0]))?;
        let count = u16::from_le_bytes([header[2], header[3]]);
        let number =
            |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let sent = if header[1] & UNIFORM != 0 { 1 } else { usize::from(count) };
        let is_candidate = header[1] & CANDIDATE != 0;
        let (cells, rest) = rest.split_at_checked(sent)?;
        let (address, capacity, used) = (number(4), number(8), number(12));
        let page = Self { space, address, capacity, used, is_candidate, count, cells };
        Some((page, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_pages() -> Vec<u8> {
        let mut writer = PictureWriter::default();
        let young = Cell { state: CellState::Young, fill: FULL };
        let survived = Cell { state: CellState::Survived, fill: 3 };
        let head =
            PageHead { space: Space::From, address: 64, capacity: 4096, used: 1000, is_candidate: false };
        writer.page(head, &[young, survived, Cell::FREE]);
        let old =
            PageHead { space: Space::Old, address: 1 << 20, capacity: 8192, used: 0, is_candidate: true };
        writer.page(old, &[Cell::FREE; 100]);
        writer.finish()
    }

    #[test]
    fn pages_come_back_as_written() {
        let picture = Picture::new(two_pages());
        let pages: Vec<_> = picture.pages().collect();
        assert_eq!(pages.len(), 2);
        assert_eq!(
            (pages[0].space, pages[0].address, pages[0].capacity, pages[0].used),
            (Space::From, 64, 4096, 1000)
        );
        assert_eq!(pages[0].cell(1), Cell { state: CellState::Survived, fill: 3 });
        assert_eq!(pages[0].cell(3), Cell::FREE);
        assert_eq!((pages[1].cell_count(), pages[1].cell(99)), (100, Cell::FREE));
        assert_eq!([pages[0].is_candidate, pages[1].is_candidate], [false, true]);
    }

    #[test]
    fn an_empty_page_sends_one_cell() {
        assert_eq!(two_pages().len(), 2 * HEADER_BYTES + 3 + 1);
    }

    #[test]
    fn damaged_bytes_end_the_list() {
        for length in 0..two_pages().len() {
            let mut bytes = two_pages();
            bytes.truncate(length);
            assert!(Picture::new(bytes).pages().count() < 2);
        }
        assert_eq!(Picture::new(vec![0xFF; 40]).pages().count(), 0);
    }
}
