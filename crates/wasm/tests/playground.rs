//! The published class in a browser, through values as JavaScript would pass them.

#![forbid(unsafe_code)]

use js_sys::{Object, Reflect};
use semispace_wasm::Playground;
use semispace_wasm::engine::Engine;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const KEEPS_SOME: &str =
    "const kept = []; for (let i = 0; i < 120000; i++) { const o = { i }; if (i % 50 === 0) kept.push(o); }";

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value).unwrap();
    }
    object.into()
}

fn get(value: &impl AsRef<JsValue>, path: &str) -> JsValue {
    let step = |value: JsValue, name: &str| Reflect::get(&value, &JsValue::from_str(name)).unwrap();
    path.split('.').fold(value.as_ref().clone(), step)
}

fn number(value: &impl AsRef<JsValue>, path: &str) -> f64 {
    get(value, path).as_f64().unwrap_or_else(|| panic!("{path} is no number"))
}

fn text(value: &impl AsRef<JsValue>, path: &str) -> String {
    get(value, path).as_string().unwrap_or_else(|| panic!("{path} is no string"))
}

fn finished(source: &str) -> Playground {
    let options = object(&[("source", source.into())]);
    let mut playground = Playground::new(options.unchecked_into()).ok().unwrap();
    while text(&playground.run(1e6).ok().unwrap(), "kind") == "paused" {}
    playground
}

#[wasm_bindgen_test]
fn a_run_fills_new_space_and_promotes() {
    let playground = finished(KEEPS_SOME);
    let stats = playground.stats().ok().unwrap();
    assert!(number(&stats, "scavenges") >= 2.0);
    assert!(number(&stats, "promoted_bytes") > 0.0);
    let occupancy = playground.occupancy().ok().unwrap();
    assert!(number(&occupancy, "toSpace.used") > 0.0);
    assert!(number(&occupancy, "oldSpace.used") > 0.0);
}

#[wasm_bindgen_test]
fn a_scavenge_leaves_only_survivors_in_new_space() {
    let mut playground = finished(KEEPS_SOME);
    let before = number(&playground.occupancy().ok().unwrap(), "toSpace.used");
    playground.scavenge();
    let after = number(&playground.occupancy().ok().unwrap(), "toSpace.used");
    assert!(after < before, "{before} bytes, then {after}");
}

#[wasm_bindgen_test]
fn the_picture_and_the_occupancy_agree() {
    use semispace_protocol::{Picture, Space};
    let playground = finished(KEEPS_SOME);
    let occupancy = playground.occupancy().ok().unwrap();
    let picture = Picture::new(playground.picture());
    for (space, name) in [(Space::To, "toSpace"), (Space::Old, "oldSpace"), (Space::Large, "largeObjects")] {
        let pages = picture.pages().filter(|page| page.space == space);
        let used: u64 = pages.map(|page| u64::from(page.used)).sum();
        assert_eq!(used as f64, number(&occupancy, &format!("{name}.used")), "{name}");
    }
}

/// The worker's engine, spoken to as `www/src/worker.js` does.
struct Worker(Engine);

impl Worker {
    fn tell(&mut self, command: &str, fields: &[(&str, JsValue)]) -> Vec<JsValue> {
        let mut all = vec![("command", command.into())];
        all.extend_from_slice(fields);
        self.0.handle(object(&all)).ok().unwrap().iter().collect()
    }

    fn load(&mut self, source: &str) -> Vec<JsValue> {
        self.tell("load", &[("source", source.into()), ("profile", "".into()), ("seed", 1.into())])
    }

    /// Takes turns until the session rests; at most `limit` of them.
    fn work(&mut self, limit: usize) -> Vec<JsValue> {
        let mut replies = Vec::new();
        for _ in 0..limit {
            if !self.0.wants_turn() {
                break;
            }
            replies.extend(self.0.turn().ok().unwrap().iter());
        }
        replies
    }
}

fn of_kind<'a>(replies: &'a [JsValue], kind: &str) -> Option<&'a JsValue> {
    replies.iter().rev().find(|reply| text(reply, "reply") == kind)
}

#[wasm_bindgen_test]
fn the_engine_loads_runs_and_sends_a_frame() {
    let mut worker = Worker(Engine::new());
    let started = worker.0.started().ok().unwrap();
    assert_eq!(text(&started.get(0), "profiles.0.name"), "node-20");
    assert_eq!(text(of_kind(&worker.load(KEEPS_SOME), "state").unwrap(), "state.kind"), "ready");
    worker.tell("run", &[]);
    let replies = worker.work(100_000);
    assert_eq!(text(of_kind(&replies, "state").unwrap(), "state.kind"), "finished");
    let replies = worker.tell("requestFrame", &[]);
    let frame = of_kind(&replies, "frame").unwrap();
    assert!(number(frame, "counters.scavenges") >= 2.0);
    assert!(get(frame, "picture").is_instance_of::<js_sys::Uint8Array>());
}

#[wasm_bindgen_test]
fn an_endless_loop_pauses_and_goes_on() {
    let mut worker = Worker(Engine::new());
    worker.load("var a = []; while (true) { a.push({}); if (a.length > 1e5) a = []; }");
    worker.tell("run", &[]);
    worker.work(20);
    assert_eq!(text(of_kind(&worker.tell("pause", &[]), "state").unwrap(), "state.kind"), "paused");
    assert!(!worker.0.wants_turn());
    worker.tell("run", &[]);
    assert!(worker.0.wants_turn());
}

#[wasm_bindgen_test]
fn a_syntax_error_is_a_failed_state_with_its_place() {
    let mut worker = Worker(Engine::new());
    let replies = worker.load("let a = 1;\nlet b = ;");
    let state = of_kind(&replies, "state").unwrap();
    assert_eq!(text(state, "state.kind"), "failed");
    assert_eq!((number(state, "state.line"), number(state, "state.column")), (2.0, 9.0));
    assert!(worker.tell("run", &[]).is_empty(), "there is nothing to run");
}

#[wasm_bindgen_test]
fn output_comes_in_order() {
    let mut worker = Worker(Engine::new());
    worker.load("console.log('one'); console.error('two');");
    worker.tell("run", &[]);
    let replies = worker.work(1000);
    let output = of_kind(&replies, "output").unwrap();
    assert_eq!(text(output, "chunks.0.text"), "one\n");
    assert_eq!(text(output, "chunks.1.stream"), "stderr");
}
