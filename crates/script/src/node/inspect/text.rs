//! Primitives as text: quotes, escapes, numbers and keys.

use super::view::{Key, Primitive};

/// A number as inspect prints it: like `String(n)`, and `-0` keeps its sign.
pub fn number(n: f64) -> String {
    if n == 0.0 && n.is_sign_negative() {
        "-0".to_owned()
    } else {
        ryu_js::Buffer::new().format(n).to_owned()
    }
}

/// A number's digits in groups of three, to both sides of the point. One with an exponent stays as it is.
pub fn separated(number: &str) -> String {
    if !number.trim_end_matches('n').bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte)) {
        return number.to_owned();
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = whole.trim_start_matches('-').trim_end_matches('n');
    let mut text = whole[..whole.len() - whole.trim_start_matches('-').len()].to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text.push_str(if whole.ends_with('n') { "n" } else { "" });
    for (at, digit) in fraction.chars().enumerate() {
        text.push_str(match at {
            0 => ".",
            _ if at.is_multiple_of(3) => "_",
            _ => "",
        });
        text.push(digit);
    }
    text
}

/// A string in quotes: single ones, unless the text holds single but no double quotes, or both but no backticks.
pub fn quote(text: &[u16]) -> String {
    let has = |c: char| text.contains(&(c as u16));
    let dollar_brace = text.windows(2).any(|pair| pair == [b'$' as u16, b'{' as u16]);
    let mark = match (has('\''), has('"'), has('`') || dollar_brace) {
        (false, _, _) => '\'',
        (true, false, _) => '"',
        (true, true, false) => '`',
        (true, true, true) => '\'',
    };
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    escape_into(&mut quoted, text, (mark == '\'').then_some('\''));
    quoted.push(mark);
    quoted
}

/// Control characters, backslashes, lone surrogates and the quote mark become escapes.
pub fn escape_into(out: &mut String, text: &[u16], mark: Option<char>) {
    for unit in char::decode_utf16(text.iter().copied()) {
        match unit {
            Ok('\n') => out.push_str("\\n"),
            Ok('\t') => out.push_str("\\t"),
            Ok('\r') => out.push_str("\\r"),
            Ok('\x08') => out.push_str("\\b"),
            Ok('\x0c') => out.push_str("\\f"),
            Ok('\\') => out.push_str("\\\\"),
            Ok(c) if Some(c) == mark => out.extend(['\\', c]),
            Ok(c) if (c as u32) < 0x20 || (0x7f..0xa0).contains(&(c as u32)) => {
                out.push_str(&format!("\\x{:02X}", c as u32));
            }
            Ok(c) => out.push(c),
            Err(lone) => out.push_str(&format!("\\u{:x}", lone.unpaired_surrogate())),
        }
    }
}

/// Lossy UTF-8 of UTF-16 code units.
pub fn plain(text: &[u16]) -> String {
    String::from_utf16_lossy(text)
}

/// A primitive that is no string.
pub fn primitive(value: &Primitive) -> String {
    match value {
        Primitive::Undefined => "undefined".to_owned(),
        Primitive::Null => "null".to_owned(),
        Primitive::Boolean(b) => b.to_string(),
        Primitive::Number(n) => number(*n),
        Primitive::BigInt(digits) => format!("{digits}n"),
        Primitive::String(text) => quote(text),
        Primitive::Symbol(description) => format!("Symbol({description})"),
    }
}

/// A property's key as it stands before the colon.
pub fn key(key: &Key, enumerable: bool) -> String {
    match key {
        Key::Symbol(description) => {
            let mut text = String::from("[Symbol(");
            escape_into(&mut text, &description.encode_utf16().collect::<Vec<_>>(), Some('\''));
            text + ")]"
        }
        Key::Name(name) if plain(name) == "__proto__" => "['__proto__']".to_owned(),
        Key::Name(name) if !enumerable => {
            let mut text = String::from("[");
            escape_into(&mut text, name, Some('\''));
            text + "]"
        }
        Key::Name(name) if is_identifier(name) => plain(name),
        Key::Name(name) => quote(name),
    }
}

/// Whether a key needs no quotes: ASCII letters, digits and underscores, not starting with a digit.
fn is_identifier(name: &[u16]) -> bool {
    let letter = |unit: u16| u8::try_from(unit).is_ok_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let digit = |unit: u16| (b'0' as u16..=b'9' as u16).contains(&unit);
    name.first().is_some_and(|&first| letter(first)) && name.iter().all(|&unit| letter(unit) || digit(unit))
}

/// `s` for every count but one.
pub fn plural(count: usize) -> &'static str {
    if count > 1 { "s" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        quote(&text.encode_utf16().collect::<Vec<_>>())
    }

    #[test]
    fn the_quote_mark_avoids_escapes() {
        assert_eq!(quoted("plain"), "'plain'");
        assert_eq!(quoted("it's"), "\"it's\"");
        assert_eq!(quoted("'\""), "`'\"`");
        assert_eq!(quoted("'\"`"), "'\\'\"`'");
        assert_eq!(quoted("'\"${"), "'\\'\"${'");
    }

    #[test]
    fn control_characters_and_lone_surrogates_are_escaped() {
        assert_eq!(quoted("a\n\t\0\x7f\\é"), "'a\\n\\t\\x00\\x7F\\\\é'");
        assert_eq!(quote(&[0xd800]), "'\\ud800'");
    }

    #[test]
    fn negative_zero_keeps_its_sign() {
        assert_eq!(number(-0.0), "-0");
        assert_eq!(number(1e21), "1e+21");
    }

    #[test]
    fn keys_that_are_no_identifiers_are_quoted() {
        let name = |text: &str| Key::Name(text.encode_utf16().collect());
        assert_eq!(key(&name("a_1"), true), "a_1");
        assert_eq!(key(&name("1"), true), "'1'");
        assert_eq!(key(&name("a-b"), true), "'a-b'");
        assert_eq!(key(&name("hidden"), false), "[hidden]");
        assert_eq!(key(&Key::Symbol("d".to_owned()), true), "[Symbol(d)]");
    }
}
