//! The heap, drawn to scale from the worker's pictures: an overview of every page, and, enlarged, every object.
//!
//! [`layout`] says where memory lies in the picture and on the screen, [`paint`] colours its pixels, [`overlay`] draws single
//! objects, pointers and the selection, [`canvas`] binds them to the screen, the pointer and the keys.

pub mod canvas;
pub mod layout;
pub mod overlay;
pub mod paint;

use crate::format::{bytes, plural};
use crate::session::Session;
use crate::slow_motion::SlowMotion;
use crate::work;
use canvas::{Act, View};
use layout::{Area, TITLE};
use leptos::prelude::*;
use semispace_protocol::{Picture, RunState, Space};

/// Where less of a space is seen than this, its title is left out.
const NARROWEST: f64 = 80.0;

/// The heap pane.
#[component]
pub fn HeapView(
    /// The session whose heap is shown.
    session: Session,
) -> impl IntoView {
    let view = View::new(session);
    let total = move || {
        session.counters.with(|c| format!("{} in use of {}", bytes(c.heap_used), bytes(c.heap_total)))
    };
    let stage = NodeRef::<leptos::html::Div>::new();
    stage.on_load(move |stage| view.observe(&stage));
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    canvas.on_load(move |canvas| view.bind(&canvas));
    let button = |label: &'static str, sign: &'static str, act: Act| {
        view! {
            <button type="button" class="button icon" aria-label=label title=label on:click=move |_| view.act(act)>
                {sign}
            </button>
        }
    };
    view! {
        <section class="heap" aria-labelledby="heap-title">
            <div class="pane-title">
                <h2 id="heap-title">"Heap"</h2>
                <span class="aside" data-figure="heap-total-line">{total}</span>
                <span class="tools">
                    {button("Smaller", "−", Act::Out)} {button("Larger", "+", Act::In)}
                    {button("The whole heap", "⤢", Act::Fit)}
                </span>
            </div>
            <div class="stage" node_ref=stage>
                <canvas
                    node_ref=canvas
                    tabindex="0"
                    role="img"
                    aria-label=move || session.picture.with(describe)
                    aria-describedby="heap-keys"
                ></canvas>
                {Space::ALL.map(|space| view! { <SpaceTitle session view space /> }).collect_view()}
                <p class="hover" hidden=move || view.hover.with(String::is_empty)>{move || view.hover.get()}</p>
            </div>
            <p id="heap-keys" class="visually-hidden">
                "Plus and minus zoom, 0 shows the whole heap, arrows move, N and P select the next and the previous object, C the first that it refers to, R the first that refers to it, Enter enlarges it. Page down and Page up say why the next page of memory is there, or the one before."
            </p>
            <SlowMotion session />
            <div class="heap-footer">
                <FirstVisit session />
                <p class="event" role="status">{move || event_or_hint(session)}</p>
                <p class="hint" role="status" hidden=move || session.is_traced.get()>
                    "Tracing from the roots, to show what is unreachable…"
                </p>
                <p class="hint" hidden=move || session.state.with(|state| !matches!(state, RunState::Finished { .. }))>
                    "The script has ended, so its top-level variables are garbage, as in Node's module wrapper; what hangs on globalThis stays."
                </p>
                <Legend />
            </div>
        </section>
    }
}

/// What to do first, for who is here for the first time.
#[component]
fn FirstVisit(session: Session) -> impl IntoView {
    let is_known = RwSignal::new(work::is_done("first-visit"));
    let has_run = move || session.state.with(|state| !matches!(state, RunState::Starting | RunState::Ready));
    let dismiss = move |_| {
        work::note_done("first-visit");
        is_known.set(true);
    };
    view! {
        <div class="first-visit" hidden=move || is_known.get() || has_run()>
            <p>
                "New here? Press Run: new space fills, a scavenge sweeps it, and a few survivors move on. Then change a line \
                 and run again, or open a lesson."
            </p>
            <button type="button" class="button" on:click=dismiss>"Got it"</button>
        </div>
    }
}

fn event_or_hint(session: Session) -> String {
    if session.collection.with(|view| view.as_ref().is_some_and(|view| !view.is_over)) {
        return "A collection is under way: each step says what it does.".to_owned();
    }
    let event = session.event.get();
    let is_fresh = session.state.with(|state| matches!(state, RunState::Starting | RunState::Ready));
    match (event.is_empty(), is_fresh) {
        (false, _) => event,
        (true, true) => "Press Run: new objects fill to-space until a scavenge is due.".to_owned(),
        (true, false) => "No collection yet: new objects fill to-space until a scavenge is due.".to_owned(),
    }
}

#[component]
fn Legend() -> impl IntoView {
    let entry = |class, words| view! { <li><span class=format!("swatch {class}")></span>{words}</li> };
    view! {
        <ul class="legend" aria-label="Colours">
            {entry("free", "free")} {entry("young", "new")} {entry("survived", "survived one scavenge")}
            {entry("old", "old or large")} {entry("unreachable", "unreachable")} {entry("grey", "grey")}
            {entry("black", "black (marked)")} {entry("forwarded", "moved away")}
            {entry("candidate", "to be evacuated")}
        </ul>
    }
}

/// What is said of a space in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Totals {
    pages: usize,
    used: u64,
    capacity: u64,
}

impl Totals {
    fn of(picture: &Picture, space: Space) -> Self {
        let mut totals = Self::default();
        for page in picture.pages().filter(|page| page.space == space) {
            totals.pages += 1;
            totals.used += u64::from(page.used);
            totals.capacity += u64::from(page.capacity);
        }
        totals
    }
}

/// The picture in words.
fn describe(picture: &Picture) -> String {
    let describe = |space: Space| {
        let Totals { pages, used, capacity } = Totals::of(picture, space);
        let (_, title, _) = words_of(space);
        let [used, capacity] = [used, capacity].map(|amount| bytes(amount as f64));
        format!("{title}: {used} of {capacity} in {}.", plural(pages, "page"))
    };
    Space::ALL.map(describe).join(" ")
}

/// The title of a space, where its tiles begin.
#[component]
fn SpaceTitle(session: Session, view: View, space: Space) -> impl IntoView {
    let (key, title, hint) = words_of(space);
    let totals = Memo::new(move |_| session.picture.with(|picture| Totals::of(picture, space)));
    let amount = move |of: fn(&Totals) -> u64| totals.with(|totals| bytes(of(totals) as f64));
    // As far as it is seen: of a space that begins left of the stage the title stands at the edge.
    let place = Memo::new(move |_| {
        let area = view.layout.with(|layout| layout.space(space).area);
        let Area { x, y, width, height } = view.camera.get().project(area);
        Area { x: x.max(0.0), y, width: x.min(0.0) + width, height }
    });
    view! {
        <div
            class="space-title"
            data-space=key
            style:left=move || format!("{}px", place.get().x.round())
            style:max-width=move || format!("{}px", place.get().width.round())
            style:top=move || format!("{}px", (place.get().y - TITLE).max(-2.0).round())
            hidden=move || {
                let place = place.get();
                place.width < NARROWEST || place.y + place.height < TITLE || place.y > view.room.get().1 + TITLE
            }
        >
            <h3>{title}</h3>
            <span class="amount">
                <strong data-figure=format!("{key}-used")>{move || amount(|totals| totals.used)}</strong>
                " of "
                <span data-figure=format!("{key}-capacity")>{move || amount(|totals| totals.capacity)}</span>
            </span>
            <span class="hint" hidden=move || totals.with(|totals| totals.pages > 0)>{hint}</span>
        </div>
    }
}

/// A space's short name, its title and what it is for.
fn words_of(space: Space) -> (&'static str, &'static str, &'static str) {
    match space {
        Space::To => ("to", "To-space", "new objects"),
        Space::From => ("from", "From-space", "empty"),
        Space::Old => ("old", "Old space", "what survives two scavenges"),
        Space::Large => ("large", "Large objects", "an object too big for a page gets pages of its own"),
    }
}
