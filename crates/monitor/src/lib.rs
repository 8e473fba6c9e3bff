//! What Node prints about its heap, from typed records of collections.
//!
//! [`trace_line`] is one line of `--trace-gc` in the format of the profile's era, [`name_value_pairs`] one line of
//! `--trace-gc-nvp`, and [`out_of_memory()`] the report that ends a process whose heap is full; [`explain()`] says in words
//! why a collection ran. The heap records typed figures; nothing here looks at the heap itself.

#![forbid(unsafe_code)]

mod explain;
mod out_of_memory;
mod trace;

pub use explain::{Explanation, explain};
pub use out_of_memory::out_of_memory;
pub use trace::{ProcessIds, name_value_pairs, trace_line};
