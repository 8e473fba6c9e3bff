//! Why things are as they are now: the session's figures for the rules of `semispace-monitor`.

use semispace_heap::{Ref, SpaceKind};
use semispace_monitor::{Explanation, ObjectFacts, explain_limits, explain_object, explain_page};

use crate::names::Names;
use crate::session::Session;

impl Session {
    /// Why the object that covers a word lies where it does; nothing between the steps of a collection.
    pub fn why_object(&self, word: u32) -> Option<Explanation> {
        let heap = &self.vm.heap;
        let at: Ref = heap.resident_at(word)?.at;
        if heap.is_collecting() {
            return None;
        }
        let on_page = heap.objects(heap.page_of(at));
        let object = ObjectFacts {
            name: &Names::default().learn(&self.vm, at),
            size: heap.size_bytes(at),
            space: heap.space_of(at),
            age: heap.age_of(at),
            page_used: on_page.map(|(object, _)| heap.size_bytes(object)).sum(),
        };
        Some(explain_object(&object, self.config().profile.profile()))
    }

    /// Why the page that a word lies on is there, and what will become of it.
    pub fn why_page(&self, word: u32) -> Option<Explanation> {
        let heap = &self.vm.heap;
        let occupancy = heap.occupancy();
        let spaces = [
            (SpaceKind::ToSpace, &occupancy.to_space),
            (SpaceKind::FromSpace, &occupancy.from_space),
            (SpaceKind::Old, &occupancy.old_space),
            (SpaceKind::YoungLarge, &occupancy.young_large),
            (SpaceKind::OldLarge, &occupancy.old_large),
        ];
        let (space, page) = spaces.into_iter().find_map(|(space, pages)| {
            let page = pages.pages.iter().find(|page| (page.start..page.end).contains(&word))?;
            Some((space, page))
        })?;
        Some(explain_page(page, space, &heap.figures(), self.config().profile.profile()))
    }

    /// Why new space and the old generation have the sizes and limits that they have.
    pub fn why_limits(&self) -> Explanation {
        explain_limits(&self.vm.heap.figures(), self.config().profile.profile())
    }
}
