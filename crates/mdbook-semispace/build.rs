//! Lists the site's lessons with their snippets, for books that show one by its name.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/lessons").canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names: Vec<String> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()?;
    names.retain(|name| folder.join(name).is_dir());
    names.sort();
    let lessons: String = names
        .iter()
        .map(|name| format!("    ({name:?}, include_str!({:?})),\n", folder.join(name).join("snippet.js")))
        .collect();
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&out).join("lessons.rs"), format!("[\n{lessons}]\n"))
}
