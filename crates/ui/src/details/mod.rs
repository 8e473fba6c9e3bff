//! The pane on the right: one tab for each thing to look at closely.

pub mod comparison;
pub mod console;
pub mod late;
pub mod log;
pub mod memory;
pub mod object;

use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::Explanation;
use web_sys::KeyboardEvent;

/// The tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// One object.
    Object,
    /// The collections.
    Log,
    /// What the snippet prints.
    #[default]
    Console,
    /// Three heap snapshots.
    Snapshots,
    /// The slabs of the Buffer pool.
    Buffers,
    /// The ledger of memory.
    Memory,
    /// What another profile would do.
    Compare,
}

impl Tab {
    const ALL: [Self; 7] =
        [Self::Console, Self::Object, Self::Log, Self::Snapshots, Self::Buffers, Self::Memory, Self::Compare];

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Object => ("object", "Object"),
            Self::Log => ("log", "Log"),
            Self::Console => ("console", "Console"),
            Self::Snapshots => ("snapshots", "Snapshots"),
            Self::Buffers => ("buffers", "Buffers"),
            Self::Memory => ("memory", "Memory"),
            Self::Compare => ("compare", "What if"),
        }
    }
}

/// The details pane.
#[component]
pub fn Details(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let tab = session.tab;
    let button = move |this: Tab| {
        let (key, label) = this.words();
        let is_chosen = move || tab.get() == this;
        view! {
            <button
                type="button"
                role="tab"
                id=format!("tab-{key}")
                aria-controls=format!("panel-{key}")
                aria-selected=move || is_chosen().to_string()
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| tab.set(this)
            >
                {label}
            </button>
        }
    };
    let panel = move |this: Tab, content: AnyView| {
        let (key, _) = this.words();
        view! {
            <div
                class=format!("panel {key}")
                role="tabpanel"
                id=format!("panel-{key}")
                aria-labelledby=format!("tab-{key}")
                hidden=move || tab.get() != this
            >
                {content}
            </div>
        }
    };
    view! {
        <div class="side">
            <div class="tabs" role="tablist" aria-label="Details" on:keydown=move |event| turn(tab, &event)>
                {Tab::ALL.map(button).collect_view()}
            </div>
            {panel(Tab::Console, view! { <console::Console session /> }.into_any())}
            {panel(Tab::Object, view! { <object::Object session /> }.into_any())}
            {panel(Tab::Log, view! { <log::Log session /> }.into_any())}
            {panel(Tab::Snapshots, view! { <late::Late session tab=Tab::Snapshots name="semispace-snapshots" /> }.into_any())}
            {panel(Tab::Buffers, view! { <late::Late session tab=Tab::Buffers name="semispace-buffers" /> }.into_any())}
            {panel(Tab::Memory, view! { <memory::Memory session /> }.into_any())}
            {panel(Tab::Compare, view! { <comparison::Comparison session /> }.into_any())}
            <div class="answer" aria-live="polite">
                {move || session.explanation.get().map(|why| view! { <Why session why /> })}
            </div>
        </div>
    }
}

/// The rule, with this run's numbers in it.
#[component]
fn Why(session: Session, why: Explanation) -> impl IntoView {
    view! {
        <section class="why" aria-label="Why?" tabindex="0">
            <h3>{format!("Why? {}", why.title)}</h3>
            {why.sentences.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            <p class="sources">"Follows V8: " {why.sources.join("; ")}</p>
            <button type="button" class="button" on:click=move |_| session.explanation.set(None)>"Close"</button>
        </section>
    }
}

/// Arrow keys go from tab to tab.
fn turn(tab: RwSignal<Tab>, event: &KeyboardEvent) {
    let count = Tab::ALL.len();
    let now = Tab::ALL.iter().position(|this| *this == tab.get_untracked()).unwrap_or(0);
    let next = match event.key().as_str() {
        "ArrowRight" => (now + 1) % count,
        "ArrowLeft" => (now + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    tab.set(Tab::ALL[next]);
    crate::parts::part("focus", &[&format!("tab-{}", Tab::ALL[next].words().0).into()]);
}
