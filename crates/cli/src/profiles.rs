//! `profiles`: the policy constants of each engine that can be modelled.

use std::process::ExitCode;

use semispace_playground::ProfileName;
use serde::Serialize;

#[derive(Serialize)]
struct Row {
    name: &'static str,
    engine: &'static str,
    word_bytes: u32,
    page_bytes: u64,
    semi_space_initial_bytes: u64,
    semi_space_max_bytes: u64,
    old_max_bytes: u64,
}

/// The machine that RAM-dependent limits are given for.
const MEMORY_BYTES: u64 = 16 << 30;

/// Prints the table.
pub fn print(json: bool) -> ExitCode {
    let rows: Vec<Row> = ProfileName::all()
        .map(|name| {
            let profile = name.profile();
            Row {
                name: profile.name,
                engine: profile.engine,
                word_bytes: profile.word_bytes,
                page_bytes: profile.page_bytes,
                semi_space_initial_bytes: profile.semi_space_initial,
                semi_space_max_bytes: profile.semi_space_max,
                old_max_bytes: profile.old_max_bytes(MEMORY_BYTES),
            }
        })
        .collect();
    if json {
        println!("{}", serde_json::to_string_pretty(&rows).unwrap_or_default());
        return ExitCode::SUCCESS;
    }
    println!(
        "{:<12} {:<28} {:>6} {:>9} {:>18} {:>10}",
        "profile", "engine", "word", "page", "semi-space", "old max"
    );
    for row in rows {
        let semi =
            format!("{} .. {} MiB", row.semi_space_initial_bytes >> 20, row.semi_space_max_bytes >> 20);
        println!(
            "{:<12} {:<28} {:>4} B {:>5} KiB {:>18} {:>6} MiB",
            row.name,
            row.engine,
            row.word_bytes,
            row.page_bytes >> 10,
            semi,
            row.old_max_bytes >> 20
        );
    }
    ExitCode::SUCCESS
}
