//! The page's frame: which view stands where, and the keys that work everywhere.

use crate::console::Console;
use crate::controls::Controls;
use crate::editor::Editor;
use crate::header::Header;
use crate::heap_view::HeapView;
use crate::numbers::Numbers;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::RunState;

/// The snippet that a first visit shows.
const FIRST_SNIPPET: &str = include_str!("../../../static/snippets/sessions.js");
const WORKER: &str = "worker.js";

/// The whole page, with its own worker.
#[component]
pub fn Page() -> impl IntoView {
    let session = Session::new(FIRST_SNIPPET);
    session.start_worker(WORKER);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            toggle(session);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="page">
            <Header session />
            <main class="page-main">
                <Editor session />
                <HeapView session />
                <Controls session restart=move || session.start_worker(WORKER) />
                <div class="side">
                    <Numbers session />
                    <Console session />
                </div>
            </main>
        </div>
    }
}

fn toggle(session: Session) {
    if session.state.with_untracked(|state| *state == RunState::Running) {
        session.pause();
    } else {
        session.run();
    }
}
