//! Compaction: which pages a full collection empties, chosen when marking starts, so that marking can record the slots
//! that refer to them.

use crate::event::Observer;
use crate::heap::Heap;
use crate::page::{PageId, flag};
use crate::pointer_update::PointerUpdate;
use crate::profile::{EvacuationRule, MIB};
use crate::sliding::Sliding;

/// Share of a page that must be free, in per cent, and live bytes moved at most
/// (V8: `ComputeEvacuationHeuristics`). V8 takes 20 % and 12 MiB when it must reduce memory; here all pages are compacted
/// in place then (`sliding`).
const FREE_SHARE: u64 = 70;
const MOST_MOVED: u64 = 4 * MIB;

/// The candidates of the full collection under way, and what has moved out of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compaction {
    pub(crate) candidates: Vec<PageId>,
    /// Where the objects lie that the collection has moved: ranges of words full of them.
    pub(crate) moved: Vec<(u32, u32)>,
    /// What the new addresses have not reached yet.
    pub(crate) update: PointerUpdate,
    /// The compaction in place that this collection does instead.
    pub(crate) sliding: Option<Box<Sliding>>,
}

impl Compaction {
    /// Objects have moved to the words from `start` to `end`.
    pub(crate) fn add_moved(&mut self, start: u32, end: u32) {
        match self.moved.last_mut() {
            _ if start == end => {}
            Some(last) if last.1 == start => last.1 = end,
            _ => self.moved.push((start, end)),
        }
    }
}

impl<O: Observer> Heap<O> {
    /// Chooses and flags the candidates; nothing is allocated on them from here on.
    pub(crate) fn choose_candidates(&mut self) {
        let candidates = if self.compaction.sliding.is_some() {
            return;
        } else if self.config.stress_compaction {
            self.old.pages.clone()
        } else {
            match self.config.profile.evacuation {
                EvacuationRule::FreeShare => self.mostly_free_pages(),
                EvacuationRule::SquareRoot => self.most_fragmented_pages(),
            }
        };
        for &page in &candidates {
            self.cage.set_flag(page, flag::CANDIDATE);
        }
        self.old.free.evict_candidates(&self.cage);
        self.compaction.candidates = candidates;
    }

    /// 11.x: pages that are free enough, fewest live bytes first, up to the amount that may be moved.
    fn mostly_free_pages(&self) -> Vec<PageId> {
        let area = u64::from(self.cage.area_words());
        let mut pages = self.pages_by_use();
        pages.retain(|&(used, _)| (area - used.min(area)) * 100 >= area * FREE_SHARE);
        let mut moved = 0;
        pages.retain(|&(used, _)| {
            moved += self.bytes(used);
            moved <= MOST_MOVED
        });
        let used: u64 = pages.iter().map(|&(used, _)| used).sum();
        // Without a page to gain, moving only makes work.
        if pages.len() as u64 <= used.div_ceil(area) { Vec::new() } else { ids(&pages) }
    }

    /// 3.14: up to sqrt(pages / 2) + 1 pages, most fragmented first, never the first page.
    fn most_fragmented_pages(&self) -> Vec<PageId> {
        let most = ((self.old.pages.len() as f64 / 2.0).sqrt() as usize) + 1;
        let first = self.old.pages.first().copied();
        let area = u64::from(self.cage.area_words());
        let mut pages = self.pages_by_use();
        pages.retain(|&(used, page)| Some(page) != first && used * 2 < area);
        pages.truncate(most);
        ids(&pages)
    }

    /// Used words and number of each page of old space, emptiest first.
    fn pages_by_use(&self) -> Vec<(u64, PageId)> {
        let used = |&page: &PageId| (u64::from(self.cage.page(page).used_words), page);
        let mut pages: Vec<_> = self.old.pages.iter().map(used).collect();
        pages.sort_unstable();
        pages
    }
}

fn ids(pages: &[(u64, PageId)]) -> Vec<PageId> {
    pages.iter().map(|&(_, page)| page).collect()
}
