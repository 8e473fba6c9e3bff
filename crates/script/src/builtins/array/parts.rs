//! Parts of arrays: `slice` and `splice`.

use semispace_heap::{Ref, Word};

use super::{generic, generic_plain, move_slots, open_gap, plain_array_itself, put, stored};
use crate::builtins::convert;
use crate::object::Elements;
use crate::value::{self, ARRAY_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, shapes};
use crate::vm::{Args, Completion, Handle, Vm};

/// Makes an array shorter and leaves its store as long as it is, as V8's `splice` does.
fn cut(vm: &mut Vm, array: Ref, length: u32, old: u32) {
    match vm.elements(array) {
        Elements::Tagged(store, _) => {
            vm.heap.fill_slots(store, FIXED_SLOTS + length..FIXED_SLOTS + old, HOLE);
        }
        Elements::Double(store, _) => {
            let words = (FIXED_SLOTS - 1 + length) as usize..(FIXED_SLOTS - 1 + old) as usize;
            vm.heap.words_mut(store)[words].fill(HOLE_BITS);
        }
        Elements::Sparse(_) => {}
    }
    vm.heap.init(array, ARRAY_LENGTH, Word::smi(length as i32));
}

/// A new array of a part of a plain array's elements, of the same elements kind.
pub(crate) fn copy_part(vm: &mut Vm, array: Handle, start: u32, end: u32) -> Completion<Word> {
    let count = end.saturating_sub(start);
    let source = vm.ref_at(array);
    if let Elements::Tagged(store, length) = vm.elements(source)
        && count == length
        && vm.heap.header(store).shape() == shapes::SHARED_ELEMENTS
    {
        return vm.array_sharing(Word::reference(store));
    }
    let result = vm.new_array()?;
    if count == 0 {
        return Ok(Word::reference(result));
    }
    let result = vm.handle(Word::reference(result));
    let source = vm.ref_at(array);
    let (kind, shape) = match vm.elements(source) {
        Elements::Double(store, _) => (value::FIXED_DOUBLE_ARRAY, vm.heap.header(store).shape()),
        Elements::Tagged(..) | Elements::Sparse(_) => (value::FIXED_ARRAY, vm.tagged_store_shape(source)),
    };
    let fresh = vm.allocate(kind, shape, FIXED_SLOTS + count)?;
    match vm.elements(vm.ref_at(array)) {
        Elements::Double(store, slots) => {
            vm.heap.set_raw(fresh, value::FIXED_LENGTH, u64::from(count) << 32);
            for slot in 0..count {
                let inside = start + slot < slots;
                let bits = if inside { vm.heap.raw(store, FIXED_SLOTS + start + slot) } else { HOLE_BITS };
                vm.heap.set_raw(fresh, FIXED_SLOTS + slot, bits);
            }
        }
        Elements::Tagged(store, slots) => {
            vm.heap.init(fresh, value::FIXED_LENGTH, Word::smi(count as i32));
            let inside = slots.min(end).saturating_sub(start);
            let first = FIXED_SLOTS + start;
            vm.heap.copy_slots(store, first..first + inside, fresh, FIXED_SLOTS);
            vm.heap.fill_slots(fresh, FIXED_SLOTS + inside..FIXED_SLOTS + count, HOLE);
        }
        Elements::Sparse(_) => {}
    }
    let target = vm.ref_at(result);
    vm.heap.set(target, value::ELEMENTS, Word::reference(fresh));
    vm.heap.init(target, ARRAY_LENGTH, Word::smi(count as i32));
    Ok(vm.at(result))
}

pub(super) fn slice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array_itself(vm, vm.this(args)) else {
        return slice_of_arguments(vm, args);
    };
    let length = vm.array_length(array) as usize;
    let start = convert::relative(vm, args, 0, length, 0)?;
    let end = convert::relative(vm, args, 1, length, length)?;
    let array = vm.handle(vm.this(args));
    copy_part(vm, array, start as u32, end.max(start) as u32)
}

/// `[].slice.call(arguments, 1)`, as old code writes it.
fn slice_of_arguments(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(words) = vm.arguments_words(vm.this(args)) else {
        return generic_plain(vm, args, "arraySlice");
    };
    let start = convert::relative(vm, args, 0, words.len(), 0)?;
    let end = convert::relative(vm, args, 1, words.len(), words.len())?;
    vm.array_from_live(&words[start..end.max(start)])
}

pub(super) fn splice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array_itself(vm, vm.this(args)) else {
        return generic(vm, args, "arraySplice");
    };
    let length = vm.array_length(array);
    if length > 1 << 24 || stored(vm.elements(array), length) < length {
        return generic(vm, args, "arraySplice");
    }
    let start = convert::relative(vm, args, 0, length as usize, 0)? as u32;
    let count = match args.count() {
        0 => 0,
        1 => length - start,
        _ => vm.integer_arg(args, 1, 0.0)?.clamp(0.0, f64::from(length - start)) as u32,
    };
    let array = vm.handle(vm.this(args));
    let removed = copy_part(vm, array, start, start + count)?;
    let removed = vm.handle(removed);
    vm.own_elements(array)?;
    let added = args.count().saturating_sub(2) as u32;
    if added > count {
        open_gap(vm, args, start + count, added - count, length)?;
    } else if added < count {
        let elements = vm.elements(vm.ref_at(array));
        move_slots(vm, elements, start + count, start + added, length - start - count);
        cut(vm, vm.ref_at(array), length - count + added, length);
    }
    for index in 0..added {
        put(vm, vm.at(array), start + index, vm.arg(args, 2 + index as usize))?;
    }
    Ok(vm.at(removed))
}
