//! The user's guide, `docs/guide`, as a book whose snippets are widgets.

use crate::run::{cargo, command, root, show, tools};
use crate::setup;
use crate::site::{self, Flavour};
use anyhow::Result;
use std::env;

/// Installs mdBook if it is missing, builds the site, and the guide into `dist/guide`: its widgets come from the site around it.
pub fn build() -> Result<()> {
    setup::mdbook()?;
    let site = site::build(Flavour::Release)?;
    show(cargo().args(["build", "--profile", "quick", "--package", "mdbook-semispace"]))?;
    let mut book = command("mdbook");
    let path = env::var_os("PATH").unwrap_or_default();
    let tools = [root().join("target/quick"), tools().join("bin")];
    let path = env::join_paths(tools.into_iter().chain(env::split_paths(&path)))?;
    let guide = site.join("guide");
    show(book.args(["build", "docs", "--dest-dir"]).arg(&guide).env("PATH", path))?;
    println!("The guide is in {}", guide.display());
    Ok(())
}
