//! Installs what is missing, once: a stamp or a version tells that a thing is there already.
//!
//! Everything comes from rustup, crates.io, npm and apt; a second run installs nothing and needs no network.

use crate::run::{cargo, command, read, root, show, tools, version_of};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The page's bundler, in the version that `Trunk.toml` asks for.
const TRUNK_VERSION: &str = "0.21.14";
const MDBOOK_VERSION: &str = "0.5.4";
const BOA_VERSION: &str = "0.22.0";
/// Built without optimisation: the build's own time is what a newcomer waits for.
const QUICKLY_BUILT: [&str; 3] = ["--debug", "--config", "profile.dev.debug=false"];
const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// What building the page needs: the target, wasm-bindgen, trunk, the npm parts.
pub fn for_site() -> Result<()> {
    wasm_target()?;
    check_node()?;
    npm_parts("www")?;
    let bindgen = locked_version("wasm-bindgen")?;
    install_tool("wasm-bindgen-cli", "wasm-bindgen", &bindgen, &QUICKLY_BUILT)?;
    let mut trunk = QUICKLY_BUILT.to_vec();
    trunk.push("--no-default-features");
    install_tool("trunk", "trunk", TRUNK_VERSION, &trunk)
}

/// The JavaScript engine in Rust that the benchmarks compare with.
pub fn boa() -> Result<()> {
    install_tool("boa_cli", "boa", BOA_VERSION, &["--no-default-features", "--features", "fast-allocator"])
}

/// What the user's guide is built with.
pub fn mdbook() -> Result<()> {
    let mut how = QUICKLY_BUILT.to_vec();
    how.push("--no-default-features");
    install_tool("mdbook", "mdbook", MDBOOK_VERSION, &how)
}

/// What the tests need beyond the page: the npm parts of the end-to-end tests, and of an example that they build.
pub fn for_tests() -> Result<()> {
    for_site()?;
    npm_parts("tests/e2e")?;
    npm_parts("docs/embedding/vitepress")
}

fn wasm_target() -> Result<()> {
    let sysroot = read(command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    println!("Installing the Rust target {WASM_TARGET} (rustup) ...");
    show(command("rustup").args(["target", "add", WASM_TARGET]))
        .context("the Rust target wasm32-unknown-unknown is missing and rustup could not add it")
}

fn check_node() -> Result<()> {
    let found = version_of("node").unwrap_or_default();
    let major = found.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        Some(_) => {
            bail!("Node {found} is too old: install Node {OLDEST_NODE} or newer from https://nodejs.org/")
        }
        None => bail!("Node is missing: install Node {OLDEST_NODE} or newer from https://nodejs.org/"),
    }
}

/// `npm ci` in a folder of the project, unless its lock file is the one that was installed last.
pub fn npm_parts(folder: &str) -> Result<()> {
    let folder = root().join(folder);
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm parts of {} (npm ci) ...", folder.display());
    show(command("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
    fs::write(stamp, lock).context("cannot write the npm stamp")
}

/// Builds a command-line tool from crates.io into `target/tools`, unless that version is there.
///
/// `how` are more words for `cargo install`: [`QUICKLY_BUILT`] for what only starts a few seconds of work.
fn install_tool(package: &str, program: &str, version: &str, how: &[&str]) -> Result<()> {
    let have = version_of(tools().join("bin").join(program)).unwrap_or_default();
    if have.split_whitespace().any(|word| word == version) {
        return Ok(());
    }
    println!("Installing {package} {version} into target/tools (a few minutes, once) ...");
    let build_in = tools().join("build");
    let mut install = cargo();
    install
        .args(["install", "--locked", "--no-track", "--force", "--quiet"])
        .args(how)
        .args([package, "--version", version, "--root"])
        .arg(tools())
        .env("CARGO_TARGET_DIR", &build_in);
    show(&mut install)?;
    // The tool stays; its half a gigabyte of intermediate files need not.
    fs::remove_dir_all(&build_in).ok();
    Ok(())
}

/// The version of a package in Cargo.lock.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    find_locked_version(&lock, package).with_context(|| format!("Cargo.lock has no package {package}"))
}

fn find_locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::find_locked_version;

    #[test]
    fn reads_a_version_from_a_lock_file() {
        let lock = "[[package]]\nname = \"one-more\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"one\"\nversion = \"1.2.3\"\n";
        assert_eq!(find_locked_version(lock, "one").as_deref(), Some("1.2.3"));
        assert_eq!(find_locked_version(lock, "two"), None);
    }
}
