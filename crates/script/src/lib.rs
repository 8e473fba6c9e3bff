//! JavaScript on the Semispace heap.
//!
//! A script goes through four rooms, and data flows one way:
//!
//! 1. [`compiler`], a crate of its own: source text to [`bytecode`]. `oxc_parser` reads it, `oxc_semantic` finds scopes and early errors,
//!    then one pass emits code for a register machine. The result is plain data that knows no heap.
//! 2. [`vm`]: links that data to a machine and runs it. Frames, generators and jobs are data too: a run stops at any
//!    call or backward jump, can be cloned, and goes on.
//! 3. [`object`]: what the machine's operations mean. Hidden classes ([`shape`]), elements, strings, functions, each laid
//!    out in the heap word for word as V8 lays it out, because the bytes are what the playground is there to show.
//! 4. [`builtins`]: what scripts find when they start. Natives in Rust; whatever calls back into script is written in
//!    JavaScript itself (`src/prelude/`), so that no JavaScript call recurses on the Rust stack.
//!
//! Three rules keep this honest:
//!
//! * **Roots are precise.** The collector sees the registers in use, and nothing above them; Rust code that allocates
//!   keeps what it needs in [`vm::Handle`]s. `--stress-gc 1 --verify-heap` finds whoever does not.
//! * **Nothing depends on addresses, time or hash order.** The same script gives the same bytes everywhere.
//! * **Every refusal has a place.** Errors are [`diagnostic::Diagnostic`]s with line and column, or JavaScript
//!   exceptions with V8's own words.

#![forbid(unsafe_code)]

/// The code of one of the engine's own JavaScript files, which the build script compiles; the path is one below `src`.
macro_rules! own_code {
    ($path:expr) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $path, ".code"))
    };
}

/// The text of one of the engine's own JavaScript files, as the build script has left it.
macro_rules! own_text {
    ($path:expr) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $path, ".js"))
    };
}

/// A file of what a machine begins with.
macro_rules! prelude {
    ($file:literal) => {
        $crate::builtins::install::Prelude {
            file: concat!($file, ".js"),
            outline: own_code!(concat!("prelude/", $file, ".outline")),
            late: || own_code!(concat!("prelude/", $file)),
        }
    };
}

pub mod atoms;
pub mod builtins;
pub mod heap_graph;
pub mod names;
pub mod node;
pub mod object;
pub mod shape;
pub mod value;
pub mod vm;

pub use semispace_compiler as compiler;
pub use semispace_compiler::{bytecode, diagnostic};
