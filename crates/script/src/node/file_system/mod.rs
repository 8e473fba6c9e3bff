//! The files of a session: what the module `fs` works on.
//!
//! A tree of folders and files in memory, keyed by absolute path. Files may be of any size: what is generated
//! ([`generated`]), zero, or a copy of something generated takes no memory ([`content`]). Errors are the codes of POSIX.

pub mod content;
pub mod generated;
mod natives;

use std::collections::BTreeMap;
use std::str::FromStr;

use content::{Content, Passage};
pub(super) use natives::install;

/// Bytes that all files together may store.
pub const ROOM_BYTES: u64 = 256 << 20;
/// A write is compared with so many reads before it.
const RECENT_READS: usize = 16;

/// A code of an error, as POSIX names it.
pub type Code = &'static str;

#[derive(Clone, Debug)]
enum Entry {
    Folder,
    File { content: Content, modified_ms: f64 },
}

/// What there is to know of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Status {
    /// Is it a folder?
    pub folder: bool,
    /// Bytes.
    pub size: u64,
    /// When it was written to, milliseconds of the script's clock.
    pub modified_ms: f64,
}

/// A file that a session begins with, made of generated text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its path; one that is not absolute lies in the script's folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Which text.
    pub seed: u64,
}

impl GeneratedFile {
    /// The most bytes of a file: sizes are numbers of JavaScript.
    pub const LARGEST: u64 = (1 << 53) - 1;
}

impl FromStr for GeneratedFile {
    type Err = String;

    /// `NAME=SIZE`, the size in bytes or with `k`, `m` or `g` for KiB, MiB, GiB; the text is that of seed 1.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("'{text}' is not NAME=SIZE, like big.txt=64m");
        let (path, size) = text.rsplit_once('=').filter(|(path, _)| !path.is_empty()).ok_or_else(wrong)?;
        let (digits, unit) = match size.char_indices().last() {
            Some((at, 'k' | 'K')) => (&size[..at], 1 << 10),
            Some((at, 'm' | 'M')) => (&size[..at], 1 << 20),
            Some((at, 'g' | 'G')) => (&size[..at], 1 << 30),
            _ => (size, 1_u64),
        };
        let size = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(unit));
        let size = size.filter(|&size| size <= Self::LARGEST).ok_or_else(wrong)?;
        Ok(Self { path: path.to_owned(), size, seed: 1 })
    }
}

/// The tree.
#[derive(Clone, Debug)]
pub struct FileSystem {
    entries: BTreeMap<String, Entry>,
    recent: Vec<Passage>,
}

impl Default for FileSystem {
    fn default() -> Self {
        let mut entries = BTreeMap::new();
        entries.extend(["/", "/tmp"].map(|path| (path.to_owned(), Entry::Folder)));
        Self { entries, recent: Vec::new() }
    }
}

impl FileSystem {
    /// What lies at a path.
    pub fn status(&self, path: &str) -> Option<Status> {
        Some(match self.entries.get(path)? {
            Entry::Folder => Status { folder: true, size: 4096, modified_ms: 0.0 },
            Entry::File { content, modified_ms } => {
                Status { folder: false, size: content.size(), modified_ms: *modified_ms }
            }
        })
    }

    /// Makes a folder and those above it.
    pub fn ensure_folder(&mut self, path: &str) {
        let ends = path.match_indices('/').map(|(at, _)| at.max(1)).chain([path.len()]);
        for end in ends {
            self.entries.entry(path[..end].to_owned()).or_insert(Entry::Folder);
        }
    }

    /// Makes a folder in an existing one.
    ///
    /// # Errors
    /// `EEXIST`, `ENOENT`, `ENOTDIR`.
    pub fn make_folder(&mut self, path: &str) -> Result<(), Code> {
        if self.entries.contains_key(path) {
            return Err("EEXIST");
        }
        self.check_parent(path)?;
        self.entries.insert(path.to_owned(), Entry::Folder);
        Ok(())
    }

    /// Puts content at a path, in place of the file that is there.
    ///
    /// # Errors
    /// `EISDIR`, `ENOENT`, `ENOTDIR`.
    pub fn put(&mut self, path: &str, content: Content, now_ms: f64) -> Result<(), Code> {
        match self.entries.get(path) {
            Some(Entry::Folder) => return Err("EISDIR"),
            Some(Entry::File { .. }) => {}
            None => self.check_parent(path)?,
        }
        self.entries.insert(path.to_owned(), Entry::File { content, modified_ms: now_ms });
        Ok(())
    }

    /// Puts a file of these bytes at a path, in place of the one that is there.
    ///
    /// # Errors
    /// `EISDIR`, `ENOENT`, `ENOTDIR`, `ENOSPC`.
    pub fn store(&mut self, path: &str, bytes: Vec<u8>, now_ms: f64) -> Result<(), Code> {
        let replaced = match self.entries.get(path) {
            Some(Entry::File { content, .. }) => content.stored(),
            _ => 0,
        };
        if self.stored() - replaced + bytes.len() as u64 > ROOM_BYTES {
            return Err("ENOSPC");
        }
        self.put(path, Content::bytes(bytes), now_ms)
    }

    /// All bytes of a file. None: there is no such file.
    pub fn contents(&self, path: &str) -> Option<Vec<u8>> {
        let Entry::File { content, .. } = self.entries.get(path)? else { return None };
        let mut bytes = vec![0; content.size() as usize];
        content.read(0, &mut bytes);
        Some(bytes)
    }

    /// Reads from a file; the answer is how many bytes there were.
    ///
    /// # Errors
    /// `ENOENT`, `EISDIR`.
    pub fn read(&mut self, path: &str, at: u64, bytes: &mut [u8]) -> Result<usize, Code> {
        let Entry::File { content, .. } = self.entries.get(path).ok_or("ENOENT")? else {
            return Err("EISDIR");
        };
        if let Some(passage) = content.passage(at) {
            self.recent.truncate(RECENT_READS - 1);
            self.recent.insert(0, passage);
        }
        Ok(content.read(at, bytes))
    }

    /// Writes to a file; `at` may lie behind its end.
    ///
    /// # Errors
    /// `ENOENT`, `EISDIR`, `ENOSPC`.
    pub fn write(&mut self, path: &str, at: u64, bytes: &[u8], now_ms: f64) -> Result<(), Code> {
        let full = self.stored() + bytes.len() as u64 > ROOM_BYTES;
        let recent = std::mem::take(&mut self.recent);
        let result = self.change(path, now_ms, |content| {
            if !full {
                content.write(at, bytes, &recent);
                return Ok(());
            }
            // What stores nothing new finds room all the same.
            let mut trial = content.clone();
            trial.write(at, bytes, &recent);
            if trial.stored() > content.stored() {
                return Err("ENOSPC");
            }
            *content = trial;
            Ok(())
        });
        self.recent = recent;
        result
    }

    /// Cuts a file, or makes it longer with zeros.
    ///
    /// # Errors
    /// `ENOENT`, `EISDIR`.
    pub fn truncate(&mut self, path: &str, size: u64, now_ms: f64) -> Result<(), Code> {
        self.change(path, now_ms, |content| {
            content.truncate(size);
            Ok(())
        })
    }

    /// Removes a file, or an empty folder.
    ///
    /// # Errors
    /// `ENOENT`, `ENOTEMPTY`.
    pub fn remove(&mut self, path: &str) -> Result<(), Code> {
        if !self.names(path).is_empty() {
            return Err("ENOTEMPTY");
        }
        self.entries.remove(path).map(|_| ()).ok_or("ENOENT")
    }

    /// Gives a file or an empty folder another path, in place of the file that is there.
    ///
    /// # Errors
    /// `ENOENT`, `ENOTEMPTY`, `EISDIR`, `ENOTDIR`.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Code> {
        if !self.names(from).is_empty() {
            return Err("ENOTEMPTY");
        }
        if !self.entries.contains_key(from) {
            return Err("ENOENT");
        }
        self.check_parent(to)?;
        if matches!(self.entries.get(to), Some(Entry::Folder)) {
            return Err("EISDIR");
        }
        if let Some(entry) = self.entries.remove(from) {
            self.entries.insert(to.to_owned(), entry);
        }
        Ok(())
    }

    /// The names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<&str> {
        let prefix = if folder == "/" { "/".to_owned() } else { format!("{folder}/") };
        let below = self.entries.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        below
            .map(|(path, _)| &path[prefix.len()..])
            .filter(|name| !name.is_empty() && !name.contains('/'))
            .collect()
    }

    /// Bytes that all files together store.
    pub fn stored(&self) -> u64 {
        let stored = |entry: &Entry| match entry {
            Entry::Folder => 0,
            Entry::File { content, .. } => content.stored(),
        };
        self.entries.values().map(stored).sum()
    }

    fn change(
        &mut self,
        path: &str,
        now_ms: f64,
        change: impl FnOnce(&mut Content) -> Result<(), Code>,
    ) -> Result<(), Code> {
        match self.entries.get_mut(path).ok_or("ENOENT")? {
            Entry::Folder => Err("EISDIR"),
            Entry::File { content, modified_ms } => {
                *modified_ms = now_ms;
                change(content)
            }
        }
    }

    fn check_parent(&self, path: &str) -> Result<(), Code> {
        let end = path.rfind('/').unwrap_or(0).max(1);
        match self.entries.get(&path[..end]) {
            Some(Entry::Folder) => Ok(()),
            Some(Entry::File { .. }) => Err("ENOTDIR"),
            None => Err("ENOENT"),
        }
    }
}
