//! The order of `localeCompare`: ICU's root collation, as far as it concerns Latin text (UTS 10). Three levels: first what the
//! characters are, whatever their accents and case; among equals, the accents; among equals, lower case before upper.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// ASCII's marks in the root collation's order; digits and letters follow them.
const MARKS: &str = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// What makes a difference.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Runs of digits are numbers.
    pub numeric: bool,
    /// Accents count.
    pub accents: bool,
    /// Case counts.
    pub case: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { numeric: false, accents: true, case: true }
    }
}

/// A base character and what hangs on it. Ordered by levels, and not as a whole.
struct Element {
    primary: (u8, u128),
    accents: String,
    upper: bool,
}

/// Which of two texts comes first.
pub fn collate(a: &str, b: &str, rules: Rules) -> Ordering {
    if !rules.numeric && a.is_ascii() && b.is_ascii() {
        return collate_ascii(a.bytes(), b.bytes(), rules.case);
    }
    let (a, b) = (elements(a, rules.numeric), elements(b, rules.numeric));
    let by_base = a.iter().map(|e| e.primary).cmp(b.iter().map(|e| e.primary));
    let by_accents = || a.iter().map(|e| &e.accents).cmp(b.iter().map(|e| &e.accents));
    let by_case = || a.iter().map(|e| e.upper).cmp(b.iter().map(|e| e.upper));
    let equal = |counts: bool, level: &dyn Fn() -> Ordering| if counts { level() } else { Ordering::Equal };
    by_base.then_with(|| equal(rules.accents, &by_accents)).then_with(|| equal(rules.case, &by_case))
}

/// The place of each ASCII character among the base characters; 0 counts for nothing.
const ASCII: [u8; 128] = ascii_places();

const fn ascii_places() -> [u8; 128] {
    let mut places = [0; 128];
    let mut next = 1;
    let (spaces, marks) = (b"\t\n\x0b\x0c\r ", MARKS.as_bytes());
    let mut index = 0;
    while index < spaces.len() + marks.len() {
        let character = if index < spaces.len() { spaces[index] } else { marks[index - spaces.len()] };
        places[character as usize] = next;
        next += 1;
        index += 1;
    }
    let mut character = b'0';
    while character <= b'z' {
        if character.is_ascii_digit() || character.is_ascii_lowercase() {
            places[character as usize] = next;
            places[character.to_ascii_uppercase() as usize] = next;
            next += 1;
        }
        character += 1;
    }
    places
}

/// The same as the general way, without making lists.
pub fn collate_ascii(
    a: impl Iterator<Item = u8> + Clone,
    b: impl Iterator<Item = u8> + Clone,
    case: bool,
) -> Ordering {
    let counts = |c: &u8| ASCII[usize::from(*c)] != 0;
    let (a, b) = (a.filter(counts), b.filter(counts));
    let place = |c: u8| ASCII[usize::from(c)];
    let by_base = a.clone().map(place).cmp(b.clone().map(place));
    let by_case = || a.map(|c| c.is_ascii_uppercase()).cmp(b.map(|c| c.is_ascii_uppercase()));
    by_base.then_with(|| if case { by_case() } else { Ordering::Equal })
}

fn elements(text: &str, numeric: bool) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut in_number = false;
    for c in text.nfd() {
        if is_combining_mark(c) {
            if let Some(last) = elements.last_mut() {
                last.accents.push(c);
            }
            continue;
        }
        let digit = c.to_digit(10).filter(|_| c.is_ascii_digit());
        if let (true, true, Some(digit), Some(last)) = (numeric, in_number, digit, elements.last_mut()) {
            last.primary.1 = last.primary.1.saturating_mul(10).saturating_add(digit.into());
            continue;
        }
        in_number = digit.is_some();
        let primary = match c {
            c if c.is_whitespace() => (0, u32::from(c).into()),
            // Control characters count for nothing.
            c if c.is_control() => continue,
            c if c.is_ascii_punctuation() => (1, MARKS.find(c).unwrap_or_default() as u128),
            c if digit.is_some() => (3, u128::from(u32::from(c) - u32::from('0'))),
            c if c.is_alphabetic() => (4, u32::from(c.to_lowercase().next().unwrap_or(c)).into()),
            c => (2, u32::from(c).into()),
        };
        elements.push(Element { primary, accents: String::new(), upper: c.is_uppercase() });
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ordered: &[&str], rules: Rules) {
        for pair in ordered.windows(2) {
            assert_eq!(collate(pair[0], pair[1], rules), Ordering::Less, "{pair:?}");
            assert_eq!(collate(pair[1], pair[0], rules), Ordering::Greater, "{pair:?}");
        }
    }

    #[test]
    fn base_letters_then_accents_then_case() {
        check(
            &["", " ", "_", "-", "1", "10", "2", "a", "A", "\u{e4}", "\u{c4}", "ab", "b", "z"],
            Rules::default(),
        );
        check(&["RESERVE", "r\u{e9}serv\u{e9}", "s"], Rules::default());
    }

    #[test]
    fn ascii_has_the_order_of_all_text() {
        let texts = [
            "", " a", "a b", "a-b", "ab", "aB", "Ab", "b", "a1", "a_1", "\u{1}a", "A", "a", "z~", "Z$", "\tq",
        ];
        for (a, b) in texts.iter().flat_map(|a| texts.map(|b| (*a, b))) {
            for case in [false, true] {
                let rules = Rules { case, ..Rules::default() };
                // An accent on both leads the general way.
                let general = collate(&format!("{a}\u{e4}"), &format!("{b}\u{e4}"), rules);
                assert_eq!(collate(&format!("{a}a"), &format!("{b}a"), rules), general, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn options_make_texts_equal_or_digits_numbers() {
        check(&["a2", "a10", "b1"], Rules { numeric: true, ..Rules::default() });
        let base = Rules { accents: false, case: false, ..Rules::default() };
        assert_eq!(collate("r\u{e9}serv\u{e9}", "RESERVE", base), Ordering::Equal);
    }
}
