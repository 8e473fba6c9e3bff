//! Number to text in the forms that take an argument: fixed, exponential, precision and another radix.
//!
//! `ryu-js` prints the shortest form. The forms here round the exact binary value, ties away from zero, which is
//! what ECMAScript asks for; Rust's own exact printing rounds ties to even, so the digits are rounded here.

use std::ops::RangeInclusive;

/// The shortest text that reads back as the same number: `String(n)`.
pub fn shortest(n: f64) -> String {
    let whole = n as i64;
    if whole.unsigned_abs() < 1 << 53 && whole as f64 == n {
        return whole.to_string();
    }
    ryu_js::Buffer::new().format(n).to_owned()
}

/// `n.toFixed(digits)` for a finite number below 1e21.
pub fn fixed(n: f64, digits: usize) -> String {
    let magnitude = n.abs();
    let text = if may_be_tie(magnitude, digits as i32) {
        // The exact value has but one place more.
        round_fixed(&format!("{magnitude:.*}", digits + 1), digits)
    } else {
        format!("{magnitude:.digits$}")
    };
    signed(n < 0.0, text)
}

/// A number lies exactly between two decimals of so many places behind the point (before it, if negative) only if it is a
/// multiple of a small power of two.
fn may_be_tie(magnitude: f64, places: i32) -> bool {
    (magnitude * 2f64.powi(places + 1)).fract() == 0.0
}

/// Rounds a long decimal text to `digits` places, ties up.
fn round_fixed(exact: &str, digits: usize) -> String {
    let point = exact.find('.').unwrap_or(exact.len());
    let mut kept: Vec<u8> =
        exact.bytes().take(point).chain(exact.bytes().skip(point + 1).take(digits)).collect();
    if exact.as_bytes().get(point + 1 + digits).is_some_and(|&next| next >= b'5') {
        increment(&mut kept);
    }
    let whole = kept.len() - digits;
    let mut text = String::from_utf8_lossy(&kept[..whole]).into_owned();
    if digits > 0 {
        text.push('.');
        text.push_str(&String::from_utf8_lossy(&kept[whole..]));
    }
    text
}

/// Adds one in the last place of ASCII digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// The first `count` significant digits, rounded, and the exponent of the first one.
fn significant(magnitude: f64, count: usize) -> (Vec<u8>, i32) {
    let (rounded, exponent) = scientific(&format!("{magnitude:.*e}", count - 1));
    if !may_be_tie(magnitude, count as i32 - exponent) {
        return (rounded, exponent);
    }
    // The exact value has no more digits than these.
    let digits = (count + 2).max((exponent + 1).max(0) as usize);
    let (all, mut exponent) = scientific(&format!("{magnitude:.*e}", digits - 1));
    let mut kept = all[..count].to_vec();
    if all.get(count).is_some_and(|&next| next >= b'5') {
        increment(&mut kept);
        if kept.len() > count {
            kept.truncate(count);
            exponent += 1;
        }
    }
    (kept, exponent)
}

/// The digits and the exponent of a text such as `1.25e-7`.
fn scientific(text: &str) -> (Vec<u8>, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa.bytes().filter(u8::is_ascii_digit).collect(), exponent.parse().unwrap_or(0))
}

/// `n.toExponential(digits)` for a finite number; `None`: as many digits as it takes.
pub fn exponential(n: f64, digits: Option<usize>) -> String {
    let magnitude = n.abs();
    let (kept, exponent) = match digits {
        Some(digits) => significant(magnitude, digits + 1),
        None => scientific(&format!("{magnitude:e}")),
    };
    signed(n < 0.0, with_exponent(&kept, exponent))
}

/// `n.toPrecision(count)` for a finite number.
pub fn precision(n: f64, count: usize) -> String {
    let (kept, exponent) = significant(n.abs(), count);
    let text = if exponent < -6 || exponent >= count as i32 {
        with_exponent(&kept, exponent)
    } else {
        place_point(&String::from_utf8_lossy(&kept), exponent)
    };
    signed(n < 0.0, text)
}

pub fn signed(negative: bool, text: String) -> String {
    if negative { format!("-{text}") } else { text }
}

fn with_exponent(digits: &[u8], exponent: i32) -> String {
    let mut text = String::from_utf8_lossy(&digits[..1]).into_owned();
    if digits.len() > 1 {
        text.push('.');
        text.push_str(&String::from_utf8_lossy(&digits[1..]));
    }
    format!("{text}e{}{}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn place_point(digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let whole = exponent as usize + 1;
    if whole == digits.len() {
        digits.to_owned()
    } else {
        format!("{}.{}", &digits[..whole], &digits[whole..])
    }
}

/// `n.toString(radix)` for a finite number and a radix of 2 to 36 that is not 10: enough digits after the point to
/// tell the number from its neighbours.
pub fn in_radix(n: f64, radix: u32) -> String {
    let magnitude = n.abs();
    let mut whole = magnitude.trunc();
    if whole == magnitude {
        return signed(n < 0.0, whole_digits(whole, radix));
    }
    let fraction = fraction_digits(magnitude - whole, magnitude, radix);
    if fraction.carry {
        whole += 1.0;
    }
    let mut text = whole_digits(whole, radix);
    if !fraction.digits.is_empty() {
        text.push('.');
        text.extend(fraction.digits.iter().filter_map(|&digit| char::from_digit(digit, radix)));
    }
    signed(n < 0.0, text)
}

struct Fraction {
    digits: Vec<u32>,
    carry: bool,
}

fn fraction_digits(mut rest: f64, magnitude: f64, radix: u32) -> Fraction {
    let mut digits = Vec::new();
    let mut delta = (0.5 * (magnitude.next_up() - magnitude)).max(f64::from_bits(1));
    if rest < delta {
        return Fraction { digits, carry: false };
    }
    loop {
        rest *= f64::from(radix);
        delta *= f64::from(radix);
        digits.push(rest as u32);
        rest = rest.fract();
        let last_is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
        if (rest > 0.5 || rest == 0.5 && last_is_odd) && rest + delta > 1.0 {
            return round_fraction_up(digits, radix);
        }
        if rest < delta {
            return Fraction { digits, carry: false };
        }
    }
}

fn round_fraction_up(mut digits: Vec<u32>, radix: u32) -> Fraction {
    while let Some(digit) = digits.pop() {
        if digit + 1 < radix {
            digits.push(digit + 1);
            return Fraction { digits, carry: false };
        }
    }
    Fraction { digits, carry: true }
}

/// A whole number in full.
pub fn exact_digits(mut whole: u64, radix: u32) -> String {
    let radix = u64::from(radix);
    let mut digits = [0; 64];
    let mut first = digits.len();
    loop {
        // A division takes its time.
        let (rest, digit) = if radix.is_power_of_two() {
            (whole >> radix.trailing_zeros(), whole & (radix - 1))
        } else {
            (whole / radix, whole % radix)
        };
        first -= 1;
        digits[first] = b"0123456789abcdefghijklmnopqrstuvwxyz"[digit as usize];
        whole = rest;
        if whole == 0 {
            return String::from_utf8_lossy(&digits[first..]).into_owned();
        }
    }
}

/// A whole number; what lies beyond the precision prints as zeros, by the rule of V8's `DoubleToRadixCString`.
fn whole_digits(mut whole: f64, radix: u32) -> String {
    if whole < TWO_TO_THE_53 {
        return exact_digits(whole as u64, radix);
    }
    let base = f64::from(radix);
    let mut zeros = 0;
    while whole / base >= TWO_TO_THE_53 {
        whole /= base;
        zeros += 1;
    }
    let mut reversed = vec!['0'; zeros];
    while whole > 0.0 {
        let digit = whole % base;
        reversed.extend(char::from_digit(digit as u32, radix));
        whole = (whole - digit) / base;
    }
    reversed.iter().rev().collect()
}

/// From here on not every whole number is a double.
const TWO_TO_THE_53: f64 = 9_007_199_254_740_992.0;

/// `n.toLocaleString('en-US')`: commas between thousands, at most three places.
pub fn en_us(n: f64) -> String {
    if n.is_nan() {
        return "NaN".to_owned();
    }
    let digits = LocaleDigits { integer: 1, fraction: 0..=3, grouped: true };
    let sign = if n.is_sign_negative() { "-" } else { "" };
    format!("{sign}{}", digits.text(n.abs()))
}

/// How many digits a number has in its en-US form, and whether commas stand between thousands.
pub struct LocaleDigits {
    /// At least so many before the point
    pub integer: usize,
    /// From so many to so many behind it
    pub fraction: RangeInclusive<usize>,
    /// Commas or none
    pub grouped: bool,
}

impl LocaleDigits {
    /// The text of a number that is not negative. Rounds the shortest decimal form, a half away from zero, as ICU does.
    pub fn text(&self, n: f64) -> String {
        if n.is_infinite() {
            return "∞".to_owned();
        }
        let (whole, fraction) = rounded(&format!("{n}"), *self.fraction.end());
        let kept = fraction.trim_end_matches('0').len().max(*self.fraction.start());
        let fraction = format!("{fraction:0<width$}", width = *self.fraction.start());
        let whole = format!("{whole:0>width$}", width = self.integer);
        let point = if kept == 0 { "" } else { "." };
        format!("{}{point}{}", if self.grouped { grouped(&whole) } else { whole }, &fraction[..kept])
    }
}

/// Decimal digits, rounded to `places` behind the point: what stands before it and behind it.
fn rounded(decimal: &str, places: usize) -> (String, String) {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    if fraction.len() <= places {
        return (whole.to_owned(), fraction.to_owned());
    }
    let round_up = fraction.as_bytes()[places] >= b'5';
    let mut digits = format!("0{whole}{}", &fraction[..places]).into_bytes();
    if round_up && let Some(last) = digits.iter().rposition(|&digit| digit != b'9') {
        digits[last] += 1;
        digits[last + 1..].fill(b'0');
    }
    let text: String = digits.into_iter().map(char::from).collect();
    let (whole, fraction) = text.split_at(text.len() - places);
    let whole = whole.trim_start_matches('0');
    (if whole.is_empty() { "0" } else { whole }.to_owned(), fraction.to_owned())
}

/// Commas between thousands.
fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_rounds_the_exact_value_ties_away_from_zero() {
        for (n, digits, text) in [
            (1.005, 2, "1.00"),
            (1.45, 1, "1.4"),
            (2.5, 0, "3"),
            (-1.5, 0, "-2"),
            (0.000001, 7, "0.0000010"),
            (-0.0001, 2, "-0.00"),
            (0.0, 2, "0.00"),
            (9.995, 2, "9.99"),
            (0.5, 0, "1"),
            (99.5, 0, "100"),
        ] {
            assert_eq!(fixed(n, digits), text, "{n} {digits}");
        }
    }

    #[test]
    fn precision_switches_to_exponents_as_node_does() {
        for (n, count, text) in [
            (123.456, 4, "123.5"),
            (0.00001, 1, "0.00001"),
            (0.0000001, 1, "1e-7"),
            (1e21, 3, "1.00e+21"),
            (1234.5, 2, "1.2e+3"),
            (0.0, 3, "0.00"),
            (9.99, 2, "10"),
        ] {
            assert_eq!(precision(n, count), text);
        }
    }

    #[test]
    fn exponential_forms() {
        assert_eq!(exponential(12345.0, None), "1.2345e+4");
        assert_eq!(exponential(12345.0, Some(2)), "1.23e+4");
        assert_eq!(exponential(0.0, None), "0e+0");
        assert_eq!(exponential(0.00015, Some(1)), "1.5e-4");
        assert_eq!(exponential(-5.0, Some(3)), "-5.000e+0");
    }

    #[test]
    fn radixes() {
        assert_eq!(in_radix(255.0, 16), "ff");
        assert_eq!(in_radix(-255.0, 36), "-73");
        assert_eq!(in_radix(0.5, 2), "0.1");
        assert_eq!(in_radix(0.1, 3), "0.0022002200220022002200220022002201");
        assert_eq!(in_radix(1.0 / 3.0, 16), "0.55555555555554");
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(en_us(1_234_567.891), "1,234,567.891");
        assert_eq!(en_us(-1234.5), "-1,234.5");
        assert_eq!(en_us(0.0), "0");
        assert_eq!(en_us(999.9996), "1,000");
        assert_eq!(en_us(1.0005), "1.001");
        assert_eq!(en_us(12_345_678_901_234_567_890.0), "12,345,678,901,234,567,000");
    }

    #[test]
    fn a_locale_form_may_ask_for_digits() {
        let text = |n, integer, fraction, grouped| LocaleDigits { integer, fraction, grouped }.text(n);
        assert_eq!(text(1234.5, 1, 2..=2, true), "1,234.50");
        assert_eq!(text(0.096, 1, 0..=1, true), "0.1");
        assert_eq!(text(7.0, 3, 0..=0, true), "007");
        assert_eq!(text(1234.0, 1, 0..=3, false), "1234");
        assert_eq!(text(9.96, 1, 1..=1, true), "10.0");
    }
}
