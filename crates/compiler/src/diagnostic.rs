//! What went wrong and where: the one error type that a person reads.

use std::fmt;

/// The sort of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosticKind {
    /// The source is not JavaScript.
    Syntax,
    /// JavaScript that this engine does not support.
    Unsupported,
    /// An exception that no script caught.
    Uncaught,
    /// The same, of a value that is no error.
    UncaughtValue,
    /// A budget (instructions, time, output) is spent.
    Budget,
}

/// Characters of a source line shown on either side of the place.
const MAX_EXCERPT: usize = 100;

/// An error with its place. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Sort.
    pub kind: DiagnosticKind,
    /// What happened, in one or two sentences; for an uncaught exception, the stack as Node prints it.
    pub message: String,
    /// Line, from 1; 0 where there is no place.
    pub line: u32,
    /// Column, from 1; 0 where there is no place.
    pub column: u32,
    /// The text of that line.
    pub source_line: String,
    /// How many characters are meant, for the caret.
    pub length: u32,
}

impl Diagnostic {
    /// A diagnostic about the bytes `start..end` of `source`.
    pub fn at(kind: DiagnosticKind, message: impl Into<String>, source: &str, start: u32, end: u32) -> Self {
        let place = Place::of(source, start);
        let span = source.get(start as usize..end as usize).unwrap_or("");
        let length = span.lines().next().unwrap_or("").chars().count().max(1) as u32;
        Self {
            kind,
            message: message.into(),
            line: place.line,
            column: place.column,
            source_line: source.lines().nth(place.line as usize - 1).unwrap_or("").to_owned(),
            length,
        }
    }

    /// As Node prints it on stderr: `file:line`, the line, a caret, the message.
    pub fn report(&self, file: &str) -> String {
        if self.line == 0 {
            return format!("{}\n", self.message);
        }
        let (text, column) = self.excerpt();
        let caret = " ".repeat(column) + &"^".repeat((self.length as usize).min(MAX_EXCERPT));
        let gap = if self.kind == DiagnosticKind::UncaughtValue { "" } else { "\n" };
        format!("{file}:{}\n{text}\n{caret}\n{gap}{}\n", self.line, self.message)
    }

    /// The part of the source line around the column, and where the column is in it, from 0.
    fn excerpt(&self) -> (String, usize) {
        let column = self.column.saturating_sub(1) as usize;
        let start = column.saturating_sub(MAX_EXCERPT);
        (self.source_line.chars().skip(start).take(2 * MAX_EXCERPT).collect(), column - start)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {}, column {})", self.message, self.line, self.column)
    }
}

impl std::error::Error for Diagnostic {}

/// A line and column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

impl Place {
    /// The place of a byte offset; past the end, the end.
    pub fn of(source: &str, offset: u32) -> Self {
        let mut end = (offset as usize).min(source.len());
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let before = &source[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() as u32 + 1;
        Self { line, column: before[line_start..].chars().count() as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_and_in_characters() {
        let source = "let é = 1;\nnope";
        assert_eq!(Place::of(source, 0), Place { line: 1, column: 1 });
        assert_eq!(Place::of(source, 7), Place { line: 1, column: 7 });
        assert_eq!(Place::of(source, 12), Place { line: 2, column: 1 });
        assert_eq!(Place::of(source, 999), Place { line: 2, column: 5 });
    }
}
