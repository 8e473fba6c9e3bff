//! Sizes and durations in memwatch's words (`src/util.cc`).

/// A size: `mb` above 1,048,576 bytes, `kb` above 1,024, rounded to two decimals, else `bytes`.
#[must_use]
pub fn nice_size(bytes: i32) -> String {
    // As in C the smallest number has no absolute value: it stays negative, and so below every bound.
    if bytes == i32::MIN { format!("{bytes} bytes") } else { nice_size_of(f64::from(bytes)) }
}

/// The same for sizes that the original's numbers cannot hold.
pub(crate) fn nice_size_of(bytes: f64) -> String {
    let rounded = |unit: f64| six_digits((bytes / (unit / 100.0)).round() / 100.0);
    match bytes.abs() {
        size if size > 1_048_576.0 => format!("{} mb", rounded(1_048_576.0)),
        size if size > 1024.0 => format!("{} kb", rounded(1024.0)),
        _ => format!("{bytes} bytes"),
    }
}

/// A C++ stream prints six significant digits.
fn six_digits(number: f64) -> String {
    let whole = number.abs().trunc();
    let decimals: usize = match whole {
        whole if whole < 1e4 => 2,
        whole if whole < 1e5 => 1,
        _ => 0,
    };
    let text = format!("{number:.decimals$}");
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// A duration: hours above 3,600 seconds, minutes above 60, and seconds.
#[must_use]
pub fn nice_duration(seconds: i64) -> String {
    let mut text = String::new();
    let mut left = seconds;
    for (unit, letter) in [(3600, 'h'), (60, 'm')] {
        if left > unit {
            text += &format!("{}{letter} ", left / unit);
            left %= unit;
        }
    }
    text + &format!("{left}s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let cases = [
            (0, "0 bytes"),
            (1024, "1024 bytes"),
            (-1024, "-1024 bytes"),
            (1025, "1 kb"),
            (1536, "1.5 kb"),
            (1_048_576, "1024 kb"),
            (1_048_577, "1 mb"),
            (45_434_798, "43.33 mb"),
            (-5_000_000, "-4.77 mb"),
            (i32::MAX, "2048 mb"),
            (i32::MIN, "-2147483648 bytes"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(nice_size(bytes), expected, "{bytes}");
        }
    }

    #[test]
    fn durations() {
        let cases =
            [(0, "0s"), (60, "60s"), (61, "1m 1s"), (493, "8m 13s"), (3600, "60m 0s"), (3725, "1h 2m 5s")];
        for (seconds, expected) in cases {
            assert_eq!(nice_duration(seconds), expected, "{seconds}");
        }
    }
}
