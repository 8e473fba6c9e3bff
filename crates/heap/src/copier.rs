//! The inner loop of the scavenger: scans objects slot by slot and moves what the slots refer to.
//!
//! It works on plain slices and local copies of the two allocation areas, so that the loop keeps them in registers. What
//! needs more than that (another page, a large object) stops the loop: [`Stop`] says what for, the heap sees to it,
//! and the loop goes on at the same slot.

use crate::allocation_sites::AllocationSites;
use crate::copy::copy_words;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{Header, Layout};
use crate::heap::Heap;
use crate::page::{Area, flag};
use crate::scavenger::ScavengeWork;
use crate::slot_set::SlotSet;
use crate::word::{Ref, Word};

/// Why the loop stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// Scan has met free, and no promoted object is left.
    Dry,
    /// The budget is spent.
    Spent,
    /// To-space has no room for an object of so many words.
    NoCopyRoom(u32),
    /// The area of old space has no room for an object of so many words.
    NoPromotionRoom(u32),
    /// A young large object was reached.
    Large(Ref),
}

/// Whether the object being scanned is old: then its slots are remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Holder {
    #[default]
    Young,
    Old,
}

/// The rest of an object that is being scanned.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unscanned {
    pub(crate) slot: u32,
    pub(crate) end: u32,
    pub(crate) holder: Holder,
}

/// Slots of a large object that count as one object.
const PART_SLOTS: u32 = 64;

impl Unscanned {
    /// The first part and the rest.
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let end = if self.end - self.slot > PART_SLOTS { self.slot + PART_SLOTS } else { self.end };
        (Self { end, ..self }, Self { slot: end, ..self })
    }
}

/// The heap as the inner loop sees it.
struct Copier<'a, O> {
    words: &'a mut [u64],
    flags: &'a [u8],
    shift: u32,
    to: Area,
    old: Area,
    /// Objects below it on its page have survived a scavenge.
    age_mark: u32,
    moved: Moved,
    /// From so many copied words on everything is promoted.
    copy_limit: u64,
    old_to_new: &'a mut SlotSet,
    to_candidates: &'a mut SlotSet,
    /// Moves that colours must follow, while marking is under way.
    moves: &'a mut Vec<(Ref, Ref)>,
    is_marking: bool,
    /// Where the objects were allocated, while that is recorded.
    sites: Option<&'a mut AllocationSites>,
    observer: &'a mut O,
}

impl<O: Observer> Copier<'_, O> {
    /// Scans the slots from `at.slot` to `at.end`. On a stop `at.slot` is the slot to go on with.
    #[inline(always)]
    fn scan(&mut self, at: &mut Unscanned) -> Result<(), Stop> {
        while at.slot < at.end {
            self.scan_slot(at.slot, at.holder)?;
            at.slot += 1;
        }
        Ok(())
    }

    #[inline(always)]
    fn scan_slot(&mut self, slot: u32, holder: Holder) -> Result<(), Stop> {
        let Some(target) = Word::from_bits(self.words[slot as usize]).as_ref() else { return Ok(()) };
        let flags = self.flags[target.index() >> self.shift];
        if flags & flag::YOUNG == 0 {
            if flags & flag::CANDIDATE != 0 && holder == Holder::Old {
                // The marker has perhaps visited the promoted object where it was before.
                self.to_candidates.insert(slot);
            }
            return Ok(());
        }
        let mut now = target;
        if flags & flag::EVACUATE != 0 {
            now = self.forward(target, flags)?;
            self.words[slot as usize] = Word::reference(now).bits();
        }
        if holder == Holder::Old && self.flags[now.index() >> self.shift] & flag::YOUNG != 0 {
            self.remember(slot);
        }
        Ok(())
    }

    fn remember(&mut self, slot: u32) {
        if self.old_to_new.insert(slot) && O::ACTIVE && self.observer.mask().contains(EventMask::BARRIER) {
            self.observer.observe(HeapEvent::SlotRecorded { slot });
        }
    }

    /// Where an object of from-space is now: moves it, unless that has happened.
    #[inline(always)]
    fn forward(&mut self, from: Ref, flags: u8) -> Result<Ref, Stop> {
        let header = Header::from_bits(self.words[from.index()]);
        if let Some(to) = header.forwarding() {
            return Ok(to);
        }
        if header.is_large() {
            return Err(Stop::Large(from));
        }
        let words = header.size_field();
        let promotes = self.promotes(from, flags);
        let room = if promotes {
            self.old.bump(words).ok_or(Stop::NoPromotionRoom(words))
        } else {
            self.to.bump(words).ok_or(Stop::NoCopyRoom(words))
        };
        let to = room?;
        copy_words(self.words, from.index(), to.index(), words as usize);
        self.words[from.index()] = Header::forwarded(to.offset()).bits();
        let count = if promotes { &mut self.moved.promoted_words } else { &mut self.moved.copied_words };
        *count += u64::from(words);
        if self.is_marking {
            self.moves.push((from, to));
        }
        if let Some(sites) = &mut self.sites {
            sites.follow(from, to);
        }
        if O::ACTIVE && self.observer.mask().contains(EventMask::MOVE) {
            self.observer.observe(match promotes {
                true => HeapEvent::Promoted { from, to, words },
                false => HeapEvent::Copied { from, to, words },
            });
        }
        Ok(to)
    }

    /// The promotion rule.
    #[inline(always)]
    fn promotes(&self, r: Ref, flags: u8) -> bool {
        const AGED: u8 = flag::BELOW_AGE_MARK | flag::HOLDS_AGE_MARK;
        let aged = flags & AGED != 0 && (flags & flag::BELOW_AGE_MARK != 0 || r.offset() < self.age_mark);
        aged || self.moved.copied_words >= self.copy_limit
    }

    /// The slots of the object at `r` that are to be scanned, and its size. An ephemeron table takes the slow way: its
    /// keys are looked at when everything else has moved.
    #[inline(always)]
    fn slots_of(&self, r: Ref, holder: Holder, work: &mut ScavengeWork) -> (Unscanned, u32) {
        let header = Header::from_bits(self.words[r.index()]);
        let size = header.size_field();
        let (slot, end) = (r.offset() + 1, r.offset() + size);
        match header.layout() {
            Layout::Tagged | Layout::Weak => (Unscanned { slot, end, holder }, size),
            Layout::Ephemerons => (work.put_keys_aside(r, size, holder), size),
            Layout::Raw | Layout::Filler | Layout::Forwarded => (Unscanned::default(), size),
        }
    }
}

/// How many words have moved.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moved {
    pub(crate) copied_words: u64,
    pub(crate) promoted_words: u64,
}

/// Borrows the parts of the heap for the inner loop: a macro, so that the borrows stay apart from `scavenge`.
macro_rules! copier {
    ($heap:ident) => {
        Copier {
            shift: $heap.cage.shift,
            words: &mut $heap.cage.words,
            flags: &$heap.cage.flags,
            to: $heap.new.area,
            old: $heap.old.area,
            age_mark: $heap.new.age_mark.at,
            moved: $heap.scavenge.moved,
            copy_limit: $heap.scavenge.copy_limit,
            old_to_new: &mut $heap.old_to_new,
            to_candidates: &mut $heap.to_candidates,
            moves: &mut $heap.moves,
            is_marking: $heap.marking.active,
            sites: $heap.cage.sites.as_deref_mut(),
            observer: &mut $heap.observer,
        }
    };
}

impl<O: Observer> Heap<O> {
    /// Runs the loop of the scavenger on up to `budget` objects, or until it stops for another reason.
    #[inline(never)]
    pub(crate) fn run_copier(&mut self, budget: &mut usize) -> Stop {
        let header_words = self.cage.header_words;
        let mut copier = copier!(self);
        let mut left = *budget;
        let work = &mut self.scavenge;
        let mut current = work.current;
        let (mut scan, mut scan_end) = (work.scan, work.scan_end);
        let stop = loop {
            if let Err(stop) = copier.scan(&mut current) {
                break stop;
            }
            if let Some(next) = work.pending.pop() {
                let (now, rest) = next.split();
                current = now;
                if rest.slot < rest.end {
                    // A part of a large object counts as an object.
                    if left == 0 {
                        work.pending.push(next);
                        current = Unscanned::default();
                        break Stop::Spent;
                    }
                    left -= 1;
                    work.pending.push(rest);
                }
                continue;
            }
            if left == 0 {
                break Stop::Spent;
            }
            left -= 1;
            if scan != copier.to.top && scan != scan_end {
                let (slots, size) = copier.slots_of(Ref::new(scan), Holder::Young, work);
                current = slots;
                scan += size;
            } else if work.scan_page < self.new.to.current {
                work.scan_page += 1;
                let page = self.new.to.pages[work.scan_page].0;
                (scan, scan_end) = ((page << copier.shift) + header_words, (page + 1) << copier.shift);
            } else if let Some(r) = work.next_promoted(copier.old.top) {
                let (slots, size) = copier.slots_of(r, Holder::Old, work);
                current = slots;
                work.advance_promoted(size);
            } else {
                break Stop::Dry;
            }
        };
        (work.current, work.scan, work.scan_end) = (current, scan, scan_end);
        work.moved = copier.moved;
        (self.new.area, self.old.area) = (copier.to, copier.old);
        *budget = left;
        self.follow_moves();
        stop
    }

    /// Where the object of from-space at `r` is now: moves it, unless that has happened.
    pub(crate) fn forward(&mut self, r: Ref) -> Ref {
        loop {
            let flags = self.cage.flags_of(r);
            if flags & flag::EVACUATE == 0 {
                return r;
            }
            let mut copier = copier!(self);
            let result = copier.forward(r, flags);
            self.scavenge.moved = copier.moved;
            (self.new.area, self.old.area) = (copier.to, copier.old);
            self.follow_moves();
            match result {
                Ok(to) => return to,
                Err(stop) => self.see_to(stop),
            }
        }
    }
}
