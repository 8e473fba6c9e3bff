//! SIGUSR2 from outside, for scripts that write a heap snapshot when it comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the signal has come.
#[derive(Debug, Default)]
pub struct Signal(Arc<AtomicBool>);

impl Signal {
    /// From now on the signal is noted. Systems without it never have one to note.
    pub fn usr2() -> Self {
        let signal = Self::default();
        #[cfg(unix)]
        if let Err(error) = signal_hook::flag::register(signal_hook::consts::SIGUSR2, Arc::clone(&signal.0)) {
            eprintln!("semispace: SIGUSR2 will not reach the script: {error}");
        }
        signal
    }

    /// Whether it has come since the last call.
    pub fn has_come(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}
