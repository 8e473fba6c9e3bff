//! Numbers as a person reads them: with a unit, never bare.

/// An amount of memory: `512 bytes`, `1.5 KiB`, `16 MiB`.
#[must_use]
pub fn bytes(amount: f64) -> String {
    const KIB: f64 = 1024.0;
    let (value, unit) = match amount {
        small if small < KIB => return format!("{small:.0} {}", if small == 1.0 { "byte" } else { "bytes" }),
        middle if middle < KIB * KIB => (middle / KIB, "KiB"),
        large => (large / (KIB * KIB), "MiB"),
    };
    format!("{} {unit}", with_decimal(value, 100.0))
}

/// One decimal below `limit`, unless it is zero.
fn with_decimal(value: f64, limit: f64) -> String {
    let text = if value < limit { format!("{value:.1}") } else { format!("{value:.0}") };
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A whole number with a thin space between each three digits.
#[must_use]
pub fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A large number in a few characters: `900`, `30 k`, `2.5 M`.
#[must_use]
pub fn short(number: u32) -> String {
    let value = f64::from(number);
    let (value, unit) = match number {
        0..1_000 => return number.to_string(),
        1_000..1_000_000 => (value / 1e3, "k"),
        _ => (value / 1e6, "M"),
    };
    format!("{} {unit}", with_decimal(value, 10.0))
}

/// A number and what it counts: `1 page`, `3 pages`.
#[must_use]
pub fn plural(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn amounts_have_a_unit() {
        let check = |amount, expect: &str| assert_eq!(bytes(amount), expect);
        check(0.0, "0 bytes");
        check(1.0, "1 byte");
        check(1023.0, "1023 bytes");
        check(1536.0, "1.5 KiB");
        check(49_120.0, "48 KiB");
        check(262_144.0, "256 KiB");
        check(16.0 * 1_048_576.0, "16 MiB");
    }

    #[wasm_bindgen_test]
    fn digits_stand_in_threes() {
        assert_eq!(count(12.0), "12");
        assert_eq!(count(1_234_567.0), "1\u{202f}234\u{202f}567");
        assert_eq!(short(30_000), "30 k");
        assert_eq!(short(2_500_000), "2.5 M");
        assert_eq!(plural(1, "page"), "1 page");
    }
}
