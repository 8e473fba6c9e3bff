//! What can be wrong with a file.

use std::fmt;

/// Why a file cannot be read as a snapshot, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Bytes from the start of the file
    pub offset: u64,
    /// What is wrong there
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file cannot be read
    Io(String),
    /// The file ends in the middle
    Truncated,
    /// Something else than what must come here
    Unexpected {
        /// The byte that is there
        found: u8,
        /// What belongs there
        wanted: &'static str,
    },
    /// The description of the file is missing, or makes no sense
    Meta(String),
    /// A number is out of its range
    Number(&'static str),
    /// Parts of the file contradict each other
    Inconsistent(String),
    /// Whoever asked for it has lost interest
    Cancelled,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: ", self.offset)?;
        match &self.problem {
            Problem::Io(message) => write!(f, "cannot read: {message}"),
            Problem::Truncated => f.write_str("the file ends in the middle of the snapshot"),
            Problem::Unexpected { found, wanted } if found.is_ascii_graphic() => {
                write!(f, "expected {wanted}, found '{}'", char::from(*found))
            }
            Problem::Unexpected { found, wanted } => write!(f, "expected {wanted}, found byte {found:#04x}"),
            Problem::Meta(message) => write!(f, "this is no heap snapshot: {message}"),
            Problem::Number(what) => write!(f, "{what} is out of range"),
            Problem::Inconsistent(message) => write!(f, "the snapshot is damaged: {message}"),
            Problem::Cancelled => f.write_str("reading was cancelled"),
        }
    }
}

impl std::error::Error for ReadError {}
