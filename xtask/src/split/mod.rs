//! Cuts the site's engine, so that a visit downloads what it runs and not the two thirds that it does not.
//!
//! Which functions a visit runs is found out anew at each build: the engine is instrumented ([`mod@instrument`]), does under Node what
//! visitors do ([`visits`], `www/train.js`), and what has not run by then goes into [`parts`] of its own, with the data that only
//! they refer to ([`references`]). Nothing is lost: the first call of a function that was left out loads its part.

mod instrument;
mod module;
mod parts;
mod references;
mod visits;

use crate::engine;
use crate::order;
use crate::run::{command, read, root};
use crate::site::Flavour;
use anyhow::{Context, Result};
use module::Module;
use parts::Part;
use references::{References, subtract};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The parts after the first: what the page's first visit runs beyond a simple widget, what the other lessons run, and everything
/// else. Each needs those before it.
const PARTS: [&str; 3] = ["page", "lessons", "rest"];

/// Builds the engine into a folder that has it in one piece: `semispace-wasm_bg.wasm` becomes the first part, the others
/// are `semispace-wasm_page.wasm` and so on.
pub fn engine_in(flavour: Flavour, folder: &Path) -> Result<()> {
    let linked = engine::link(flavour, &["-Clink-arg=--emit-relocs"])?;
    let first = engine::bind(&linked, folder, &["--no-demangle", "--no-typescript"])?;
    let bytes = fs::read(&first)?;
    let module = Module::read(&bytes).context("the engine is no module that can be cut")?;
    let visits = functions_of_visits(&module, folder)?;
    let linked = fs::read(linked)?;
    let parts = plan(&module, &References::read(&linked)?, &visits);
    let others = PARTS.map(|part| folder.join(format!("{}_{part}.wasm", engine::MODULE)));
    let files = parts::split(&module, &parts)?;
    for (path, file) in [first].iter().chain(&others).zip(files) {
        fs::write(path, file)?;
        if flavour == Flavour::Release {
            // A second look at what the first has left gains half a per cent.
            engine::optimise(path)?;
            engine::optimise(path)?;
            order::for_compression(path)?;
        }
    }
    println!(
        "The engine is cut: a widget needs {} of its {} functions",
        visits[0].len(),
        module.own_functions().len()
    );
    Ok(())
}

/// Each part has the functions that its visit runs and no earlier one, and the data that no earlier part refers to.
fn plan(module: &Module<'_>, references: &References<'_>, visits: &[BTreeSet<u32>]) -> Vec<Part> {
    let mut there = BTreeSet::new();
    let mut parts = Vec::new();
    let mut missing = Vec::new();
    for functions in visits {
        let functions: BTreeSet<u32> = functions.difference(&there).copied().collect();
        there.extend(&functions);
        let names = there.iter().filter_map(|function| module.names.get(function)).copied();
        let still_missing = references.unreachable_from(names);
        parts.push(Part { functions, data: subtract(&missing, &still_missing) });
        missing = still_missing;
    }
    let rest = module.own_functions().filter(|function| !there.contains(function)).collect();
    parts.push(Part { functions: rest, data: missing });
    // The first part has what the others have not.
    parts.remove(0);
    parts
}

/// What runs when the engine does what visitors do: with a widget, on the page, in all lessons.
fn functions_of_visits(module: &Module<'_>, folder: &Path) -> Result<Vec<BTreeSet<u32>>> {
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
    serde_json::from_str(ran.trim()).context("www/train.js prints no lists of functions")
}

#[cfg(test)]
mod tests;
