//! What the page's JavaScript parts do for us: `www/src/parts.js`, and the custom elements of `www/src`.

use js_sys::{Array, Function, Promise, Reflect};
use semispace_protocol::SourceFile;
use wasm_bindgen::prelude::{JsCast, JsValue};

/// A property of an object; undefined when there is none.
#[must_use]
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Files as JavaScript objects with `name` and `text`.
#[must_use]
pub fn of_files(files: &[SourceFile]) -> JsValue {
    let list = Array::new();
    for file in files {
        let object = js_sys::Object::new();
        for (name, value) in [("name", &file.name), ("text", &file.text)] {
            Reflect::set(&object, &name.into(), &value.into()).ok();
        }
        list.push(&object);
    }
    list.into()
}

/// Files from such objects.
#[must_use]
pub fn to_files(list: &JsValue) -> Vec<SourceFile> {
    if !list.is_object() {
        return Vec::new();
    }
    let text = |object: &JsValue, name: &str| get(object, name).as_string();
    let file =
        |object: JsValue| Some(SourceFile { name: text(&object, "name")?, text: text(&object, "text")? });
    Array::from(list).iter().filter_map(file).collect()
}

/// Calls a method. Before an element's module has loaded there is none, and then nothing happens.
pub fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> JsValue {
    let arguments: Array = arguments.iter().collect();
    let function = get(object, method);
    let called = function.dyn_ref::<Function>().map(|function| function.apply(object, &arguments));
    called.and_then(Result::ok).unwrap_or(JsValue::UNDEFINED)
}

/// Calls a function of `www/src/parts.js`.
pub fn part(name: &str, arguments: &[&JsValue]) -> JsValue {
    call(&get(&js_sys::global(), "semispaceParts"), name, arguments)
}

/// The same for a function that takes its time; `then` gets what it resolves to, or undefined.
pub fn part_later(name: &str, arguments: &[&JsValue], then: impl FnOnce(JsValue) + 'static) {
    let promise = part(name, arguments);
    leptos::task::spawn_local(async move {
        let value = match promise.dyn_into::<Promise>() {
            Ok(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED),
            Err(value) => value,
        };
        then(value);
    });
}
