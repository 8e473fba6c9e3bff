//! The inner loop of marking: visits grey objects and shades what they refer to.
//!
//! Like the scavenger's loop it works on plain slices, so that the processor can overlap the cache misses of several
//! objects.

use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{FIRST_EPHEMERON, Header, Layout, WEAK_WORD};
use crate::heap::Heap;
use crate::marking::Partial;
use crate::page::{Page, flag};
use crate::slot_set::SlotSet;
use crate::word::{Ref, Word};

/// Slots of a large object that are visited at a time, so that no step is long.
const PART_WORDS: u32 = 8192;
/// Grey objects whose headers are read before they are visited.
const AHEAD: usize = 8;

/// The grey objects that are next, and their headers: a queue between the worklist and the visits. Each header may be a
/// cache miss. It is read when its object enters the queue, and looked at when the object leaves it, so that the processor
/// waits for several of them at a time (Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage collection").
#[derive(Default)]
struct Lookahead {
    objects: [(u32, u64); AHEAD],
    first: usize,
    len: usize,
}

impl Lookahead {
    /// Puts an object in; takes the first one out if there was no room.
    #[inline(always)]
    fn push(&mut self, r: Ref, header: u64) -> Option<(Ref, Header)> {
        let full = self.len == AHEAD;
        let place = &mut self.objects[(self.first + self.len) % AHEAD];
        let (at, bits) = std::mem::replace(place, (r.offset(), header));
        if !full {
            self.len += 1;
            return None;
        }
        self.first = (self.first + 1) % AHEAD;
        Some((Ref::new(at), Header::from_bits(bits)))
    }

    #[inline(always)]
    fn pop(&mut self) -> Option<(Ref, Header)> {
        if self.len == 0 {
            return None;
        }
        let (at, bits) = self.objects[self.first];
        self.first = (self.first + 1) % AHEAD;
        self.len -= 1;
        Some((Ref::new(at), Header::from_bits(bits)))
    }
}

/// The heap as the inner loop sees it.
struct Marker<'a, O> {
    words: &'a [u64],
    flags: &'a [u8],
    marks: &'a mut [u64],
    pages: &'a mut [Page],
    shift: u32,
    worklist: Vec<Ref>,
    partial: &'a mut Vec<Partial>,
    ephemerons: &'a mut Vec<Ref>,
    weak: &'a mut Vec<Ref>,
    /// Are there evacuation candidates, to whose objects slots must be recorded?
    compacting: bool,
    to_candidates: &'a mut SlotSet,
    observer: &'a mut O,
    /// The page of the objects visited last, and their words: a page is charged when the marker leaves it.
    page: usize,
    page_words: u32,
    visited_words: u64,
}

impl<O: Observer> Marker<'_, O> {
    /// Turns a grey object black.
    #[inline(always)]
    fn visit(&mut self, r: Ref, header: Header) {
        let page = r.index() >> self.shift;
        let size = if header.is_large() { self.pages[page].large_words } else { header.size_field() };
        let large = header.is_large() && header.layout() == Layout::Tagged;
        self.charge(page, if large { 1 } else { size });
        let start = r.offset() + 1;
        let end = r.offset() + size;
        match header.layout() {
            Layout::Tagged if header.is_large() => self.scan_part(r, start, end),
            Layout::Tagged => self.scan(start, end),
            Layout::Ephemerons => {
                self.scan(start, end.min(r.offset() + FIRST_EPHEMERON));
                self.ephemerons.push(r);
            }
            Layout::Weak => {
                self.scan(start, end.min(r.offset() + WEAK_WORD));
                self.scan(end.min(r.offset() + WEAK_WORD + 1), end);
                self.weak.push(r);
            }
            Layout::Raw | Layout::Filler | Layout::Forwarded => {}
        }
    }

    /// Scans the next part of a large object, and notes the rest.
    #[cold]
    fn scan_part(&mut self, holder: Ref, slot: u32, end: u32) {
        let next = end.min(slot + PART_WORDS);
        self.charge(holder.index() >> self.shift, next - slot);
        self.scan(slot, next);
        if next < end {
            self.partial.push(Partial { holder, slot: next });
        }
    }

    /// Goes on with a large object, which may have been cut shorter since.
    #[cold]
    fn resume(&mut self, part: Partial) {
        let page = part.holder.index() >> self.shift;
        let end = part.holder.offset() + self.pages[page].large_words;
        let tagged = Header::from_bits(self.words[part.holder.index()]).layout() == Layout::Tagged;
        if tagged && part.slot < end {
            self.scan_part(part.holder, part.slot, end);
        }
    }

    /// Adds the words of a visited object to its page.
    #[inline(always)]
    fn charge(&mut self, page: usize, words: u32) {
        self.visited_words += u64::from(words);
        if page != self.page {
            self.pages[self.page].live_words += self.page_words;
            (self.page, self.page_words) = (page, 0);
        }
        self.page_words += words;
    }

    /// Shades what the slots from `start` to `end` refer to.
    #[inline(always)]
    fn scan(&mut self, start: u32, end: u32) {
        // No slots may begin at the end of memory.
        let page = start as usize >> self.shift;
        let recording = self.compacting && self.flags.get(page).is_some_and(|flags| flags & flag::MOVES == 0);
        for (at, &bits) in self.words[start as usize..end as usize].iter().enumerate() {
            let Some(target) = Word::from_bits(bits).as_ref() else { continue };
            let cell = &mut self.marks[target.index() >> 6];
            let bit = 1 << (target.offset() & 63);
            if *cell & bit == 0 {
                *cell |= bit;
                self.worklist.push(target);
                if O::ACTIVE && self.observer.mask().contains(EventMask::MARKING) {
                    self.observer.observe(HeapEvent::Shaded { object: target });
                }
            }
            if recording && self.flags[target.index() >> self.shift] & flag::CANDIDATE != 0 {
                self.to_candidates.insert(start + at as u32);
            }
        }
    }
}

impl<O: Observer> Heap<O> {
    /// Visits up to `budget` grey objects, or until `enough` words have been visited; the words that were.
    #[inline(never)]
    pub(crate) fn drain(&mut self, budget: usize, enough: u64) -> u64 {
        let first = self.marking.partial.last().map(|part| part.holder);
        let Some(first) = first.or(self.marking.worklist.last().copied()) else { return 0 };
        let mut marker = Marker {
            words: &self.cage.words,
            flags: &self.cage.flags,
            marks: self.cage.marks.cells(),
            pages: &mut self.cage.pages,
            shift: self.cage.shift,
            worklist: std::mem::take(&mut self.marking.worklist),
            partial: &mut self.marking.partial,
            ephemerons: &mut self.marking.ephemerons,
            weak: &mut self.marking.weak,
            compacting: !self.compaction.candidates.is_empty(),
            to_candidates: &mut self.to_candidates,
            observer: &mut self.observer,
            page: first.index() >> self.cage.shift,
            page_words: 0,
            visited_words: 0,
        };
        let mut ahead = Lookahead::default();
        let mut left = budget;
        while left > 0 && marker.visited_words < enough {
            let next = match marker.worklist.pop() {
                Some(r) => match ahead.push(r, marker.words[r.index()]) {
                    Some(next) => Some(next),
                    None => continue,
                },
                None => ahead.pop(),
            };
            if let Some((r, header)) = next {
                marker.visit(r, header);
            } else if let Some(part) = marker.partial.pop() {
                marker.resume(part);
            } else {
                break;
            }
            left -= 1;
        }
        while let Some((r, _)) = ahead.pop() {
            marker.worklist.push(r);
        }
        marker.pages[marker.page].live_words += marker.page_words;
        let visited = marker.visited_words;
        self.marking.worklist = marker.worklist;
        self.marking.marked_words += visited;
        visited
    }
}
