//! `semispace snapshot` on files of real Node, made on the spot, and on our own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("semispace-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn semispace(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_semispace")).args(arguments).output().expect("it runs")
}

fn json(arguments: &[&str]) -> Value {
    let output = semispace(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// The three snapshots of the ground-truth program, by the Node on this machine.
fn record(folder: &Folder, mode: &str) -> [String; 3] {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/snapshots/three-snapshots.js");
    let done = Command::new("node")
        .arg("--random-seed=7")
        .arg(script)
        .arg(&folder.0)
        .args(["10000", mode])
        .status()
        .expect("node is on the machine");
    assert!(done.success());
    ["1", "2", "3"].map(|number| folder.file(&format!("{number}.heapsnapshot")))
}

/// Ids and self sizes with class names of objects, by a plain JSON parse.
fn plain(file: &str) -> BTreeMap<u64, (u64, String)> {
    let file: Value = serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON");
    let fields = file["snapshot"]["meta"]["node_fields"].as_array().expect("fields").len();
    let number = |value: &Value| value.as_u64().expect("a number");
    let rows = file["nodes"].as_array().expect("nodes").chunks(fields);
    rows.map(|row| {
        let kind = file["snapshot"]["meta"]["node_types"][0][number(&row[0]) as usize].as_str().unwrap_or("");
        let name = file["strings"][number(&row[1]) as usize].as_str().unwrap_or("");
        let class = if kind == "object" { name.to_owned() } else { format!("({kind})") };
        (number(&row[2]), (number(&row[3]), class))
    })
    .collect()
}

#[test]
fn three_snapshots_of_node_name_the_class_and_the_array() {
    let folder = Folder::new("leak");
    let files = record(&folder, "leak");
    let found = json(&["snapshot", "leaks", &files[0], &files[1], &files[2], "--json"]);
    // The leak set by its definition: in 2, not in 1, still in 3.
    let (first, second, third) = (plain(&files[0]), plain(&files[1]), plain(&files[2]));
    let stayed: Vec<_> = second
        .iter()
        .filter(|(id, (size, _))| *size > 0 && !first.contains_key(id) && third.contains_key(id))
        .collect();
    assert_eq!(found["leaked_count"], stayed.len());
    assert_eq!(found["leaked_shallow_bytes"], stayed.iter().map(|(_, (size, _))| size).sum::<u64>());
    let of = |class: &str| -> (u64, u64) {
        let nodes = stayed.iter().filter(|(_, (_, own))| own == class);
        nodes.fold((0, 0), |sum, (_, (size, _))| (sum.0 + 1, sum.1 + size))
    };
    assert_eq!(of("LeakedThing"), (10_000, 480_000), "as recorded");
    let groups = found["groups"].as_array().expect("groups");
    let things = &groups[0];
    assert_eq!((things["name"].as_str(), things["count"].as_u64()), (Some("LeakedThing"), Some(10_000)));
    assert_eq!((things["shallow_bytes"].as_u64(), things["verdict"].as_str()), (Some(480_000), Some("leak")));
    let words = things["path_in_words"].as_str().expect("words");
    assert!(words.starts_with("`leakArray` in module scope -> element "), "{words}");
    assert!(words.ends_with(" -> LeakedThing"), "{words}");
    let steps = things["retaining_path"].as_array().expect("steps");
    assert_eq!(steps[steps.len() - 2]["edge"], "leakArray");
    let conses = groups.iter().find(|group| group["name"] == "(concatenated string)").expect("conses");
    assert_eq!((conses["count"].as_u64(), conses["shallow_bytes"].as_u64()), (Some(10_000), Some(320_000)));
    let strings = groups.iter().filter(|group| group["name"] == "(string)" && group["count"] == 10_000);
    let strings: BTreeSet<_> = strings.map(|group| group["shallow_bytes"].as_u64()).collect();
    assert!(strings.contains(&Some(312_000)) && strings.len() == 2, "{strings:?}");
    let retained = found["leaked_retained_bytes"].as_u64().expect("bytes");
    let fails = |limit: u64| {
        let limit = limit.to_string();
        let output = semispace(&[
            "snapshot",
            "leaks",
            &files[0],
            &files[1],
            &files[2],
            "--fail-on-leak-bytes",
            &limit,
        ]);
        output.status.code()
    };
    assert_eq!((fails(1_000_000), fails(retained * 2)), (Some(1), Some(0)));
    let id = things["ids_sample"][0].as_u64().expect("an id");
    let kept = json(&["snapshot", "retainers", &files[2], &format!("@{id}"), "--json"]);
    assert_eq!(kept["name"], "LeakedThing");
    assert!(kept["paths"].as_array().is_some_and(|paths| paths.len() > 1), "{kept}");
    let changes = json(&["snapshot", "diff", &files[0], &files[1], "--json"]);
    let things =
        changes["groups"].as_array().and_then(|groups| groups.iter().find(|g| g["name"] == "LeakedThing"));
    assert_eq!(things.expect("it grew")["new"], 10_000);
    let summary = json(&["snapshot", "summary", &files[2], "--json", "--top", "3"]);
    assert_eq!(summary["node_count"], third.len());
    assert_eq!(summary["total_self_size"], third.values().map(|(size, _)| size).sum::<u64>());
    assert_eq!(summary["groups"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_program_that_only_fills_a_cache_is_not_accused() {
    let folder = Folder::new("warm-up");
    let files = record(&folder, "warm-up");
    let output =
        semispace(&["snapshot", "leaks", &files[0], &files[1], &files[2], "--fail-on-leak-bytes", "1"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("Nothing goes on growing."), "{text}");
    assert!(text.contains("grew once and no more"), "{text}");
}

#[test]
fn a_run_writes_its_own_snapshot() {
    let folder = Folder::new("own");
    let script = folder.file("script.js");
    let source = "class Thing { constructor(n) { this.n = n; this.text = 'text number ' + n; } }
        const kept = []; for (let i = 0; i < 500; i++) kept.push(new Thing(i));
        const weak = new WeakMap([[kept[0], { only: 'by its key' }]]);
        globalThis.hold = { read: () => [kept, weak], bytes: new ArrayBuffer(50000) };";
    std::fs::write(&script, source).expect("a script");
    let file = folder.file("own.heapsnapshot");
    let output = semispace(&["run", "--heapsnapshot-at-exit", &file, &script]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let summary = json(&["snapshot", "summary", &file, "--json"]);
    let group = |name: &str| {
        let groups = summary["groups"].as_array().expect("groups");
        groups.iter().find(|group| group["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    assert_eq!(group("Thing")["count"], 500);
    // The Buffer pool may have a slab of its own.
    assert!(group("system / JSArrayBufferData")["shallow_bytes"].as_u64() >= Some(50_000));
    let plain = plain(&file);
    assert_eq!(summary["node_count"], plain.len(), "no id twice");
    let thing = plain.iter().find(|(_, (_, class))| class == "Thing").expect("a thing").0;
    let kept = json(&["snapshot", "retainers", &file, &format!("@{thing}"), "--json"]);
    let words = kept["paths"][0]["path_in_words"].as_str().expect("words");
    assert!(words.starts_with("`kept` in module scope -> element "), "{words}");
    assert_eq!(kept["allocation_site"]["line"], 1);
    assert_eq!(kept["allocation_site"]["kind"], "constructor");
}

/// With allocations recorded, a leak is told with the line that makes it, after the way through a file.
#[test]
fn leaks_of_a_run_with_recorded_allocations_name_the_line() {
    let folder = Folder::new("sites");
    let script = folder.file("script.js");
    let source = "const { writeSnapshot } = require('heapdump');
const kept = [];
class Thing {}
function leak() {
  for (let i = 0; i < 300; i++)
    kept.push(
      new Thing());
}
for (const name of ['a', 'b', 'c']) {
  writeSnapshot(name + '.heapsnapshot');
  leak();
}";
    std::fs::write(&script, source).expect("a script");
    assert!(semispace(&["run", "--allocation-sites", &script]).status.success());
    let files = ["a", "b", "c"].map(|name| folder.file(&format!("{name}.heapsnapshot")));
    let found = json(&["snapshot", "leaks", &files[0], &files[1], &files[2], "--json"]);
    let groups = found["groups"].as_array().expect("groups");
    let things = groups.iter().find(|group| group["name"] == "Thing").expect("a leak");
    assert_eq!((&things["count"], &things["verdict"]), (&Value::from(300), &Value::from("leak")));
    let site = &things["allocation_site"];
    assert_eq!(site["kind"], "allocation");
    assert_eq!((site["line"].as_u64(), site["function"].as_str()), (Some(7), Some("leak")), "{site}");
    assert!(site["script"].as_str().is_some_and(|name| name.ends_with("script.js")), "{site}");
    let words = semispace(&["snapshot", "leaks", &files[0], &files[1], &files[2], "--progress"]);
    let told = String::from_utf8_lossy(&words.stderr).into_owned();
    for step in ["reading ", "working out what keeps the ", "looking for what came and stayed"] {
        assert!(told.contains(step), "{told}");
    }
    let words = String::from_utf8_lossy(&words.stdout).into_owned();
    assert!(words.contains("allocated in leak, ") && words.contains("script.js:7:"), "{words}");
}

/// A file of Node that has tracked allocations: the trace of every node as a plain JSON parse finds it.
#[test]
fn traces_of_a_real_file_are_read() {
    let folder = Folder::new("tracked");
    let file = folder.file("tracked.heapsnapshot");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/snapshots/track-allocations.js");
    assert!(Command::new("node").arg(script).arg(&file).status().expect("node is on the machine").success());
    let thing = plain(&file).into_iter().find(|(_, (_, class))| class == "Tracked").expect("a thing").0;
    let kept = json(&["snapshot", "retainers", &file, &format!("@{thing}"), "--json"]);
    let site = &kept["allocation_site"];
    assert_eq!((&site["kind"], &site["function"]), (&Value::from("allocation"), &Value::from("fill")));
    assert!(site["stack"].as_array().is_some_and(|stack| stack.len() > 5), "{site}");
    assert!(site["script"].as_str().is_some_and(|name| name.ends_with("track-allocations.js")), "{site}");
}

#[test]
fn what_is_no_snapshot_is_refused_with_its_place() {
    let folder = Folder::new("bad");
    let file = folder.file("bad.heapsnapshot");
    std::fs::write(&file, "{\"snapshot\": {\"meta\": 7}}").expect("a file");
    let output = semispace(&["snapshot", "summary", &file]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("byte ") && message.contains("node_fields"), "{message}");
    let missing = semispace(&["snapshot", "retainers", &folder.file("none"), "@1"]);
    assert_eq!(missing.status.code(), Some(2));
}

/// A script may be anybody's: what it writes to the disk is snapshots, at or below its own folder.
#[test]
fn snapshots_of_a_script_land_at_or_below_its_folder() {
    let folder = Folder::new("written");
    let below = Folder(folder.0.join("below"));
    std::fs::create_dir_all(&below.0).expect("a folder");
    let script = below.file("script.js");
    let source = "
        const v8 = require('v8'), fs = require('fs');
        fs.mkdirSync('deep');
        for (const name of ['a.heapsnapshot', 'deep/b.heapsnapshot', '/tmp/c.heapsnapshot', '../d.heapsnapshot', 'script.js'])
          try { v8.writeHeapSnapshot(name) } catch (error) { console.log(error.code) }";
    std::fs::write(&script, source).expect("a script");
    let done = semispace(&["run", &script]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    assert!(told.contains("/tmp/c.heapsnapshot stays in the session: it lies outside"), "{told}");
    assert!(
        told.contains("script.js stays in the session: its name does not end in .heapsnapshot"),
        "{told}"
    );
    assert_eq!(std::fs::read_to_string(&script).expect("the script"), source);
    assert!(!Path::new(&folder.file("d.heapsnapshot")).exists());
    for name in ["a.heapsnapshot", "deep/b.heapsnapshot"] {
        let summary = json(&["snapshot", "summary", &below.file(name), "--json"]);
        assert!(summary["node_count"].as_u64() > Some(1000), "{name}");
    }
    let elsewhere = Folder(folder.0.join("elsewhere"));
    let done = semispace(&["run", &script, "--diagnostic-dir", &elsewhere.0.display().to_string()]);
    assert!(done.status.success());
    let mut names: Vec<_> = std::fs::read_dir(&elsewhere.0)
        .expect("made")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["a", "b", "c", "d"].map(|name| std::ffi::OsString::from(format!("{name}.heapsnapshot")))
    );
}

/// `kill -USR2` at a terminal, as articles on heapdump have it.
#[cfg(unix)]
#[test]
fn a_signal_from_outside_writes_a_snapshot() {
    use std::io::{BufRead, BufReader};
    let folder = Folder::new("signal");
    let script = folder.file("server.js");
    let source = "
        require('heapdump');
        process.on('SIGUSR2', () => setTimeout(() => process.exit(3), 10));
        setInterval(() => {}, 1000);
        console.log('ready');";
    std::fs::write(&script, source).expect("a script");
    let mut server = Command::new(env!("CARGO_BIN_EXE_semispace"))
        .args(["run", "--timeout", "60", &script])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    assert_eq!(line, "ready\n");
    let sent = Command::new("kill").args(["-USR2", &server.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    assert_eq!(server.wait().expect("it ends").code(), Some(3));
    let written = std::fs::read_dir(&folder.0).expect("the folder").filter_map(Result::ok);
    let names: Vec<String> = written.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(
        names.iter().any(|name| name.starts_with("heapdump-") && name.ends_with(".heapsnapshot")),
        "{names:?}"
    );
}
