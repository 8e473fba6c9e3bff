//! The lines between the panes, which move them: by pointer and by arrow keys.

use crate::parts;
use leptos::prelude::*;
use wasm_bindgen::prelude::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

/// Pixels of one press of an arrow key.
const STEP: f64 = 24.0;

/// A separator. It sets a custom property of the page, in pixels, and the style sheet does the rest.
#[component]
pub fn Splitter(
    /// Short name: the separator's class and the property `--NAME`.
    name: &'static str,
    /// What it resizes.
    label: &'static str,
    /// Does it move up and down?
    #[prop(optional)]
    is_flat: bool,
    /// Does the pane lie after the line?
    #[prop(optional)]
    is_after: bool,
    /// Smallest, first and largest size in pixels.
    sizes: (f64, f64, f64),
) -> impl IntoView {
    let (least, first, most) = sizes;
    let kept = parts::part("readSize", &[&name.into()]).as_f64();
    let size = RwSignal::new(kept.unwrap_or(first).clamp(least, most));
    let drag = StoredValue::new(None::<(f64, f64)>);
    let sign = if is_after { -1.0 } else { 1.0 };
    let resize = move |to: f64| {
        size.set(to.clamp(least, most));
        parts::part("keepSize", &[&name.into(), &size.get_untracked().into()]);
    };
    let at = move |event: &PointerEvent| f64::from(if is_flat { event.client_y() } else { event.client_x() });
    Effect::new(move || {
        let page = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
        if let Some(page) = page {
            page.style().set_property(&format!("--{name}"), &format!("{}px", size.get())).ok();
        }
    });
    let down = move |event: PointerEvent| {
        let target = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(target) = target {
            target.set_pointer_capture(event.pointer_id()).ok();
        }
        drag.set_value(Some((at(&event), size.get_untracked())));
    };
    let moved = move |event: PointerEvent| {
        if let Some((from, before)) = drag.get_value() {
            resize(before + sign * (at(&event) - from));
        }
    };
    let key = move |event: KeyboardEvent| {
        let (less, more) = if is_flat { ("ArrowUp", "ArrowDown") } else { ("ArrowLeft", "ArrowRight") };
        let step = match event.key() {
            key if key == less => -STEP,
            key if key == more => STEP,
            _ => return,
        };
        event.prevent_default();
        resize(size.get_untracked() + sign * step);
    };
    view! {
        <div
            class=format!("splitter {name}")
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=if is_flat { "horizontal" } else { "vertical" }
            aria-valuemin=least
            aria-valuemax=most
            aria-valuenow=move || size.get().round()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| drag.set_value(None)
            on:keydown=key
        ></div>
    }
}
