//! Text as bytes, in the encodings of Node's Buffers.

/// An encoding of Buffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; lone surrogates become U+FFFD.
    Utf8,
    /// UTF-16, little-endian.
    Utf16,
    /// The low byte of each unit.
    Latin1,
    /// As Latin-1; reads only seven bits.
    Ascii,
    /// Base 64.
    Base64,
    /// Base 64 with `-` and `_`, without padding.
    Base64Url,
    /// Two hexadecimal digits a byte.
    Hex,
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Encoding {
    /// By the number that the prelude gives it.
    pub const fn numbered(number: i32) -> Self {
        match number {
            1 => Self::Utf16,
            2 => Self::Latin1,
            3 => Self::Ascii,
            4 => Self::Base64,
            5 => Self::Base64Url,
            6 => Self::Hex,
            _ => Self::Utf8,
        }
    }

    /// How many bytes a text is reckoned to take.
    pub fn byte_length(self, units: &[u16]) -> usize {
        match self {
            Self::Utf8 => char::decode_utf16(units.iter().copied())
                .map(|decoded| decoded.map_or(3, char::len_utf8))
                .sum(),
            Self::Utf16 => units.len() * 2,
            Self::Latin1 | Self::Ascii => units.len(),
            Self::Base64 | Self::Base64Url => {
                let padding = units.iter().rev().take(2).take_while(|&&unit| unit == u16::from(b'=')).count();
                (units.len() - padding) * 3 / 4
            }
            Self::Hex => units.len() / 2,
        }
    }

    /// The bytes of a text, as many whole characters as fit into `room` bytes.
    pub fn encode(self, units: &[u16], room: usize) -> Vec<u8> {
        match self {
            Self::Utf8 => utf8(units, room),
            Self::Utf16 => units.iter().take(room / 2).flat_map(|unit| unit.to_le_bytes()).collect(),
            Self::Latin1 | Self::Ascii => units.iter().take(room).map(|&unit| unit as u8).collect(),
            Self::Base64 | Self::Base64Url => from_base64(units, room.min(self.byte_length(units))),
            Self::Hex => units
                .chunks_exact(2)
                .map_while(|pair| Some((hex_digit(pair[0])? << 4 | hex_digit(pair[1])?) as u8))
                .take(room)
                .collect(),
        }
    }

    /// At least how many units the text of so many bytes has.
    pub const fn text_length(self, bytes: u64) -> u64 {
        match self {
            Self::Utf8 => bytes / 3,
            Self::Utf16 => bytes / 2,
            Self::Latin1 | Self::Ascii => bytes,
            Self::Base64 | Self::Base64Url => bytes / 3 * 4,
            Self::Hex => bytes * 2,
        }
    }

    /// The text of some bytes.
    pub fn decode(self, bytes: &[u8]) -> Vec<u16> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).encode_utf16().collect(),
            Self::Utf16 => bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
            Self::Latin1 => bytes.iter().map(|&byte| u16::from(byte)).collect(),
            Self::Ascii => bytes.iter().map(|&byte| u16::from(byte & 0x7F)).collect(),
            Self::Base64 => to_base64(bytes, true),
            Self::Base64Url => to_base64(bytes, false),
            Self::Hex => bytes
                .iter()
                .flat_map(|&byte| [byte >> 4, byte & 15])
                .map(|digit| u16::from(b"0123456789abcdef"[usize::from(digit)]))
                .collect(),
        }
    }
}

fn utf8(units: &[u16], room: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len().min(room));
    let mut buffer = [0; 4];
    for decoded in char::decode_utf16(units.iter().copied()) {
        let text = decoded.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut buffer).as_bytes();
        if bytes.len() + text.len() > room {
            break;
        }
        bytes.extend_from_slice(text);
    }
    bytes
}

fn hex_digit(unit: u16) -> Option<u32> {
    char::from_u32(u32::from(unit))?.to_digit(16)
}

/// Both alphabets; whatever is in neither is passed over, and `=` is the end. Only the low byte of a unit counts.
fn from_base64(units: &[u16], room: usize) -> Vec<u8> {
    let digits =
        units.iter().map(|&unit| unit as u8).take_while(|&byte| byte != b'=').filter_map(|byte| match byte {
            b'-' => Some(62),
            b'_' => Some(63),
            byte => BASE64.iter().position(|&known| known == byte).map(|digit| digit as u32),
        });
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(room), 0u32, 0);
    for digit in digits {
        bits = bits << 6 | digit;
        count += 6;
        if count >= 8 && bytes.len() < room {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

fn to_base64(bytes: &[u8], standard: bool) -> Vec<u16> {
    let mut text = Vec::with_capacity(bytes.len() * 4 / 3 + 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let letter = match (bits >> (18 - 6 * place) & 63) as usize {
                _ if place > group.len() => {
                    if standard {
                        text.push(u16::from(b'='));
                    }
                    continue;
                }
                62 if !standard => b'-',
                63 if !standard => b'_',
                digit => BASE64[digit],
            };
            text.push(u16::from(letter));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Encoding;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[track_caller]
    fn check(encoding: Encoding, text: &str, bytes: &[u8]) {
        assert_eq!(encoding.encode(&units(text), usize::MAX >> 8), bytes);
        assert_eq!(String::from_utf16_lossy(&encoding.decode(bytes)), text);
    }

    #[test]
    fn texts_come_back() {
        check(Encoding::Utf8, "aé€😀", &[0x61, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80]);
        check(Encoding::Utf16, "a€", &[0x61, 0, 0xAC, 0x20]);
        check(Encoding::Latin1, "aé", &[0x61, 0xE9]);
        check(Encoding::Hex, "00ff7f", &[0, 255, 127]);
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob")]
        {
            check(Encoding::Base64, text, bytes.as_bytes());
        }
        check(Encoding::Base64Url, "-_8", &[0xFB, 0xFF]);
    }

    #[test]
    fn only_whole_characters_are_written() {
        assert_eq!(Encoding::Utf8.encode(&units("a€"), 3), b"a");
        assert_eq!(Encoding::Utf16.encode(&units("ab"), 3), b"a\0");
        assert_eq!(Encoding::Hex.encode(&units("abcxyz"), 9), [0xAB]);
        assert_eq!(Encoding::Base64.encode(&units("Z g\n=="), 9), b"f");
    }
}
