//! Colours, for who asks for them: each kind of text has a style of its own (`util.inspect.styles`, by their default).

use super::layout::length;
use super::view::Primitive;
use unicode_width::UnicodeWidthStr;

/// The kinds of text that have a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Special,
    Number,
    Undefined,
    Null,
    String,
    Date,
    RegExp,
}

impl Style {
    /// The numbers that begin and end a style on a terminal.
    const fn codes(self) -> (u8, u8) {
        match self {
            Self::Special => (36, 39),
            Self::Number => (33, 39),
            Self::Undefined => (90, 39),
            Self::Null => (1, 22),
            Self::String => (32, 39),
            Self::Date => (35, 39),
            Self::RegExp => (31, 39),
        }
    }

    pub(super) const fn of(primitive: &Primitive) -> Self {
        match primitive {
            Primitive::Undefined => Self::Undefined,
            Primitive::Null => Self::Null,
            Primitive::Boolean(_) | Primitive::Number(_) | Primitive::BigInt(_) => Self::Number,
            Primitive::String(_) | Primitive::Symbol(_) => Self::String,
        }
    }

    pub(super) fn paint(self, text: &str) -> String {
        let (begin, end) = self.codes();
        format!("\x1b[{begin}m{text}\x1b[{end}m")
    }
}

/// The text without what begins and ends a style.
fn plain(text: &str) -> String {
    let mut pieces = text.split("\x1b[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| plain + piece.split_once('m').map_or(piece, |(_, rest)| rest))
}

/// Length of a text as it shows, in UTF-16 code units.
pub(super) fn shown_length(text: &str) -> usize {
    if text.contains('\x1b') { length(&plain(text)) } else { length(text) }
}

/// Columns that a text takes.
pub(super) fn shown_width(text: &str) -> usize {
    if text.contains('\x1b') { plain(text).width() } else { text.width() }
}
