//! What the page asks of its engine on a visit that runs a snippet and looks at it.

use crate::run::root;
use anyhow::{Context, Result};
use semispace_protocol::{CollectionKind, Command, Settings, StepUnit, encode};
use std::fs;

/// The speed that the page begins with, instructions a second.
const SPEED: u32 = 200_000;

/// Encoded commands in their order. Whoever sends them gives the engine its turns in between.
pub fn commands() -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    let path = root().join("static/snippets/sessions.js");
    let first = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for instructions_per_second in [Some(SPEED), None] {
        all.extend(a_run(first.clone(), instructions_per_second));
    }
    for source in ["let a = ;", "throw new TypeError('no');", "console.log(undefinedName);", "null.x"] {
        all.extend(a_run(source.to_owned(), None));
    }
    Ok(all.iter().map(encode).collect())
}

fn a_run(source: String, instructions_per_second: Option<u32>) -> Vec<Command> {
    let settings = Settings {
        source: source.clone(),
        profile: "node-20".to_owned(),
        seed: 1,
        records_sites: instructions_per_second.is_some(),
        ..Settings::default()
    };
    let mut commands = vec![
        Command::Check { source },
        Command::Load(settings),
        Command::SetBreakpoints { lines: Vec::new() },
        Command::SetSpeed { instructions_per_second },
        Command::RequestFrame,
        Command::Step,
        Command::RunToCollection { slowly: false },
        Command::Run,
        Command::Pause,
        Command::RequestFrame,
        Command::Explain { number: 1 },
        Command::ExplainLimits,
        Command::Scavenge,
        Command::RequestFrame,
        Command::FullGc,
        Command::RequestFrame,
    ];
    // A frame can come in the middle of a collection, at full speed too.
    for kind in [CollectionKind::Scavenge, CollectionKind::Full] {
        commands.push(Command::StartCollection { kind });
        for unit in [StepUnit::Object, StepUnit::Phase, StepUnit::Phase, StepUnit::Phase, StepUnit::End] {
            commands.extend([Command::StepCollection { unit }, Command::RequestFrame]);
        }
    }
    commands
}
