//! `encodeURIComponent` and its three relatives, `escape` and `unescape`.

const PLAIN_MARKS: &str = "-_.!~*'()";
const HEX_DIGITS: &[u8; 16] = b"0123456789ABCDEF";
const URI_MARKS: &str = ";/?:@&=+$,#";

/// The text holds a lone surrogate, or escapes that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedUri;

/// Whether the characters that have a meaning in a URI are left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `encodeURI`, `decodeURI`
    Whole,
    /// `encodeURIComponent`, `decodeURIComponent`
    Component,
}

/// Percent-encodes.
///
/// # Errors
/// When the text holds a lone surrogate.
pub fn encode(text: &[u16], part: Part) -> Result<String, MalformedUri> {
    let mut out = String::with_capacity(text.len());
    for c in char::decode_utf16(text.iter().copied()) {
        let c = c.map_err(|_| MalformedUri)?;
        if c.is_ascii_alphanumeric()
            || PLAIN_MARKS.contains(c)
            || part == Part::Whole && URI_MARKS.contains(c)
        {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push('%');
                out.extend([byte >> 4, byte & 15].map(|digit| char::from(HEX_DIGITS[usize::from(digit)])));
            }
        }
    }
    Ok(out)
}

/// Undoes percent-encoding; `Part::Whole` keeps the escapes of characters that have a meaning in a URI.
///
/// # Errors
/// When the escapes are not UTF-8.
pub fn decode(text: &[u16], part: Part) -> Result<Vec<u16>, MalformedUri> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'%' as u16 {
            out.push(text[at]);
            at += 1;
            continue;
        }
        let start = at;
        let c = decode_escapes(text, &mut at)?;
        if part == Part::Whole && URI_MARKS.contains(c) {
            out.extend_from_slice(&text[start..at]);
        } else {
            out.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }
    Ok(out)
}

/// One character from its one to four escapes.
fn decode_escapes(text: &[u16], at: &mut usize) -> Result<char, MalformedUri> {
    let mut bytes = vec![escaped_byte(text, at)?];
    let length = match bytes[0].leading_ones() {
        0 => 1,
        ones @ 2..=4 => ones as usize,
        _ => return Err(MalformedUri),
    };
    while bytes.len() < length {
        bytes.push(escaped_byte(text, at)?);
    }
    std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()).ok_or(MalformedUri)
}

fn escaped_byte(text: &[u16], at: &mut usize) -> Result<u8, MalformedUri> {
    let escape = text.get(*at..*at + 3).ok_or(MalformedUri)?;
    let value = hex(&escape[1..]).filter(|_| escape[0] == b'%' as u16).ok_or(MalformedUri)?;
    *at += 3;
    Ok(value as u8)
}

fn hex(digits: &[u16]) -> Option<u16> {
    digits
        .iter()
        .try_fold(0, |sum, &unit| Some(sum * 16 + char::from_u32(u32::from(unit))?.to_digit(16)? as u16))
}

/// The old `escape`: `%xx` and `%uxxxx`.
pub fn escape(text: &[u16]) -> String {
    let mut out = String::with_capacity(text.len());
    for &unit in text {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii_alphanumeric() || b"@*_+-./".contains(&byte) => {
                out.push(char::from(byte))
            }
            Ok(byte) => out.push_str(&format!("%{byte:02X}")),
            Err(_) => out.push_str(&format!("%u{unit:04X}")),
        }
    }
    out
}

/// The old `unescape`; what is no escape stays.
pub fn unescape(text: &[u16]) -> Vec<u16> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let long = text.get(at + 1) == Some(&(b'u' as u16));
        let (from, length) = if long { (at + 2, 6) } else { (at + 1, 3) };
        let value = text.get(from..at + length).filter(|_| text[at] == b'%' as u16).and_then(hex);
        out.push(value.unwrap_or(text[at]));
        at += if value.is_some() { length } else { 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn components_and_whole_uris() {
        assert_eq!(encode(&units("a b&c/é😀"), Part::Component).unwrap(), "a%20b%26c%2F%C3%A9%F0%9F%98%80");
        assert_eq!(encode(&units("http://x/a b?q=é"), Part::Whole).unwrap(), "http://x/a%20b?q=%C3%A9");
        assert_eq!(encode(&[0xd800], Part::Whole), Err(MalformedUri));
        assert_eq!(decode(&units("%F0%9F%98%80%20"), Part::Component).unwrap(), units("😀 "));
        assert_eq!(decode(&units("%2Fa%20b"), Part::Whole).unwrap(), units("%2Fa b"));
        assert_eq!(decode(&units("%"), Part::Whole), Err(MalformedUri));
        assert_eq!(decode(&units("%C3x"), Part::Whole), Err(MalformedUri));
    }

    #[test]
    fn the_old_escapes() {
        assert_eq!(escape(&units("a b+é世")), "a%20b+%E9%u4E16");
        assert_eq!(unescape(&units("%u4E16%20%zz")), units("世 %zz"));
    }
}
