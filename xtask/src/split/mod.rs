//! Cuts the site's engine, so that a visit downloads what it runs and not the two thirds that it does not.
//!
//! Which functions a visit runs is found out anew at each build: the engine is [instrumented](instrument), does under Node what
//! visitors do ([`visits`], `www/train.js`), and what has not run by then goes into a [part](parts) of its own, with the data that only it
//! [refers to](references). Nothing is missing from the first part: the first call of a function that was left out loads the other.

mod instrument;
mod module;
mod parts;
mod references;
mod visits;

use crate::engine;
use crate::run::{command, read, root};
use crate::site::Flavour;
use anyhow::{Context, Result};
use module::Module;
use parts::Part;
use references::References;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Builds the engine into a folder that has it in one piece: `semispace-wasm_bg.wasm` becomes the first part,
/// `semispace-wasm_rest.wasm` is the other.
pub fn engine_in(flavour: Flavour, folder: &Path) -> Result<()> {
    let linked = engine::link(flavour, &["-Clink-arg=--emit-relocs"])?;
    let first = engine::bind(&linked, folder, &["--no-demangle"])?;
    let bytes = fs::read(&first)?;
    let module = Module::read(&bytes).context("the engine is no module that can be cut")?;
    let needed = functions_of_a_visit(&module, folder)?;
    let linked = fs::read(linked)?;
    let names = needed.iter().filter_map(|function| module.names.get(function)).copied();
    let data = References::read(&linked)?.unreachable_from(names);
    let functions = module.own_functions().filter(|function| !needed.contains(function)).collect();
    println!(
        "The engine is cut: {} of {} functions and {} of {} bytes of data are in the first part",
        needed.len(),
        module.own_functions().len(),
        module.data_length() - data.iter().map(ExactSizeIterator::len).sum::<usize>(),
        module.data_length(),
    );
    let rest = folder.join(format!("{}_rest.wasm", engine::MODULE));
    let files = parts::split(&module, &[Part { functions, data }])?;
    for (path, file) in [first, rest].into_iter().zip(files) {
        fs::write(&path, file)?;
        if flavour == Flavour::Release {
            engine::optimise(&path)?;
        }
    }
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
    let glue = folder.join(format!("{}.js", engine::MODULE));
    let ran = read(train.arg("www/train.js").arg(glue).arg(&instrumented).arg(&commands))
        .context("the instrumented engine does not run")?;
    serde_json::from_str(ran.trim()).context("www/train.js prints no list of functions")
}

#[cfg(test)]
mod tests;
