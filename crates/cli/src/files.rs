//! The files that a script on the command line may `require`: those at or below its own folder.

use std::path::{Path, PathBuf};

use semispace_playground::ModuleFiles;

/// A folder of the disk, with every link followed.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder of a script; of standard input, the current one.
    pub fn of(script: &Path) -> Self {
        let folder =
            script.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self(folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf()))
    }

    /// Its absolute name.
    pub fn name(&self) -> String {
        self.0.display().to_string()
    }
}

impl ModuleFiles for Folder {
    fn read(&self, path: &str) -> Option<String> {
        // A link may lead out of the folder: such a file is not there.
        let file = self.0.join(path).canonicalize().ok()?;
        if !file.starts_with(&self.0) {
            return None;
        }
        std::fs::read_to_string(file).ok()
    }
}
