//! The npm package: the engine's WebAssembly with its types, the custom element, a README whose examples run, licences.
//!
//! It is put together in `target/package/semispace` and packed beside that as `semispace-VERSION.tgz`. Nothing is
//! published: `docs/release.md` says how.

use crate::licences;
use crate::run::{cargo, command, read, root, show};
use crate::setup;
use crate::site::Flavour;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

const WASM: &str = "wasm32-unknown-unknown";
/// Files of the module that wasm-bindgen makes: what a site has under the same names.
const MODULE: &str = "semispace-wasm";
/// What a package has of this project as it is.
const COPIED: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// A package in a folder, and packed.
pub struct Package {
    /// The folder.
    pub folder: PathBuf,
    /// The `.tgz` that `npm publish` takes.
    pub tarball: PathBuf,
}

/// Builds and packs it.
pub fn build(flavour: Flavour) -> Result<Package> {
    setup::for_site()?;
    let folder = root().join("target/package/semispace");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).context("cannot make target/package")?;
    engine(flavour, &folder)?;
    let sources = root().join("www/package");
    for file in ["index.js", "index.d.ts", "node.js", "element-node.js", "README.md"] {
        copy(&sources.join(file), &folder.join(file))?;
    }
    for file in COPIED {
        copy(&root().join(file), &folder.join(file))?;
    }
    element(&folder)?;
    fs::write(folder.join("THIRD-PARTY-LICENCES.txt"), licences::as_text()?)?;
    fs::write(folder.join("package.json"), manifest()?)?;
    pack(folder)
}

/// The engine's WebAssembly and the module around it.
fn engine(flavour: Flavour, folder: &Path) -> Result<()> {
    let profile = match flavour {
        Flavour::Quick => "quick",
        Flavour::Release => "engine",
    };
    show(cargo().args(["build", "--target", WASM, "--package", MODULE, "--profile", profile]))?;
    let built = format!("target/{WASM}/{profile}/semispace_wasm.wasm");
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target", "web", "--out-name", MODULE, "--remove-producers-section", "--out-dir"]);
    show(bindgen.arg(folder).arg(root().join(built)))?;
    // The raw exports are for the module alone.
    fs::remove_file(folder.join(format!("{MODULE}_bg.wasm.d.ts"))).ok();
    if flavour == Flavour::Release { optimise(&folder.join(format!("{MODULE}_bg.wasm"))) } else { Ok(()) }
}

/// wasm-opt, with the words that the page's own build gives it.
fn optimise(wasm: &Path) -> Result<()> {
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

/// The custom element and the lessons; the engine is one folder up, as on the site.
fn element(folder: &Path) -> Result<()> {
    for script in ["www/bundle.js", "www/pictures.js"] {
        show(command("node").arg(script).arg(folder))?;
    }
    Ok(())
}

/// `package.json`, with the workspace's version.
fn manifest() -> Result<String> {
    let template = fs::read_to_string(root().join("www/package/package.json"))?;
    Ok(template.replace("\"version\": \"0.0.0\"", &format!("\"version\": \"{}\"", version()?)))
}

/// The workspace's version, which is the package's.
fn version() -> Result<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).context("cannot read Cargo.toml")?;
    let (_, package) = manifest.split_once("[workspace.package]").context("Cargo.toml has no version")?;
    let line = package.lines().find_map(|line| line.strip_prefix("version = \""));
    Ok(line.context("Cargo.toml has no version")?.trim_end_matches('"').to_owned())
}

fn pack(folder: PathBuf) -> Result<Package> {
    let beside = root().join("target/package");
    let mut npm = command("npm");
    npm.args(["pack", "--json", "--loglevel=error", "--pack-destination"]).arg(&beside).current_dir(&folder);
    let report: serde_json::Value = serde_json::from_str(&read(&mut npm)?)?;
    let name = report[0]["filename"].as_str().context("npm pack names no file")?;
    let tarball = beside.join(name);
    let [packed, unpacked] =
        ["size", "unpackedSize"].map(|size| report[0][size].as_u64().unwrap_or_default());
    println!("{}: {packed} bytes, {unpacked} unpacked", tarball.display());
    Ok(Package { folder, tarball })
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}
