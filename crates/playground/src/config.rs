//! What a session is made from.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use semispace_heap::{HeapConfig, PROFILES, Profile};
use semispace_script::node::file_system::GeneratedFile;

/// The name of one of the profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileName(&'static str);

impl ProfileName {
    /// The name as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The profile.
    pub fn profile(self) -> &'static Profile {
        Profile::named(self.0).unwrap_or(&PROFILES[0])
    }

    /// All names.
    pub fn all() -> impl Iterator<Item = Self> {
        PROFILES.iter().map(|profile| Self(profile.name))
    }
}

impl Default for ProfileName {
    fn default() -> Self {
        Self("node-20")
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for ProfileName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::all().find(|profile| profile.0 == name).ok_or_else(|| {
            let known: Vec<&str> = Self::all().map(Self::as_str).collect();
            format!("unknown profile '{name}'; known: {}", known.join(", "))
        })
    }
}

/// Limits that override the profile's, in the units of Node's flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// `--max-old-space-size`, MB.
    pub max_old_space_mb: Option<u64>,
    /// `--max-semi-space-size`, MB.
    pub max_semi_space_mb: Option<u64>,
    /// `--min-semi-space-size`, MB.
    pub min_semi_space_mb: Option<u64>,
    /// `--max-external-size`, MB: what all ArrayBuffers may take together.
    pub max_external_mb: Option<u64>,
    /// `--max-new-space-size`, KB (classic profiles).
    pub max_new_space_kb: Option<u64>,
}

impl Limits {
    /// What the limit of the old generation may be, MB.
    pub const OLD_SPACE_MB: RangeInclusive<u64> = 1..=65_536;
    /// What the size of a semi-space may be, MB.
    pub const SEMI_SPACE_MB: RangeInclusive<u64> = 1..=4_096;
    /// What the limit of all ArrayBuffers together may be, MB.
    pub const EXTERNAL_MB: RangeInclusive<u64> = 0..=65_536;
    /// What the size of the new space of a classic profile may be, KB.
    pub const NEW_SPACE_KB: RangeInclusive<u64> = 1..=4_194_304;
}

/// Which lines a session prints for its collections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceFormat {
    /// None.
    #[default]
    Off,
    /// `--trace-gc`
    TraceGc,
    /// `--trace-gc-nvp`
    NameValuePairs,
}

/// Everything that a run depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionConfig {
    /// The script.
    pub source: String,
    /// Its name, as stacks show it.
    pub file_name: String,
    /// The folder that it lies in, as `__dirname` names it: an absolute path.
    pub folder: String,
    /// Files that it may `require`: their paths in the folder, and their texts.
    pub files: Vec<(String, String)>,
    /// Files of generated text that it finds by `fs`.
    pub generated_files: Vec<GeneratedFile>,
    /// The profile.
    pub profile: ProfileName,
    /// Limits that override the profile's.
    pub limits: Limits,
    /// Seed of `Math.random`.
    pub seed: u64,
    /// `process.argv` from index 2.
    pub argv: Vec<String>,
    /// Collect at every Nth allocation.
    pub stress_gc: Option<u32>,
    /// Evacuate every page in every full collection.
    pub stress_compaction: bool,
    /// Run the verifier around each collection.
    pub verify_heap: bool,
    /// Lines for collections.
    pub trace: TraceFormat,
    /// Remember for each object where the script allocated it: see [`crate::Session::allocation_sites`].
    pub allocation_sites: bool,
    /// The variables of the script's top level outlive its end, as those of a page's classic script do; Node's module
    /// wrapper lets them go. For questions after the end: see [`crate::Session::who_keeps`].
    pub keep_top_level: bool,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            source: String::new(),
            file_name: "snippet.js".to_owned(),
            folder: "/snippet".to_owned(),
            files: Vec::new(),
            generated_files: Vec::new(),
            profile: ProfileName::default(),
            limits: Limits::default(),
            seed: 1,
            argv: Vec::new(),
            stress_gc: None,
            stress_compaction: false,
            verify_heap: false,
            trace: TraceFormat::Off,
            allocation_sites: false,
            keep_top_level: false,
        }
    }
}

impl SessionConfig {
    /// The heap that this asks for.
    pub(crate) fn heap(&self) -> HeapConfig {
        let mut heap = HeapConfig::from(self.profile.profile());
        let Limits { max_old_space_mb, max_semi_space_mb, min_semi_space_mb, max_new_space_kb, .. } =
            self.limits;
        if let Some(mb) = max_old_space_mb {
            heap.set_max_old_space_mb(mb);
        }
        if let Some(mb) = max_semi_space_mb {
            heap.set_max_semi_space_mb(mb);
        }
        if let Some(mb) = min_semi_space_mb {
            heap.set_min_semi_space_mb(mb);
        }
        if let Some(kb) = max_new_space_kb {
            heap.set_max_new_space_kb(kb);
        }
        heap.stress_gc = self.stress_gc;
        heap.stress_compaction = self.stress_compaction;
        heap.verify = self.verify_heap;
        heap.poison = self.verify_heap;
        heap
    }
}
