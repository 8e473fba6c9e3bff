//! `bench --peers`: the engine beside other JavaScript engines on the programs of `tests/bench/programs` and
//! `tests/workloads`.

use crate::BenchArgs;
use crate::run::{cargo, command, root, show, tools};
use crate::site::Flavour;
use crate::{package, setup};
use anyhow::Result;
use std::env::consts::EXE_SUFFIX;

/// Builds both engines as they are published, installs the peers, and runs them in turn.
pub fn run(args: &BenchArgs) -> Result<()> {
    let package = package::build(Flavour::Release)?;
    show(cargo().args(["build", "--release", "--package", "semispace"]))?;
    setup::npm_parts("tests/bench")?;
    let mut peers = command("node");
    peers.arg("tests/bench/peers.js").args(&args.programs);
    peers.env("SEMISPACE_PACKAGE", package.folder);
    peers.env("SEMISPACE_PROGRAM", root().join(format!("target/release/semispace{EXE_SUFFIX}")));
    peers.env("SEMISPACE_ROUNDS", args.rounds.to_string());
    if args.boa {
        setup::boa()?;
        peers.env("SEMISPACE_BOA", tools().join(format!("bin/boa{EXE_SUFFIX}")));
    }
    show(&mut peers)
}
