//! The user's guide, `docs/guide`, as a book.

use crate::run::{command, root, show};
use crate::setup;
use anyhow::Result;

/// Installs mdBook if it is missing, and builds the guide into `target/book`.
pub fn build() -> Result<()> {
    setup::mdbook()?;
    show(command("mdbook").args(["build", "docs"]))?;
    println!("The guide is in {}", root().join("target/book").display());
    Ok(())
}
