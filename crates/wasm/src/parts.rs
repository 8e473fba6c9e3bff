//! Parts of the published engine that are loaded when they are needed.
//!
//! `cargo xtask build` cuts the compiled engine: most visits need a third of its functions. In the cut engine a function of a
//! part that is not there yet calls [`load_part`] first; the uncut one never does. The part must be there when the call
//! returns, so only a worker, which may wait for a download, can use the cut engine.

use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsValue, throw_str, throw_val};

thread_local! {
    static LOADER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how parts are loaded: `load(part, exports)` instantiates a part beside the instance that has these exports, at once.
#[wasm_bindgen(js_name = setPartLoader, skip_typescript)]
pub fn set_part_loader(load: Function) {
    LOADER.with_borrow_mut(|loader| *loader = Some(load));
}

/// Loads a part. There is no way on without it: what the loader throws goes past the engine to whoever called it.
#[wasm_bindgen(js_name = loadPart, skip_typescript)]
pub fn load_part(part: u32) {
    let Some(load) = LOADER.with_borrow(Clone::clone) else {
        throw_str("the engine is cut into parts, and nobody has said how to load them")
    };
    if let Err(error) = load.call2(&JsValue::UNDEFINED, &part.into(), &wasm_bindgen::exports()) {
        throw_val(error)
    }
}
