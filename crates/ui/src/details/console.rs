//! What the snippet has printed, and how it ended.

use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{Diagnostic, RunState, Stream};

/// The console.
#[component]
pub fn Console(
    /// The session that prints.
    session: Session,
) -> impl IntoView {
    let pane = NodeRef::<leptos::html::Div>::new();
    let chunks = move || {
        session
            .output
            .get()
            .into_iter()
            .map(|chunk| {
                let class = if chunk.stream == Stream::Stderr { "stderr" } else { "stdout" };
                view! { <span class=class>{chunk.text}</span> }
            })
            .collect_view()
    };
    let is_empty = move || session.output.with(Vec::is_empty) && ending(&session.state.get()).is_none();
    Effect::new(move || {
        session.output.track();
        session.state.track();
        if let Some(pane) = pane.get() {
            pane.set_scroll_top(pane.scroll_height());
        }
    });
    view! {
        <div class="bar">
            <button type="button" class="button" on:click=move |_| copy(session)>"Copy"</button>
            <button type="button" class="button" on:click=move |_| session.output.set(Vec::new())>"Clear"</button>
        </div>
        <div class="output" node_ref=pane role="log" tabindex="0" aria-label="Console">
            {chunks}
            <Show when=is_empty>
                <p class="hint">"What the snippet prints with console.log appears here."</p>
            </Show>
            {move || ending(&session.state.get()).map(|text| view! { <p class="stderr">{text}</p> })}
        </div>
    }
}

fn copy(session: Session) {
    let text: String =
        session.output.with_untracked(|chunks| chunks.iter().map(|c| c.text.as_str()).collect());
    crate::parts::part("copy", &[&text.into()]);
}

/// What the console says about a session that did not end well.
fn ending(state: &RunState) -> Option<String> {
    match state {
        RunState::Failed(error) => Some(describe(error)),
        RunState::OutOfMemory { report } => Some(report.clone()),
        RunState::Lost { message } => Some(format!(
            "The engine has stopped: {message}. Your snippet is kept; Reset starts a new engine."
        )),
        _ => None,
    }
}

/// An error with its place.
#[must_use]
pub fn describe(error: &Diagnostic) -> String {
    match error.line {
        0 => error.message.clone(),
        // A stack says it already.
        _ if error.message.contains('\n') => error.message.clone(),
        line => format!("{} (line {line}, column {})", error.message, error.column),
    }
}
