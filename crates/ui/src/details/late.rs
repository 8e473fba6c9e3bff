//! The tabs whose views are elements of `www/src/views.js`, which loads when one of them is opened first: what they show
//! goes straight from the worker to them.

use crate::details::Tab;
use crate::parts;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::RunState;
use std::time::Duration;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::Element;

/// Between two looks at a heap that is at work.
const PAUSE: Duration = Duration::from_millis(1_000);

/// A tab's element.
#[component]
pub fn Late(
    /// The session that is looked at.
    session: Session,
    /// The tab.
    tab: Tab,
    /// Name of the element.
    name: &'static str,
) -> impl IntoView {
    let host = NodeRef::<leptos::html::Div>::new();
    host.on_load(move |host| {
        if let Ok(element) = document().create_element(name) {
            bind(session, tab, &element);
            host.append_child(&element).ok();
        }
    });
    view! { <div class="late" node_ref=host></div> }
}

fn bind(session: Session, tab: Tab, element: &Element) {
    let on_inspect = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        if let Some(address) = parts::get(&event, "detail").as_f64() {
            session.inspect(address as u32);
        }
    });
    element.add_event_listener_with_callback("inspect", on_inspect.into_js_value().unchecked_ref()).ok();
    let element: StoredValue<Element, LocalStorage> = StoredValue::new_local(element.clone());
    let refresh = move || {
        element.try_with_value(|element| parts::call(element, "refresh", &[]));
    };
    let is_open = Memo::new(move |_| session.tab.get() == tab);
    Effect::new(move || {
        if is_open.get() {
            parts::part_later("loadViews", &[], move |_| refresh());
        }
    });
    let waits = StoredValue::new(false);
    Effect::new(move || {
        session.pictures.track();
        if !is_open.get() {
            return;
        }
        if session.state.with(|state| *state != RunState::Running) {
            refresh();
        } else if !waits.get_value() {
            waits.set_value(true);
            set_timeout(
                move || {
                    waits.set_value(false);
                    refresh();
                },
                PAUSE,
            );
        }
    });
}
