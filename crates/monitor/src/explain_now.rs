//! Why things are as they are now: where an object lies, what its page is for, and where the limits come from.

use semispace_heap::{EvacuationRule, Figures, LimitRule, PageOccupancy, Profile, PromotionRule, SpaceKind};

use crate::explain::{Explanation, bytes};

/// What there is to know of an object and its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectFacts<'a> {
    /// Constructor or kind
    pub name: &'a str,
    /// Bytes
    pub size: u64,
    /// Where it lies
    pub space: SpaceKind,
    /// 0: new; 1: survived one scavenge; 2: of the old generation
    pub age: u8,
    /// Bytes of objects on its page
    pub page_used: u64,
}

/// Explains where an object lies, and what will become of it.
#[must_use]
pub fn explain_object(object: &ObjectFacts<'_>, profile: &Profile) -> Explanation {
    let ObjectFacts { name, size, space, .. } = *object;
    let mut text = Explanation::titled(format!("{name} of {} in {}", bytes(size), words(space)));
    match space {
        SpaceKind::YoungLarge | SpaceKind::OldLarge => text.say_large(object, profile),
        SpaceKind::Old => text.say_promoted(object, profile),
        _ => text.say_young(object, profile),
    }
    if !matches!(space, SpaceKind::YoungLarge | SpaceKind::OldLarge) {
        text.say_page(object, profile);
    }
    text
}

/// Explains what a page is for, how it came to its space, and what will become of it.
#[must_use]
pub fn explain_page(
    page: &PageOccupancy,
    space: SpaceKind,
    figures: &Figures,
    profile: &Profile,
) -> Explanation {
    let word = u64::from(profile.word_bytes);
    let [address, room, used, live] = [page.start, page.end - page.start, page.used_words, page.live_words]
        .map(|words| u64::from(words) * word);
    let mut text = Explanation::titled(format!(
        "Page of {} at {address:#x}, {}",
        words(space),
        bytes(profile.page_bytes)
    ));
    let free = room.saturating_sub(used);
    text.add(
        format!(
            "It can hold {} of objects: {} are in use, dead ones included, {} are free.",
            bytes(room),
            bytes(used),
            bytes(free)
        ),
        "src/heap/memory-chunk-layout.h: MemoryChunkLayout",
    );
    match space {
        SpaceKind::ToSpace | SpaceKind::FromSpace | SpaceKind::Free => text.add(
            format!(
                "A semi-space has {} now, and keeps that many pages whether they are full or empty. It gets more when more than \
                 its capacity has survived since it last grew ({} so far).",
                bytes(figures.new_capacity),
                bytes(figures.survived_since_expansion)
            ),
            "src/heap/heap.cc: Heap::CheckNewSpaceExpansionCriteria; src/heap/new-spaces.cc: SemiSpace::GrowTo",
        ),
        SpaceKind::YoungLarge | SpaceKind::OldLarge => text.add(
            format!(
                "It belongs to one object above {}, which is never copied. It is given back with the object.",
                bytes(profile.large_object_bytes)
            ),
            "src/heap/large-spaces.cc: LargeObjectSpace::AllocateLargePage",
        ),
        SpaceKind::Old => {
            text.add(
                "Old space took it when an object was promoted, or allocated old, and no page that it had was swept and had a \
                 gap large enough."
                    .to_owned(),
                "src/heap/paged-spaces.cc: PagedSpaceBase::RawRefillLabMain",
            );
            text.say_candidate(page, (room, used, live), profile);
        }
    }
    if page.remembered_slots > 0 {
        text.add(
            format!(
                "{} of its slots refer to young objects: they are in the remembered set, and the next scavenge starts from them.",
                page.remembered_slots
            ),
            "src/heap/remembered-set.h: RememberedSet<OLD_TO_NEW>",
        );
    }
    text
}

/// Explains the capacities and limits that are in force.
#[must_use]
pub fn explain_limits(figures: &Figures, profile: &Profile) -> Explanation {
    let mut text = Explanation::titled("The sizes and limits that are in force".to_owned());
    let [capacity, survived, old, limit, most] = [
        figures.new_capacity,
        figures.survived_since_expansion,
        figures.old_used,
        figures.old_limit,
        figures.old_max,
    ]
    .map(bytes);
    text.add(
        format!(
            "New space holds {capacity}. It began with {} and may grow to {}: it doubles before a collection when more than its \
             capacity has survived since it last grew, and that is {survived} now.",
            bytes(profile.semi_space_initial),
            bytes(profile.semi_space_max)
        ),
        "src/heap/heap.cc: Heap::CheckNewSpaceExpansionCriteria",
    );
    let rule = match profile.limit_rule {
        LimitRule::Fractions => {
            "after each full collection it is the live size and a half of it, at least 8 MiB more"
        }
        LimitRule::MutatorUtilisation => {
            "after each full collection it is the live size times a factor that aims at a mutator which runs 97 of 100 ms; until the \
             first one it shrinks with what scavenges find dead"
        }
    };
    let room = bytes(figures.old_limit.saturating_sub(figures.old_used));
    text.add(
        format!("The old generation has {old} in use and a limit of {limit}, so {room} are left until a full collection is due: {rule}."),
        "src/heap/heap-controller.cc: MemoryController::CalculateAllocationLimit",
    );
    text.add(
        format!("Beyond {most} of old generation nothing helps: then the process ends, out of memory."),
        "src/heap/heap.cc: Heap::FatalProcessOutOfMemory, Heap::HeapSizeFromPhysicalMemory",
    );
    text.add(
        format!(
            "An object above {} gets pages of its own. Pages are {}, {} of them usable.",
            bytes(profile.large_object_bytes),
            bytes(profile.page_bytes),
            bytes(profile.page_bytes - profile.page_header_bytes)
        ),
        "src/common/globals.h: kMaxRegularHeapObjectSize",
    );
    text
}

impl Explanation {
    fn say_large(&mut self, object: &ObjectFacts<'_>, profile: &Profile) {
        self.add(
            format!(
                "It is larger than {}, so it has pages of its own and is never copied: a scavenge at most moves its pages from one \
                 generation to the other.",
                bytes(profile.large_object_bytes)
            ),
            "src/heap/large-spaces.cc: NewLargeObjectSpace::AllocateRaw, OldLargeObjectSpace::PromoteNewLargeObject",
        );
        if object.space == SpaceKind::OldLarge {
            let born = if profile.young_large_objects {
                "It has survived a scavenge, or was allocated when old space was asked for."
            } else {
                "In this engine large objects are born old."
            };
            self.add(format!("{born} Only a full collection frees it."), "");
        }
    }

    fn say_promoted(&mut self, object: &ObjectFacts<'_>, profile: &Profile) {
        let rule = match profile.promotion {
            PromotionRule::AgeMark => "a second scavenge found it alive below the age mark",
            PromotionRule::AgeMarkOrQuarterFull => {
                "a second scavenge found it alive below the age mark, or to-space was more than a quarter full"
            }
        };
        self.add(
            format!(
                "It was promoted: {rule}. A full collection promotes what it finds alive in new space, whatever its age; what the \
                 engine made at its start, such as built-in functions, was old from the beginning."
            ),
            "src/heap/heap-inl.h: Heap::ShouldBePromoted; src/heap/mark-compact.cc: EvacuateNewSpaceVisitor",
        );
        self.add(
            format!(
                "Its {} cost no scavenge anything any more. Only a full collection frees them.",
                bytes(object.size)
            ),
            "src/heap/scavenger.cc: ScavengerCollector::CollectGarbage",
        );
    }

    fn say_young(&mut self, object: &ObjectFacts<'_>, profile: &Profile) {
        let past = match object.age {
            0 => {
                "It was allocated since the last scavenge. The next one copies it to to-space, if something still refers to it."
            }
            _ => {
                "One scavenge has copied it: it lies below the age mark, so the next one promotes it, if something still refers to it."
            }
        };
        self.add(past.to_owned(), "src/heap/heap-inl.h: Heap::ShouldBePromoted");
        if profile.promotion == PromotionRule::AgeMarkOrQuarterFull {
            self.add(
                "When more than a quarter of to-space is full, new objects are promoted at once as well."
                    .to_owned(),
                "",
            );
        }
    }

    fn say_candidate(
        &mut self,
        page: &PageOccupancy,
        (room, used, live): (u64, u64, u64),
        profile: &Profile,
    ) {
        let share = 100 * room.saturating_sub(used) / room.max(1);
        let rule = match profile.evacuation {
            EvacuationRule::FreeShare => {
                "a page is to be emptied if at least 70 % of it are free, emptiest first, as long as no more than 4 MiB move and a page \
                 is gained"
            }
            EvacuationRule::SquareRoot => {
                "the emptiest pages are to be emptied, up to the square root of half their number and one more, never the first"
            }
        };
        let state = if page.is_candidate {
            format!("It is an evacuation candidate: its {} of live objects will move.", bytes(live))
        } else {
            format!("{share} % of it are free.")
        };
        self.add(
            format!("When a full collection begins to mark, {rule}. {state}"),
            "src/heap/mark-compact.cc: MarkCompactCollector::CollectEvacuationCandidates",
        );
        let swept = if page.is_swept {
            "It has been swept since the last marking: what is free on it is on the free lists."
        } else {
            "It waits to be swept: the mark bits say what is live, and nothing is allocated on it before."
        };
        self.add(swept.to_owned(), "src/heap/sweeper.cc: Sweeper::RawSweep");
    }

    fn say_page(&mut self, object: &ObjectFacts<'_>, profile: &Profile) {
        let room = profile.page_bytes - profile.page_header_bytes;
        self.add(
            format!(
                "Its page is {}: {} are V8's header, {} hold objects now, {} are free or dead.",
                bytes(profile.page_bytes),
                bytes(profile.page_header_bytes),
                bytes(object.page_used),
                bytes(room.saturating_sub(object.page_used))
            ),
            "src/heap/memory-chunk-layout.h: MemoryChunkLayout",
        );
    }
}

const fn words(space: SpaceKind) -> &'static str {
    match space {
        SpaceKind::ToSpace => "to-space",
        SpaceKind::FromSpace => "from-space",
        SpaceKind::Old => "old space",
        SpaceKind::YoungLarge => "new large-object space",
        SpaceKind::OldLarge => "large-object space",
        SpaceKind::Free => "no space",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semispace_heap::PROFILES;

    #[test]
    fn every_space_and_age_has_a_reason_with_its_numbers_and_a_source() {
        let spaces = [
            SpaceKind::ToSpace,
            SpaceKind::FromSpace,
            SpaceKind::Old,
            SpaceKind::YoungLarge,
            SpaceKind::OldLarge,
        ];
        for (profile, space) in PROFILES.iter().flat_map(|profile| spaces.map(|space| (profile, space))) {
            for age in 0..3 {
                let object = ObjectFacts { name: "Node", size: 56, space, age, page_used: 2048 };
                let found = explain_object(&object, profile);
                assert_eq!(found.title, format!("Node of 56 bytes in {}", words(space)));
                assert!(!found.sources.is_empty());
            }
        }
        let object = ObjectFacts { name: "Node", size: 56, space: SpaceKind::Old, age: 2, page_used: 2048 };
        assert!(
            explain_object(&object, &PROFILES[0]).sentences.join(" ").contains("2.0 KiB hold objects now")
        );
    }

    #[test]
    fn a_page_is_told_with_its_numbers() {
        let page = PageOccupancy {
            page: semispace_heap::PageId(3),
            start: 1000,
            end: 2000,
            used_words: 250,
            live_words: 200,
            remembered_slots: 4,
            is_candidate: false,
            is_swept: true,
        };
        let told = |page: &PageOccupancy, space, profile| {
            explain_page(page, space, &Figures::default(), profile).sentences.join(" ")
        };
        for profile in &PROFILES {
            for space in [SpaceKind::ToSpace, SpaceKind::FromSpace, SpaceKind::OldLarge] {
                assert!(told(&page, space, profile).contains("4 of its slots"));
            }
            let plain = told(&page, SpaceKind::Old, profile);
            assert!(plain.contains("75 % of it are free") && plain.contains("has been swept"), "{plain}");
            let chosen = told(&PageOccupancy { is_candidate: true, ..page }, SpaceKind::Old, profile);
            assert!(chosen.contains(&format!("its {} of live", bytes(200 * u64::from(profile.word_bytes)))));
        }
    }

    #[test]
    fn limits_are_told_with_what_is_left_of_them() {
        let figures = Figures {
            new_capacity: 1 << 20,
            old_used: 3 << 20,
            old_limit: 8 << 20,
            old_max: 64 << 20,
            ..Figures::default()
        };
        for profile in &PROFILES {
            let text = explain_limits(&figures, profile).sentences.join(" ");
            assert!(text.contains("5.0 MiB are left") && text.contains("64.0 MiB"), "{text}");
        }
    }
}
