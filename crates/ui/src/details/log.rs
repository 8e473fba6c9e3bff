//! The collections, as `--trace-gc` prints them, and why each of them ran.

use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CollectionKind, LogEntry};

/// Lines that are shown: the newest ones that the filter lets through.
const SHOWN: usize = 400;

/// The Log tab.
#[component]
pub fn Log(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let lines = move || {
        let wanted = filter.get();
        session.log.with(|log| {
            let shown: Vec<LogEntry> =
                log.iter().rev().filter(|entry| entry.line.contains(&wanted)).take(SHOWN).cloned().collect();
            shown.into_iter().rev().map(|entry| line(session, entry)).collect_view()
        })
    };
    // The line that is looked at is in sight, or else, as at a terminal, the newest one.
    Effect::new(move || {
        session.explanation.track();
        session.log.track();
        crate::parts::part("revealLine", &[]);
    });
    view! {
        <div class="bar">
            <input
                type="search"
                placeholder="Filter"
                aria-label="Filter the log"
                on:input=move |event| filter.set(event_target_value(&event))
            />
            <button type="button" class="button" on:click=move |_| copy(session)>"Copy"</button>
        </div>
        <div class="lines" tabindex="0" role="group" aria-label="Collections">
            {lines}
            <p class="hint" hidden=move || session.log.with(|log| !log.is_empty())>
                "Each collection prints a line here, as node --trace-gc does. Press a line to see why it ran."
            </p>
        </div>
    }
}

fn line(session: Session, entry: LogEntry) -> impl IntoView {
    let LogEntry { number, kind, line, .. } = entry;
    let class = if kind == CollectionKind::Full { "line full" } else { "line" };
    let is_chosen =
        move || session.explanation.with(|why| why.as_ref().is_some_and(|why| why.number == number));
    view! {
        <button
            type="button"
            class=class
            aria-pressed=move || is_chosen().to_string()
            on:click=move |_| session.explain(number)
        >
            {line}
        </button>
    }
}

fn copy(session: Session) {
    let text: String =
        session.log.with_untracked(|log| log.iter().flat_map(|entry| [entry.line.as_str(), "\n"]).collect());
    crate::parts::part("copy", &[&text.into()]);
}
