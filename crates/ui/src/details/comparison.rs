//! What if? The same snippet under another profile or with other sizes, beside the first run.

use crate::format::{bytes, count};
use crate::header::ProfileSelect;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::Counters;

type Row = (&'static str, fn(&Counters) -> String);

const ROWS: [Row; 8] = [
    ("Scavenges", |c| count(c.scavenges)),
    ("Full GCs", |c| count(c.mark_compacts)),
    ("Copied", |c| bytes(c.semi_space_copied_bytes)),
    ("Promoted", |c| bytes(c.promoted_bytes)),
    ("Most ever in use", |c| bytes(c.peak_heap_used)),
    ("Heap total", |c| bytes(c.heap_total)),
    ("GC time", |c| format!("{:.2} ms", c.total_pause_ms)),
    ("Longest pause", |c| format!("{:.2} ms", c.max_pause_ms)),
];

/// The What if tab.
#[component]
pub fn Comparison(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let chosen = RwSignal::new("classic-64".to_owned());
    let (semi_space, old_space) = (RwSignal::new(None), RwSignal::new(None));
    // The other run's column.
    let title = RwSignal::new(String::new());
    let compare = move || {
        let (profile, semi, old) =
            (chosen.get_untracked(), semi_space.get_untracked(), old_space.get_untracked());
        title.set(title_of(&profile, semi, old));
        session.compare(profile, semi, old);
    };
    let size = move |label: &'static str, of: RwSignal<Option<u32>>| {
        view! {
            <label class="field">
                <span>{label}</span>
                <input
                    type="number"
                    min="1"
                    max="4096"
                    placeholder="as here"
                    on:change=move |event| of.set(event_target_value(&event).parse().ok().filter(|size| *size > 0))
                />
            </label>
        }
    };
    let other = move |of: fn(&Counters) -> String| {
        session
            .comparison
            .with(|other| other.as_ref().map_or(String::new(), |(totals, _)| of(&totals.counters)))
    };
    let row = move |(label, of): Row| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>{move || session.counters.with(of)}</td>
                <td>{move || other(of)}</td>
            </tr>
        }
    };
    let is_on = move || session.comparison.with(Option::is_some);
    let ending = move || {
        session.comparison.with(|other| {
            other
                .as_ref()
                .filter(|(totals, _)| !totals.ending.is_empty())
                .map_or(String::new(), |(totals, _)| format!("The other run: {}", totals.ending))
        })
    };
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="What if">
            <p>"Runs this snippet from its start under another profile, or with other sizes, on a heap of its own. Its line in the timeline is dashed."</p>
            <div class="bar">
                <label class="field">
                    <span>"Other profile"</span>
                    <ProfileSelect session chosen choose=Callback::new(move |name| chosen.set(name)) />
                </label>
                {size("Largest semi-space, MB", semi_space)}
                {size("Largest old space, MB", old_space)}
                <button type="button" class="button" on:click=move |_| compare()>
                    "Compare"
                </button>
                <button type="button" class="button" hidden=move || !is_on() on:click=move |_| session.end_comparison()>
                    "End"
                </button>
            </div>
            <table class="totals" hidden=move || !is_on()>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{move || session.profile.get()}</th>
                        <th scope="col">
                            {move || title.get()}
                        </th>
                    </tr>
                </thead>
                <tbody>{ROWS.map(row).collect_view()}</tbody>
            </table>
            <p class="hint" role="status">{ending}</p>
        </div>
    }
}

fn title_of(profile: &str, semi_space_mb: Option<u32>, old_space_mb: Option<u32>) -> String {
    let size = |name: &str, mb: Option<u32>| mb.map_or(String::new(), |mb| format!(", {name} {mb} MB"));
    format!("{profile}{}{}", size("semi-space", semi_space_mb), size("old", old_space_mb))
}
