//! The inner loop of reading: rows of numbers.
//!
//! Nine tenths of a file are small numbers between commas, so this is where the time goes. Eight bytes are looked at
//! at once: which of them are digits, and what number they spell, both without a branch on the digits themselves
//! (the place of the next number depends only on how many digits there are).

/// A number of at most this many bytes is read at once.
const WORD: usize = 8;
/// Bytes that one number and what follows it may take in the fast loop; anything longer is left to the careful one.
const STRIDE: usize = 24;

/// Reads whole rows of `F` numbers, each number followed by a comma, and hands them to `row`. Stops before the first row
/// that is anything else (the last one, a damaged one, one that is not complete yet), or that `row` refuses.
/// Returns how many bytes were taken.
#[inline(always)]
pub(super) fn rows<const F: usize>(bytes: &[u8], mut row: impl FnMut(&[u64; F]) -> bool) -> usize {
    let mut taken = 0;
    loop {
        let mut at = taken;
        let mut values = [0; F];
        for value in &mut values {
            let Some((number, next)) = field(bytes, at) else { return taken };
            *value = number;
            at = next;
        }
        if !row(&values) {
            return taken;
        }
        taken = at;
    }
}

/// A number, the white space around it and the comma after it.
#[inline(always)]
fn field(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let window: &[u8; STRIDE] = bytes.get(at..at + STRIDE)?.try_into().ok()?;
    let first: [u8; WORD] = window[..WORD].try_into().ok()?;
    let word = u64::from_le_bytes(first) ^ 0x3030_3030_3030_3030;
    let others = (word.wrapping_add(0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080;
    let digits = others.trailing_zeros() as usize / 8;
    if digits == 0 || digits == WORD {
        return long_field(window).map(|(number, used)| (number, at + used));
    }
    let number = spelled(word << (64 - 8 * digits));
    match window[digits] {
        b',' => Some((number, at + digits + 1)),
        b'\n' if window[digits + 1] == b',' => Some((number, at + digits + 2)),
        _ => long_field(window).map(|(number, used)| (number, at + used)),
    }
}

/// The number that eight digits spell, the first in the lowest byte.
#[inline(always)]
const fn spelled(digits: u64) -> u64 {
    let pairs = (digits & 0x0F0F_0F0F_0F0F_0F0F).wrapping_mul(2561) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul(6_553_601) >> 16;
    (fours & 0x0000_FFFF_0000_FFFF).wrapping_mul(42_949_672_960_001) >> 32
}

/// The same for long numbers and other white space, byte by byte.
#[cold]
fn long_field(window: &[u8; STRIDE]) -> Option<(u64, usize)> {
    let space = |at: &usize| window.get(*at).is_some_and(|byte| byte.is_ascii_whitespace());
    let start = (0..STRIDE).find(|at| !space(at))?;
    let digits = window[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = number(&window[start..start + digits])?;
    let end = (start + digits..STRIDE).find(|at| !space(at))?;
    (window[end] == b',').then_some((number, end + 1))
}

/// The number that digits spell; none for no digits, and for one that is too large.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u64, |number, digit| {
        number.checked_mul(10)?.checked_add(u64::from(digit.wrapping_sub(b'0')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<[u64; 3]>, usize) {
        let padded = format!("{text}{}", " ".repeat(STRIDE));
        let mut found = Vec::new();
        let taken = rows::<3>(padded.as_bytes(), |row| {
            found.push(*row);
            true
        });
        (found, taken)
    }

    #[test]
    fn numbers_of_every_length_are_read() {
        for number in [0, 7, 10, 999, 1234, 99_999, 123_456, 7_654_321, 12_345_678, 123_456_789, u64::MAX] {
            let text = format!("{number},{number}\n,{number} ,");
            assert_eq!(all(&text), (vec![[number; 3]], text.len()), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_row_is_left() {
        assert_eq!(all("1,2,3,4,5,6]").1, 6);
        assert_eq!(all("1,2,x").1, 0);
        assert_eq!(all("1,2,3,-4,5,6,").1, 6);
        assert_eq!(all("1,,3,").1, 0);
        assert_eq!(all("18446744073709551616,1,1,").1, 0);
    }
}
