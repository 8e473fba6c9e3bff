//! Numbers with so many digits after the point, as C's `printf` writes them: exactly rounded, ties to even.
//!
//! Whole numbers do for the few digits and sizes of a log. The standard library's way, which does any number of digits of any
//! double, is one of the larger things in a page's WebAssembly.

/// Binary digits of a double's fraction.
const FRACTION: u32 = 52;
/// What a double's exponent is counted from, and its fraction's digits.
const BIAS: i32 = 1023 + FRACTION as i32;
/// Digits below the point that are looked at: a number that begins even further down is zero.
const LOWEST: u32 = 120;
/// From there on, and for what is no number, the standard library writes, without digits after the point.
const MOST: f64 = 1e15;

/// `value` with `digits` (at most 3) decimal digits after the point.
#[must_use]
pub fn fixed(value: f64, digits: usize) -> String {
    let one = [1, 10, 100, 1000][digits.min(3)];
    if value.is_nan() || value.abs() >= MOST {
        return value.to_string();
    }
    let number = rounded(value.abs(), one);
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let (whole, part) = (number / one, number % one);
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0digits$}") }
}

/// The whole number nearest to `value * one`, the even one of two.
fn rounded(value: f64, one: u64) -> u64 {
    let bits = value.to_bits();
    let exponent = (bits >> FRACTION) as i32;
    // Numbers without the leading 1 are far too small to count.
    let mantissa = bits & ((1 << FRACTION) - 1) | 1 << FRACTION;
    let scaled = u128::from(mantissa) * u128::from(one);
    let below = (BIAS - exponent).max(0) as u32;
    if below > LOWEST {
        return 0;
    }
    let floor = (scaled >> below) as u64;
    let rest = scaled & ((1 << below) - 1);
    let half = (1u128 << below) / 2;
    floor + u64::from(rest > half || rest == half && half > 0 && floor % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::fixed;

    #[test]
    fn writes_what_the_standard_library_writes() {
        let mut seed = 1u64;
        for number in 0..200_000 {
            seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            let value = match number % 4 {
                0 => (seed >> 40) as f64 / 1e6,
                1 => (seed >> 30) as f64 / 1_048_576.0,
                2 => f64::from((seed >> 44) as u32) / 8.0,
                _ => -f64::from((seed >> 32) as u32) / 4e9,
            };
            assert_eq!(fixed(value, 0), format!("{value:.0}"), "{value:?}");
            assert_eq!(fixed(value, 1), format!("{value:.1}"), "{value:?}");
            assert_eq!(fixed(value, 2), format!("{value:.2}"), "{value:?}");
            assert_eq!(fixed(value, 3), format!("{value:.3}"), "{value:?}");
        }
    }

    #[test]
    fn writes_the_ends_of_the_range() {
        for value in
            [0.0, -0.0, 0.5, 1.5, 0.25, 0.125, 0.0005, 1e-300, 5e-324, 999_999_999_999_999.0, 999.9999]
        {
            assert_eq!(fixed(value, 3), format!("{value:.3}"), "{value:?}");
            assert_eq!(fixed(value, 0), format!("{value:.0}"), "{value:?}");
        }
        assert_eq!(fixed(f64::NAN, 1), "NaN");
        assert_eq!(fixed(f64::INFINITY, 1), "inf");
        assert_eq!(fixed(1e16, 1), "10000000000000000");
    }
}
