//! Math. `Math.random` is V8's xorshift128+ with a seed of the session. The functions are fdlibm's, as in V8
//! (`src/base/ieee754.cc`), so that every digit is V8's and the same on every machine.

use semispace_heap::Word;

use super::install::{Function, constants, methods, namespace};
use crate::vm::arithmetic::{power, to_int32};
use crate::vm::{Args, Completion, Vm};

const FUNCTIONS: &[Function] = &[
    ("abs", 1, abs),
    ("acos", 1, acos),
    ("acosh", 1, acosh),
    ("asin", 1, asin),
    ("asinh", 1, asinh),
    ("atan", 1, atan),
    ("atanh", 1, atanh),
    ("atan2", 2, atan2),
    ("ceil", 1, ceil),
    ("cbrt", 1, cbrt),
    ("expm1", 1, expm1),
    ("clz32", 1, clz32),
    ("cos", 1, cos),
    ("cosh", 1, cosh),
    ("exp", 1, exp),
    ("floor", 1, floor),
    ("fround", 1, fround),
    ("hypot", 2, hypot),
    ("imul", 2, imul),
    ("log", 1, log),
    ("log1p", 1, log1p),
    ("log2", 1, log2),
    ("log10", 1, log10),
    ("max", 2, max),
    ("min", 2, min),
    ("pow", 2, pow),
    ("random", 0, random),
    ("round", 1, round),
    ("sign", 1, sign),
    ("sin", 1, sin),
    ("sinh", 1, sinh),
    ("sqrt", 1, sqrt),
    ("tan", 1, tan),
    ("tanh", 1, tanh),
    ("trunc", 1, trunc),
];

const CONSTANTS: &[(&str, f64)] = &[
    ("E", std::f64::consts::E),
    ("LN10", std::f64::consts::LN_10),
    ("LN2", std::f64::consts::LN_2),
    ("LOG10E", std::f64::consts::LOG10_E),
    ("LOG2E", std::f64::consts::LOG2_E),
    ("PI", std::f64::consts::PI),
    ("SQRT1_2", std::f64::consts::FRAC_1_SQRT_2),
    ("SQRT2", std::f64::consts::SQRT_2),
];

/// Math.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let math = namespace(vm, "Math")?;
    methods(vm, math, FUNCTIONS)?;
    constants(vm, math, CONSTANTS)
}

/// The generator's state from a seed: V8 hashes the seed into its two words with MurmurHash3's finisher.
#[must_use]
pub fn seed(seed: u64) -> (u64, u64) {
    let mix = |mut hash: u64| {
        hash = (hash ^ hash >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        hash = (hash ^ hash >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        hash ^ hash >> 33
    };
    let first = mix(seed);
    let second = mix(!first);
    if first == 0 && second == 0 { (1, 0) } else { (first, second) }
}

fn random(vm: &mut Vm, _: Args) -> Completion<Word> {
    let (mut a, b) = vm.random;
    a ^= a << 23;
    a ^= a >> 17;
    a ^= b;
    a ^= b >> 26;
    vm.random = (b, a);
    vm.number((b >> 12) as f64 / (1u64 << 52) as f64)
}

macro_rules! unary {
    ($($name:ident = $compute:expr;)*) => {
        $(fn $name(vm: &mut Vm, args: Args) -> Completion<Word> {
            let number = vm.number_arg(args, 0)?;
            let compute: fn(f64) -> f64 = $compute;
            vm.number(compute(number))
        })*
    };
}

unary! {
    abs = f64::abs;
    acos = libm::acos;
    acosh = libm::acosh;
    asin = libm::asin;
    asinh = libm::asinh;
    atan = libm::atan;
    atanh = libm::atanh;
    ceil = f64::ceil;
    cbrt = libm::cbrt;
    expm1 = libm::expm1;
    cos = libm::cos;
    cosh = libm::cosh;
    exp = libm::exp;
    floor = f64::floor;
    fround = |n| f64::from(n as f32);
    log = libm::log;
    log1p = libm::log1p;
    log2 = libm::log2;
    log10 = libm::log10;
    round = round_half_up;
    sign = |n| if n.is_nan() || n == 0.0 { n } else { n.signum() };
    sin = libm::sin;
    sinh = libm::sinh;
    sqrt = f64::sqrt;
    tan = libm::tan;
    tanh = tanh_by_expm1;
    trunc = f64::trunc;
}

/// As fdlibm computes it.
fn tanh_by_expm1(x: f64) -> f64 {
    let size = x.abs();
    let tanh = if size >= 22.0 {
        1.0
    } else if size >= 1.0 {
        1.0 - 2.0 / (libm::expm1(2.0 * size) + 2.0)
    } else {
        let power = libm::expm1(-2.0 * size);
        -power / (power + 2.0)
    };
    if x.is_nan() { x } else { tanh.copysign(x) }
}

/// To the nearest integer, halves towards positive infinity.
fn round_half_up(n: f64) -> f64 {
    let floor = n.floor();
    let rounded = if n - floor >= 0.5 { floor + 1.0 } else { floor };
    rounded.copysign(n)
}

fn atan2(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (y, x) = (vm.number_arg(args, 0)?, vm.number_arg(args, 1)?);
    vm.number(libm::atan2(y, x))
}

fn pow(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (base, exponent) = (vm.number_arg(args, 0)?, vm.number_arg(args, 1)?);
    vm.number(power(base, exponent))
}

fn clz32(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = vm.number_arg(args, 0)?;
    Ok(Word::smi(to_int32(number).leading_zeros() as i32))
}

fn imul(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let (Some(a), Some(b)) = (vm.arg(args, 0).as_smi(), vm.arg(args, 1).as_smi()) {
        return Ok(Word::smi(a.wrapping_mul(b)));
    }
    let (a, b) = (vm.number_arg(args, 0)?, vm.number_arg(args, 1)?);
    Ok(Word::smi(to_int32(a).wrapping_mul(to_int32(b))))
}

/// All arguments as numbers, converted before any is looked at.
fn numbers(vm: &mut Vm, args: Args) -> Completion<Vec<f64>> {
    (0..args.count()).map(|index| vm.number_arg(args, index)).collect()
}

fn max(vm: &mut Vm, args: Args) -> Completion<Word> {
    let greater = |a: f64, b: f64| if a > b || a == b && b.is_sign_negative() { a } else { b };
    extreme(vm, args, f64::NEG_INFINITY, greater)
}

fn min(vm: &mut Vm, args: Args) -> Completion<Word> {
    let less = |a: f64, b: f64| if a < b || a == b && a.is_sign_negative() { a } else { b };
    extreme(vm, args, f64::INFINITY, less)
}

fn extreme(vm: &mut Vm, args: Args, start: f64, choose: fn(f64, f64) -> f64) -> Completion<Word> {
    let small: Option<f64> = (0..args.count()).try_fold(start, |best, index| {
        let small = vm.arg(args, index).as_smi()?;
        Some(choose(best, f64::from(small)))
    });
    if let Some(best) = small.filter(|best| best.is_finite()) {
        return Ok(Word::smi(best as i32));
    }
    let numbers = numbers(vm, args)?;
    let any_nan = numbers.iter().any(|n| n.is_nan());
    vm.number(if any_nan { f64::NAN } else { numbers.into_iter().fold(start, choose) })
}

fn hypot(vm: &mut Vm, args: Args) -> Completion<Word> {
    let numbers = numbers(vm, args)?;
    if numbers.iter().any(|n| n.is_infinite()) {
        return vm.number(f64::INFINITY);
    }
    let largest = numbers.iter().fold(0.0f64, |most, n| most.max(n.abs()));
    if largest == 0.0 || numbers.iter().any(|n| n.is_nan()) {
        return vm.number(if numbers.iter().any(|n| n.is_nan()) { f64::NAN } else { 0.0 });
    }
    // Kahan's summation, as V8 does it, so that the last digit agrees.
    let (mut sum, mut compensation) = (0.0, 0.0);
    for n in numbers {
        let scaled = n.abs() / largest;
        let summand = scaled * scaled - compensation;
        let preliminary = sum + summand;
        compensation = (preliminary - sum) - summand;
        sum = preliminary;
    }
    vm.number(sum.sqrt() * largest)
}
