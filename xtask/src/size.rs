//! What a visitor downloads: each file of the built site, raw and gzipped.

use crate::run::{command, read};
use crate::site::{self, Flavour};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Measures a file with Node's zlib, which every machine that builds the page has.
const GZIP_LENGTH: &str = "const f=require('fs'),z=require('zlib');console.log(z.gzipSync(f.readFileSync(process.argv[1]),{level:9}).length)";

/// Builds the site for publication and prints a table.
pub fn print() -> Result<()> {
    let dist = site::build(Flavour::Release)?;
    let mut files = list(&dist)?;
    files.sort();
    let mut total = (0, 0);
    println!("{:>10} {:>10}  file", "bytes", "gzip");
    for name in files {
        let path = dist.join(&name);
        let raw = fs::metadata(&path)?.len();
        let packed: u64 = read(command("node").args(["-e", GZIP_LENGTH]).arg(&path))?.trim().parse()?;
        println!("{raw:>10} {packed:>10}  {name}");
        total = (total.0 + raw, total.1 + packed);
    }
    println!("{:>10} {:>10}  in all", total.0, total.1);
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            names.extend(list(&entry.path())?.into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            names.push(name);
        }
    }
    Ok(names)
}
