//! The published class in a browser, through values as JavaScript would pass them.

#![forbid(unsafe_code)]

use js_sys::{Object, Reflect};
use semispace_protocol::{
    CollectionKind, Command, Frame, LogEntry, ObjectRecord, Picture, Reply, RunState, Sample, Settings,
    StepUnit, Stream, decode, encode,
};
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
    let picture = Picture::new(playground.picture(None));
    for (space, name) in [(Space::To, "toSpace"), (Space::Old, "oldSpace"), (Space::Large, "largeObjects")] {
        let pages = picture.pages().filter(|page| page.space == space);
        let used: u64 = pages.map(|page| u64::from(page.used)).sum();
        assert_eq!(used as f64, number(&occupancy, &format!("{name}.used")), "{name}");
    }
}

/// The worker's engine, spoken to as the page does.
struct Worker {
    engine: Engine,
    /// What frames have brought, as the page keeps it: each has what is new since the one before.
    samples: Vec<Sample>,
    log: Vec<LogEntry>,
}

impl Worker {
    fn new() -> Self {
        Self { engine: Engine::new(), samples: Vec::new(), log: Vec::new() }
    }

    fn tell(&mut self, command: &Command) -> Vec<Reply> {
        let bytes = self.engine.handle(&encode(command)).ok().unwrap();
        self.hear(&bytes)
    }

    fn hear(&mut self, bytes: &[u8]) -> Vec<Reply> {
        let replies = replies(bytes);
        for reply in &replies {
            if let Reply::Frame(frame) = reply {
                self.samples.extend(&frame.samples);
                self.log.extend(frame.log.iter().cloned());
            }
        }
        replies
    }

    fn load(&mut self, source: &str) -> Vec<Reply> {
        self.tell(&Command::Load(Settings { source: source.to_owned(), seed: 1, ..Settings::default() }))
    }

    /// Takes turns until the session rests; at most `limit` of them.
    fn work(&mut self, limit: usize) -> Vec<Reply> {
        let mut all = Vec::new();
        for _ in 0..limit {
            if !self.engine.wants_turn() {
                break;
            }
            let bytes = self.engine.turn();
            all.extend(self.hear(&bytes));
        }
        all
    }

    fn finish(&mut self, source: &str) -> Vec<Reply> {
        self.load(source);
        self.tell(&Command::Run);
        self.work(100_000)
    }

    /// On a slow machine it comes with one of the next turns.
    fn frame(&mut self) -> Frame {
        let mut replies = self.tell(&Command::RequestFrame);
        for _ in 0..1000 {
            let frame = replies.into_iter().find_map(|reply| match reply {
                Reply::Frame(frame) => Some(frame),
                _ => None,
            });
            if let Some(frame) = frame {
                return frame;
            }
            let bytes = self.engine.turn();
            replies = self.hear(&bytes);
        }
        panic!("no frame in a thousand turns")
    }
}

/// No bytes at all mean no replies.
fn replies(bytes: &[u8]) -> Vec<Reply> {
    if bytes.is_empty() { Vec::new() } else { decode(bytes).unwrap() }
}

fn last_state(replies: &[Reply]) -> RunState {
    let state = replies.iter().rev().find_map(|reply| match reply {
        Reply::State { state } => Some(state.clone()),
        _ => None,
    });
    state.unwrap()
}

#[wasm_bindgen_test]
fn the_engine_offers_profiles_runs_and_shows() {
    let mut worker = Worker::new();
    let started = replies(&worker.engine.started());
    assert!(matches!(&started[..], [Reply::Started { profiles }] if profiles[0].name == "node-20"));
    assert_eq!(last_state(&worker.load(KEEPS_SOME)), RunState::Ready);
    worker.tell(&Command::Run);
    assert_eq!(last_state(&worker.work(100_000)), RunState::Finished { exit_code: 0 });
    let frame = worker.frame();
    assert!(frame.counters.scavenges >= 2.0 && worker.log.len() >= 2 && worker.samples.len() >= 2);
    assert!(!frame.picture.is_empty());
    let explained = worker.tell(&Command::Explain { number: worker.log[0].number });
    assert!(matches!(&explained[..], [Reply::Explained(why)] if !why.sentences.is_empty()));
}

#[wasm_bindgen_test]
fn an_endless_loop_pauses_and_goes_on() {
    let mut worker = Worker::new();
    worker.load("var a = []; while (true) { a.push({}); if (a.length > 1e5) a = []; }");
    worker.tell(&Command::Run);
    worker.work(20);
    assert_eq!(last_state(&worker.tell(&Command::Pause)), RunState::Paused);
    assert!(!worker.engine.wants_turn());
    worker.tell(&Command::Run);
    assert!(worker.engine.wants_turn());
}

#[wasm_bindgen_test]
fn a_syntax_error_is_a_failed_state_with_its_place() {
    let mut worker = Worker::new();
    let broken = "let a = 1;\nlet b = ;";
    let RunState::Failed(problem) = last_state(&worker.load(broken)) else { panic!("it was accepted") };
    assert_eq!((problem.line, problem.column), (2, 9));
    assert!(worker.tell(&Command::Run).is_empty(), "there is nothing to run");
    let checked = worker.tell(&Command::Check { source: broken.to_owned() });
    assert!(matches!(&checked[..], [Reply::Checked { problem: Some(found) }] if found.line == 2));
    let checked = worker.tell(&Command::Check { source: "let fine = 1;".to_owned() });
    assert!(matches!(&checked[..], [Reply::Checked { problem: None }]));
}

#[wasm_bindgen_test]
fn output_comes_in_order() {
    let mut worker = Worker::new();
    let replies = worker.finish("console.log('one'); console.error('two');");
    let chunks = replies.iter().find_map(|reply| match reply {
        Reply::Output { chunks } => Some(chunks),
        _ => None,
    });
    let chunks = chunks.unwrap();
    assert_eq!((chunks[0].text.as_str(), chunks[1].stream), ("one\n", Stream::Stderr));
}

#[wasm_bindgen_test]
fn a_breakpoint_and_a_goal_stop_the_run() {
    let mut worker = Worker::new();
    worker.load("let a = 1;\nlet b = 2;\nfor (let i = 0; i < 1e6; i++) a = [i];\nlet c = a;");
    worker.tell(&Command::SetBreakpoints { lines: vec![2] });
    worker.tell(&Command::Run);
    assert_eq!(last_state(&worker.work(1000)), RunState::Paused);
    assert_eq!(worker.frame().position.unwrap().line, 2);
    worker.tell(&Command::RunToCollection { slowly: false });
    assert_eq!(last_state(&worker.work(100_000)), RunState::Paused);
    assert_eq!(worker.frame().counters.scavenges, 1.0);
}

#[wasm_bindgen_test]
fn rewinding_goes_back_to_the_same_bytes() {
    let mut worker = Worker::new();
    worker.finish(KEEPS_SOME);
    let end = worker.frame();
    let middle = worker.samples[worker.samples.len() / 2];
    let replies = worker.tell(&Command::Rewind { instructions: middle.instructions });
    assert!(matches!(replies[0], Reply::Rewound { .. }));
    assert!(worker.frame().counters.instructions < end.counters.instructions);
    worker.tell(&Command::Run);
    worker.work(100_000);
    assert_eq!(worker.frame().counters, end.counters);
}

#[wasm_bindgen_test]
fn an_object_is_found_followed_and_stepped_around() {
    let mut worker = Worker::new();
    worker.finish(
        "class Node {} const kept = global.kept = []; for (let i = 0; i < 50; i++) kept.push(new Node());",
    );
    let picture = Picture::new(worker.frame().picture);
    let ranges = picture.pages().map(|page| (page.address, page.address + page.capacity)).collect();
    let Some(Reply::Objects(list)) = worker.tell(&Command::RequestObjects { ranges }).pop() else { panic!() };
    let is_node = |record: &ObjectRecord| list.names[usize::from(record.name)] == "Node";
    // The first one is the class's prototype.
    let node = list.records().filter(is_node).nth(10).unwrap();
    let Some(Reply::Object { details: Some(details) }) =
        worker.tell(&Command::Inspect { address: node.address + 8 }).pop()
    else {
        panic!()
    };
    assert_eq!((details.address, details.name.as_str()), (node.address, "Node"));
    assert!(!details.referrers.is_empty() && details.id > 0.0);
    worker.tell(&Command::StartCollection { kind: CollectionKind::Scavenge });
    assert!(worker.frame().collection.is_some_and(|view| !view.is_over && view.scan.is_some()));
    worker.tell(&Command::StepCollection { unit: StepUnit::End });
    assert!(worker.frame().collection.is_some_and(|view| view.is_over));
    let Some(Reply::Object { details: Some(moved) }) = worker.tell(&Command::Follow { id: details.id }).pop()
    else {
        panic!()
    };
    assert!(moved.address != details.address && moved.age == 1);
}

#[wasm_bindgen_test]
fn the_other_run_is_the_same_run_under_another_profile() {
    let mut worker = Worker::new();
    worker.finish(KEEPS_SOME);
    let profile = "classic-64".to_owned();
    worker.tell(&Command::Compare(Settings {
        source: KEEPS_SOME.to_owned(),
        profile,
        seed: 1,
        ..Settings::default()
    }));
    let replies = worker.work(100_000);
    let Some(Reply::Compared(totals)) = replies.last() else { panic!("{replies:?}") };
    assert!(totals.is_over && totals.counters.scavenges >= 1.0 && totals.ending == "finished");
}
