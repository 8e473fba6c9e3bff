//! The snippet's editor: the `semispace-editor` element of `www/src/editor.js`, bound to the session.

use crate::console::describe;
use crate::session::Session;
use js_sys::{Function, Reflect};
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
            <div class="host" node_ref=host></div>
        </section>
    }
}

fn bind(session: Session, element: &Element) {
    let value = JsValue::from_str("value");
    session.source.with_untracked(|source| Reflect::set(element, &value, &JsValue::from_str(source))).ok();
    let edited = element.clone();
    let on_change = Closure::<dyn FnMut()>::new(move || {
        let text = Reflect::get(&edited, &value).ok().and_then(|text| text.as_string());
        session.source.set(text.unwrap_or_default());
    });
    element.add_event_listener_with_callback("change", on_change.into_js_value().unchecked_ref()).ok();
    let element: StoredValue<Element, LocalStorage> = StoredValue::new_local(element.clone());
    Effect::new(move || {
        let state = session.state.get();
        element.with_value(|element| show_error(element, &state));
    });
    Effect::new(move || {
        let is_shown = session.state.with(|state| matches!(state, RunState::Paused | RunState::Failed(_)));
        let line = session.position.get().filter(|_| is_shown).map_or(0, |position| position.line);
        element.with_value(|element| call(element, "showPosition", &[line.into()]));
    });
}

fn show_error(element: &Element, state: &RunState) {
    let (line, column, text) = match state {
        RunState::Failed(error) => (error.line, error.column, describe(error)),
        _ => (0, 0, String::new()),
    };
    call(element, "showError", &[line.into(), column.into(), JsValue::from_str(&text)]);
}

/// Calls a method; before the element's module has loaded there is none, and nothing to show either.
fn call(element: &Element, method: &str, arguments: &[JsValue]) {
    let method = Reflect::get(element, &JsValue::from_str(method)).ok();
    if let Some(method) = method.as_ref().and_then(|method| method.dyn_ref::<Function>()) {
        method.apply(element, &arguments.iter().collect()).ok();
    }
}
