//! What a visitor downloads: each file of the built site, raw and gzipped.

use crate::run::{command, read};
use crate::site::{self, Flavour};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Measures a file with Node's zlib, which every machine that builds the page has.
const GZIP_LENGTH: &str = "const f=require('fs'),z=require('zlib');console.log(z.gzipSync(f.readFileSync(process.argv[1]),{level:9}).length)";

/// Gzipped bytes that a visitor may download in all, and before the page first shows.
const BUDGET: u64 = 900_000;
const FIRST_PAINT_BUDGET: u64 = 150_000;
/// What the page shows itself with: all but the editor, the chart, the engine and the lessons, which follow.
const FIRST_PAINT: [&str; 5] = ["index.html", "page-", "system-", "boot", "semispace-ui"];

/// Builds the site for publication, prints a table, and fails above the budget.
pub fn print() -> Result<()> {
    let dist = site::build(Flavour::Release)?;
    let mut files = list(&dist)?;
    files.sort();
    let (mut total, mut first_paint, mut widget) = ((0, 0), 0, 0);
    println!("{:>10} {:>10}  file", "bytes", "gzip");
    for name in files {
        let path = dist.join(&name);
        let raw = fs::metadata(&path)?.len();
        let packed: u64 = read(command("node").args(["-e", GZIP_LENGTH]).arg(&path))?.trim().parse()?;
        println!("{raw:>10} {packed:>10}  {name}");
        // The widget is for other people's pages: no visitor of this one downloads it.
        if name.starts_with("embed") {
            widget += packed;
            continue;
        }
        total = (total.0 + raw, total.1 + packed);
        if FIRST_PAINT.iter().any(|start| name.starts_with(start)) {
            first_paint += packed;
        }
    }
    println!("{:>10} {:>10}  in all, of {BUDGET}", total.0, total.1);
    println!("{:>10} {first_paint:>10}  until first paint, of {FIRST_PAINT_BUDGET}", "");
    println!("{:>10} {widget:>10}  the widget, all its views and all lessons' pictures, beside that", "");
    if total.1 > BUDGET || first_paint > FIRST_PAINT_BUDGET {
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
        } else if !["gz", "br"].iter().any(|packed| name.ends_with(packed)) {
            names.push(name);
        }
    }
    Ok(names)
}
