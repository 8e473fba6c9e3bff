//! The header word at offset 0 of each object: V8's map word.

use crate::word::Ref;
use std::fmt;

/// Value of the size field that means: the size is in the page table (large-object space).
pub(crate) const SIZE_IN_PAGE_TABLE: u32 = 0xFF_FFFF;
/// First word of the first key/value pair in an object with [`Layout::Ephemerons`].
pub const FIRST_EPHEMERON: u32 = 5;
/// The weak word of an object with [`Layout::Weak`].
pub const WEAK_WORD: u32 = 3;

/// What the collector must know of an object's body; the only thing that it knows of the client's types.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Layout {
    /// No object: free memory, or the rest of an allocation area. No slots.
    Filler = 0,
    /// Every body word is a [`crate::Word`].
    Tagged = 1,
    /// No body word is one: doubles, characters.
    Raw = 2,
    /// Words 1 to 4 are strong; from word 5 on pairs of a weak key and a value that lives as long as its key.
    /// The collector writes `Word::CLEARED` over both when the key dies.
    Ephemerons = 3,
    /// Word 3 is weak, all others are strong. The collector writes `Word::CLEARED` over it when its target dies.
    Weak = 4,
    /// The object has moved: the shape field is its new address. Only seen inside a collection.
    Forwarded = 7,
}

/// Client type (5 bits) and layout (3 bits) of an object.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(u8);

impl Kind {
    /// Free memory.
    pub const FILLER: Kind = Kind::new(0, Layout::Filler);

    /// The kind of the client's type `client` (0 to 31, upper bits are dropped) with this layout.
    #[inline(always)]
    #[must_use]
    pub const fn new(client: u8, layout: Layout) -> Self {
        Kind((client << 3) | layout as u8)
    }

    /// The kind whose byte this is.
    #[inline(always)]
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Kind(bits)
    }

    /// Client type and layout in one byte.
    #[inline(always)]
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The client's type, 0 to 31.
    #[inline(always)]
    #[must_use]
    pub const fn client(self) -> u8 {
        self.0 >> 3
    }

    /// What the collector knows of the body. The unused numbers 5 and 6 read as [`Layout::Filler`].
    #[inline(always)]
    #[must_use]
    pub const fn layout(self) -> Layout {
        match self.0 & 7 {
            1 => Layout::Tagged,
            2 => Layout::Raw,
            3 => Layout::Ephemerons,
            4 => Layout::Weak,
            7 => Layout::Forwarded,
            _ => Layout::Filler,
        }
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.layout(), self.client())
    }
}

/// One header word: `shape (32 bits, upper) | size in words with the header (24 bits) | kind (8 bits)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Header(u64);

impl Header {
    /// The header of an object of `words` words, header included (below 0xFF_FFFF, which is reserved for large
    /// objects). The collector never looks at `shape`.
    #[inline(always)]
    #[must_use]
    pub const fn new(kind: Kind, shape: u32, words: u32) -> Self {
        Header(((shape as u64) << 32) | ((words as u64) << 8) | kind.0 as u64)
    }

    /// A free range of `words` words.
    #[inline(always)]
    pub(crate) const fn filler(words: u32) -> Self {
        Header::new(Kind::FILLER, 0, words)
    }

    #[inline(always)]
    pub(crate) const fn forwarded(to: u32) -> Self {
        Header::new(Kind::new(0, Layout::Forwarded), to, 0)
    }

    /// The header with these bits.
    #[inline(always)]
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Header(bits)
    }

    /// All 64 bits.
    #[inline(always)]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Client type and layout.
    #[inline(always)]
    #[must_use]
    pub const fn kind(self) -> Kind {
        Kind(self.0 as u8)
    }

    /// What the collector knows of the body.
    #[inline(always)]
    #[must_use]
    pub const fn layout(self) -> Layout {
        self.kind().layout()
    }

    /// The client's shape number.
    #[inline(always)]
    #[must_use]
    pub const fn shape(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The size field: words with the header; 0xFF_FFFF for a large object, whose size only the heap knows
    /// (`Heap::size_words`).
    #[inline(always)]
    #[must_use]
    pub const fn size_field(self) -> u32 {
        (self.0 >> 8) as u32 & SIZE_IN_PAGE_TABLE
    }

    /// Does it live in the large-object space?
    #[inline(always)]
    #[must_use]
    pub const fn is_large(self) -> bool {
        self.size_field() == SIZE_IN_PAGE_TABLE
    }

    #[inline(always)]
    pub(crate) const fn forwarding(self) -> Option<Ref> {
        if self.0 & 7 == Layout::Forwarded as u64 { Some(Ref::new(self.shape())) } else { None }
    }

    #[inline(always)]
    pub(crate) const fn with_shape(self, shape: u32) -> Self {
        Header((self.0 & 0xFFFF_FFFF) | ((shape as u64) << 32))
    }

    #[inline(always)]
    pub(crate) const fn with_kind(self, kind: Kind) -> Self {
        Header((self.0 & !0xFF) | kind.0 as u64)
    }

    #[inline(always)]
    pub(crate) const fn with_size(self, words: u32) -> Self {
        Header((self.0 & !0xFFFF_FF00) | ((words as u64) << 8))
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} shape {} words {}", self.kind(), self.shape(), self.size_field())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_overlap() {
        let header = Header::new(Kind::new(31, Layout::Weak), u32::MAX, 1);
        assert_eq!(header.kind(), Kind::new(31, Layout::Weak));
        assert_eq!((header.shape(), header.size_field()), (u32::MAX, 1));
        let changed = header.with_shape(0).with_size(0xFF_FFFE).with_kind(Kind::new(0, Layout::Raw));
        assert_eq!(changed, Header::new(Kind::new(0, Layout::Raw), 0, 0xFF_FFFE));
    }
}
