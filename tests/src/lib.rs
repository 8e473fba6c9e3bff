//! The script corpus: one folder a case under `tests/scripts`.
//!
//! A case is `input.js` and what Node 20 printed for it on standard output, `expected.out`. A case that ends in an
//! error has `expected.err` too: the exit code, the line of the error and the start of its message. `not-yet.txt`
//! lists the cases that the engine does not pass so far; it may only shrink, so a listed case that passes is a
//! failure as well.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How a script must end when it does not simply reach its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedEnd {
    /// The process exit code; 0 for a script that ends normally.
    pub exit: i32,
    /// The 1-based line of the uncaught error, where Node names one.
    pub line: Option<u32>,
    /// What the text of the uncaught error begins with; empty when there is none.
    pub message: String,
}

/// One folder of the corpus.
#[derive(Clone, Debug)]
pub struct Case {
    /// The folder's name, which names the feature.
    pub name: String,
    /// The script.
    pub input: String,
    /// All that the script must print on standard output.
    pub output: String,
    /// How the script must end.
    pub end: ExpectedEnd,
}

/// The folder `tests` of the project.
#[must_use]
pub fn tests_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All cases in the order of their names.
///
/// # Errors
/// When a folder or file of the corpus cannot be read, or an `expected.err` is malformed.
pub fn load_cases() -> io::Result<Vec<Case>> {
    let mut folders = fs::read_dir(tests_folder().join("scripts"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()?;
    folders.sort();
    folders.iter().map(|folder| load_case(folder)).collect()
}

/// The names of the cases that are known not to pass yet.
///
/// # Errors
/// When the list cannot be read.
pub fn load_not_yet() -> io::Result<BTreeSet<String>> {
    let text = fs::read_to_string(tests_folder().join("not-yet.txt"))?;
    Ok(text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(String::from)
        .collect())
}

fn load_case(folder: &Path) -> io::Result<Case> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let end_file = folder.join("expected.err");
    let end = if end_file.exists() {
        parse_end(&name, &fs::read_to_string(end_file)?)?
    } else {
        ExpectedEnd::default()
    };
    Ok(Case {
        input: fs::read_to_string(folder.join("input.js"))?,
        output: fs::read_to_string(folder.join("expected.out"))?,
        name,
        end,
    })
}

fn parse_end(name: &str, text: &str) -> io::Result<ExpectedEnd> {
    let malformed =
        |line: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{name}/expected.err: {line}"));
    let mut end = ExpectedEnd::default();
    for line in text.lines() {
        let (key, value) = line.split_once(' ').ok_or_else(|| malformed(line))?;
        match key {
            "exit" => end.exit = value.parse().map_err(|_| malformed(line))?,
            "line" => end.line = Some(value.parse().map_err(|_| malformed(line))?),
            "message" => end.message = value.to_owned(),
            _ => return Err(malformed(line)),
        }
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_a_case() {
        let cases = load_cases().expect("the corpus is readable");
        assert!(cases.len() >= 400, "{} cases", cases.len());
        for case in &cases {
            let ends_well = case.end.exit == 0;
            assert!(
                !case.output.is_empty()
                    || !ends_well
                    || case.input.trim_start().is_empty()
                    || case.name == "only-comments"
            );
        }
    }

    #[test]
    fn the_list_names_only_cases() {
        let names: BTreeSet<_> =
            load_cases().expect("the corpus is readable").into_iter().map(|case| case.name).collect();
        for name in load_not_yet().expect("the list is readable") {
            assert!(names.contains(&name), "not-yet.txt names `{name}`, which is no case");
        }
    }
}
