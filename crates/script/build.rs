//! Copies the JavaScript parts of the engine into the build's folder, without the comments and the indentation that only
//! their readers need: a sixth of what they weigh in the page's download.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders below `src`.
const FOLDERS: [&str; 3] = ["prelude", "node/modules", "node/modules/streams"];

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    for folder in FOLDERS {
        let source = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(&source)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "js") {
                let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
                fs::write(out.join(folder).join(name), stripped(&fs::read_to_string(&path)?)?)?;
            }
        }
    }
    Ok(())
}

/// The source without indentation, empty lines and lines that are nothing but a `//` comment.
///
/// # Errors
/// A template literal or a comment that spans lines: it could not be told from code.
fn stripped(source: &str) -> io::Result<String> {
    let mut short = String::new();
    for line in source.lines().map(str::trim_start) {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if line.starts_with("/*") || line.replace("'`'", "").matches('`').count() % 2 == 1 {
            return Err(io::Error::other(format!("the built-in JavaScript may not span lines here: {line}")));
        }
        short.push_str(line);
        short.push('\n');
    }
    Ok(short)
}
