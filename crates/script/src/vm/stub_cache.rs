//! The stub cache: what property lookups have found, for all instructions together (V8: `src/ic/stub-cache.h`).
//!
//! An inline cache knows one shape. An instruction that meets several in turn asks here before it searches, and takes what
//! it finds as its own.

use semispace_heap::{Ref, Word};

use super::call::{Completion, Link};
use super::slow::Operands;
use super::{Cache, Intrinsic, MachineHeap, Vm, fast};
use crate::atoms::Atom;
use crate::builtins::ordered_table;
use crate::object::string::name_atom;
use crate::shape::ShapeTable;
use crate::value;

/// Entries of the cache: a power of two.
const ENTRIES: usize = 2048;

/// Whether an entry tells where to read or where to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    shape: u32,
    atom: Atom,
    access: Access,
    cache: Cache,
}

/// A table of fixed size in which newer entries push out older ones.
#[derive(Clone, Debug)]
pub(crate) struct StubCache {
    entries: Vec<Option<Entry>>,
}

impl Default for StubCache {
    fn default() -> Self {
        Self { entries: vec![None; ENTRIES] }
    }
}

impl StubCache {
    fn place(shape: u32, atom: Atom, access: Access) -> usize {
        let asked = shape << 1 | access as u32;
        let mixed = asked.wrapping_mul(0x9E37_79B1) ^ atom.0.wrapping_mul(0x85EB_CA6B);
        (mixed >> 16) as usize & (ENTRIES - 1)
    }

    #[inline]
    fn find(&self, shape: u32, atom: Atom, access: Access) -> Option<Cache> {
        let entry = self.entries[Self::place(shape, atom, access)]?;
        (entry.shape == shape && entry.atom == atom && entry.access == access).then_some(entry.cache)
    }

    /// The same for the hot loop: only what it can use at once.
    #[inline(never)]
    pub(super) fn current(&self, (shape, atom, access): (u32, Atom, Access), epoch: u32) -> Option<Cache> {
        let cache = self.find(shape, atom, access)?;
        let place = cache.key as u32;
        let is_usable = match access {
            Access::Write if place & Cache::ACCESSOR == 0 => {
                place & Cache::ADDS == 0
                    || place & Cache::OUTSIDE == 0 && (cache.holder >> 32) as u32 == epoch
            }
            _ => place & Cache::PROTOTYPE == 0 || Cache::is_of_kind(place) || cache.holder as u32 == epoch,
        };
        is_usable.then_some(cache)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.fill(None);
    }

    /// What `object[key]` is, if `key` is a name that has been looked up in objects of this shape.
    #[inline(never)]
    pub(super) fn load(&self, heap: &MachineHeap, epoch: u32, object: Ref, key: Word) -> Option<Word> {
        self.read(heap, epoch, object, name_atom(heap, key)?)
    }

    /// The same of a name.
    pub(crate) fn read(&self, heap: &MachineHeap, epoch: u32, object: Ref, atom: Atom) -> Option<Word> {
        let cache = self.current((heap.header(object).shape(), atom, Access::Read), epoch)?;
        // A field of doubles is read the long way: it boxes.
        let place = cache.key as u32;
        let boxes = place & (Cache::DOUBLE | Cache::PROTOTYPE) == Cache::DOUBLE;
        if boxes || place & Cache::ACCESSOR != 0 { None } else { read_place(heap, object, cache) }
    }

    /// `object[key] = word`, if `key` is a name that objects of this shape have, or have been given before; `made_at` is the
    /// instruction and the shapes. False: it takes more.
    #[inline(never)]
    pub(super) fn store(
        &self,
        heap: &mut MachineHeap,
        made_at: (usize, &ShapeTable),
        object: Ref,
        key: Word,
        word: Word,
    ) -> bool {
        let Some(atom) = name_atom(heap, key) else { return false };
        let Some(cache) = self.find(heap.header(object).shape(), atom, Access::Write) else { return false };
        cache.key as u32 & Cache::ACCESSOR == 0 && fast::set_field(heap, made_at, object, cache, word)
    }

    /// Whether `key` is a name that has been found in objects of this shape themselves.
    pub(crate) fn knows_own(&self, heap: &MachineHeap, object: Word, key: Word) -> bool {
        let (Some(object), Some(atom)) = (object.as_ref(), name_atom(heap, key)) else { return false };
        let known = self.find(heap.header(object).shape(), atom, Access::Read);
        known.is_some_and(|cache| cache.key as u32 & (Cache::PROTOTYPE | Cache::ADDS) == 0)
    }

    pub(crate) fn insert(&mut self, atom: Atom, access: Access, cache: Cache) {
        let shape = (cache.key >> 32) as u32;
        self.entries[Self::place(shape, atom, access)] = Some(Entry { shape, atom, access, cache });
    }
}

impl Vm {
    /// What a lookup has found: for the instruction that asked, if it has a cache, and for others that meet the same shape.
    pub(crate) fn remember(&mut self, instruction: Option<u32>, atom: Atom, access: Access, cache: Cache) {
        if let Some(instruction) = instruction {
            self.caches[instruction as usize] = cache;
        }
        self.stubs.insert(atom, access, cache);
    }

    /// Finishes a read whose inline cache knows another shape. None: nobody has met this shape.
    pub(super) fn read_by_stub(&mut self, o: Operands, atom: Atom) -> Option<Completion> {
        let object = self.register(o.b).as_ref()?;
        let shape = self.heap.header(object).shape();
        let cache = self.stubs.find(shape, atom, Access::Read)?;
        let word = self.read_cached(object, cache)?;
        self.caches[o.extension as usize] = cache;
        let place = cache.key as u32;
        if place & Cache::ACCESSOR == 0 {
            let boxes = place & (Cache::DOUBLE | Cache::PROTOTYPE) == Cache::DOUBLE;
            let word = if boxes { self.boxed_anew(word) } else { Ok(word) };
            return Some(word.and_then(|word| self.finish(o.a, word)));
        }
        let getter = word.as_ref().map_or(value::UNDEFINED, |pair| self.heap.get(pair, 1));
        Some(match getter {
            value::UNDEFINED => self.finish(o.a, value::UNDEFINED),
            getter => self.call_function(getter, self.register(o.b), &[], 0),
        })
    }

    /// Finishes a write in the same way.
    pub(super) fn write_by_stub(&mut self, o: Operands, atom: Atom) -> Completion<bool> {
        let Some(object) = self.register(o.a).as_ref() else { return Ok(false) };
        let shape = self.heap.header(object).shape();
        let Some(cache) = self.stubs.find(shape, atom, Access::Write) else { return Ok(false) };
        let word = self.register(o.b);
        let place = cache.key as u32;
        if place & Cache::ACCESSOR != 0 {
            return Ok(false);
        }
        if place & (Cache::OUTSIDE | Cache::ADDS) != Cache::OUTSIDE | Cache::ADDS {
            let made_at = (self.roots.pc, &self.roots.shapes);
            if !fast::set_field(&mut self.heap, made_at, object, cache, word) {
                return Ok(false);
            }
            self.caches[o.extension as usize] = cache;
            self.step_over();
            return Ok(true);
        }
        // The hot loop does not grow property arrays.
        let is_double = place & Cache::DOUBLE != 0;
        let number = self.as_number(word).filter(|_| is_double || !word.is_smi());
        if (cache.holder >> 32) as u32 != self.roots.shapes.epoch || is_double != number.is_some() {
            return Ok(false);
        }
        let object = self.handle(Word::reference(object));
        let word = match number {
            Some(number) => self.boxed_in(self.roots.shapes.field_box, number)?,
            None => word,
        };
        let word = self.handle(word);
        self.grow_property_array(object, (place & Cache::WORD) - 2)?;
        let object = self.ref_at(object);
        self.heap.set_shape(object, cache.holder as u32);
        self.write_place(object, place & (Cache::WORD | Cache::OUTSIDE), self.at(word));
        self.step_over();
        Ok(true)
    }

    /// Calls the getter that the inline cache of a read knows.
    pub(super) fn get_by_accessor(&mut self, instruction: u32, cache: Cache) -> Completion {
        let receiver = self.register((instruction >> 16) as u8 as usize);
        let Some(getter) = self.cached_accessor(receiver, cache, 1) else { return self.slow(instruction) };
        match self.count_by(getter, receiver) {
            Some(count) => self.finish((instruction >> 8) as u8 as usize, count),
            None => self.call_function(getter, receiver, &[], 0),
        }
    }

    /// What the getters give that are in the heads of loops: `length` of typed arrays, `size` of Maps and Sets.
    fn count_by(&self, getter: Word, receiver: Word) -> Option<Word> {
        let object = receiver.as_ref()?;
        let size = || u64::from(ordered_table::len(self, ordered_table::table_of(self, object)));
        let (getter_of_all, count) = match self.heap.header(object).kind() {
            value::MAP => (Intrinsic::MapSize, size()),
            value::SET => (Intrinsic::SetSize, size()),
            value::ARRAY_BUFFER_VIEW if self.is_typed_array(receiver) => {
                (Intrinsic::TypedArrayLength, self.typed_length(object))
            }
            _ => return None,
        };
        let small = i32::try_from(count).ok().filter(|_| getter == self.intrinsic(getter_of_all));
        small.map(Word::smi)
    }

    /// The getter that a property of this name has been found to have in objects of this shape.
    pub(super) fn known_getter(&self, object: Word, atom: Atom) -> Option<Word> {
        let asked = (self.heap.header(object.as_ref()?).shape(), atom, Access::Read);
        let cache = self.stubs.current(asked, self.roots.shapes.epoch)?;
        let place = cache.key as u32;
        let is_accessor = place & Cache::ACCESSOR != 0;
        if is_accessor { self.cached_accessor(object, cache, 1) } else { None }
    }

    /// Calls the setter that the inline cache of a store knows.
    pub(super) fn set_by_accessor(&mut self, instruction: u32, cache: Cache) -> Completion {
        let receiver = self.register((instruction >> 8) as u8 as usize);
        let word = self.register((instruction >> 16) as u8 as usize);
        match self.cached_accessor(receiver, cache, 2) {
            Some(setter) => self.call_function(setter, receiver, &[word], Link::DISCARD),
            None => self.slow(instruction),
        }
    }

    /// The getter (1) or setter (2) that a cache for objects of the receiver's shape leads to, if there is one.
    fn cached_accessor(&self, receiver: Word, cache: Cache, half: u32) -> Option<Word> {
        let place = cache.key as u32;
        let holder = if place & Cache::PROTOTYPE != 0 {
            (cache.holder as u32 == self.roots.shapes.epoch).then(|| Ref::new((cache.holder >> 32) as u32))?
        } else if place & Cache::OUTSIDE != 0 {
            self.heap.get(receiver.as_ref()?, value::PROPERTIES).as_ref()?
        } else {
            receiver.as_ref()?
        };
        let pair = self.heap.get(holder, place & Cache::WORD).as_ref()?;
        let accessor = self.heap.get(pair, half);
        (accessor != value::UNDEFINED).then_some(accessor)
    }

    fn read_cached(&self, object: Ref, cache: Cache) -> Option<Word> {
        let place = cache.key as u32;
        let is_in_prototype = place & Cache::PROTOTYPE != 0 && !Cache::is_of_kind(place);
        if is_in_prototype && cache.holder as u32 != self.roots.shapes.epoch {
            return None;
        }
        read_place(&self.heap, object, cache)
    }
}

/// What a current cache says of an object of its shape.
fn read_place(heap: &MachineHeap, object: Ref, cache: Cache) -> Option<Word> {
    let place = cache.key as u32;
    if place < Cache::ADDS {
        return Some(heap.get(object, place & Cache::WORD));
    }
    if place == Cache::STRING_LENGTH {
        return Some(Word::smi((heap.raw(object, 1) >> 32) as i32));
    }
    if place == Cache::FUNCTION_PROTOTYPE {
        return None;
    }
    if place & Cache::PROTOTYPE == 0 {
        let list = heap.get(object, value::PROPERTIES).as_ref()?;
        return Some(heap.get(list, place & Cache::WORD));
    }
    Some(heap.get(Ref::new((cache.holder >> 32) as u32), place & Cache::WORD))
}
