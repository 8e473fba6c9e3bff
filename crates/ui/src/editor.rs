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
            <h2 class="visually-hidden" id="editor-title">"Snippet"</h2>
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
        session.files.set(crate::parts::to_files(&get(element, "files")));
    });
    listen("open", |session, element| {
        session.open_file.set(get(element, "openFile").as_f64().unwrap_or(0.0) as u32);
    });
    listen("heat", |session, element| {
        session.shows_heat.set(get(element, "showsHeat").is_truthy());
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
        let files = crate::parts::of_files(&session.files.get());
        element.with_value(|element| js_sys::Reflect::set(element, &"files".into(), &files).ok());
    });
    Effect::new(move || {
        session.pictures.track();
        let is_running = session.state.with(|state| *state == RunState::Running);
        element.with_value(|element| call(element, "refreshHeat", &[&is_running.into()]));
    });
    Effect::new(move || {
        let state = session.state.get();
        let problem = session.problem.get();
        element.with_value(|element| show_error(element, &state, problem));
    });
    Effect::new(move || {
        let is_shown = session.state.with(|state| matches!(state, RunState::Paused | RunState::Failed(_)));
        let place = session.position.get().filter(|_| is_shown);
        let (line, file) = place.map_or((0, 0), |position| (position.line, position.file));
        element.with_value(|element| call(element, "showPosition", &[&line.into(), &file.into()]));
    });
}

/// Shows what is wrong with the text, or else how the run failed.
fn show_error(element: &Element, state: &RunState, problem: Option<semispace_protocol::Diagnostic>) {
    let failure = match state {
        RunState::Failed(error) => Some(error.clone()),
        _ => None,
    };
    let error = problem.or(failure).unwrap_or_default();
    let text = if error.line > 0 { describe(&error) } else { String::new() };
    let place = [error.line, error.column, error.file].map(JsValue::from);
    call(element, "showError", &[&place[0], &place[1], &JsValue::from_str(&text), &place[2]]);
}
