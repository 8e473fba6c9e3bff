//! The command line as a user meets it: what goes wrong first, and with which exit code.

use std::io::Write;
use std::process::{Command, Stdio};

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `semispace` with a script on its standard input.
fn semispace(arguments: &[&str], input: &str) -> Ended {
    let mut child = Command::new(env!("CARGO_BIN_EXE_semispace"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its arguments does not read its input.
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().expect("the program ends");
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a script; its exit code, and what standard error must contain.
fn check(arguments: &[&str], input: &str, code: i32, expect: &[&str]) {
    let ended = semispace(&[&["run"], arguments, &["-"]].concat(), input);
    assert_eq!(ended.code, Some(code), "{input}: {}", ended.stderr);
    for words in expect {
        assert!(ended.stderr.contains(words), "{input}: no `{words}` in:\n{}", ended.stderr);
    }
}

#[test]
fn scripts_that_end_well() {
    check(&[], "", 0, &[]);
    check(&[], "// nothing but a comment", 0, &[]);
    check(&[], "process.exit(7)", 7, &[]);
    check(&["--seed", "3", "--profile", "classic-64"], "Math.random()", 0, &[]);
}

#[test]
fn errors_of_a_script_have_a_place_and_exit_code_1() {
    check(
        &[],
        "const a = 1;\nlet x = ;",
        1,
        &["[stdin]:2", "let x = ;", "        ^", "SyntaxError: Unexpected token"],
    );
    check(
        &[],
        "const a = 1;\n\nmissing(a);",
        1,
        &["[stdin]:3", "missing(a);", "ReferenceError: missing is not defined"],
    );
    check(
        &[],
        "function f() {\n  return f() + 1;\n}\nf();",
        1,
        &["RangeError: Maximum call stack size exceeded"],
    );
    check(&[], "throw new TypeError('no')", 1, &["TypeError: no", "at "]);
    check(&[], "null.x", 1, &["TypeError: Cannot read properties of null (reading 'x')"]);
}

#[test]
fn spent_budgets_have_exit_code_124() {
    check(&["--fuel", "100000"], "while (true) {}", 124, &["--fuel"]);
    check(&["--timeout", "0.2"], "while (true) {}", 124, &["--timeout"]);
    check(
        &["--timeout", "0.2"],
        "var a = []; while (true) { a.push({}); if (a.length > 1e4) a = []; }",
        124,
        &["--timeout"],
    );
}

#[test]
fn a_full_heap_has_exit_code_134_and_a_report_like_nodes() {
    let report = [
        "<--- Last few GCs --->",
        "<--- JS stacktrace --->",
        "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
    ];
    check(&["--max-old-space-size", "16"], "var a = []; while (true) a.push({});", 134, &report);
}

#[test]
fn a_large_array_is_no_trouble() {
    let ended = semispace(&["run", "-"], "console.log(new Array(1e7).fill(0).length)");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "10000000\n"));
}

#[test]
fn bad_usage_has_exit_code_2() {
    check(&["--profile", "node-0"], "", 2, &["unknown profile 'node-0'", "node-20"]);
    check(&["--max-old-space-size", "0"], "", 2, &["--max-old-space-size"]);
    check(&["--max-old-space-size", "much"], "", 2, &["--max-old-space-size"]);
    check(&["--no-such-option"], "", 2, &["--no-such-option"]);
    let ended = semispace(&["run", "no-such-file.js"], "");
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("cannot read no-such-file.js"), "{}", ended.stderr);
}

#[test]
fn stats_are_one_json_object() {
    let ended = semispace(&["run", "--stats", "-", "-"], "console.log('x'); gc();");
    let (first, json) = ended.stdout.split_once('\n').expect("two lines");
    assert_eq!(first, "x");
    let stats: serde_json::Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(stats["profile"], "node-20");
    assert_eq!(stats["mark_compacts"], 1);
    assert!(stats["heap_used"].as_u64() > Some(0));
}

#[test]
fn a_run_can_be_profiled_by_virtual_time() {
    let script = "function busy() { let sum = 0; for (let i = 0; i < 500000; i++) sum += i % 7; return sum; }\nbusy();";
    let file = std::env::temp_dir().join(format!("semispace-{}.cpuprofile", std::process::id()));
    let name = file.display().to_string();
    check(&["--prof", "--cpu-prof", &name], script, 0, &["ticks of virtual time", "JS: busy [stdin]:1:"]);
    let profile: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).expect("a profile")).expect("JSON");
    std::fs::remove_file(&file).ok();
    let nodes = profile["nodes"].as_array().expect("nodes");
    let busy = nodes.iter().find(|node| node["callFrame"]["functionName"] == "busy").expect("the function");
    assert!(busy["hitCount"].as_u64() > Some(5), "{busy}");
    assert_eq!(profile["samples"].as_array().map(Vec::len), profile["timeDeltas"].as_array().map(Vec::len));
}
