//! The heap snapshots that a script writes, from the session's own files to the disk.
//!
//! A script is as a rule somebody else's. What it writes lies at or below its own folder, links followed, and has a
//! name that ends in `.heapsnapshot`; whatever else it names stays in the session, with a line that says so. With
//! `--diagnostic-dir` only the last part of the name counts.

use std::fs;
use std::path::{Path, PathBuf};

use semispace_playground::Session;

const EXTENSION: &str = "heapsnapshot";

/// Which of them are on the disk already, and where they go.
#[derive(Debug)]
pub struct WrittenSnapshots {
    /// The script's folder
    folder: PathBuf,
    diagnostic_dir: Option<PathBuf>,
    done: usize,
}

impl WrittenSnapshots {
    /// Those of a session that has not run yet.
    pub fn of(session: &Session, diagnostic_dir: Option<PathBuf>) -> Self {
        Self { folder: PathBuf::from(&session.config().folder), diagnostic_dir, done: 0 }
    }

    /// Writes what is new. What cannot be written is told on standard error; the run goes on.
    pub fn flush(&mut self, session: &Session) {
        let all = session.written_snapshots();
        let new: Vec<&String> = all[self.done..].iter().collect();
        self.done = all.len();
        for (at, path) in new.iter().enumerate() {
            // Written again later, or removed by the script.
            let Some(bytes) = session.file(path).filter(|_| !new[at + 1..].contains(path)) else { continue };
            let written = self.target(path).and_then(|target| {
                fs::write(&target, bytes)
                    .map_err(|error| format!("cannot write {}: {error}", target.display()))
            });
            if let Err(message) = written {
                eprintln!("semispace: {message}");
            }
        }
    }

    fn target(&self, path: &str) -> Result<PathBuf, String> {
        let path = Path::new(path);
        let stays = |why: &str| format!("{} stays in the session: {why}", path.display());
        if path.extension().is_none_or(|extension| extension != EXTENSION) {
            return Err(stays("its name does not end in .heapsnapshot"));
        }
        let name = path.file_name().unwrap_or_default();
        let parent = match (&self.diagnostic_dir, path.parent()) {
            (Some(folder), _) => folder.clone(),
            (None, Some(parent)) if existing(parent).is_some_and(|real| real.starts_with(&self.folder)) => {
                parent.to_path_buf()
            }
            _ => {
                return Err(stays(
                    "it lies outside of the script's folder; --diagnostic-dir says where to put it",
                ));
            }
        };
        let target = parent.join(name);
        fs::create_dir_all(&parent).map_err(|error| format!("cannot make {}: {error}", parent.display()))?;
        match fs::symlink_metadata(&target) {
            Ok(found) if !found.is_file() => Err(stays("something that is no file has its name on the disk")),
            _ => Ok(target),
        }
    }
}

/// The nearest folder above or at a path that is on the disk, every link followed.
fn existing(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|folder| folder.canonicalize().ok())
}
