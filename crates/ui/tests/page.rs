//! The views, rendered in a browser and fed with replies as the worker would send them.

#![forbid(unsafe_code)]

use leptos::prelude::*;
use semispace_protocol::picture::FULL;
use semispace_protocol::{
    Cell, CellState, CollectionKind, CollectionView, Counters, Diagnostic, Explanation, Field, Frame,
    LogEntry, ObjectDetails, OutputChunk, PageHead, PictureWriter, Position, ProfileChoice, Reply, RunState,
    Sample, Space, Stream,
};
use semispace_ui::controls::Controls;
use semispace_ui::details::Details;
use semispace_ui::heap_view::HeapView;
use semispace_ui::session::Session;
use semispace_ui::timeline::Timeline;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

/// The views of a session without a worker, in an element of their own.
struct Rendered {
    session: Session,
    root: Element,
}

impl Rendered {
    fn new() -> Self {
        let root = document().create_element("div").unwrap();
        root.set_attribute("class", "page").unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let session = Session::new("1 + 1");
        leptos::mount::mount_to(root.clone().unchecked_into(), move || {
            view! {
                <HeapView session />
                <Controls session restart=|| {} />
                <Timeline session />
                <Details session />
            }
        })
        .forget();
        Self { session, root }
    }

    async fn receive(&self, reply: Reply) {
        self.session.receive(reply);
        leptos::task::tick().await;
    }

    fn text(&self, selector: &str) -> String {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("nothing matches {selector}")).text_content().unwrap_or_default()
    }
}

fn frame() -> Frame {
    let mut writer = PictureWriter::default();
    let mut cells = [Cell::FREE; 1024];
    cells[..300].fill(Cell { state: CellState::Survived, fill: FULL });
    cells[300..512].fill(Cell { state: CellState::Young, fill: FULL });
    let to = PageHead { space: Space::To, address: 0, capacity: 262_144, used: 131_072, is_candidate: false };
    writer.page(to, &cells);
    let from =
        PageHead { space: Space::From, address: 262_144, capacity: 262_144, used: 0, is_candidate: false };
    writer.page(from, &[Cell::FREE; 1024]);
    let counters = Counters {
        scavenges: 3.0,
        promoted_bytes: 2048.0,
        semi_space_copied_bytes: 1536.0,
        heap_used: 131_072.0,
        heap_total: 524_288.0,
        ..Counters::default()
    };
    let log = vec![LogEntry {
        number: 3,
        kind: CollectionKind::Scavenge,
        at_ms: 4.0,
        pause_ms: 0.5,
        line: "[1:0x1] 4 ms: Scavenge 1.0 (2.0) -> 0.5 (2.0) MB".to_owned(),
    }];
    let samples = vec![Sample::default(), Sample { at_ms: 4.0, new_used: 131_072.0, ..Sample::default() }];
    let position = Some(Position { file: 0, line: 7, column: 1 });
    Frame { counters, position, picture: writer.finish(), samples, log, collection: None, is_traced: true }
}

#[wasm_bindgen_test]
async fn a_frame_shows_its_numbers_and_its_spaces() {
    let page = Rendered::new();
    page.receive(Reply::State { state: RunState::Paused }).await;
    page.receive(Reply::Frame(frame())).await;
    assert_eq!(page.text("[data-figure=scavenges]"), "3");
    assert_eq!(page.text("[data-figure=promoted]"), "2 KiB");
    assert_eq!(page.text("[data-figure=to-used]"), "128 KiB");
    assert_eq!(page.text("[data-figure=from-used]"), "0 bytes");
    assert_eq!(page.text("[data-figure=heap-total-line]"), "128 KiB in use of 512 KiB");
    assert_eq!(page.text(".state"), "Paused at line 7");
    assert_eq!(page.text(".event"), "3 scavenges copy 1.5 KiB into to-space and promote 2 KiB to old space.");
    let canvas = page.root.query_selector(".stage canvas").unwrap().unwrap();
    let words = canvas.get_attribute("aria-label").unwrap();
    assert!(
        words.starts_with("To-space: 128 KiB of 256 KiB in 1 page. From-space: 0 bytes of 256 KiB"),
        "{words}"
    );
    assert!(page.text(".lines").contains("Scavenge 1.0 (2.0) -> 0.5 (2.0) MB"));
}

#[wasm_bindgen_test]
async fn the_canvas_shows_survivors_new_objects_and_free_memory() {
    let page = Rendered::new();
    page.root.set_attribute("style", "width: 600px").unwrap();
    let pane = page.root.query_selector(".stage").unwrap().unwrap();
    pane.set_attribute("style", "position: relative; height: 700px; width: 600px").unwrap();
    page.receive(Reply::Frame(frame())).await;
    // The pane's size arrives with the browser's next layout.
    for _ in 0..20 {
        leptos::task::tick().await;
        pause_for_layout().await;
    }
    let canvas = page.root.query_selector(".stage canvas").unwrap().unwrap();
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    let context: CanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let pixels = context.get_image_data(0.0, 0.0, width, height).unwrap().data();
    let shows = |colour: [u8; 3]| pixels.chunks_exact(4).any(|pixel| pixel[..3] == colour);
    assert!(shows([0x56, 0xB4, 0xE9]), "new objects");
    assert!(shows([0x00, 0x72, 0xB2]), "survivors");
}

async fn pause_for_layout() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

#[wasm_bindgen_test]
async fn the_console_shows_markup_as_text() {
    let page = Rendered::new();
    let text = "<b id=markup>1</b>\n".to_owned();
    page.receive(Reply::Output { chunks: vec![OutputChunk { stream: Stream::Stdout, text: text.clone() }] })
        .await;
    assert_eq!(page.text(".output .stdout"), text);
    assert!(page.root.query_selector("#markup").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn an_error_stands_in_the_console_and_in_the_state() {
    let page = Rendered::new();
    let error = Diagnostic {
        message: "ReferenceError: x is not defined".into(),
        line: 4,
        column: 9,
        ..Diagnostic::default()
    };
    page.receive(Reply::State { state: RunState::Failed(error) }).await;
    assert_eq!(page.text(".state"), "Stopped by an error in line 4");
    assert!(page.text(".output").contains("ReferenceError: x is not defined"));
}

#[wasm_bindgen_test]
async fn the_buttons_follow_the_state() {
    let page = Rendered::new();
    let is_off = |name: &str| {
        let buttons = page.root.query_selector_all("button").unwrap();
        let found = (0..buttons.length()).filter_map(|i| buttons.item(i)?.dyn_into::<Element>().ok());
        let mut named = found.filter(|button| button.text_content().as_deref() == Some(name));
        named.next().unwrap().get_attribute("aria-disabled").as_deref() == Some("true")
    };
    assert!(is_off("Run") && is_off("Pause") && is_off("Scavenge"));
    let (semi_space_mb, old_space_mb) = ((1.0, 16.0), 2048.0);
    let profiles =
        vec![ProfileChoice { name: "node-20".into(), label: "Node 20".into(), semi_space_mb, old_space_mb }];
    page.receive(Reply::Started { profiles }).await;
    page.receive(Reply::State { state: RunState::Ready }).await;
    assert!(!is_off("Run") && is_off("Pause") && !is_off("Scavenge"));
    page.receive(Reply::State { state: RunState::Running }).await;
    assert!(is_off("Run") && !is_off("Pause"));
}

#[wasm_bindgen_test]
async fn an_object_shows_its_fields_and_who_holds_it() {
    let page = Rendered::new();
    let details = ObjectDetails {
        address: 0x1000,
        name: "<i>Node</i>".to_owned(),
        size: 56.0,
        fields: vec![Field { name: "next".to_owned(), value: "Node".to_owned(), target: Some(0x2000) }],
        ..ObjectDetails::default()
    };
    page.receive(Reply::Object { details: Some(details) }).await;
    let text = page.text(".panel.object");
    for words in ["<i>Node</i>", "56 bytes", "0x1000", "next", "No object refers to it"] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[wasm_bindgen_test]
async fn a_stepped_collection_tells_what_it_does() {
    let page = Rendered::new();
    let collection = CollectionView {
        title: "Scavenge".to_owned(),
        phase: "scans what has moved".to_owned(),
        progress: (3, 5),
        sentences: vec!["Copies Node.".to_owned()],
        worklist: vec![(0x40, "Node".to_owned())],
        waiting: 7,
        ..CollectionView::default()
    };
    page.receive(Reply::Frame(Frame { collection: Some(collection), ..frame() })).await;
    let text = page.text(".slow");
    for words in ["phase 3 of 5, scans what has moved", "Copies Node.", "Worklist: 7 waiting", "Node 0x40"] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    page.receive(Reply::Frame(frame())).await;
    assert!(page.root.query_selector(".slow").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_collection_says_why_it_ran() {
    let page = Rendered::new();
    let why = Explanation {
        number: 3,
        title: "Scavenge 3".to_owned(),
        sentences: vec!["New space was full.".to_owned()],
        sources: vec!["src/heap/heap.cc".to_owned()],
    };
    page.receive(Reply::Explained(why)).await;
    let text = page.text(".why");
    assert!(
        text.contains("Why? Scavenge 3")
            && text.contains("New space was full.")
            && text.contains("src/heap/heap.cc")
    );
}

#[wasm_bindgen_test]
async fn rewinding_forgets_what_came_later() {
    let page = Rendered::new();
    let chunk = |text: &str| OutputChunk { stream: Stream::Stdout, text: text.to_owned() };
    page.receive(Reply::Output { chunks: vec![chunk("one\n"), chunk("two\n")] }).await;
    page.receive(Reply::Frame(frame())).await;
    page.receive(Reply::Rewound { instructions: 0.0, virtual_ms: 0.0, printed: 4.0 }).await;
    assert_eq!(page.text(".output .stdout"), "one\n");
    assert_eq!(page.session.samples.with_untracked(Vec::len), 2);
}
