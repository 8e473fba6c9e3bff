//! What the roots reach and who refers to an object, found out without touching the heap, in portions: a heap of gigabytes
//! takes seconds to walk, and whoever asks may have something more urgent to do in between.
//!
//! Both are only right as long as the heap stands still.

use crate::event::Observer;
use crate::header::{FIRST_EPHEMERON, Layout, WEAK_WORD};
use crate::heap::{Heap, Mutator};
use crate::mark_bitmap::MarkBitmap;
use crate::page::PageId;
use crate::word::{Ref, Word};

/// What the roots reach.
#[derive(Debug)]
pub struct Reached {
    seen: MarkBitmap,
}

impl Reached {
    /// Is the object reachable?
    #[must_use]
    pub fn contains(&self, r: Ref) -> bool {
        self.seen.is_marked(r)
    }
}

/// Words of an object that are still to be looked at.
#[derive(Clone, Copy, Debug)]
struct Unseen {
    holder: Ref,
    next: u32,
    end: u32,
}

/// A trace from the roots that is under way; weak references are not followed.
#[derive(Debug)]
pub struct Trace {
    seen: MarkBitmap,
    pending: Vec<Ref>,
    current: Option<Unseen>,
    tables: Vec<Ref>,
    /// The round over the ephemeron tables: which table, and its next key.
    table: usize,
    key: u32,
    /// Whether the round has reached anything new.
    grew: bool,
}

impl Trace {
    fn reach(&mut self, word: Word) -> bool {
        let new = word.as_ref().filter(|r| self.seen.mark(*r));
        self.pending.extend(new);
        new.is_some()
    }

    /// What it has found, when it is over.
    #[must_use]
    pub fn finish(self) -> Reached {
        Reached { seen: self.seen }
    }
}

/// A search for the words that refer to an object.
#[derive(Debug)]
pub struct ReferrerSearch {
    target: Ref,
    pages: Vec<PageId>,
    limit: usize,
    found: Vec<(Ref, u32)>,
    count: usize,
}

impl ReferrerSearch {
    /// Holder and index of the words, at most as many as were asked for; and how many there are in all.
    #[must_use]
    pub fn finish(self) -> (Vec<(Ref, u32)>, usize) {
        (self.found, self.count)
    }
}

impl<O: Observer> Heap<O> {
    /// Begins to find out what the roots reach. `None` between the steps of a collection, when references are in flux.
    /// Tracing may change what `m` caches: pass a copy to leave it untouched.
    #[must_use]
    pub fn begin_trace(&self, m: &mut impl Mutator) -> Option<Trace> {
        if self.is_collecting() {
            return None;
        }
        let mut seen = MarkBitmap::default();
        seen.grow(self.cage.words.len());
        let (pending, tables) = (Vec::new(), Vec::new());
        let mut trace =
            Trace { seen, pending, current: None, tables, table: 0, key: FIRST_EPHEMERON, grew: false };
        m.trace_roots(&mut |root| {
            trace.reach(*root);
        });
        Some(trace)
    }

    /// Looks at some `budget` further words; true when everything is found.
    pub fn trace_on(&self, trace: &mut Trace, budget: u32) -> bool {
        let mut left = budget;
        while left > 0 {
            left -= 1;
            if let Some(unseen) = trace.current {
                let end = unseen.end.min(unseen.next.saturating_add(left + 1));
                left -= (end - unseen.next).saturating_sub(1);
                self.see(trace, unseen.holder, unseen.next..end);
                trace.current = (end < unseen.end).then_some(Unseen { next: end, ..unseen });
            } else if let Some(r) = trace.pending.pop() {
                trace.current = self.unseen(trace, r);
            } else if trace.table < trace.tables.len() {
                self.see_key(trace);
            } else if trace.grew {
                (trace.table, trace.key, trace.grew) = (0, FIRST_EPHEMERON, false);
            } else {
                return true;
            }
        }
        false
    }

    /// The words of an object that has been reached.
    fn unseen(&self, trace: &mut Trace, r: Ref) -> Option<Unseen> {
        let end = match self.cage.header(r).layout() {
            Layout::Tagged | Layout::Weak => self.cage.size_words(r),
            Layout::Ephemerons => {
                trace.tables.push(r);
                FIRST_EPHEMERON
            }
            Layout::Raw | Layout::Filler | Layout::Forwarded => return None,
        };
        (end > 1).then_some(Unseen { holder: r, next: 1, end })
    }

    fn see(&self, trace: &mut Trace, holder: Ref, words: std::ops::Range<u32>) {
        let is_weak = self.cage.header(holder).layout() == Layout::Weak;
        for index in words {
            if !(is_weak && index == WEAK_WORD) {
                trace.reach(self.get(holder, index));
            }
        }
    }

    /// The value of the next key is reached if the key is.
    fn see_key(&self, trace: &mut Trace) {
        let table = trace.tables[trace.table];
        if trace.key + 1 >= self.cage.size_words(table) {
            (trace.table, trace.key) = (trace.table + 1, FIRST_EPHEMERON);
            return;
        }
        let key = self.get(table, trace.key).as_ref();
        if key.is_none_or(|key| trace.seen.is_marked(key)) {
            trace.grew |= trace.reach(self.get(table, trace.key + 1));
        }
        trace.key += 2;
    }

    /// What the roots reach, weak references not followed. See [`Heap::begin_trace`].
    #[must_use]
    pub fn reachable(&self, m: &mut impl Mutator) -> Option<Reached> {
        let mut trace = self.begin_trace(m)?;
        while !self.trace_on(&mut trace, u32::MAX) {}
        Some(trace.finish())
    }

    /// Begins to look for the words that refer to an object, of which at most `limit` are to be listed.
    #[must_use]
    pub fn begin_referrer_search(&self, target: Ref, limit: usize) -> ReferrerSearch {
        let mut pages: Vec<PageId> = self.pages().map(|(page, _)| page).collect();
        pages.reverse();
        ReferrerSearch { target, pages, limit, found: Vec::new(), count: 0 }
    }

    /// Looks through the next page; true when all have been.
    pub fn search_on(&self, search: &mut ReferrerSearch) -> bool {
        let wanted = Word::reference(search.target).bits();
        let Some(page) = search.pages.pop() else { return true };
        for (holder, header) in self.objects(page) {
            if header.layout() == Layout::Raw {
                continue;
            }
            let words = self.words(holder).iter().enumerate();
            for (at, _) in words.filter(|(_, word)| **word == wanted) {
                search.count += 1;
                if search.found.len() < search.limit {
                    search.found.push((holder, at as u32 + 1));
                }
            }
        }
        search.pages.is_empty()
    }

    /// The words that refer to an object: holder and index of the word, at most `limit`; and how many there are in all.
    #[must_use]
    pub fn referrers(&self, target: Ref, limit: usize) -> (Vec<(Ref, u32)>, usize) {
        let mut search = self.begin_referrer_search(target, limit);
        while !self.search_on(&mut search) {}
        search.finish()
    }
}
