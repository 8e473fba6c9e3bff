//! Exercises: a page, or a test under Node, grades what a reader has written.
//!
//! ```js
//! const playground = new Playground({ source: reader, keepTopLevel: true });
//! while (playground.run(1e6).kind === "paused") {}
//! try {
//!   playground.assertCollectable("cache.get('a')");
//!   playground.maxHeap(8 * 1024 * 1024);
//!   console.log("Well done.");
//! } catch (error) {
//!   if (error.code !== "ERR_ASSERTION") throw error;
//!   console.log(error.message);
//! }
//! ```

use crate::error;
use crate::playground::{Playground, to_js};
use crate::snapshot_answers::PathRow;
use js_sys::Reflect;
use semispace_playground::heap_snapshot::paths::{best_path, distinct_paths};
use semispace_playground::{Answer, Held, NoAnswer};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What keeps the value of an expression. Sizes are bytes. */
export interface Retention {
  /** The value in a few words: the name of the object's constructor, or "undefined" or "null". */
  value: string;
  /** Whether a full collection frees it: nothing but the question holds it. True for undefined and null. */
  collectable: boolean;
  /** The object's own size; 0 when it is collectable. */
  shallowBytes: number;
  /** What would be freed with it, its own size included; 0 when it is collectable. */
  retainedBytes: number;
  /** By what chains of references the roots keep it, the most telling first, at most 5; empty when it is collectable. */
  paths: RetainingPath[];
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `Retention` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "Retention")]
    pub type JsRetention;
}

/// Paths of an answer.
const PATHS: usize = 5;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Retention {
    value: String,
    collectable: bool,
    shallow_bytes: u64,
    retained_bytes: u64,
    paths: Vec<PathRow>,
}

impl From<Answer> for Retention {
    fn from(Answer { value, held }: Answer) -> Self {
        let node = |held: &Held| held.snapshot.graph().node_with_id(held.id);
        let Some((Held { snapshot, .. }, node)) = held.as_ref().and_then(|held| Some((held, node(held)?)))
        else {
            return Self { value, collectable: true, shallow_bytes: 0, retained_bytes: 0, paths: Vec::new() };
        };
        let best = best_path(snapshot, node);
        let others =
            distinct_paths(snapshot, node, PATHS).into_iter().filter(|path| Some(path) != best.as_ref());
        let paths: Vec<_> = best.clone().into_iter().chain(others).take(PATHS).collect();
        Self {
            value,
            collectable: false,
            shallow_bytes: snapshot.graph().self_size(node),
            retained_bytes: snapshot.retained_size(node),
            paths: paths.iter().map(|path| PathRow::of(snapshot, path)).collect(),
        }
    }
}

#[wasm_bindgen]
impl Playground {
    /// What keeps the value of an expression, besides this question.
    ///
    /// The expression is evaluated in a copy of the session, so the run does not notice. It sees the global object and the
    /// variables of the script's top level: while the script runs, and with the option `keepTopLevel` after its end too.
    /// Its value is let go, full collections run in the copy, and what is left of the value is looked up in a snapshot: a
    /// `WeakRef`, a `WeakMap` or a `FinalizationRegistry` holds nothing.
    ///
    /// # Errors
    /// `ERR_EXPRESSION`, with `line` and `column` for a syntax error, when the expression cannot be compiled, throws, takes
    /// more than 50 million instructions, or gives a number, a string or another value that is no object, or is not given as a
    /// string.
    #[wasm_bindgen(js_name = retainedBy)]
    pub fn retained_by(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] expression: &JsValue,
    ) -> Result<JsRetention, JsValue> {
        to_js(&self.retention(&source_of(expression)?)?)
    }

    /// Asserts that a full collection frees the value of an expression; undefined and null pass. See `retainedBy`.
    ///
    /// # Errors
    /// `ERR_ASSERTION` when something keeps it: the message says what, `retention` has the details. `ERR_EXPRESSION` as of
    /// `retainedBy`.
    #[wasm_bindgen(js_name = assertCollectable)]
    pub fn assert_collectable(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] expression: &JsValue,
    ) -> Result<(), JsValue> {
        let expression = source_of(expression)?;
        let retention = self.retention(&expression)?;
        if retention.collectable {
            return Ok(());
        }
        let path = retention.paths.first().map_or("the engine itself", |path| &path.words);
        let message = format!(
            "{expression} is kept, with {} bytes that only it holds: {path}",
            retention.retained_bytes
        );
        let failure = error::plain("ERR_ASSERTION", &message);
        Reflect::set(&failure, &"retention".into(), &to_js(&retention)?).ok();
        Err(failure)
    }

    /// Asserts that there were never more than so many bytes in objects: at any collection so far, and now. Objects that
    /// nothing holds any more count until a collection frees them.
    ///
    /// # Errors
    /// `ERR_ASSERTION` when there were more; `bytes` has how many. `ERR_OPTIONS` when `bytes` is no number from 0.
    #[wasm_bindgen(js_name = maxHeap)]
    pub fn max_heap(&self, bytes: f64) -> Result<(), JsValue> {
        if bytes.is_nan() || bytes < 0.0 {
            return Err(error::plain("ERR_OPTIONS", &format!("maxHeap takes bytes, from 0, not {bytes}.")));
        }
        let peak = self.session.peak_heap() as f64;
        if peak <= bytes {
            return Ok(());
        }
        let failure =
            error::plain("ERR_ASSERTION", &format!("The heap had {peak} bytes, more than {bytes}."));
        Reflect::set(&failure, &"bytes".into(), &peak.into()).ok();
        Err(failure)
    }

    fn retention(&self, expression: &str) -> Result<Retention, JsValue> {
        self.session.who_keeps(expression).map(Retention::from).map_err(
            |NoAnswer { message, line, column }| error::with_place("ERR_EXPRESSION", &message, line, column),
        )
    }
}

/// The text of an expression: who passes the object itself is told.
fn source_of(expression: &JsValue) -> Result<String, JsValue> {
    let refusal =
        || error::plain("ERR_EXPRESSION", "The expression is not a string, as in \"cache.get('a')\".");
    expression.as_string().ok_or_else(refusal)
}
