//! Sizes over time: the `semispace-timeline` element of `www/src/timeline.js`, and the scrubber that goes back in time.

use crate::format::{bytes, count};
use crate::parts;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CollectionKind, Counters, RunState, Sample};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::Element;

/// The pane at the bottom.
#[component]
pub fn Timeline(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let host = NodeRef::<leptos::html::Div>::new();
    host.on_load(move |host| {
        if let Ok(element) = document().create_element("semispace-timeline") {
            host.append_child(&element).ok();
            bind(session, &element);
        }
    });
    view! {
        <section class="timeline" aria-labelledby="timeline-title">
            <div class="pane-title">
                <h2 id="timeline-title">"Timeline"</h2>
                <Figures session />
            </div>
            <div class="host" node_ref=host></div>
            <Scrubber session />
        </section>
    }
}

/// The numbers that are always in sight.
#[component]
fn Figures(session: Session) -> impl IntoView {
    let figure = move |label: &'static str, name: &'static str, text: fn(&Counters) -> String| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd data-figure=name>{move || session.counters.with(text)}</dd>
            </div>
        }
    };
    view! {
        <dl class="strip">
            {figure("scavenges", "scavenges", |c| count(c.scavenges))}
            {figure("full GCs", "mark-compacts", |c| count(c.mark_compacts))}
            {figure("in use", "heap-used", |c| bytes(c.heap_used))}
            {figure("allocated", "allocated", |c| bytes(c.allocated_bytes))}
            {figure("copied", "copied", |c| bytes(c.semi_space_copied_bytes))}
            {figure("promoted", "promoted", |c| bytes(c.promoted_bytes))}
            {figure("GC time", "pause", |c| format!("{:.2} ms", c.total_pause_ms))}
        </dl>
    }
}

/// Goes back to any earlier moment of the run.
#[component]
fn Scrubber(session: Session) -> impl IntoView {
    let last = Memo::new(move |_| session.samples.with(Vec::len).saturating_sub(1));
    let chosen = RwSignal::new(None::<usize>);
    let at = move |index: usize| session.samples.with(|samples| samples.get(index).copied());
    let words = move || {
        let index = chosen.get().unwrap_or_else(|| last.get());
        at(index).map_or(String::new(), |sample| format!("{:.1} ms", sample.at_ms))
    };
    let rewind = move |text: String| {
        let index = text.parse().unwrap_or(0);
        chosen.set(None);
        if let Some(sample) = at(index) {
            session.rewind(sample.instructions);
        }
    };
    let is_off = move || last.get() == 0 || session.state.with(|state| *state == RunState::Running);
    view! {
        <label class="scrubber">
            <span>"Rewind to"</span>
            <input
                type="range"
                min="0"
                max=move || last.get()
                prop:value=move || chosen.get().unwrap_or_else(|| last.get())
                disabled=is_off
                aria-valuetext=words
                on:input=move |event| chosen.set(event_target_value(&event).parse().ok())
                on:change=move |event| rewind(event_target_value(&event))
            />
            <output>{words}</output>
        </label>
    }
}

fn bind(session: Session, element: &Element) {
    let on_cursor = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let number = parts::get(&event, "detail").as_f64();
        if let Some(number) = number {
            session.explain(number as u32);
            session.tab.set(crate::details::Tab::Log);
        }
    });
    element.add_event_listener_with_callback("collection", on_cursor.into_js_value().unchecked_ref()).ok();
    let element: StoredValue<Element, LocalStorage> = StoredValue::new_local(element.clone());
    Effect::new(move || {
        session.samples.with(|samples| {
            let rows = flat(samples);
            element.with_value(|element| parts::call(element, "showSamples", &[&rows]));
        });
    });
    Effect::new(move || {
        let marks: Vec<f64> = session.log.with(|log| {
            let row = |entry: &semispace_protocol::LogEntry| {
                let kind = if entry.kind == CollectionKind::Full { 1.0 } else { 0.0 };
                [f64::from(entry.number), entry.at_ms, kind, entry.pause_ms]
            };
            log.iter().flat_map(row).collect()
        });
        let marks = js_sys::Float64Array::from(marks.as_slice());
        element.with_value(|element| parts::call(element, "showCollections", &[&marks]));
    });
    Effect::new(move || {
        let rows = session.comparison.with(|other| other.as_ref().map_or(JsValue::NULL, |(_, s)| flat(s)));
        element.with_value(|element| parts::call(element, "showOther", &[&rows]));
    });
    Effect::new(move || {
        let number = session.explanation.with(|why| why.as_ref().map_or(0, |why| why.number));
        element.with_value(|element| parts::call(element, "point", &[&number.into()]));
    });
}

/// Eight numbers for each sample, in the order of the type's fields.
fn flat(samples: &[Sample]) -> JsValue {
    let row = |s: &Sample| {
        [s.at_ms, s.instructions, s.new_used, s.old_used, s.large_used, s.external, s.rss, s.old_limit]
    };
    let numbers: Vec<f64> = samples.iter().flat_map(row).collect();
    js_sys::Float64Array::from(numbers.as_slice()).into()
}
