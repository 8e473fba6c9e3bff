//! The inner loop of reading: rows of numbers.
//!
//! Nine tenths of a file are small numbers between commas, so this is where the time goes. Thirty-two bytes are looked
//! at at once: which of them are digits, and so where the numbers of a short row begin and end, is known before any of
//! them is read; then each is spelled without a branch on its digits. A row that is longer goes number by number.

/// Bytes that one instruction can look at.
const WORD: usize = 8;
/// Bytes that are looked at at once.
const LOOK: usize = 4 * WORD;
/// Bytes that a number of a longer row and what follows it may take; anything more is left to the careful way.
const STRIDE: usize = 24;
const ASCII_ZEROS: u64 = 0x3030_3030_3030_3030;
const POWERS: [u64; WORD + 1] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Reads whole rows of `F` numbers, each number followed by a comma, and hands them to `row`. Stops before the first row
/// that is anything else (the last one, a damaged one, one that is not complete yet), or that `row` refuses.
/// Returns how many bytes were taken.
#[inline(always)]
pub(super) fn rows<const F: usize>(bytes: &[u8], mut row: impl FnMut(&[u64; F]) -> bool) -> usize {
    let mut taken = 0;
    // Filled in place: moved about as a whole it would be read before its parts have arrived in memory.
    let mut values = [0; F];
    while let Some(next) =
        short_row(bytes, taken, &mut values).or_else(|| long_row(bytes, taken, &mut values))
    {
        if !row(&values) {
            break;
        }
        taken = next;
    }
    taken
}

/// A row of numbers of up to eight digits each that is seen at one look. Returns where the next one begins.
#[inline(always)]
fn short_row<const F: usize>(bytes: &[u8], at: usize, values: &mut [u64; F]) -> Option<usize> {
    let window: &[u8; LOOK + WORD] = bytes.get(at..at + LOOK + WORD)?.try_into().ok()?;
    let mut others = (0..LOOK / WORD).fold(0, |others, part| {
        let word = word(window, part * WORD);
        // Gathers the top bit of each byte, the first byte's lowest.
        let gathered = (others_of(word) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        others | (gathered as u32) << (part * WORD)
    });
    let mut start = 0;
    for value in values {
        let end = others.trailing_zeros() as usize;
        let digits = end.checked_sub(start)?;
        if digits == 0 || digits > WORD || end == LOOK {
            return None;
        }
        *value = spelled(word(window, start) << (64 - 8 * digits));
        others &= others - 1;
        start = end + 1;
        match window[end] {
            b',' => {}
            b'\n' if window[start] == b',' => {
                others &= others.wrapping_sub(1);
                start += 1;
            }
            _ => return None,
        }
    }
    Some(at + start)
}

/// A row of numbers of any length, one after the other.
#[cold]
#[inline(never)]
fn long_row<const F: usize>(bytes: &[u8], mut at: usize, values: &mut [u64; F]) -> Option<usize> {
    for value in values {
        (*value, at) = field(bytes, at)?;
    }
    Some(at)
}

/// A number, the white space around it and the comma after it.
#[inline(always)]
fn field(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let window: &[u8; STRIDE] = bytes.get(at..at + STRIDE)?.try_into().ok()?;
    let (first, second) = (word(window, 0), word(window, WORD));
    let mut digits = others_of(first).trailing_zeros() as usize / 8;
    let number = match digits {
        0 => return long_field(window).map(|(number, used)| (number, at + used)),
        WORD => {
            let more = others_of(second).trailing_zeros() as usize / 8;
            digits += more;
            let rest = if more == 0 { 0 } else { spelled(second << (64 - 8 * more)) };
            spelled(first) * POWERS[more] + rest
        }
        _ => spelled(first << (64 - 8 * digits)),
    };
    match window[digits] {
        b',' => Some((number, at + digits + 1)),
        b'\n' if window[digits + 1] == b',' => Some((number, at + digits + 2)),
        _ => long_field(window).map(|(number, used)| (number, at + used)),
    }
}

/// Eight bytes less the digit 0.
#[inline(always)]
fn word(window: &[u8], from: usize) -> u64 {
    let bytes = window.get(from..from + WORD).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u64::from_le_bytes) ^ ASCII_ZEROS
}

/// The top bit of each byte of such a word that is no digit.
#[inline(always)]
const fn others_of(word: u64) -> u64 {
    (word.wrapping_add(0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
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
        for number in [
            0,
            7,
            10,
            999,
            1234,
            99_999,
            123_456,
            7_654_321,
            12_345_678,
            123_456_789,
            1_234_567_890_123_456,
            12_345_678_901_234_567,
            u64::MAX,
        ] {
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
