//! The snippet's editor: the `semispace-editor` element of `www/src/editor.js`, bound to the session.

use crate::details::console::describe;
use crate::lessons::OpenLesson;
use crate::parts::{call, get};
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::RunState;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::Element;

/// The editor pane.
#[component]
pub fn Editor(
    /// The session whose source is edited.
    session: Session,
) -> impl IntoView {
    let host = NodeRef::<leptos::html::Div>::new();
    host.on_load(move |host| {
        if let Ok(element) = document().create_element("semispace-editor") {
            bind(session, &element);
            host.append_child(&element).ok();
        }
    });
    view! {
        <section class="editor" aria-labelledby="editor-title">
            <div class="pane-title">
                <h2 id="editor-title">"Snippet"</h2>
                <span class="aside">"Ctrl+Enter runs and pauses"</span>
            </div>
            <OpenLesson session />
            <div class="host" node_ref=host></div>
        </section>
    }
}

fn bind(session: Session, element: &Element) {
    let listen = |name: &str, act: fn(Session, &Element)| {
        let target = element.clone();
        let listener = Closure::<dyn FnMut()>::new(move || act(session, &target));
        element.add_event_listener_with_callback(name, listener.into_js_value().unchecked_ref()).ok();
    };
    listen("change", |session, element| {
        session.source.set(get(element, "value").as_string().unwrap_or_default());
    });
    listen("caret", |session, element| {
        session.caret.set(get(element, "caretLine").as_f64().unwrap_or(1.0) as u32);
    });
    listen("breakpoints", |session, element| {
        let lines = js_sys::Array::from(&get(element, "breakpoints"));
        session
            .breakpoints
            .set(lines.iter().filter_map(|line| line.as_f64()).map(|line| line as u32).collect());
    });
    let element: StoredValue<Element, LocalStorage> = StoredValue::new_local(element.clone());
    Effect::new(move || {
        let source = JsValue::from_str(&session.source.get());
        // Setting the text that the editor has already does nothing.
        element.with_value(|element| js_sys::Reflect::set(element, &"value".into(), &source).ok());
    });
    Effect::new(move || {
        let state = session.state.get();
        let problem = session.problem.get();
        element.with_value(|element| show_error(element, &state, problem));
    });
    Effect::new(move || {
        let is_shown = session.state.with(|state| matches!(state, RunState::Paused | RunState::Failed(_)));
        let line = session.position.get().filter(|_| is_shown).map_or(0, |position| position.line);
        element.with_value(|element| call(element, "showPosition", &[&line.into()]));
    });
}

/// Shows what is wrong with the text, or else how the run failed.
fn show_error(element: &Element, state: &RunState, problem: Option<semispace_protocol::Diagnostic>) {
    let failure = match state {
        RunState::Failed(error) => Some(error.clone()),
        _ => None,
    };
    let (line, column, text) = problem
        .or(failure)
        .map_or((0, 0, String::new()), |error| (error.line, error.column, describe(&error)));
    call(element, "showError", &[&line.into(), &column.into(), &JsValue::from_str(&text)]);
}
