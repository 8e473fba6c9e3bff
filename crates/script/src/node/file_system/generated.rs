//! Files of any size that nobody stores: each byte follows from a seed and its place.
//!
//! The text is lines of 63 letters from `a` to `p`, so that it is one byte a character in any encoding and can be read
//! line by line.

/// Bytes of a line, line feed included.
const LINE: u64 = 64;

/// Fills `bytes` with what a generated file holds from byte `at` on.
pub fn fill(seed: u64, at: u64, bytes: &mut [u8]) {
    let mut place = at;
    let mut rest = bytes;
    while !rest.is_empty() {
        let word = letters(seed, place / 8).to_le_bytes();
        let skip = (place % 8) as usize;
        let count = rest.len().min(8 - skip);
        let (now, later) = rest.split_at_mut(count);
        now.copy_from_slice(&word[skip..skip + count]);
        place += count as u64;
        rest = later;
    }
}

/// Does `bytes` equal what a generated file holds from byte `at` on?
pub fn matches(seed: u64, at: u64, bytes: &[u8]) -> bool {
    let mut expected = [0; 512];
    let mut place = at;
    bytes.chunks(expected.len()).all(|part| {
        let expected = &mut expected[..part.len()];
        fill(seed, place, expected);
        place += part.len() as u64;
        part == expected
    })
}

/// Eight letters; the last of each line is a line feed.
fn letters(seed: u64, word: u64) -> u64 {
    let letters = (mixed(seed ^ word.wrapping_mul(0x9E37_79B9_7F4A_7C15)) & 0x0F0F_0F0F_0F0F_0F0F)
        + 0x6161_6161_6161_6161;
    if word % (LINE / 8) == LINE / 8 - 1 { letters & !(0xFF << 56) | u64::from(b'\n') << 56 } else { letters }
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
const fn mixed(seed: u64) -> u64 {
    let z = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
