//! What `prelude/buffer.js` needs of the machine: text encodings, searching and filling bytes, and the pool.

use semispace_heap::{Ref, TraceEra, Word};
use semispace_slab::{Era, Grant, Pool, SlabCounts, SlabId, SliceId};

use super::install::{Function, methods};
use super::typed_array::fill_span;
use super::{array_buffer, buffer_text};
use crate::object::backing_store::StoreId;
use crate::object::typed_array::VIEW_BUFFER;
use crate::object::{ElementType, Place, Span};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const INTRINSICS: &[Function] = &[
    ("$poolRequest", 2, pool_request),
    ("$poolSlab", 1, pool_slab),
    ("$poolSize", 0, |vm, _| vm.number(vm.roots.pool.pool.size() as f64)),
    ("$setPoolSize", 1, set_pool_size),
    ("$nodeMajor", 0, |vm, _| Ok(Word::smi(node_major(vm)))),
    ("$bufferEra", 0, |vm, _| Ok(Word::smi(era(vm) as i32))),
    ("$bufferMaxLength", 0, |vm, _| vm.number(max_length(vm))),
    ("$textLength", 2, text_length),
    ("$textExact", 2, text_exact),
    ("$bufferPrototype", 1, buffer_prototype),
    ("$textWrite", 5, text_write),
    ("$textRead", 4, text_read),
    ("$bytesCompare", 6, bytes_compare),
    ("$bytesIndexOf", 5, bytes_index_of),
    ("$bytesFill", 4, bytes_fill),
    ("$bytesGet", 4, bytes_get),
    ("$bytesSet", 5, bytes_set),
    ("$bytesSwap", 2, bytes_swap),
    ("$isArrayBuffer", 1, |vm, args| {
        Ok(value::boolean(vm.kind(vm.arg(args, 0)) == Some(value::ARRAY_BUFFER)))
    }),
];

/// The Buffer pool, and which backing stores are its slabs.
#[derive(Clone, Debug)]
pub struct BufferPool {
    pool: Pool,
    slabs: std::collections::BTreeMap<u32, SlabId>,
}

impl Default for BufferPool {
    fn default() -> Self {
        Self { pool: Pool::new(Era::V010, 0), slabs: std::collections::BTreeMap::new() }
    }
}

impl BufferPool {
    /// A backing store has been freed: if it was a slab, so is that.
    pub fn store_freed(&mut self, id: StoreId) {
        if let Some(slab) = self.slabs.remove(&id.0) {
            self.pool.free(slab);
        }
    }
}

/// Puts the natives where the prelude finds them, and sets up the pool as the profile's Node does.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    vm.roots.pool.pool = Pool::new(era(vm), vm.heap.config().profile.pool_bytes);
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// Which `lib/buffer.js` the profile's Node has.
fn era(vm: &Vm) -> Era {
    match vm.heap.config().profile.trace {
        TraceEra::V3 => Era::V010,
        TraceEra::V4 => Era::V012,
        _ => Era::Modern,
    }
}

/// The profile's Node by its major version; 0 for 0.10.
fn node_major(vm: &Vm) -> i32 {
    let name = vm.heap.config().profile.name;
    name.strip_prefix("node-").and_then(|version| version.parse().ok()).unwrap_or(0)
}

/// `buffer.kMaxLength`
fn max_length(vm: &Vm) -> f64 {
    match era(vm) {
        Era::V010 => 1_073_741_823.0,
        Era::V012 => 2_147_483_647.0,
        Era::Modern if vm.heap.config().profile.name == "node-26" => 9_007_199_254_740_991.0,
        Era::Modern => 4_294_967_296.0,
    }
}

impl Vm {
    /// The Buffer pool, whose slices are those of the Buffers that are in the heap now.
    pub fn buffer_pool(&self) -> Pool {
        let mut pool = self.roots.pool.pool.clone();
        let mut live = std::collections::BTreeSet::new();
        live.extend(self.slab_views().into_iter().map(|(slab, offset, _)| (slab, offset)));
        let dead: Vec<SliceId> = pool
            .slabs()
            .flat_map(|(id, slab)| slab.live.iter().map(move |(&slice, part)| (slice, (id, part.offset))))
            .filter(|(_, place)| !live.contains(place))
            .map(|(slice, _)| slice)
            .collect();
        dead.into_iter().for_each(|slice| pool.release(slice));
        pool
    }

    /// The views into slabs that are in the heap now: the slab, the view's first byte there, and the view itself.
    pub fn slab_views(&self) -> Vec<(SlabId, u64, Ref)> {
        let mut views = Vec::new();
        for (page, _) in self.heap.pages() {
            for (view, header) in self.heap.objects(page) {
                if header.kind() != value::ARRAY_BUFFER_VIEW {
                    continue;
                }
                let buffer = self.heap.get(view, VIEW_BUFFER);
                if let Some(Span { place: Place::Store(id), .. }) = self.span(buffer)
                    && let Some(&slab) = self.roots.pool.slabs.get(&id.0)
                {
                    views.push((slab, self.view_offset(view), view));
                }
            }
        }
        views
    }

    /// Whether the value is a Buffer.
    pub fn is_buffer(&self, word: Word) -> bool {
        let wanted = self.intrinsic(Intrinsic::BufferPrototype);
        let mut at = word;
        while self.is_typed_array(word) && at != value::NULL {
            if at == wanted {
                return true;
            }
            at = self.prototype_of(at);
        }
        false
    }

    /// Slabs of the Buffer pool by state.
    pub fn slab_counts(&self) -> SlabCounts {
        self.roots.pool.pool.counts()
    }
}

fn size_arg(vm: &Vm, args: Args, index: usize) -> u64 {
    vm.as_number(vm.arg(args, index)).unwrap_or(0.0) as u64
}

/// `$poolRequest(bytes, atMost)`: the offset in the current slab; -2 at the start of a slab that is to be made now;
/// -1 for memory of its own.
fn pool_request(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (bytes, at_most) = (size_arg(vm, args, 0), size_arg(vm, args, 1));
    match vm.roots.pool.pool.allocate_at_most(bytes, at_most) {
        Grant::Unpooled => Ok(Word::smi(-1)),
        Grant::Pooled { fresh: true, .. } => Ok(Word::smi(-2)),
        Grant::Pooled { offset, .. } => vm.number(offset as f64),
    }
}

/// `$poolSlab(arrayBuffer)`: this is the current slab's memory.
fn pool_slab(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (span, slab) = (vm.span(vm.arg(args, 0)), vm.roots.pool.pool.current());
    if let (Some(Span { place: Place::Store(id), .. }), Some(slab)) = (span, slab) {
        vm.roots.pool.slabs.insert(id.0, slab);
    }
    Ok(UNDEFINED)
}

fn set_pool_size(vm: &mut Vm, args: Args) -> Completion<Word> {
    let size = vm.number_arg(args, 0)?;
    vm.roots.pool.pool.set_size(size.max(0.0) as u64);
    Ok(UNDEFINED)
}

fn encoding(vm: &Vm, args: Args, index: usize) -> buffer_text::Encoding {
    buffer_text::Encoding::numbered(vm.arg(args, index).as_smi().unwrap_or(0))
}

/// `$textLength(text, encoding)`: bytes of a text.
fn text_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let length = encoding(vm, args, 1).byte_length(&vm.units(vm.arg(args, 0)));
    vm.number(length as f64)
}

/// `$textExact(text, encoding)`: bytes that writing it takes.
fn text_exact(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (encoding, units) = (encoding(vm, args, 1), vm.units(vm.arg(args, 0)));
    let room = encoding.byte_length(&units);
    vm.number(encoding.encode(&units, room).len() as f64)
}

/// `$bufferPrototype(object)`: this is `Buffer.prototype`.
fn buffer_prototype(vm: &mut Vm, args: Args) -> Completion<Word> {
    let prototype = vm.arg(args, 0);
    vm.roots.realm.set(Intrinsic::BufferPrototype, prototype);
    Ok(UNDEFINED)
}

/// The bytes `[from, from + count)` of a view.
fn part(vm: &Vm, view: Word, from: u64, count: u64) -> Option<Span> {
    vm.span(view).map(|span| span.part(from, count))
}

/// `$textWrite(view, text, offset, length, encoding)`: writes as many whole characters as fit; how many bytes.
fn text_write(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = vm.units(vm.arg(args, 1));
    let Some(span) = part(vm, vm.arg(args, 0), size_arg(vm, args, 2), size_arg(vm, args, 3)) else {
        return Ok(Word::smi(0));
    };
    let bytes = encoding(vm, args, 4).encode(&units, span.length as usize);
    vm.write_span(span, &bytes);
    vm.number(bytes.len() as f64)
}

/// `$textRead(view, start, end, encoding)`
fn text_read(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (start, end) = (size_arg(vm, args, 1), size_arg(vm, args, 2));
    let Some(span) = part(vm, vm.arg(args, 0), start, end.saturating_sub(start)) else {
        return vm.string("");
    };
    let encoding = encoding(vm, args, 3);
    if encoding.text_length(span.length) > super::string::MAX_LENGTH as u64 {
        return Err(vm.range_error(&format!(
            "Cannot create a string longer than 0x{:x} characters",
            super::string::MAX_LENGTH
        )));
    }
    let bytes = vm.whole_bytes(span)?;
    let units = encoding.decode(&bytes);
    vm.string_from_units(&units)
}

/// All bytes of a view.
fn all_bytes(vm: &mut Vm, view: Word) -> Completion<Vec<u8>> {
    match vm.span(view) {
        Some(span) => vm.whole_bytes(span),
        None => Ok(Vec::new()),
    }
}

/// `$bytesCompare(a, aStart, aEnd, b, bStart, bEnd)`: -1, 0 or 1.
fn bytes_compare(vm: &mut Vm, args: Args) -> Completion<Word> {
    let mut sides = [Vec::new(), Vec::new()];
    for (side, first) in sides.iter_mut().zip([0, 3]) {
        let (start, end) = (size_arg(vm, args, first + 1), size_arg(vm, args, first + 2));
        if let Some(span) = part(vm, vm.arg(args, first), start, end.saturating_sub(start)) {
            *side = vm.whole_bytes(span)?;
        }
    }
    Ok(Word::smi(sides[0].cmp(&sides[1]) as i32))
}

/// `$bytesIndexOf(view, pattern, from, forwards, step)`: where the pattern lies at a multiple of `step`, or -1.
fn bytes_index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = all_bytes(vm, vm.arg(args, 0))?;
    let pattern = all_bytes(vm, vm.arg(args, 1))?;
    let length = text.len() as f64;
    let from = vm.as_number(vm.arg(args, 2)).unwrap_or(0.0);
    let from = if from < 0.0 { from + length } else { from };
    let forwards = vm.truthy(vm.arg(args, 3));
    let step = size_arg(vm, args, 4).max(1) as usize;
    if pattern.is_empty() {
        return vm.number(from.clamp(0.0, length));
    }
    let Some(last) = text.len().checked_sub(pattern.len()) else { return Ok(Word::smi(-1)) };
    let matches = |&at: &usize| at % step == 0 && text[at..].starts_with(&pattern);
    let found = if forwards {
        (from.max(0.0).min(length) as usize..=last).find(matches)
    } else if from < 0.0 {
        None
    } else {
        (0..=last.min(from as usize)).rev().find(matches)
    };
    vm.number(found.map_or(-1.0, |at| at as f64))
}

/// `$bytesFill(view, pattern, start, end)`
fn bytes_fill(vm: &mut Vm, args: Args) -> Completion<Word> {
    let pattern = all_bytes(vm, vm.arg(args, 1))?;
    let (start, end) = (size_arg(vm, args, 2), size_arg(vm, args, 3));
    if let Some(span) = part(vm, vm.arg(args, 0), start, end.saturating_sub(start)) {
        fill_span(vm, span, &pattern);
    }
    Ok(UNDEFINED)
}

fn element_arg(vm: &Vm, args: Args, index: usize) -> ElementType {
    let number = size_arg(vm, args, index) as usize;
    ElementType::ALL.get(number).copied().unwrap_or(ElementType::Uint8)
}

/// `$bytesGet(view, at, type, littleEndian)`: an element of any alignment; the caller has checked the bounds.
fn bytes_get(vm: &mut Vm, args: Args) -> Completion<Word> {
    let sort = element_arg(vm, args, 2);
    let Some(span) = part(vm, vm.arg(args, 0), size_arg(vm, args, 1), u64::from(sort.size())) else {
        return Ok(UNDEFINED);
    };
    let bits = vm.bits_in(span);
    let little = vm.truthy(vm.arg(args, 3));
    vm.element_value(sort, if little { bits } else { bits.swap_bytes() >> (64 - 8 * sort.size()) })
}

/// `$bytesSet(view, at, value, type, littleEndian)`
fn bytes_set(vm: &mut Vm, args: Args) -> Completion<Word> {
    let sort = element_arg(vm, args, 3);
    let bits = vm.element_bits(sort, vm.arg(args, 2))?;
    let size = sort.size() as usize;
    let mut bytes = bits.to_le_bytes();
    if !vm.truthy(vm.arg(args, 4)) {
        bytes[..size].reverse();
    }
    if let Some(span) = part(vm, vm.arg(args, 0), size_arg(vm, args, 1), size as u64) {
        vm.write_span(span, &bytes[..size]);
    }
    Ok(UNDEFINED)
}

/// `$bytesSwap(view, size)`: reverses every group of `size` bytes.
fn bytes_swap(vm: &mut Vm, args: Args) -> Completion<Word> {
    let size = array_buffer::index_arg(vm, args, 1, "")?.max(1) as usize;
    if let Some(span) = vm.span(vm.arg(args, 0)) {
        let mut bytes = vm.whole_bytes(span)?;
        bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
        vm.write_span(span, &bytes);
    }
    Ok(UNDEFINED)
}
