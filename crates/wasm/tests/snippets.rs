//! A project's own snippets under `wasm-bindgen-test`: the example of docs/guide/ci.md.

#![forbid(unsafe_code)]

use semispace_playground::{RunState, Session, SessionConfig};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn finished(source: &str) -> Session {
    let config = SessionConfig { source: source.into(), keep_top_level: true, ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    while session.run(1_000_000) == RunState::Paused {}
    assert_eq!(session.state(), &RunState::Finished { exit_code: 0 });
    session
}

#[wasm_bindgen_test]
fn the_queue_stays_small() {
    let session = finished(
        "const queue = [];
         for (let i = 0; i < 100000; i++) { queue.push({ i }); if (queue.length > 1000) queue.shift(); }",
    );
    assert!(session.peak_heap() < 16 << 20);
    let answer = session.who_keeps("queue[0]").expect("an object");
    assert!(answer.held.is_some(), "the queue holds its entries");
}
