//! Where the process's memory goes: the ledger as bars, each with the rule that decides it.

use crate::format::{bytes, count};
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{Counters, Sample};

/// One part of the ledger.
struct Part {
    name: &'static str,
    class: &'static str,
    rule: &'static str,
    amount: fn(&Sample, &Counters) -> f64,
}

const PARTS: [Part; 6] = [
    Part {
        name: "New space",
        class: "young",
        rule: "Objects allocated since the last scavenge, and those that have survived one. Full pages count whole (V8: NewSpace::Size).",
        amount: |sample, _| sample.new_used,
    },
    Part {
        name: "Old space",
        class: "old",
        rule: "Promoted objects, and dead ones that no full collection has found yet (V8: PagedSpace::SizeOfObjects).",
        amount: |sample, _| sample.old_used,
    },
    Part {
        name: "Large objects",
        class: "large",
        rule: "Objects beyond the profile's limit, each on pages of its own (V8: LargeObjectSpace).",
        amount: |sample, _| sample.large_used,
    },
    Part {
        name: "Free in the heap",
        class: "free",
        rule: "Committed pages without objects: heapTotal less heapUsed, from-space included.",
        amount: |_, c| (c.heap_total - c.heap_used).max(0.0),
    },
    Part {
        name: "Outside the heap",
        class: "external",
        rule: "Memory that objects hold but that does not lie in the heap: Buffers and ArrayBuffers (external).",
        amount: |_, c| c.external,
    },
    Part {
        name: "The process itself",
        class: "process",
        rule: "The engine's own code and data: what rss has beyond the heap and external memory.",
        amount: |_, c| (c.rss - c.heap_total - c.external).max(0.0),
    },
];

/// The Memory tab.
#[component]
pub fn Memory(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let sample =
        Memo::new(move |_| session.samples.with(|samples| samples.last().copied().unwrap_or_default()));
    let amount = move |part: &'static Part| session.counters.with(|c| (part.amount)(&sample.get(), c));
    let whole = move || session.counters.with(|c| c.rss.max(1.0));
    let stretch = move |part: &'static Part| {
        view! {
            <span
                class=format!("swatch {}", part.class)
                style:flex-grow=move || format!("{:.4}", amount(part) / whole())
            ></span>
        }
    };
    let row = move |part: &'static Part| {
        view! {
            <div class="part">
                <dt><span class=format!("swatch {}", part.class)></span>{part.name}</dt>
                <dd>{move || bytes(amount(part))}</dd>
                <dd class="rule">{part.rule}</dd>
            </div>
        }
    };
    let figure = move |label: &'static str, name: &'static str, text: fn(&Counters) -> String| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd data-figure=name>{move || session.counters.with(text)}</dd>
            </div>
        }
    };
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="Memory">
            <h2>"Where the memory is"</h2>
            <div class="ledger" aria-hidden="true">{PARTS.iter().map(stretch).collect_view()}</div>
            <button type="button" class="button" on:click=move |_| session.explain_limits()>"Why these sizes and limits?"</button>
            <dl class="parts">{PARTS.iter().map(row).collect_view()}</dl>
            <h2>"process.memoryUsage()"</h2>
            <dl class="figures">
                {figure("rss", "rss", |c| bytes(c.rss))} {figure("heapTotal", "heap-total", |c| bytes(c.heap_total))}
                {figure("heapUsed", "used", |c| bytes(c.heap_used))} {figure("external", "external", |c| bytes(c.external))}
                {figure("arrayBuffers", "array-buffers", |c| bytes(c.array_buffers))}
            </dl>
            <h2>"So far"</h2>
            <dl class="figures">
                {figure("Most ever in use", "peak", |c| bytes(c.peak_heap_used))}
                {figure("Marked", "marked", |c| bytes(c.marked_bytes))}
                {figure("Moved by full GCs", "evacuated", |c| bytes(c.evacuated_bytes))}
                {figure("Marking steps", "steps", |c| count(c.incremental_steps))}
                {figure("Write barrier hits", "barrier", |c| count(c.write_barrier_hits))}
                {figure("Longest pause", "max-pause", |c| format!("{:.2} ms", c.max_pause_ms))}
                {figure("Virtual time", "time", |c| format!("{:.2} ms", c.virtual_ms))}
                {figure("Instructions", "instructions", |c| count(c.instructions))}
            </dl>
        </div>
    }
}
