//! Large-object space: objects that get their own run of pages and never move.

use crate::page::PageId;

/// The large objects of both generations, by their first page.
#[derive(Clone, Debug, Default)]
pub(crate) struct LargeObjectSpace {
    /// Objects that have not survived a collection yet.
    pub(crate) young: Vec<PageId>,
    /// Objects of the old generation.
    pub(crate) old: Vec<PageId>,
    pub(crate) young_words: u64,
    pub(crate) old_words: u64,
}
