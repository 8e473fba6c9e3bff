//! Lines of each era, from collections that ran, against the format that the era's engine is documented to print.

use semispace_heap::TraceEra;
use semispace_monitor::{ProcessIds, trace_line};
use semispace_playground::{RunState, Session, SessionConfig};

/// An era, with the lines of its scavenges and of its full collections: `#` is a whole number, `^` a digit, `*` a
/// hexadecimal number, `_` blanks or nothing, `~` words, braces what may be missing, `SIZES` used (committed) before and after.
const ERAS: [(TraceEra, [&str; 2]); 4] = [
    (
        TraceEra::V3,
        [
            "[#] _# ms: Scavenge SIZES, # ms{ (+ # ms in # steps since last GC)} [~].",
            "[#] _# ms: Mark-sweep SIZES, # ms{ (+ # ms in # steps since start of marking, biggest step #.^^^^^^ ms)} \
             [~]{ [~]}.",
        ],
    ),
    (
        TraceEra::V4,
        [
            "[#:0x*] _# ms: Scavenge SIZES, #.^ / # ms{ (+ #.^ ms in # steps since last GC)} [~].",
            "[#:0x*] _# ms: Mark-sweep SIZES, #.^ / # ms{ (+ #.^ ms in # steps since start of marking, biggest step #.^ \
             ms)} [~]{ [~]}.",
        ],
    ),
    (
        TraceEra::V10,
        [
            "[#:0x*] _# ms: Scavenge SIZES, #.^ / #.^ ms  (average mu = #.^^^, current mu = #.^^^) ~; {~}",
            "[#:0x*] _# ms: Mark-sweep{ (reduce)} SIZES, #.^ / #.^ ms { (+ #.^ ms in # steps since start of marking, \
             biggest step #.^ ms, walltime since start of marking # ms)} (average mu = #.^^^, current mu = #.^^^) ~; {~}",
        ],
    ),
    (
        TraceEra::V11,
        [
            "[#:0x*] _# ms: Scavenge SIZES, #.^^ / #.^^ ms  (average mu = #.^^^, current mu = #.^^^) ~; {~}",
            "[#:0x*] _# ms: Mark-Compact{ (reduce)} SIZES, #.^^ / #.^^ ms { (+ #.^ ms in # steps since start of marking, \
             biggest step #.^ ms, walltime since start of marking # ms)} (average mu = #.^^^, current mu = #.^^^) ~; {~}",
        ],
    ),
];

fn matches(line: &str, pattern: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return line.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    let after = |characters: fn(char) -> bool| line.trim_start_matches(characters);
    match first {
        '#' => after(|c| c.is_ascii_digit()) != line && matches(after(|c| c.is_ascii_digit()), rest),
        '*' => after(|c| c.is_ascii_hexdigit()) != line && matches(after(|c| c.is_ascii_hexdigit()), rest),
        '_' => matches(after(|c| c == ' '), rest),
        '^' => line.starts_with(|c: char| c.is_ascii_digit()) && matches(&line[1..], rest),
        '~' => {
            let words =
                line.find(|c: char| !c.is_ascii_alphabetic() && !" .:-".contains(c)).unwrap_or(line.len());
            (1..=words).any(|end| matches(&line[end..], rest))
        }
        '{' => {
            let (optional, rest) = rest.split_once('}').expect("a closing brace");
            matches(line, &format!("{optional}{rest}")) || matches(line, rest)
        }
        literal => line.strip_prefix(literal).is_some_and(|line| matches(line, rest)),
    }
}

/// Scavenges before, while and after marking, full collections with steps and without.
#[test]
fn each_line_is_in_the_format_of_its_era_and_of_no_other() {
    let source = "const kept = [];
        for (let i = 0; i < 400000; i++) kept.push({ i, next: { i } });
        gc({ type: 'minor' }); gc();";
    let mut session = Session::new(SessionConfig { source: source.to_owned(), ..SessionConfig::default() })
        .expect("it compiles");
    assert_eq!(session.run(u64::MAX), RunState::Finished { exit_code: 0 });
    let records = session.take_collections();
    let with_steps = |is_full| {
        records.iter().any(|record| record.kind.is_full() == is_full && record.incremental.steps > 0)
    };
    assert!(with_steps(true) && with_steps(false), "the program does not mark in steps");
    for (era, _) in ERAS {
        for record in &records {
            let line = trace_line(record, era, ProcessIds::default());
            for (other, patterns) in ERAS {
                let pattern = patterns[usize::from(record.kind.is_full())];
                let pattern = pattern.replace("SIZES", "#.^ (#.^) -> #.^ (#.^) MB");
                assert_eq!(matches(&line, &pattern), other == era, "{other:?}: {line}");
            }
        }
    }
}
