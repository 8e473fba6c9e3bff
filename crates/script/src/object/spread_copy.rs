//! Copies by spread, `{...source}`, and what they grow into.
//!
//! V8 copies an object with one look at what the place has met before (`CloneObjectIC`): a few maps of sources, each with the
//! map of its copies (`FastCloneObjectMap` in `src/ic/ic.cc`). That map has properties but no way back to the empty object's
//! map: it is detached, and `Map::ConnectTransition` remembers no map that comes of it. So each property that is added to
//! a copy makes a map of the object's own, with a list of properties of its own, and moves the fields
//! (`JSObject::MigrateFastToFast`). Here such objects share a shape, but the map and the list are allocated, and live as long.

use rustc_hash::FxHashMap;
use semispace_heap::{Ref, Word};

use crate::shape::{Attributes, ShapeId};
use crate::value::{self, ELEMENTS, FIXED_SLOTS, PROPERTIES, UNDEFINED};
use crate::vm::call::Completion;
use crate::vm::{Handle, Intrinsic, Vm};

/// Shapes that a place tells apart (V8: `max_valid_polymorphic_map_count`).
const MOST_SHAPES: usize = 4;
/// Words of a list of properties: its head, and what it says of each (V8: DescriptorArray).
const LIST_HEAD: u32 = 3;
const LIST_ENTRY: u32 = 3;

/// A source's map, as far as it can be told apart: its shape, and the number of the map that is its own.
type SourceMap = (ShapeId, i32);

/// What the places that copy by spread have met.
#[derive(Clone, Debug, Default)]
pub(crate) struct CopyPlaces {
    /// The place's number, by its instruction.
    numbers: FxHashMap<u32, u32>,
    /// Sources with their copies' shapes, by the place's number. One more than it tells apart: it has given up.
    met: Vec<Vec<(SourceMap, ShapeId)>>,
}

impl Vm {
    /// `{...source}` as a whole. None: the properties are to be copied one by one.
    #[inline(never)]
    pub(crate) fn copy_at_once(&mut self, source: Word) -> Completion<Option<Word>> {
        let Some(object) = source.as_ref().filter(|_| self.is_object(source)) else { return Ok(None) };
        if self.heap.get(object, ELEMENTS) != self.intrinsic(Intrinsic::EmptyElements) {
            return Ok(None);
        }
        let Some(shape) = self.shape_of_copies(object) else { return Ok(None) };
        let source = self.handle(source);
        let copy = self.new_object_of(shape)?;
        let copy = self.handle(Word::reference(copy));
        let (count, in_object) = self.counts(shape);
        if count > in_object {
            let list = self.new_property_array(rounded(count - in_object))?;
            let copy = self.ref_at(copy);
            self.heap.set(copy, PROPERTIES, Word::reference(list));
        }
        for index in 0..count {
            let mark = self.roots.handle_mark();
            let from = self.ref_at(source);
            let (_, place) = self.slot_place(self.shape_of(from), index);
            let word = self.read_place(from, place);
            let word = if self.is_heap_number(word) { self.boxed_anew(word)? } else { word };
            let (_, place) = self.slot_place(shape, index);
            self.write_place(self.ref_at(copy), place, word);
            self.note_field(shape, index, word);
            self.roots.release_handles(mark);
        }
        Ok(Some(self.at(copy)))
    }

    /// The shape of this object's copies at the current place. None: it has met too many, or the object is not plain.
    fn shape_of_copies(&mut self, object: Ref) -> Option<ShapeId> {
        let shape = self.shape_of(object);
        let map = (shape, self.own_map(object));
        let places = &mut self.copy_places;
        let next = places.met.len() as u32;
        let place = *places.numbers.entry(self.roots.pc as u32).or_insert(next) as usize;
        if place == places.met.len() {
            places.met.push(Vec::new());
        }
        let met = &places.met[place];
        if met.len() > MOST_SHAPES {
            return None;
        }
        if let Some(&(_, copies)) = met.iter().find(|(known, _)| *known == map && map.1 >= 0) {
            return Some(copies);
        }
        if !self.is_plain(object) {
            self.copy_places.met[place] = vec![(map, shape); MOST_SHAPES + 1];
            return None;
        }
        let prototype = self.intrinsic(Intrinsic::ObjectPrototype);
        let copies = self.roots.shapes.detached(shape, prototype);
        self.copy_places.met[place].push((map, copies));
        Some(copies)
    }

    /// Whether all properties are ordinary ones (V8: `CanFastCloneObject`).
    fn is_plain(&self, object: Ref) -> bool {
        let shape = self.shape_of(object);
        let is_plain = |&(atom, attributes): &(crate::atoms::Atom, Attributes)| {
            attributes == Attributes::PLAIN && !atom.is_private() && atom != self.names.stack
        };
        self.heap.header(object).kind() == value::OBJECT
            && !self.roots.shapes.get(shape).dictionary
            && self.roots.shapes.properties(shape).iter().all(is_plain)
    }

    /// The number of the map that an object has for itself; 0 if it shares one, -1 if nothing holds the number.
    fn own_map(&self, object: Ref) -> i32 {
        if !self.roots.shapes.has_own_maps(self.shape_of(object)) {
            return 0;
        }
        let held = self.heap.get(object, PROPERTIES).as_ref().and_then(|fields| {
            let last = self.heap.size_words(fields) - 1;
            self.heap.get(self.heap.get(fields, last).as_ref()?, FIXED_SLOTS).as_smi()
        });
        held.unwrap_or(-1)
    }

    fn counts(&self, shape: ShapeId) -> (u32, u32) {
        let shape = self.roots.shapes.get(shape);
        (shape.count, u32::from(shape.in_object))
    }

    /// Makes room for one field more in an object whose shape is detached.
    #[inline(never)]
    pub(super) fn grow_detached(&mut self, object: Handle) -> Completion {
        let (count, in_object) = self.counts(self.shape_of(self.ref_at(object)));
        self.leave_dead(FIXED_SLOTS + in_object)?;
        // One word of the list is where the object keeps the reference to the map, behind its fields.
        let list_words = LIST_HEAD + LIST_ENTRY * (count + 1) - 1;
        let map = self.own_maps(1, list_words, UNDEFINED)?;
        if count < in_object {
            return Ok(());
        }
        let map = self.handle(map);
        let room = rounded(count + 1 - in_object);
        let fields = self.new_property_array(room + 1)?;
        let target = self.ref_at(object);
        let old = self.heap.get(target, PROPERTIES);
        let hash = self.stored_hash(old);
        self.store_hash(fields, hash);
        if let Some(old) = old.as_ref() {
            self.heap.copy_slots(old, 2..2 + count - in_object, fields, 2);
        }
        self.heap.set(fields, 2 + room, self.at(map));
        self.heap.set(target, PROPERTIES, Word::reference(fields));
        Ok(())
    }
}

/// Room for so many fields outside of an object (V8: `JSObject::kFieldsAdded`).
fn rounded(fields: u32) -> u32 {
    fields.next_multiple_of(super::property_define::FIELDS_ADDED)
}
