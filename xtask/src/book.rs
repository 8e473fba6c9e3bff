//! The user's guide, `docs/guide`, as a book whose snippets are widgets.

use crate::package::copy_all;
use crate::run::{cargo, command, root, show, tools};
use crate::setup;
use crate::site::{self, Flavour};
use anyhow::Result;
use std::env;

/// Installs mdBook if it is missing, and builds the guide into `target/book`, with the site in it for its widgets.
pub fn build() -> Result<()> {
    setup::mdbook()?;
    let site = site::build(Flavour::Release)?;
    show(cargo().args(["build", "--profile", "quick", "--package", "mdbook-semispace"]))?;
    let mut book = command("mdbook");
    let path = env::var_os("PATH").unwrap_or_default();
    let tools = [root().join("target/quick"), tools().join("bin")];
    let path = env::join_paths(tools.into_iter().chain(env::split_paths(&path)))?;
    show(book.args(["build", "docs"]).env("PATH", path))?;
    copy_all(&site, &root().join("target/book/semispace"))?;
    println!("The guide is in {}", root().join("target/book").display());
    Ok(())
}
