//! Single objects for the heap view and the Object tab.

use crate::picture::{States, View};
use semispace_playground::heap::{Reached, Ref, SpaceKind};
use semispace_playground::{Inspection, Names, Session};
use semispace_protocol::{Field, ObjectDetails, ObjectList, ObjectRecord, Referrer, Space};
use std::collections::BTreeMap;

/// Objects in one list at most.
const MOST: usize = 20_000;

/// The objects of some ranges of addresses in bytes.
pub fn list(session: &Session, ranges: &[(u32, u32)], reached: Option<&Reached>) -> ObjectList {
    let heap = session.heap();
    let word_bytes = heap.config().profile.word_bytes;
    let states = States::of(session, View::Close, reached);
    let (mut names, mut numbers) = (Names::default(), BTreeMap::new());
    let mut list = ObjectList::default();
    let mut count = 0;
    for &(start, end) in ranges {
        let (start, end) = (start / word_bytes, end / word_bytes);
        let page = heap.page_of(Ref::new(start));
        let before = |at: Ref, words: u32| at.offset() + words <= start;
        let on_page = heap.residents(page).skip_while(|resident| before(resident.at, resident.words));
        for resident in on_page.take_while(|resident| resident.at.offset() < end) {
            count += 1;
            if count > MOST {
                list.is_cut = true;
                return list;
            }
            let name = session.name_of(&mut names, resident.moved_to.unwrap_or(resident.at));
            let next = u16::try_from(list.names.len()).unwrap_or(u16::MAX);
            let number = *numbers.entry(name.clone()).or_insert_with(|| {
                list.names.push(name.to_string());
                next
            });
            list.push(ObjectRecord {
                address: resident.at.offset().saturating_mul(word_bytes),
                size: resident.words.saturating_mul(word_bytes),
                name: number,
                state: states.of_resident(&resident),
            });
        }
    }
    list
}

/// An object as the page shows it.
pub fn details(session: &Session, found: Inspection, reached: Option<&Reached>) -> ObjectDetails {
    let heap = session.heap();
    let word_bytes = heap.config().profile.word_bytes;
    let bytes = |r: Ref| r.offset().saturating_mul(word_bytes);
    let states = States::of(session, View::Close, reached);
    let state = heap.resident_at(found.at.offset()).map(|resident| states.of_resident(&resident));
    ObjectDetails {
        address: bytes(found.at),
        id: found.id as f64,
        name: found.name,
        kind: found.kind.to_owned(),
        preview: found.preview,
        size: found.size as f64,
        space: space_words(heap.space_of(found.at)).to_owned(),
        age: found.age,
        state: state.map_or(String::new(), |state| state.words().to_owned()),
        allocated_at: found.allocated_at.map_or(String::new(), |(file, line)| format!("{file}, line {line}")),
        fields: found
            .fields
            .into_iter()
            .map(|(name, value, target)| Field { name, value, target: target.map(bytes) })
            .collect(),
        referrers: found
            .referrers
            .into_iter()
            .map(|from| Referrer { holder: from.name, field: from.field, address: from.holder.map(bytes) })
            .collect(),
        more_referrers: u32::try_from(found.more_referrers).unwrap_or(u32::MAX),
    }
}

fn space_words(space: SpaceKind) -> &'static str {
    match space {
        SpaceKind::ToSpace => Space::To.words(),
        SpaceKind::FromSpace => Space::From.words(),
        SpaceKind::Old => Space::Old.words(),
        SpaceKind::YoungLarge | SpaceKind::OldLarge => Space::Large.words(),
        SpaceKind::Free => "no space",
    }
}
