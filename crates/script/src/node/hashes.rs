//! The hash functions of `modules/hashes.js`. Their state between two calls lies in a typed array of the script's heap, so a
//! session that is cloned or rewound has it too, and it goes with the object that it belongs to.

use md5::Md5;
use semispace_heap::Word;
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::digest::common::hazmat::SerializableState;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use crate::builtins::install::{Function, methods};
use crate::value::UNDEFINED;
use crate::vm::{Args, Completion, Intrinsic, Vm};

const INTRINSICS: &[Function] = &[
    ("$hashStateSize", 1, state_size),
    ("$hashBegin", 2, begin),
    ("$hashUpdate", 5, update),
    ("$hashDigest", 3, digest),
];

/// What can be done with a state; none for bytes that are no state.
struct Algorithm {
    begin: fn() -> Vec<u8>,
    update: fn(&[u8], &[u8]) -> Option<Vec<u8>>,
    digest: fn(&[u8]) -> Option<Vec<u8>>,
}

/// By the numbers that `modules/hashes.js` has for them.
const ALGORITHMS: [Algorithm; 6] = [
    algorithm::<Md5>(),
    algorithm::<Sha1>(),
    algorithm::<Sha224>(),
    algorithm::<Sha256>(),
    algorithm::<Sha384>(),
    algorithm::<Sha512>(),
];

const fn algorithm<H: Digest + SerializableState>() -> Algorithm {
    Algorithm {
        begin: || H::new().serialize().to_vec(),
        update: |state, bytes| {
            let mut hash = restored::<H>(state)?;
            hash.update(bytes);
            Some(hash.serialize().to_vec())
        },
        digest: |state| Some(restored::<H>(state)?.finalize().to_vec()),
    }
}

fn restored<H: SerializableState>(state: &[u8]) -> Option<H> {
    H::deserialize(state.try_into().ok()?).ok()
}

/// The intrinsics of the module's hashes.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

fn algorithm_arg(vm: &Vm, args: Args) -> Option<&'static Algorithm> {
    ALGORITHMS.get(usize::try_from(vm.small_arg(args, 0)?).ok()?)
}

fn state_arg(vm: &mut Vm, args: Args) -> Completion<Vec<u8>> {
    match vm.span(vm.arg(args, 1)) {
        Some(span) => vm.whole_bytes(span),
        None => Ok(Vec::new()),
    }
}

/// Writes into the view at `index` as much as it has room for.
fn write(vm: &mut Vm, args: Args, index: usize, bytes: &[u8]) {
    if let Some(span) = vm.span(vm.arg(args, index)) {
        vm.write_span(span, bytes);
    }
}

/// `(algorithm)`: the bytes of a state.
fn state_size(vm: &mut Vm, args: Args) -> Completion<Word> {
    let size = algorithm_arg(vm, args).map_or(0, |algorithm| (algorithm.begin)().len());
    vm.number(size as f64)
}

/// `(algorithm, state)`
fn begin(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(algorithm) = algorithm_arg(vm, args) {
        write(vm, args, 1, &(algorithm.begin)());
    }
    Ok(UNDEFINED)
}

/// `(algorithm, state, view, from, count)`
fn update(vm: &mut Vm, args: Args) -> Completion<Word> {
    let state = state_arg(vm, args)?;
    let [from, count] = [3, 4].map(|index| vm.as_number(vm.arg(args, index)).unwrap_or(0.0) as u64);
    let Some(part) = vm.span(vm.arg(args, 2)).map(|span| span.part(from, count)) else {
        return Ok(UNDEFINED);
    };
    let bytes = vm.whole_bytes(part)?;
    if let Some(next) = algorithm_arg(vm, args).and_then(|algorithm| (algorithm.update)(&state, &bytes)) {
        write(vm, args, 1, &next);
    }
    Ok(UNDEFINED)
}

/// `(algorithm, state, result)`
fn digest(vm: &mut Vm, args: Args) -> Completion<Word> {
    let state = state_arg(vm, args)?;
    if let Some(result) = algorithm_arg(vm, args).and_then(|algorithm| (algorithm.digest)(&state)) {
        write(vm, args, 2, &result);
    }
    Ok(UNDEFINED)
}
