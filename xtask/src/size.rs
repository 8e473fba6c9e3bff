//! What a visitor downloads: each file of the built site, raw and gzipped.

use crate::run::{command, read};
use crate::site::{self, Flavour};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Measures a file with Node's zlib, which every machine that builds the page has.
const GZIP_LENGTH: &str = "const f=require('fs'),z=require('zlib');console.log(z.gzipSync(f.readFileSync(process.argv[1]),{level:9}).length)";

/// When a visitor downloads a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    /// Before anything shows: the document with its shell and the snippet, the style sheets, and the script that puts a
    /// draft in the snippet's place. No WebAssembly is needed for that.
    FirstPaint,
    /// Before the default snippet has run: the page's program, the editor, the chart, the engine. The rest of every visit.
    FirstResult,
    /// When it is asked for: a lesson, the views that open late, the licences.
    OnDemand,
    /// Never by the page: what other people's pages embed.
    Elsewhere,
}

impl When {
    /// By the beginning of the file's name. What is not known here counts for every visit.
    fn of(name: &str) -> Self {
        let is_one_of = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
        if is_one_of(&["index.html", "page-", "system-", "boot"]) {
            Self::FirstPaint
        } else if is_one_of(&[
            "views",
            "editor-completion",
            "lessons",
            "licences",
            "semispace-wasm_lessons",
            "semispace-wasm_rest",
        ]) || name.ends_with(".LEGAL.txt")
        {
            Self::OnDemand
        } else if is_one_of(&["embed/", "embed.html"]) {
            Self::Elsewhere
        } else {
            Self::FirstResult
        }
    }

    /// Whether a widget that runs needs it too: with the heap's view, which is the default one, and without an editor.
    fn is_for_widget(name: &str) -> bool {
        let is_engine = ["semispace-wasm-", "semispace-wasm_bg"].iter().any(|start| name.starts_with(start));
        let is_script = name.starts_with("embed/") && name.ends_with(".js");
        let other_parts = ["lessons/", "frame", "resize", "editor", "timeline", "snapshots", "slabs", "log"];
        is_engine || (is_script && !other_parts.iter().any(|part| name.contains(part)))
    }

    const fn words(self) -> &'static str {
        match self {
            Self::FirstPaint => "paint",
            Self::FirstResult => "visit",
            Self::OnDemand => "demand",
            Self::Elsewhere => "embed",
        }
    }
}

/// Gzipped bytes that may be downloaded until the page first shows, until the default snippet has run, and by a page with a widget.
const BUDGETS: [(&str, u64); 3] = [
    ("until first paint: what shows without the page's program", 150_000),
    ("until the first result: every file of a first visit", 900_000),
    ("for a widget that runs, without an editor", 450_000),
];

/// Builds the site for publication, prints a table, and fails above the budget.
pub fn print() -> Result<()> {
    let dist = site::build(Flavour::Release)?;
    let mut files = list(&dist)?;
    files.sort_by_key(|name| (When::of(name), name.clone()));
    let mut sums = [0; BUDGETS.len()];
    println!("{:>10} {:>10}  {:7} file", "bytes", "gzip", "for");
    for name in files {
        let path = dist.join(&name);
        let raw = fs::metadata(&path)?.len();
        let packed: u64 = read(command("node").args(["-e", GZIP_LENGTH]).arg(&path))?.trim().parse()?;
        let when = When::of(&name);
        println!("{raw:>10} {packed:>10}  {:7} {name}", when.words());
        if when == When::FirstPaint {
            sums[0] += packed;
        }
        if when <= When::FirstResult {
            sums[1] += packed;
        }
        if When::is_for_widget(&name) {
            sums[2] += packed;
        }
    }
    for ((words, budget), sum) in BUDGETS.into_iter().zip(sums) {
        println!("{:>10} {sum:>10}  {words}; the budget is {budget}", "");
    }
    if BUDGETS.into_iter().zip(sums).any(|((_, budget), sum)| sum > budget) {
        bail!("the site is larger than its budget");
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            names.extend(list(&entry.path())?.into_iter().map(|inner| format!("{name}/{inner}")));
        } else if !["gz", "br", "_headers"].iter().any(|end| name.ends_with(end)) {
            names.push(name);
        }
    }
    Ok(names)
}
