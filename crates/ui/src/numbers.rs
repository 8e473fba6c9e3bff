//! The heap's own numbers, as they are in the newest frame.

use crate::format::{bytes, count};
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::Counters;

/// The numbers pane.
#[component]
pub fn Numbers(
    /// The session whose numbers these are.
    session: Session,
) -> impl IntoView {
    let figure = move |label: &'static str, name: &'static str, text: fn(&Counters) -> String| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd data-figure=name>{move || session.counters.with(text)}</dd>
            </div>
        }
    };
    view! {
        <section class="numbers" aria-labelledby="numbers-title">
            <div class="pane-title"><h2 id="numbers-title">"Numbers"</h2></div>
            <dl class="headline">
                {figure("scavenges", "scavenges", |c| count(c.scavenges))}
                {figure("full GCs", "mark-compacts", |c| count(c.mark_compacts))}
                {figure("in use", "heap-used", |c| bytes(c.heap_used))}
            </dl>
            <dl class="figures">
                {figure("Allocated so far", "allocated", |c| bytes(c.allocated_bytes))}
                {figure("Copied by scavenges", "copied", |c| bytes(c.semi_space_copied_bytes))}
                {figure("Promoted to old space", "promoted", |c| bytes(c.promoted_bytes))}
                {figure("Heap total", "heap-total", |c| bytes(c.heap_total))}
                {figure("Most ever in use", "peak", |c| bytes(c.peak_heap_used))}
                {figure("Write barrier hits", "barrier", |c| count(c.write_barrier_hits))}
                {figure("Time in collections", "pause", |c| format!("{:.2} ms", c.total_pause_ms))}
                {figure("Instructions", "instructions", |c| count(c.instructions))}
            </dl>
        </section>
    }
}
