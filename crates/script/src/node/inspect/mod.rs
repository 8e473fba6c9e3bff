//! `util.inspect`: a value as the text that `console.log` prints, by Node 20's rules.
//!
//! [`inspect`] walks the object graph through a [`View`], depth first. Each object is formatted to a list of entries
//! (`object.rs`), and the entries are put together by `layout.rs`. An object that is met again inside itself prints
//! as `[Circular *n]`, and the place where it was met first is marked `<ref *n>`. Nothing here runs script and
//! nothing allocates in the heap, so values may be kept while it runs. `text.rs` prints primitives, `error.rs`
//! errors; read `object.rs` next.

mod error;
mod layout;
mod object;
mod style;
mod text;
mod view;

#[cfg(test)]
mod tests;

pub use layout::Compact;
pub use text::{number, quote};
pub use view::{FunctionSort, Key, Kind, Primitive, PromiseState, Property, Slot, View};

use layout::Measures;
use style::Style;

/// Objects deeper than this are cut even when no depth is asked for: the machine's own stack is finite.
const DEEPEST: usize = 150;

/// What the caller of `util.inspect` may choose.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Levels of inner objects to print, -1 for none at all; `None` for every level
    pub depth: Option<i64>,
    /// Whether properties that are not enumerable are shown, in brackets
    pub show_hidden: bool,
    /// Elements and entries shown of an array, Map or Set
    pub max_array_length: usize,
    /// UTF-16 code units shown of a string
    pub max_string_length: usize,
    /// Columns a line may have
    pub break_length: usize,
    /// See [`Compact`]
    pub compact: Compact,
    /// Whether the entries of objects are sorted
    pub sorted: bool,
    /// Whether the values of getters are shown
    pub getters: bool,
    /// Whether a proxy is shown as target and handler, and not as its target alone
    pub show_proxy: bool,
    /// Whether the digits of numbers are grouped by underscores
    pub numeric_separator: bool,
    /// Whether text is coloured for a terminal
    pub colors: bool,
    /// Whether objects may say themselves how they look
    pub custom_inspect: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            depth: Some(2),
            show_hidden: false,
            max_array_length: 100,
            max_string_length: 10_000,
            break_length: 80,
            compact: Compact::Levels(3),
            sorted: false,
            getters: false,
            show_proxy: false,
            numeric_separator: false,
            colors: false,
            custom_inspect: true,
        }
    }
}

/// The text of a value.
pub fn inspect<W: View>(view: &W, value: W::Value, options: Options) -> String {
    let mut inspector =
        Inspector { view, options, seen: Vec::new(), circular: Vec::new(), indentation: 0, current_depth: 0 };
    inspector.format_value(value, 0)
}

/// One call of [`inspect`].
struct Inspector<'a, W: View> {
    view: &'a W,
    options: Options,
    /// The objects that are being formatted, outermost first
    seen: Vec<W::Value>,
    /// The objects that were met inside themselves; their place is their number
    circular: Vec<W::Value>,
    /// Columns the current object is indented
    indentation: usize,
    /// Level of the object formatted last
    current_depth: usize,
}

impl<W: View> Inspector<'_, W> {
    /// Any value at level `level` (0: what inspect was called with).
    fn format_value(&mut self, value: W::Value, level: usize) -> String {
        match self.view.kind(value) {
            Kind::Primitive(Primitive::String(units)) => self.format_string(&units),
            Kind::Primitive(primitive) => self.format_primitive(&primitive),
            Kind::Proxy(None) => self.styled(Style::Special, "<Revoked Proxy>".to_owned()),
            Kind::Proxy(Some(parts)) if self.options.show_proxy => self.format_proxy(parts, level),
            Kind::Proxy(Some((target, _))) => self.format_value(target, level),
            Kind::Buffer(length, bytes) => self.format_buffer(value, (length, &bytes), level),
            kind if !self.options.custom_inspect => self.format_plainly(value, kind, level),
            kind => match self.view.own_words(value, level) {
                Some(words) => words.replace('\n', &format!("\n{}", " ".repeat(self.indentation))),
                None => self.format_plainly(value, kind, level),
            },
        }
    }

    fn format_primitive(&self, primitive: &Primitive) -> String {
        let text = text::primitive(primitive);
        let text = match primitive {
            // So written, Node shows no negative zero.
            Primitive::Number(n) if self.options.numeric_separator && *n == 0.0 => "0".to_owned(),
            Primitive::Number(_) | Primitive::BigInt(_) if self.options.numeric_separator => {
                text::separated(&text)
            }
            _ => text,
        };
        self.styled(Style::of(primitive), text)
    }

    /// The text in its style, if colours are wanted.
    fn styled(&self, style: Style, text: String) -> String {
        if self.options.colors { style.paint(&text) } else { text }
    }

    fn format_plainly(&mut self, value: W::Value, kind: Kind<W::Value>, level: usize) -> String {
        match self.circular_reference(value) {
            Some(reference) => reference,
            None => self.format_object(value, kind, level),
        }
    }

    fn circular_reference(&mut self, value: W::Value) -> Option<String> {
        if !self.seen.contains(&value) {
            return None;
        }
        let index = self.circular.iter().position(|&known| known == value).unwrap_or_else(|| {
            self.circular.push(value);
            self.circular.len() - 1
        });
        Some(self.styled(Style::Special, format!("[Circular *{}]", index + 1)))
    }

    /// A string in quotes; one that is too long for the line is cut after each line break.
    fn format_string(&self, units: &[u16]) -> String {
        let shown = &units[..units.len().min(self.options.max_string_length)];
        let hidden = units.len() - shown.len();
        let trailer = match hidden {
            0 => String::new(),
            _ => format!("... {hidden} more character{}", text::plural(hidden)),
        };
        let room = self.options.break_length.saturating_sub(self.indentation + 4);
        if self.options.compact == Compact::Always || shown.len() <= 16 || shown.len() <= room {
            return self.styled(Style::String, text::quote(shown)) + &trailer;
        }
        let lines: Vec<String> = shown
            .split_inclusive(|&unit| unit == b'\n' as u16)
            .map(|line| self.styled(Style::String, text::quote(line)))
            .collect();
        lines.join(&format!(" +\n{}", " ".repeat(self.indentation + 2))) + &trailer
    }

    /// Formats something two columns further in.
    fn indented<T>(&mut self, format: impl FnOnce(&mut Self) -> T) -> T {
        self.indentation += 2;
        let text = format(self);
        self.indentation -= 2;
        text
    }

    fn measures(&self) -> Measures {
        Measures {
            break_length: self.options.break_length,
            compact: self.options.compact,
            indentation: self.indentation,
            max_array_length: self.options.max_array_length,
        }
    }

    fn is_too_deep(&self, level: usize) -> bool {
        self.options.depth.is_some_and(|depth| level as i64 > depth) || level > DEEPEST
    }
}
