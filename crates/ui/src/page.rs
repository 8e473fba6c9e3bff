//! The page's frame: which view stands where, and the keys that work everywhere.

use crate::controls::Controls;
use crate::details::Details;
use crate::editor::Editor;
use crate::header::Header;
use crate::heap_view::HeapView;
use crate::panes::Splitter;
use crate::session::Session;
use crate::timeline::Timeline;
use crate::work;
use leptos::prelude::*;
use semispace_protocol::RunState;

/// The snippet that a first visit shows.
pub const FIRST_SNIPPET: &str = include_str!("../../../static/snippets/sessions.js");

/// The whole page, with its own worker.
#[component]
pub fn Page() -> impl IntoView {
    let session = Session::new(FIRST_SNIPPET);
    work::listen(session);
    work::restore(session, move || session.start_worker());
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            toggle(session);
        } else if event.key() == "?" && !is_typing() {
            crate::parts::part("togglePopover", &[&"help".into()]);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="page">
            <Header session />
            <main class="page-main">
                <Editor session />
                <Splitter name="editor-width" label="Width of the editor" sizes=(240.0, editor_width(), 900.0) />
                <HeapView session />
                <Controls session restart=move || session.start_worker() />
                <Splitter name="timeline-height" label="Height of the timeline" is_flat=true is_after=true sizes=(120.0, 200.0, 480.0) />
                <Timeline session />
                <Splitter name="side-width" label="Width of the details" is_after=true sizes=(240.0, 428.0, 900.0) />
                <Details session />
            </main>
            <Notice session />
        </div>
    }
}

/// The editor's first width: where the page is narrow, less, so that the heap keeps its room (`www/styles/layout.css` does the same).
fn editor_width() -> f64 {
    let page = window().inner_width().ok().and_then(|width| width.as_f64());
    page.map_or(400.0, |page| (0.4 * page - 176.0).clamp(320.0, 400.0))
}

/// One short message that goes away by a button.
#[component]
fn Notice(session: Session) -> impl IntoView {
    view! {
        <div class="notice" role="status" hidden=move || session.notice.with(String::is_empty)>
            <p>{move || session.notice.get()}</p>
            <button type="button" class="button" on:click=move |_| session.notice.set(String::new())>
                "Dismiss"
            </button>
        </div>
    }
}

fn is_typing() -> bool {
    let active = document().active_element();
    active
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "SEMISPACE-EDITOR"))
}

fn toggle(session: Session) {
    if session.state.with_untracked(|state| *state == RunState::Running) {
        session.pause();
    } else {
        session.run();
    }
}
