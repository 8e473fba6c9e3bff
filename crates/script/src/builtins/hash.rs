//! Hashes of Map and Set keys. They do not depend on addresses: objects move.

use semispace_heap::Word;

use crate::vm::Vm;

/// The hash of a key. Equal keys (SameValueZero) have equal hashes. An object without an identity hash has none yet:
/// [`Vm::identity_hash`] must have been called for it.
pub fn of_key(vm: &mut Vm, key: Word) -> u32 {
    if let Some(small) = key.as_smi() {
        return scramble(small as u32);
    }
    if let Some(number) = vm.as_number(key) {
        return of_number(number);
    }
    if vm.is_string(key) {
        return vm.string_hash(key);
    }
    match key.as_ref() {
        Some(number) if vm.kind(key) == Some(crate::value::BIGINT) => vm
            .heap
            .words(number)
            .iter()
            .fold(0, |hash, &digit| scramble(hash ^ digit as u32 ^ (digit >> 32) as u32)),
        Some(_) => vm.identity_hash(key),
        None => scramble(key.bits() as u32 ^ (key.bits() >> 32) as u32),
    }
}

fn of_number(number: f64) -> u32 {
    let number = if number == 0.0 { 0.0 } else { number };
    let bits = if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() };
    if number.fract() == 0.0 && number.abs() < 2_147_483_648.0 {
        return scramble(number as i32 as u32);
    }
    scramble(bits as u32 ^ (bits >> 32) as u32)
}

/// Thomas Wang's integer hash, which V8 uses for small integers.
fn scramble(key: u32) -> u32 {
    let mut hash = (!key).wrapping_add(key << 15);
    hash ^= hash >> 12;
    hash = hash.wrapping_add(hash << 2);
    hash ^= hash >> 4;
    hash = hash.wrapping_mul(2057);
    (hash ^ hash >> 16) & 0x3FFF_FFFF
}
