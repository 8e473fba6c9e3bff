//! The verifier: traces the heap again, with its own visited set and without the collector's code, and checks what the
//! collector must keep true.

use crate::barrier::is_key;
use crate::event::Observer;
use crate::header::{FIRST_EPHEMERON, Layout, WEAK_WORD};
use crate::heap::{Heap, Mutator};
use crate::mark_bitmap::MarkBitmap;
use crate::page::{PageId, SpaceKind};
use crate::word::{Ref, Word};
use std::fmt;

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViolationKind {
    /// A reference to a page that belongs to no space, or outside of the cage.
    FreePage,
    /// A reference into from-space outside of a scavenge.
    FromSpace,
    /// A reference to free memory, or into the middle of an object.
    NoObject,
    /// A reference to an object that the last marking found dead.
    DeadObject,
    /// A reference from old to young that is not in the remembered set.
    NotRemembered,
    /// A black object refers to a white one.
    BlackToWhite,
    /// An object, filler or free node that reaches over the end of its page or has no size.
    BadSize,
    /// A free-list node that is no free range.
    BadFreeNode,
    /// A page's count of live or used words is wrong.
    BadCount,
}

/// The first thing that the verifier found wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Violation {
    /// What.
    pub kind: ViolationKind,
    /// The object or page at fault; none for a root.
    pub holder: Option<Ref>,
    /// The word of the holder, counted from its header.
    pub index: u32,
    /// The word that is wrong.
    pub word: Word,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {:?} in word {} of {:?}", self.kind, self.word, self.index, self.holder)
    }
}

impl std::error::Error for Violation {}

/// What the trace knows, one bit per word of the cage each.
struct Tracer {
    /// First words of all objects of the heap, dead ones on swept pages included.
    objects: MarkBitmap,
    visited: MarkBitmap,
    pending: Vec<Ref>,
    grey: MarkBitmap,
}

impl<O: Observer> Heap<O> {
    /// Checks the whole heap. Costs a full trace and a walk of every page; not for use inside a collection (then it
    /// finds nothing wrong).
    ///
    /// # Errors
    /// The first [`Violation`].
    pub fn verify(&self, m: &mut impl Mutator) -> Result<(), Violation> {
        if self.is_collecting() {
            return Ok(());
        }
        let mut empty = MarkBitmap::default();
        empty.grow(self.cage.words.len());
        let mut tracer =
            Tracer { objects: empty.clone(), visited: empty.clone(), pending: Vec::new(), grey: empty };
        let partial = self.marking.partial.iter().map(|part| part.holder);
        for grey in self.marking.worklist.iter().copied().chain(partial) {
            tracer.grey.mark(grey);
        }
        self.verify_pages(&mut tracer)?;
        self.verify_free_list()?;
        self.verify_roots(&mut tracer, m)?;
        while let Some(r) = tracer.pending.pop() {
            self.verify_object(&mut tracer, r)?;
        }
        Ok(())
    }

    /// The check that `verify: true` asks for around each collection.
    pub(crate) fn check(&mut self, m: &mut impl Mutator, when: &str) {
        if self.config.verify
            && let Err(violation) = self.verify(m)
        {
            self.violations.push((self.cycle.number, violation));
            debug_assert!(false, "heap verification {when} collection {}: {violation}", self.cycle.number);
        }
    }

    /// What the checks of `verify: true` have found so far: number of the collection and violation.
    #[must_use]
    pub fn violations(&self) -> &[(u64, Violation)] {
        &self.violations
    }

    fn verify_pages(&self, tracer: &mut Tracer) -> Result<(), Violation> {
        for (page, space) in self.pages() {
            let mut used = 0;
            for r in self.walk(page) {
                let size = self.cage.size_words(r);
                let end = self.cage.page_end(PageId(page.0 + self.cage.page(page).run - 1));
                if size == 0 || r.offset() + size > end {
                    return Err(self.fault(ViolationKind::BadSize, r));
                }
                if self.cage.header(r).layout() != Layout::Filler {
                    tracer.objects.mark(r);
                    used += size;
                }
            }
            if space == SpaceKind::Old && self.cage.page(page).swept && used != self.page_words_used(page) {
                return Err(self.fault(ViolationKind::BadCount, Ref::new(self.cage.area_start(page))));
            }
        }
        Ok(())
    }

    fn page_words_used(&self, page: PageId) -> u32 {
        let open = self.old.area;
        let in_area = if self.old.owns_area(&self.cage, page) { open.top - open.start } else { 0 };
        self.cage.page(page).used_words + in_area
    }

    fn fault(&self, kind: ViolationKind, r: Ref) -> Violation {
        Violation { kind, holder: Some(r), index: 0, word: self.get(r, 0) }
    }

    fn verify_free_list(&self) -> Result<(), Violation> {
        let mut words = 0;
        for node in self.old.free.nodes() {
            let header = self.cage.header(node);
            words += u64::from(header.size_field());
            if header.layout() != Layout::Filler || self.space_of(node) != SpaceKind::Old {
                return Err(self.fault(ViolationKind::BadFreeNode, node));
            }
        }
        if words == self.old.free.words() {
            return Ok(());
        }
        Err(Violation { kind: ViolationKind::BadFreeNode, holder: None, index: 0, word: Word::ZERO })
    }

    fn verify_roots(&self, tracer: &mut Tracer, m: &mut impl Mutator) -> Result<(), Violation> {
        let mut roots = Vec::new();
        m.trace_roots(&mut |root| roots.push(*root));
        m.trace_weak(&mut |root| roots.push(*root));
        for word in roots {
            self.verify_word(tracer, None, 0, word)?;
        }
        Ok(())
    }

    fn verify_object(&self, tracer: &mut Tracer, r: Ref) -> Result<(), Violation> {
        if self.cage.header(r).layout() == Layout::Raw {
            return Ok(());
        }
        for index in 1..self.cage.size_words(r) {
            self.verify_word(tracer, Some(r), index, self.get(r, index))?;
        }
        Ok(())
    }

    fn verify_word(
        &self,
        tracer: &mut Tracer,
        holder: Option<Ref>,
        index: u32,
        word: Word,
    ) -> Result<(), Violation> {
        let Some(target) = word.as_ref() else { return Ok(()) };
        let wrong = self.target_fault(tracer, target).or_else(|| {
            let holder = holder?;
            self.generation_fault(holder, index, target)
                .or_else(|| self.colour_fault(tracer, holder, index, target))
        });
        if let Some(kind) = wrong {
            return Err(Violation { kind, holder, index, word });
        }
        if tracer.visited.mark(target) {
            tracer.pending.push(target);
        }
        Ok(())
    }

    fn target_fault(&self, tracer: &Tracer, target: Ref) -> Option<ViolationKind> {
        let Some(row) = self.cage.pages.get(self.cage.page_of(target).index()) else {
            return Some(ViolationKind::FreePage);
        };
        match row.space {
            SpaceKind::Free => Some(ViolationKind::FreePage),
            SpaceKind::FromSpace => Some(ViolationKind::FromSpace),
            _ if !tracer.objects.is_marked(target) => Some(ViolationKind::NoObject),
            _ if !row.swept && !self.cage.marks.is_marked(target) => Some(ViolationKind::DeadObject),
            _ => None,
        }
    }

    fn generation_fault(&self, holder: Ref, index: u32, target: Ref) -> Option<ViolationKind> {
        if self.space_of(holder).is_young() || !self.space_of(target).is_young() {
            return None;
        }
        let key = self.cage.header(holder).layout() == Layout::Ephemerons && is_key(index);
        let set = if key { &self.ephemeron_keys } else { &self.old_to_new };
        (!set.contains(holder.offset() + index)).then_some(ViolationKind::NotRemembered)
    }

    fn colour_fault(&self, tracer: &Tracer, holder: Ref, index: u32, target: Ref) -> Option<ViolationKind> {
        let strong = match self.cage.header(holder).layout() {
            Layout::Weak => index != WEAK_WORD,
            Layout::Ephemerons => index < FIRST_EPHEMERON,
            _ => true,
        };
        let marks = &self.cage.marks;
        let black = marks.is_marked(holder) && !tracer.grey.is_marked(holder);
        (self.marking.active && strong && black && !marks.is_marked(target))
            .then_some(ViolationKind::BlackToWhite)
    }
}
