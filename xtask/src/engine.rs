//! Builds the engine's WebAssembly with the JavaScript module around it, apart from the site.

use crate::run::{cargo, command, root, show};
use crate::site::Flavour;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The crate, and how the files that wasm-bindgen makes begin: what a site has under the same names.
pub const MODULE: &str = "semispace-wasm";
const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles and links it; `words` are for the compiler. Returns the linked file.
pub fn link(flavour: Flavour, words: &[&str]) -> Result<PathBuf> {
    let profile = match flavour {
        Flavour::Quick => "quick",
        Flavour::Release => "engine",
    };
    let mut rustc = cargo();
    rustc.args(["rustc", "--lib", "--target", TARGET, "--package", MODULE, "--profile", profile, "--"]);
    show(rustc.args(words))?;
    Ok(root().join(format!("target/{TARGET}/{profile}/semispace_wasm.wasm")))
}

/// Writes the module into a folder: `semispace-wasm.js`, its types and `semispace-wasm_bg.wasm`; `words` are for wasm-bindgen.
pub fn bind(linked: &Path, folder: &Path, words: &[&str]) -> Result<PathBuf> {
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target", "web", "--out-name", MODULE, "--remove-producers-section"]).args(words);
    show(bindgen.arg("--out-dir").arg(folder).arg(linked))?;
    // The raw exports are for the module alone.
    fs::remove_file(folder.join(format!("{MODULE}_bg.wasm.d.ts"))).ok();
    Ok(folder.join(format!("{MODULE}_bg.wasm")))
}

/// wasm-opt, with the words that the page's own build gives it.
pub fn optimise(wasm: &Path) -> Result<()> {
    let page = fs::read_to_string(root().join("www/index.html")).context("cannot read www/index.html")?;
    let engine = page.split("<link").find(|link| link.contains("crates/wasm/Cargo.toml")).unwrap_or_default();
    let value = |name: &str| {
        let (_, rest) = engine.split_once(&format!("{name}=\""))?;
        rest.split('"').next()
    };
    let level = value("data-wasm-opt").context("www/index.html names no level for wasm-opt")?;
    let words = value("data-wasm-opt-params").unwrap_or_default().split_whitespace();
    show(command("wasm-opt").arg(format!("-O{level}")).args(words).arg(wasm).arg("-o").arg(wasm))
}
