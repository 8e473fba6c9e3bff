//! Snapshots through the published classes, in a browser.

#![forbid(unsafe_code)]

use js_sys::{Array, Object, Reflect};
use semispace_wasm::{HeapSnapshot, Playground, SnapshotReader};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Leaks for ever.
const LEAKS: &str =
    "class LeakedThing { constructor(n) { this.n = n; this.text = 'a text with number ' + n; } }
const leakArray = [];
for (let n = 0; ; n++) leakArray.push(new LeakedThing(n));";

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

fn named(list: &JsValue, name: &str) -> JsValue {
    let list: Array = list.clone().unchecked_into();
    list.iter().find(|item| text(item, "name") == name).unwrap_or_else(|| panic!("no {name}"))
}

/// A session with three snapshots.
fn recorded() -> Playground {
    let options = Object::new();
    Reflect::set(&options, &"source".into(), &LEAKS.into()).unwrap();
    let mut playground = Playground::new(options.unchecked_into()).ok().unwrap();
    for index in 0..3 {
        playground.run(50_000.0).ok().unwrap();
        let taken = playground.take_snapshot().ok().unwrap();
        assert_eq!(number(&taken, "index"), f64::from(index));
        assert!(number(&taken, "nodeCount") > 1000.0 && number(&taken, "totalSelfSize") > 100_000.0);
    }
    playground
}

fn read(bytes: &[u8], piece: usize) -> Result<HeapSnapshot, JsValue> {
    let mut reader = SnapshotReader::new(Some(bytes.len() as f64));
    for (number, piece) in bytes.chunks(piece).enumerate() {
        reader.feed(piece)?;
        assert!(reader.bytes_read() > number as f64);
    }
    // However much of the work has been done before.
    if piece % 2 == 1 {
        while reader.work()? < 1.0 {}
    }
    reader.finish()
}

#[wasm_bindgen_test]
fn three_snapshots_of_a_session_name_the_leak() {
    let playground = recorded();
    let found = playground.compare_snapshots(0, 1, Some(2), None).ok().unwrap();
    let things = named(&get(&found, "leaks.groups"), "LeakedThing");
    assert_eq!(text(&things, "verdict"), "leak");
    assert!(number(&things, "count") > 100.0 && number(&things, "laterCount") > 100.0);
    let words = text(&things, "path.words");
    assert!(words.starts_with("`leakArray` in module scope -> element "), "{words}");
    assert!(words.ends_with(" -> LeakedThing"), "{words}");
    assert_eq!((number(&things, "allocationSite.line"), text(&things, "type").as_str()), (1.0, "object"));
    let change = named(&get(&found, "changes"), "LeakedThing");
    assert!(number(&change, "new") >= number(&things, "count"));
    let id = number(&get(&things, "idsSample"), "0");
    let object = playground.snapshot_object(2, id, None).ok().unwrap();
    assert_eq!(text(&object, "name"), "LeakedThing");
    assert!(number(&object, "retainedBytes") > number(&object, "shallowBytes"));
    let missing = playground.compare_snapshots(0, 7, None, None).err().unwrap();
    assert_eq!(text(&missing, "code"), "ERR_SNAPSHOT");
}

#[wasm_bindgen_test]
fn an_exported_snapshot_is_read_back_in_pieces() {
    let playground = recorded();
    let bytes = playground.export_snapshot(1).ok().unwrap();
    let summary = playground.snapshot_summary(1, Some(5)).ok().unwrap();
    let file = read(&bytes, 9_999).ok().unwrap();
    let again = file.summary(Some(5)).ok().unwrap();
    for path in ["nodeCount", "edgeCount", "totalSelfSize", "statistics.strings", "groups.0.retainedBytes"] {
        assert_eq!(number(&summary, path), number(&again, path), "{path}");
    }
    assert_eq!(file.export().ok().unwrap(), bytes);
    let [first, last] = [0, 2].map(|index| read(&playground.export_snapshot(index).ok().unwrap(), 1 << 20));
    let (first, last) = (first.ok().unwrap(), last.ok().unwrap());
    let found = first.compare_three(&file, &last, None).ok().unwrap();
    assert_eq!(text(&named(&get(&found, "leaks.groups"), "LeakedThing"), "verdict"), "leak");
    let two = first.compare(&file, None).ok().unwrap();
    assert_eq!(text(&named(&get(&two, "leaks.groups"), "LeakedThing"), "verdict"), "unknown");
}

#[wasm_bindgen_test]
fn a_damaged_file_is_refused_with_its_place() {
    let bytes = recorded().export_snapshot(0).ok().unwrap();
    let truncated = read(&bytes[..bytes.len() / 2], 4096).err().unwrap();
    assert_eq!(text(&truncated, "code"), "ERR_FILE");
    assert_eq!(number(&truncated, "offset"), (bytes.len() / 2) as f64);
    let no_json = read(b"hello", 100).err().unwrap();
    assert_eq!((text(&no_json, "code").as_str(), number(&no_json, "offset")), ("ERR_FILE", 0.0));
}

/// What a snippet writes by itself: the same bytes through `fs` and through the package.
#[wasm_bindgen_test]
fn snapshots_that_the_snippet_writes_are_listed_and_handed_out() {
    let options = Object::new();
    let source = "
        const v8 = require('v8'), heapdump = require('heapdump');
        class Kept {}
        const kept = new Kept();
        v8.writeHeapSnapshot('a.heapsnapshot');
        heapdump.writeSnapshot('b.heapsnapshot');
        v8.writeHeapSnapshot('a.heapsnapshot');
        require('fs').unlinkSync('b.heapsnapshot');";
    Reflect::set(&options, &"source".into(), &source.into()).unwrap();
    let mut playground = Playground::new(options.unchecked_into()).ok().unwrap();
    assert_eq!(text(&playground.run(1e8).ok().unwrap(), "kind"), "finished");
    assert_eq!(playground.written_snapshots(), ["/snippet/a.heapsnapshot"]);
    let snapshot = read(&playground.file("/snippet/a.heapsnapshot").unwrap(), 4096).ok().unwrap();
    let kept = named(&get(&snapshot.summary(None).ok().unwrap(), "groups"), "Kept");
    assert_eq!(number(&kept, "count"), 1.0);
    let problem = playground.file("/snippet/b.heapsnapshot").unwrap_err();
    assert_eq!(text(&problem, "code"), "ERR_FILE");
}

/// A limit of off-heap memory, and a file that is generated, as the options say.
#[wasm_bindgen_test]
fn off_heap_memory_can_be_limited_and_files_can_be_generated() {
    let options = js_sys::JSON::parse(
        r#"{ "maxExternalSize": 8, "generatedFiles": [{ "path": "big.txt", "size": 5000000000 }],
             "source": "console.log(require('fs').statSync('big.txt').size); try { Buffer.alloc(9 << 20) } catch (error) { console.log(error.name) }" }"#,
    );
    let mut playground = Playground::new(options.unwrap().unchecked_into()).ok().unwrap();
    playground.run(1e8).ok().unwrap();
    let output: Array = JsValue::from(playground.output().ok().unwrap()).unchecked_into();
    let printed: String = output.iter().map(|chunk| text(&chunk, "text")).collect();
    assert_eq!(printed, "5000000000\nRangeError\n");
    for wrong in [
        r#"{ "source": "", "maxExternalSize": -1 }"#,
        r#"{ "source": "", "generatedFiles": [{ "path": "a", "size": 0.5 }] }"#,
    ] {
        let options = js_sys::JSON::parse(wrong).unwrap();
        let Err(problem) = Playground::new(options.unchecked_into()) else { panic!("{wrong}") };
        assert_eq!(text(&problem, "code"), "ERR_OPTIONS");
    }
}

/// Where objects were allocated, if the options ask for it.
#[wasm_bindgen_test]
fn snapshots_name_the_line_that_allocates() {
    let options = js_sys::JSON::parse(
        r#"{ "allocationSites": true, "source": "class Thing {}\nconst kept = [];\nfunction fill() {\n  kept.push(new Thing());\n}\nfill();" }"#,
    );
    let mut playground = Playground::new(options.unwrap().unchecked_into()).ok().unwrap();
    playground.take_snapshot().ok().unwrap();
    playground.run(1e8).ok().unwrap();
    playground.take_snapshot().ok().unwrap();
    let found = playground.compare_snapshots(0, 1, None, None).ok().unwrap();
    let site = get(&named(&get(&found, "leaks.groups"), "Thing"), "allocationSite");
    assert_eq!((text(&site, "kind").as_str(), text(&site, "functionName").as_str()), ("allocation", "fill"));
    assert_eq!(number(&site, "line"), 4.0);
}
