//! Sizes of objects, row by row as Node 20 has them: the object itself, and its parts (named properties, elements, table).

use semispace_heap::{HeapConfig, Profile, Recorder, Ref, Word};
use semispace_script::heap_graph::{EdgeName, HeapGraph, RootGroup};
use semispace_script::value;
use semispace_script::vm::{Exit, Vm};

/// A machine that stands still behind the source, in an endless loop.
fn stopped(source: &str) -> Vm {
    let config = HeapConfig::from(Profile::named("node-20").expect("the default profile exists"));
    let mut vm = Vm::new(config, Recorder::default(), 1).expect("room");
    vm.load(&format!("{source}; for (;;);"), "test.js").expect("it compiles");
    assert_eq!(vm.run(3_000_000), Exit::Paused);
    vm
}

/// The value of the module's variable `v`.
fn variable(vm: &Vm) -> Ref {
    let mut found = None;
    HeapGraph::new(vm).roots(&mut |root| {
        if root.group == RootGroup::Frame(0) && matches!(&root.name, EdgeName::Name(name) if name == "v") {
            found = Some(root.to);
        }
    });
    found.expect("a variable v that refers to an object")
}

/// Bytes of a part, none for the shared empty ones.
fn part(vm: &Vm, word: Word) -> u64 {
    let size = word.as_ref().map_or(0, |part| vm.heap.size_bytes(part));
    if size == 16 { 0 } else { size }
}

/// Self size, and that of properties, elements and table.
fn sizes(source: &str) -> [u64; 2] {
    let vm = stopped(source);
    let object = variable(&vm);
    let kind = vm.heap.header(object).kind();
    let mut parts = 0;
    if value::is_object_kind(kind) && kind != value::PROXY {
        parts += part(&vm, vm.heap.get(object, 1)) + part(&vm, vm.heap.get(object, 2));
    }
    if [value::MAP, value::SET, value::WEAK_MAP].contains(&kind) {
        parts += part(&vm, vm.heap.get(object, 3));
    }
    [vm.heap.size_bytes(object), parts]
}

fn check(rows: &[(&str, [u64; 2])]) {
    let wrong: Vec<_> = rows
        .iter()
        .map(|&(source, node)| (source, sizes(source), node))
        .filter(|(_, ours, node)| ours != node)
        .collect();
    assert!(wrong.is_empty(), "source, ours, Node's: {wrong:#?}");
}

#[test]
fn plain_objects() {
    check(&[
        ("var v = {}", [56, 0]),
        ("var v = { a: 1 }", [32, 0]),
        ("var v = { a: 1, b: 2, c: 3, d: 4, e: 5 }", [64, 0]),
        ("var v = {}; v.a = 1; v.b = 2; v.c = 3; v.d = 4; v.e = 5", [56, 40]),
        ("var v = {}; for (const k of 'abcdefgh') v[k] = 1", [56, 64]),
    ]);
}

#[test]
fn instances_of_classes_warm_and_cold() {
    let class = |fields: u32, made: u32| {
        let body: String = (0..fields).map(|field| format!("this.f{field} = 1;")).collect();
        format!(
            "class C {{ constructor() {{ {body} }} }} var v; for (let i = 0; i < {made}; i++) v = new C()"
        )
    };
    for (fields, warm, cold) in [(0, 24, 104), (1, 32, 96), (4, 56, 120), (10, 104, 168)] {
        assert_eq!(sizes(&class(fields, 20)), [warm, 0], "{fields} fields, warm");
        assert_eq!(sizes(&class(fields, 1)), [cold, 0], "{fields} fields, cold");
    }
    // No object has more than 252 of its own; the others are in a list that grows by three.
    assert_eq!(sizes(&class(260, 20)), [24 + 252 * 8, 16 + 9 * 8]);
}

#[test]
fn arrays() {
    let push = |count: u32| format!("var v = []; for (let i = 0; i < {count}; i++) v.push(i)");
    check(&[
        ("var v = []", [32, 0]),
        ("var v = [1, 2, 3]", [32, 40]),
        ("var v = new Array(1000)", [32, 8016]),
        (&push(10), [32, 152]),
        (&push(100), [32, 1136]),
        (&push(1000), [32, 10_328]),
        (&push(10_000), [32, 80_160]),
    ]);
}

#[test]
fn strings_numbers_and_symbols() {
    let literal = |unit: &str, count: usize| format!("var v = '{}'", unit.repeat(count));
    check(&[
        (&literal("x", 1), [24, 0]),
        (&literal("x", 10), [32, 0]),
        (&literal("x", 100), [120, 0]),
        (&literal("\u{20ac}", 10), [40, 0]),
        (&literal("\u{20ac}", 100), [216, 0]),
        ("var a = 'abcdef', v = a + 'ghijkl'", [32, 0]),
        ("var a = 'abcdefgh', v = a + 'ijklmnop'", [32, 0]),
        ("var a = 'abcdefghijklmnopqrstuvwxyz', v = a.substring(1, 21)", [32, 0]),
        ("var a = 'abcdefghijklmnopqrstuvwxyz', v = a.substring(1, 11)", [32, 0]),
        ("var v = 1.5", [16, 0]),
        ("var v = Symbol('s')", [24, 0]),
        ("var v = 1n", [24, 0]),
    ]);
}

#[test]
fn functions() {
    check(&[("var x = 1, v = () => x", [56, 0]), ("var v = function () {}", [64, 0])]);
    // Arguments and bound functions are as large as V8's, but hold properties that V8 computes.
    assert_eq!(sizes("var v = (function () {}).bind(null)")[0], 48);
    assert_eq!(sizes("var v = (function () { return arguments })(1, 2, 3)")[0], 40);
    for variables in [1u64, 2, 5] {
        let names: Vec<String> = (0..variables).map(|at| format!("a{at}")).collect();
        let source = format!("var v = (function ({0}) {{ return () => [{0}] }})()", names.join(", "));
        let vm = stopped(&source);
        let context = vm.heap.get(variable(&vm), value::FUNCTION_CONTEXT).as_ref().expect("a context");
        assert_eq!(vm.heap.size_bytes(context), 32 + 8 * variables);
    }
}

#[test]
fn collections() {
    let map = |count: u32| format!("var v = new Map(); for (let i = 0; i < {count}; i++) v.set(i, i)");
    let set = |count: u32| format!("var v = new Set(); for (let i = 0; i < {count}; i++) v.add(i)");
    let weak = |count: u32| {
        format!(
            "var keys = [], v = new WeakMap(); for (let i = 0; i < {count}; i++) {{ keys.push({{}}); v.set(keys[i], i) }}"
        )
    };
    check(&[
        (&map(0), [32, 152]),
        (&map(10), [32, 488]),
        (&map(1000), [32, 28_712]),
        (&set(0), [32, 120]),
        (&set(10), [32, 360]),
        (&set(1000), [32, 20_520]),
        (&weak(0), [32, 104]),
        (&weak(10), [32, 296]),
        (&weak(1000), [32, 32_808]),
    ]);
}

#[test]
fn built_in_objects() {
    check(&[
        ("var v = new Date(0)", [96, 0]),
        ("var v = /abc/", [56, 0]),
        ("var v = new Promise(() => {})", [48, 0]),
        ("var v = new WeakRef({})", [32, 0]),
        ("var v = new Error('e')", [48, 0]),
        ("var v = new Number(1)", [32, 0]),
        ("var v = new Boolean(true)", [32, 0]),
        ("var v = new String('text')", [32, 0]),
        ("var v = new Proxy({}, {})", [32, 0]),
    ]);
}

#[test]
fn dictionaries() {
    let keys = |count: u32| format!("var v = {{}}; for (let i = 0; i < {count}; i++) v['key' + i] = i");
    check(&[(&keys(100), [24, 6208]), (&keys(1000), [24, 49_216]), (&keys(20_000), [24, 786_496])]);
}
