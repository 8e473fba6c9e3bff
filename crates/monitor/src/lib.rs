//! What Node and its monitors say about a heap, from typed records of collections.
//!
//! [`trace_line`] is one line of `--trace-gc` in the format of the profile's era, [`NameValueTrace`] makes those of
//! `--trace-gc-nvp`, and [`out_of_memory()`] is the report that ends a process whose heap is full. [`Memwatch`] and
//! [`HeapDiff`] are the arithmetic of the module `memwatch`, without any JavaScript. [`explain()`] says in words why a
//! collection ran. [`CpuProfile`] turns samples of the stack into V8's files and tables. The heap records typed figures;
//! nothing here looks at the heap itself. Sizes are bytes, durations virtual time in the unit that their
//! names end with.

#![forbid(unsafe_code)]

mod cpu_profile;
mod explain;
mod explain_now;
mod fixed;
mod heap_diff;
mod memwatch;
mod name_value;
mod nice;
mod out_of_memory;
mod reason;
mod trace;

pub use cpu_profile::{Callee, CpuProfile, ProfiledFunction};
pub use explain::{Explanation, explain};
pub use explain_now::{ObjectFacts, explain_limits, explain_object, explain_page};
pub use fixed::fixed;
pub use heap_diff::{ClassChange, ClassName, HeapDiff, HeapMoment, HeapNode};
pub use memwatch::{Arithmetic, Leak, Memwatch, Report, Stats};
pub use name_value::NameValueTrace;
pub use nice::{nice_duration, nice_size};
pub use out_of_memory::out_of_memory;
pub use trace::{ProcessIds, trace_line};
