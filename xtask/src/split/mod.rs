//! Cuts the site's engine, so that a visit downloads the functions that it runs and not the two thirds that it does not.
//!
//! Which functions those are is found out anew at each build: the engine is [instrumented](instrument), does under Node what
//! visitors do ([`visits`], `www/train.js`), and what has not run by then goes into a [part](parts) of its own. A function that was left
//! out is not missing: its first call loads that part.

mod instrument;
mod module;
mod parts;
mod visits;

use crate::run::{command, read, root};
use anyhow::{Context, Result};
use module::Module;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The engine as wasm-bindgen names it, and its functions that a visit does not need.
const ENGINE: &str = "semispace-wasm_bg.wasm";
const REST: &str = "semispace-wasm_rest.wasm";

/// Cuts the engine in a folder, in which `semispace-wasm.js` stands beside it.
pub fn engine_in(folder: &Path) -> Result<()> {
    let path = folder.join(ENGINE);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let module = Module::read(&bytes).context("the engine is no module that can be cut")?;
    let needed = functions_of_a_visit(&module, folder)?;
    let rest = module.own_functions().filter(|function| !needed.contains(function)).collect();
    let mut files = parts::split(&module, &[rest])?;
    println!(
        "The engine is cut: {} of its {} functions are in the first part",
        needed.len(),
        module.own_functions().len()
    );
    fs::write(folder.join(REST), files.pop().unwrap_or_default())?;
    fs::write(path, files.pop().unwrap_or_default())?;
    Ok(())
}

/// What has run when the engine has done what visitors do.
fn functions_of_a_visit(module: &Module<'_>, folder: &Path) -> Result<BTreeSet<u32>> {
    let work = root().join("target/split");
    fs::create_dir_all(&work)?;
    let instrumented = work.join("instrumented.wasm");
    fs::write(&instrumented, instrument::instrument(module)?)?;
    let commands = work.join("commands.json");
    fs::write(&commands, serde_json::to_string(&visits::commands()?)?)?;
    let mut train = command("node");
    train.arg("www/train.js").arg(folder.join("semispace-wasm.js")).arg(&instrumented).arg(&commands);
    let ran = read(&mut train).context("the instrumented engine does not run")?;
    serde_json::from_str(ran.trim()).context("www/train.js prints no list of functions")
}

#[cfg(test)]
mod tests;
