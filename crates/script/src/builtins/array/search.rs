//! `indexOf`, `lastIndexOf` and `includes`.

use semispace_heap::{Ref, Word};

use super::{generic_plain, plain_array};
use crate::builtins::convert;
use crate::object::{Elements, Key};
use crate::value::{self, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

/// The first slot from `from` on, or the last up to it, whose element satisfies `same` (holes are undefined).
fn search(
    vm: &Vm,
    array: Ref,
    slots: impl Iterator<Item = u32>,
    wanted: Word,
    zero: Sameness,
) -> Option<u32> {
    let elements = vm.elements(array);
    let number = vm.as_number(wanted);
    let text = Some(wanted).filter(|&wanted| vm.is_string(wanted)).and_then(|wanted| vm.view(wanted));
    for slot in slots {
        let found = match elements {
            Elements::Tagged(store, length) => {
                let word = if slot < length { vm.heap.get(store, FIXED_SLOTS + slot) } else { HOLE };
                match (word, zero, &text) {
                    (HOLE, Sameness::Strict, _) => false,
                    (HOLE, Sameness::SameValueZero, _) => {
                        let inherited =
                            vm.peek_data(vm.intrinsic(Intrinsic::ArrayPrototype), Key::Index(slot));
                        vm.same_value_zero(inherited, wanted)
                    }
                    (word, _, Some(text)) if vm.is_string(word) => {
                        text.len() == vm.string_length(word) as usize
                            && vm
                                .view(word)
                                .map_or_else(|| vm.strings_equal(word, wanted), |it| it.equals(text))
                    }
                    (word, Sameness::Strict, _) => vm.strict_equal(word, wanted),
                    (word, Sameness::SameValueZero, _) => vm.same_value_zero(word, wanted),
                }
            }
            Elements::Double(store, length) => {
                let bits = if slot < length { vm.heap.raw(store, FIXED_SLOTS + slot) } else { HOLE_BITS };
                match (bits, number, zero) {
                    (HOLE_BITS, _, zero) => zero == Sameness::SameValueZero && wanted == UNDEFINED,
                    (bits, Some(n), Sameness::SameValueZero) if n.is_nan() => f64::from_bits(bits).is_nan(),
                    (bits, Some(n), _) => f64::from_bits(bits) == n,
                    _ => false,
                }
            }
            Elements::Sparse(_) => false,
        };
        if found {
            return Some(slot);
        }
    }
    None
}

/// Which equality a search uses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sameness {
    Strict,
    SameValueZero,
}

pub(super) fn index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic_plain(vm, args, "arrayIndexOf") };
    let length = vm.array_length(array);
    let from = convert::relative(vm, args, 1, length as usize, 0)? as u32;
    let found = search(vm, array, from..length, vm.arg(args, 0), Sameness::Strict);
    Ok(Word::smi(found.map_or(-1, |slot| slot as i32)))
}

pub(super) fn includes(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic_plain(vm, args, "arrayIncludes") };
    let length = vm.array_length(array);
    let from = convert::relative(vm, args, 1, length as usize, 0)? as u32;
    Ok(value::boolean(search(vm, array, from..length, vm.arg(args, 0), Sameness::SameValueZero).is_some()))
}

pub(super) fn last_index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let array = plain_array(vm, vm.this(args)).filter(|_| args.count() < 2);
    let Some(array) = array else {
        let words: Vec<Word> = (0..args.count()).map(|index| vm.arg(args, index)).collect();
        let list = Word::reference(vm.array_from(&words)?);
        let (this, item) = (vm.this(args), vm.arg(args, 0));
        return vm.request_helper("arrayLastIndexOf", &[this, item, list]);
    };
    let length = vm.array_length(array);
    let found = search(vm, array, (0..length).rev(), vm.arg(args, 0), Sameness::Strict);
    Ok(Word::smi(found.map_or(-1, |slot| slot as i32)))
}
