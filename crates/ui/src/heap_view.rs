//! The heap, space by space: a title with its numbers, and a canvas with every page drawn to scale.

use crate::format::{bytes, plural};
use crate::paint::{self, Plan};
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{Picture, Space};
use wasm_bindgen::prelude::{Closure, JsCast};
use web_sys::{HtmlElement, ResizeObserver};

/// What the pane keeps free at the left and right of the canvases, in CSS pixels.
const SIDES: i32 = 32;
/// What the four titles and the room between them take, in CSS pixels.
const TITLES: i32 = 4 * 44 + 8;

/// The heap pane.
#[component]
pub fn HeapView(
    /// The session whose heap is shown.
    session: Session,
) -> impl IntoView {
    let spaces = NodeRef::<leptos::html::Div>::new();
    let size = RwSignal::new((0, 0));
    spaces.on_load(move |spaces| observe_size(&spaces, size));
    let plan = Memo::new(move |_| {
        let (width, height) = size.get();
        session.picture.with(|picture| Plan::fit(picture, width - SIDES, height - TITLES, pixel_ratio()))
    });
    let total = move || {
        session.counters.with(|c| format!("{} in use of {}", bytes(c.heap_used), bytes(c.heap_total)))
    };
    view! {
        <section class="heap" aria-labelledby="heap-title">
            <div class="pane-title">
                <h2 id="heap-title">"Heap"</h2>
                <span class="aside" data-figure="heap-total-line">{total}</span>
            </div>
            <div class="spaces" node_ref=spaces tabindex="0" role="group" aria-labelledby="heap-title">
                {Space::ALL.map(|space| view! { <SpaceView session plan space /> }).collect_view()}
            </div>
            <div class="heap-footer">
                <p class="event" role="status">{move || event_or_hint(session)}</p>
                <Legend />
            </div>
        </section>
    }
}

fn event_or_hint(session: Session) -> String {
    let event = session.event.get();
    if event.is_empty() {
        "Press Run: new objects fill to-space until a scavenge is due.".to_owned()
    } else {
        event
    }
}

#[component]
fn Legend() -> impl IntoView {
    let entry = |class, words| view! { <li><span class=format!("swatch {class}")></span>{words}</li> };
    view! {
        <ul class="legend" aria-label="Colours">
            {entry("free", "free")}
            {entry("young", "new since the last scavenge")}
            {entry("survived", "survived one")}
            {entry("old", "old or large")}
        </ul>
    }
}

/// What is said of a space in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    fn words(&self) -> String {
        let [used, capacity] = [self.used, self.capacity].map(|amount| bytes(amount as f64));
        format!("{used} of {capacity} in {}", plural(self.pages, "page"))
    }
}

#[component]
fn SpaceView(session: Session, plan: Memo<Plan>, space: Space) -> impl IntoView {
    let (key, title, hint) = words_of(space);
    let totals = Memo::new(move |_| session.picture.with(|picture| Totals::of(picture, space)));
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    Effect::new(move || {
        if let Some(canvas) = canvas.get() {
            session.picture.with(|picture| plan.with(|plan| paint::space(&canvas, picture, space, plan)));
        }
    });
    let amount = move |of: fn(&Totals) -> u64| totals.with(|totals| bytes(of(totals) as f64));
    let has_pages = move || totals.with(|totals| totals.pages > 0);
    view! {
        <section class="space" data-space=key aria-labelledby=format!("{key}-title")>
            <div class="space-title">
                <h3 id=format!("{key}-title")>{title}</h3>
                <span class="amount">
                    <strong data-figure=format!("{key}-used")>{move || amount(|totals| totals.used)}</strong>
                    " of "
                    <span data-figure=format!("{key}-capacity")>{move || amount(|totals| totals.capacity)}</span>
                </span>
                <span class="pages">{move || totals.with(|totals| plural(totals.pages, "page"))}</span>
            </div>
            <canvas
                node_ref=canvas
                role="img"
                aria-label=move || totals.with(|totals| format!("{title}: {}", totals.words()))
            ></canvas>
            <Show when=move || !has_pages()>
                <p class="hint">{hint}</p>
            </Show>
        </section>
    }
}

/// A space's short name, its title and what it is for.
fn words_of(space: Space) -> (&'static str, &'static str, &'static str) {
    match space {
        Space::To => ("to", "To-space", "New objects are allocated here."),
        Space::From => {
            ("from", "From-space", "A scavenge swaps the two halves, then copies what is still reachable.")
        }
        Space::Old => ("old", "Old space", "Objects that survive two scavenges move to here."),
        Space::Large => {
            ("large", "Large objects", "An object too big for a page gets pages of its own here.")
        }
    }
}

/// Follows the pane's size: the picture is laid out anew when it changes.
fn observe_size(pane: &HtmlElement, size: RwSignal<(i32, i32)>) {
    let observed = pane.clone();
    let changed =
        Closure::<dyn FnMut()>::new(move || size.set((observed.client_width(), observed.client_height())));
    if let Ok(observer) = ResizeObserver::new(changed.into_js_value().unchecked_ref()) {
        observer.observe(pane);
    }
}

fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}
