//! Lazy runs of any character, as in `<!--[^]*?-->`.
//!
//! `regress` looks for the farthest end of a run of single characters before it tries the nearest one, lazy or not, so that many
//! short matches in a long text take time by the square of its length. Its general loop goes step by step; an empty choice behind
//! the character keeps a run from being more than that: `[^]*?` and `(?:[^][]?)*?` match the same.

use std::borrow::Cow;

/// The pattern with its lazy runs as general loops. `nested`: classes may hold classes (flag `v`).
pub(super) fn with_near_ends_first(pattern: &[u16], nested: bool) -> Cow<'_, [u16]> {
    let mut rewritten = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while at < pattern.len() {
        let end = term_end(pattern, at, nested);
        if is_wide(&pattern[at..end]) && repeats_lazily(&pattern[end..]) {
            rewritten.extend_from_slice(&pattern[copied..at]);
            rewritten.extend("(?:".encode_utf16());
            rewritten.extend_from_slice(&pattern[at..end]);
            rewritten.extend("[]?)".encode_utf16());
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(pattern);
    }
    rewritten.extend_from_slice(&pattern[copied..]);
    Cow::Owned(rewritten)
}

fn is(unit: Option<&u16>, character: char) -> bool {
    unit.is_some_and(|&unit| u32::from(unit) == u32::from(character))
}

/// The end of what begins here: a class, an escape as far as its letter, or a single unit.
fn term_end(pattern: &[u16], start: usize, nested: bool) -> usize {
    if is(pattern.get(start), '\\') {
        return pattern.len().min(start + 2);
    }
    if !is(pattern.get(start), '[') {
        return start + 1;
    }
    let (mut depth, mut at) = (0, start);
    while at < pattern.len() {
        match pattern.get(at) {
            unit if is(unit, '\\') => at += 1,
            unit if is(unit, '[') && (nested || at == start) => depth += 1,
            unit if is(unit, ']') => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    pattern.len().min(at)
}

/// Whether a term is one character of many: `.`, a class, or an escape for one.
fn is_wide(term: &[u16]) -> bool {
    match term {
        [unit] => is(Some(unit), '.'),
        [first, letter, ..] if is(Some(first), '\\') => "dDsSwW".chars().any(|wide| is(Some(letter), wide)),
        [first, ..] => is(Some(first), '['),
        [] => false,
    }
}

/// Whether a lazy quantifier without an upper bound begins here: `*?`, `+?` or `{2,}?`.
fn repeats_lazily(rest: &[u16]) -> bool {
    let quantifier = match rest {
        [first, ..] if is(Some(first), '*') || is(Some(first), '+') => 1,
        [first, ..] if is(Some(first), '{') => {
            let Some(close) = rest.iter().position(|unit| is(Some(unit), '}')) else { return false };
            if !is(rest.get(close - 1), ',') {
                return false;
            }
            close + 1
        }
        _ => return false,
    };
    is(rest.get(quantifier), '?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(pattern: &str, nested: bool) -> String {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        String::from_utf16_lossy(&with_near_ends_first(&units, nested))
    }

    #[test]
    fn lazy_runs_become_general_loops() {
        for (pattern, expected) in [
            ("\"([^]*?)\"", "\"((?:[^][]?)*?)\""),
            (r"/\*[\s\S]*?\*/", r"/\*(?:[\s\S][]?)*?\*/"),
            (".+?;.*?$", "(?:.[]?)+?;(?:.[]?)*?$"),
            (r"<(\w+?)>", r"<((?:\w[]?)+?)>"),
            (r"[\]a]{2,}?b", r"(?:[\]a][]?){2,}?b"),
        ] {
            assert_eq!(rewritten(pattern, false), expected);
        }
        assert_eq!(rewritten("[[a-z]--[b]]*?c", true), "(?:[[a-z]--[b]][]?)*?c");
    }

    #[test]
    fn everything_else_stays() {
        for pattern in
            ["a*?b", ".*b", "[^]*", r"\.*?", r"[.*?]", ".{2,3}?x", ".{", ".{,}", "[", "\\", "(a*?)+?", ".??"]
        {
            assert_eq!(rewritten(pattern, false), pattern);
        }
    }
}
