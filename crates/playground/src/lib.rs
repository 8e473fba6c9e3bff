//! One session of the playground: a script, the machine that runs it, and what there is to see.
//!
//! A [`Session`] is made from a [`SessionConfig`] and driven by [`Session::run`] in portions, so that whoever drives it
//! stays in charge: a page between two frames, a command line with a time limit. Everything is deterministic: the same
//! configuration gives the same bytes, output and log, natively and in WebAssembly.
//!
//! ```
//! use semispace_playground::{RunState, Session, SessionConfig};
//!
//! let source = "const kept = []; for (let i = 0; i < 1e5; i++) kept.push({ i });".into();
//! let mut session = Session::new(SessionConfig { source, ..SessionConfig::default() })?;
//! while session.run(1_000_000) == RunState::Paused {}
//! assert_eq!(session.state(), &RunState::Finished { exit_code: 0 });
//! assert!(session.stats().scavenges > 0);
//! # Ok::<(), semispace_playground::Diagnostic>(())
//! ```
//!
//! Sizes are bytes, durations virtual time in the unit that their names end with, budgets instructions. A script that does
//! not compile is a [`Diagnostic`] with its place; what goes wrong in a run is a [`RunState`].

#![forbid(unsafe_code)]

mod config;
mod exercise;
mod history;
mod inspect;
mod names;
mod session;
mod slabs;
mod slow_motion;
mod snapshot;
mod stats;
mod telling;
mod why;

pub use config::{Limits, ProfileName, SessionConfig, TraceFormat};
pub use exercise::{Answer, Held, NoAnswer};
pub use history::History;
pub use inspect::{Inspection, Referrer};
pub use names::Names;
pub use semispace_heap as heap;
pub use semispace_monitor::{CpuProfile, Explanation};
pub use semispace_script::diagnostic::{Diagnostic, DiagnosticKind};
pub use semispace_script::node::file_system::GeneratedFile;
pub use semispace_script::node::modules::{ModuleFiles, NamedFiles};
pub use semispace_script::vm::allocation_sites::{SiteCount, SiteTotals};
pub use semispace_script::vm::{CollectorPace, Stream};
pub use semispace_slab as slab;
pub use semispace_snapshot as heap_snapshot;
pub use session::{OutputChunk, RunState, Session, StepKind};
pub use slabs::SlabView;
pub use slow_motion::{Stage, StepReport, Stride};
pub use snapshot::Capture;
pub use stats::{SlabStats, Stats};

/// The bytecode of a script as text: one line an instruction, `word  name  operands  what the extension word means`.
///
/// # Errors
/// Source that is not JavaScript or not supported.
pub fn disassemble(source: &str) -> Result<String, Diagnostic> {
    let script = semispace_script::compiler::compile(source)?;
    Ok(semispace_script::bytecode::disassemble(&script))
}
