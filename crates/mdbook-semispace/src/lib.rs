//! An mdBook preprocessor: a fenced block whose info string says `semispace` becomes a `<semispace-playground>`.
//!
//! ````text
//! ```js,semispace,view=heap+log,max-semi-space-size=1
//! const kept = [];
//! for (let i = 0; i < 1e5; i++) kept.push({ i });
//! ```
//! ````
//!
//! mdBook runs the program of this crate with the whole book on its standard input, as JSON: [`book`] walks over that.
//! [`chapter`] finds the blocks of a chapter, [`info`] reads what stands behind the fence, [`widget`] writes the element.
//! What it writes holds the snippet as plain code, so that a reader without scripts loses nothing; for renderers other than
//! `html` mdBook leaves the preprocessor out, and the block stays the code block that it is.
//!
//! The protocol is JSON with few fields, read here as values: mdBook's own library would bring a hundred crates for them.

pub mod book;
pub mod chapter;
pub mod info;
pub mod widget;

/// A block that cannot become a widget: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The chapter's file, as the book names it.
    pub file: String,
    /// Line of the block in it, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.message)
    }
}
