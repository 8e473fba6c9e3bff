//! Copying and clearing objects: most are a few words, for which a call of `memmove` costs more than the copy.

/// Copies `words` words from `from` to `to`; the two ranges do not overlap.
#[inline(always)]
pub(crate) fn copy_words(cage: &mut [u64], from: usize, to: usize, words: usize) {
    match words {
        2 => copy_block::<2>(cage, from, to),
        3 => copy_block::<3>(cage, from, to),
        4 => copy_block::<4>(cage, from, to),
        5 => copy_block::<5>(cage, from, to),
        6 => copy_block::<6>(cage, from, to),
        7 => copy_block::<7>(cage, from, to),
        8 => copy_block::<8>(cage, from, to),
        _ => cage.copy_within(from..from + words, to),
    }
}

/// Copies `N` words through registers.
#[inline(always)]
fn copy_block<const N: usize>(cage: &mut [u64], from: usize, to: usize) {
    let mut block = [0; N];
    block.copy_from_slice(&cage[from..from + N]);
    cage[to..to + N].copy_from_slice(&block);
}

/// Sets all words to zero. In WebAssembly a fill of unknown length is a call too.
#[inline(always)]
pub(crate) fn clear_words(words: &mut [u64]) {
    match words.len() {
        1 => clear_block::<1>(words),
        2 => clear_block::<2>(words),
        3 => clear_block::<3>(words),
        4 => clear_block::<4>(words),
        5 => clear_block::<5>(words),
        6 => clear_block::<6>(words),
        7 => clear_block::<7>(words),
        _ => words.fill(0),
    }
}

#[inline(always)]
fn clear_block<const N: usize>(words: &mut [u64]) {
    words.copy_from_slice(&[0; N]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_is_copied_whole() {
        for words in 2..20 {
            let mut cage: Vec<u64> = (0..64).collect();
            copy_words(&mut cage, 10, 40, words);
            let expected: Vec<u64> = (10..10 + words as u64).collect();
            assert_eq!(cage[40..40 + words], expected);
            assert_eq!((cage[39], cage[40 + words]), (39, 40 + words as u64));
        }
    }
}
