//! One sort for all lists that are short or seldom sorted.
//!
//! `slice::sort_by` is compiled anew for each type of element and each comparison, 7 KB of WebAssembly a time. Here the
//! standard library sorts indexes, always the same type, with a comparison behind a pointer; then the elements are swapped
//! into that order. That is slower for each comparison, so what sorts much in a run keeps to the slice's own method.

#![forbid(unsafe_code)]

use std::cmp::Ordering;

/// Sorts a list; equal elements keep their order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order = sorted_indexes(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    arrange(&mut order, &mut |a, b| list.swap(a, b));
}

/// Sorts a list by a key of its elements; equal elements keep their order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

#[inline(never)]
fn sorted_indexes(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

/// Puts into each place what `order` says belongs there, along the cycles of that permutation.
#[inline(never)]
fn arrange(order: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every list of up to six letters out of three, with each element's first place beside it.
    #[test]
    fn sorts_as_the_standard_library_does() {
        for len in 0..=6 {
            for number in 0..3_usize.pow(len) {
                let letter = |place: u32| number / 3_usize.pow(place) % 3;
                let list: Vec<(usize, u32)> = (0..len).map(|place| (letter(place), place)).collect();
                let (mut ours, mut expected) = (list.clone(), list);
                sort_by_key(&mut ours, |&(letter, _)| letter);
                expected.sort_by_key(|&(letter, _)| letter);
                assert_eq!(ours, expected);
            }
        }
    }
}
