//! Text to number: `Number(text)`, `parseFloat` and `parseInt`.

/// What ECMAScript calls white space or a line terminator.
pub fn is_space(unit: u16) -> bool {
    matches!(unit, 9..=13 | 32 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 | 0xfeff)
}

/// Without the white space at the start.
pub fn trim_start(text: &[u16]) -> &[u16] {
    let start = text.iter().position(|&unit| !is_space(unit)).unwrap_or(text.len());
    &text[start..]
}

/// Without the white space at the end.
pub fn trim_end(text: &[u16]) -> &[u16] {
    let end = text.iter().rposition(|&unit| !is_space(unit)).map_or(0, |last| last + 1);
    &text[..end]
}

/// `Number(text)`.
pub fn number(text: &[u16]) -> f64 {
    if let Some(short) = short_decimal(text) {
        return f64::from(short);
    }
    let text = trim_end(trim_start(text));
    let Some(ascii) = ascii(text) else { return f64::NAN };
    if ascii.is_empty() {
        return 0.0;
    }
    let radix = match ascii.get(..2) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        _ => {
            let length = decimal_length(&ascii);
            return if length == ascii.len() { decimal(&ascii) } else { f64::NAN };
        }
    };
    let digits = &ascii[2..];
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        f64::NAN
    } else {
        whole(digits, radix)
    }
}

/// A text of nothing but a few decimal digits, which is the same number to all of these.
pub fn short_decimal(text: &[u16]) -> Option<i32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |number, &unit| match unit {
        0x30..=0x39 => Some(number * 10 + i32::from(unit - 0x30)),
        _ => None,
    })
}

/// `parseFloat(text)`: the longest number at the start.
pub fn parse_float(text: &[u16]) -> f64 {
    let text = trim_start(text);
    let end = text.iter().position(|&unit| unit > 127).unwrap_or(text.len());
    let Some(ascii) = ascii(&text[..end]) else { return f64::NAN };
    match decimal_length(&ascii) {
        0 => f64::NAN,
        length => decimal(&ascii[..length]),
    }
}

/// `parseInt(text, radix)`; radix 0: 10, or 16 after `0x`.
pub fn parse_int(text: &[u16], radix: i32) -> f64 {
    if let (0 | 10, Some(short)) = (radix, short_decimal(text)) {
        return f64::from(short);
    }
    let mut text = trim_start(text);
    let negative = text.first() == Some(&(b'-' as u16));
    if negative || text.first() == Some(&(b'+' as u16)) {
        text = &text[1..];
    }
    let mut radix = radix;
    let has_prefix = matches!(text, [zero, x, ..] if *zero == b'0' as u16 && (*x | 32) == b'x' as u16);
    if has_prefix && (radix == 0 || radix == 16) {
        text = &text[2..];
        radix = 16;
    }
    let radix = if radix == 0 { 10 } else { radix };
    if !(2..=36).contains(&radix) {
        return f64::NAN;
    }
    let radix = radix as u32;
    let digits: String = text
        .iter()
        .map_while(|&unit| char::from_u32(u32::from(unit)).filter(|c| c.is_digit(radix)))
        .collect();
    let magnitude = if digits.is_empty() { f64::NAN } else { whole(&digits, radix) };
    if negative { -magnitude } else { magnitude }
}

fn ascii(text: &[u16]) -> Option<String> {
    text.iter().map(|&unit| u8::try_from(unit).ok().filter(u8::is_ascii).map(char::from)).collect()
}

/// A whole number from its digits: exact up to 53 bits, rounded to nearest, ties to even, beyond.
fn whole(digits: &str, radix: u32) -> f64 {
    if radix == 10 {
        return digits.parse().unwrap_or(f64::NAN);
    }
    if radix.is_power_of_two() {
        return whole_in_bits(digits, radix);
    }
    digits
        .chars()
        .filter_map(|c| c.to_digit(radix))
        .fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit))
}

fn whole_in_bits(digits: &str, radix: u32) -> f64 {
    let (mut mantissa, mut dropped, mut sticky) = (0u128, 0i32, false);
    for digit in digits.chars().filter_map(|c| c.to_digit(radix)) {
        if mantissa >> 100 == 0 {
            mantissa = mantissa * u128::from(radix) + u128::from(digit);
        } else {
            dropped += radix.trailing_zeros() as i32;
            sticky |= digit != 0;
        }
    }
    (mantissa | u128::from(sticky)) as f64 * 2f64.powi(dropped)
}

/// How much of the text is a decimal number with optional sign, point and exponent, or `Infinity`.
fn decimal_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let start = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    if text[start..].starts_with("Infinity") {
        return start + "Infinity".len();
    }
    let whole = digits(start);
    let mut end = start + whole;
    let mut places = 0;
    if bytes.get(end) == Some(&b'.') {
        places = digits(end + 1);
        if whole + places > 0 {
            end += 1 + places;
        }
    }
    if whole + places == 0 {
        return 0;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = if end + 1 + sign <= bytes.len() { digits(end + 1 + sign) } else { 0 };
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    end
}

fn decimal(text: &str) -> f64 {
    match text.trim_start_matches(['+', '-']) {
        "Infinity" if text.starts_with('-') => f64::NEG_INFINITY,
        "Infinity" => f64::INFINITY,
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn number_takes_the_whole_text() {
        for (text, value) in [
            ("", 0.0),
            (" 12 ", 12.0),
            ("0x1f", 31.0),
            ("0b11", 3.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-Infinity", f64::NEG_INFINITY),
            ("0x20000000000001", 9_007_199_254_740_992.0),
        ] {
            assert_eq!(number(&units(text)), value, "{text:?}");
        }
        for text in ["1,2", "abc", "1_000", ".", "0x", "1e", "- 1", "inf", "nan", "１", "0x-1"] {
            assert!(number(&units(text)).is_nan(), "{text:?}");
        }
    }

    #[test]
    fn parse_float_takes_the_start() {
        for (text, value) in [
            ("3.25abc", 3.25),
            ("-.5e-2x", -0.005),
            ("Infinityx", f64::INFINITY),
            ("1.2.3", 1.2),
            ("1e+", 1.0),
        ] {
            assert_eq!(parse_float(&units(text)), value, "{text:?}");
        }
        assert!(parse_float(&units("e5")).is_nan());
        assert!(parse_float(&units("-")).is_nan());
    }

    #[test]
    fn parse_int_takes_digits_of_the_radix() {
        for (text, radix, value) in
            [("42px", 0, 42.0), ("0x1f", 0, 31.0), ("z", 36, 35.0), ("101", 2, 5.0), ("  -7.9", 0, -7.0)]
        {
            assert_eq!(parse_int(&units(text), radix), value, "{text:?}");
        }
        assert!(parse_int(&units("9"), 8).is_nan());
        assert!(parse_int(&units("1"), 1).is_nan());
        assert!(parse_int(&units(""), 10).is_nan());
    }
}
