//! The heap as a graph: names as V8 gives them, complete against the collector, ids that stay.

use std::collections::{BTreeMap, BTreeSet};

use semispace_heap::{CollectionKind, HeapConfig, Profile, Reason, Recorder, Ref};
use semispace_script::heap_graph::{Edge, EdgeName, EdgeType, HeapGraph, NodeType, RootGroup};
use semispace_script::vm::{Exit, Vm};
use semispace_tests::load_cases;

fn machine(source: &str, stress_compaction: bool) -> Vm {
    let mut config = HeapConfig::from(Profile::named("node-20").expect("the default profile exists"));
    config.stress_compaction = stress_compaction;
    let mut vm = Vm::new(config, Recorder::default(), 1).expect("room");
    vm.load(source, "test.js").expect("it compiles");
    vm
}

/// A machine that stands still in the middle of the source, where it waits in an endless loop.
fn stopped(source: &str) -> Vm {
    let mut vm = machine(source, false);
    assert_eq!(vm.run(50_000), Exit::Paused);
    vm
}

fn name(name: &EdgeName<'_>) -> String {
    match name {
        EdgeName::Index(index) => index.to_string(),
        EdgeName::Name(name) => name.to_string(),
    }
}

fn edges(vm: &Vm, object: Ref) -> Vec<(EdgeType, String, Ref)> {
    let mut edges = Vec::new();
    HeapGraph::new(vm).edges(object, &mut |Edge { edge_type, name: called, to }| {
        edges.push((edge_type, name(&called), to));
    });
    edges
}

fn follow(vm: &Vm, object: Ref, edge_type: EdgeType, called: &str) -> Ref {
    let edges = edges(vm, object);
    let found = edges.iter().find(|edge| edge.0 == edge_type && edge.1 == called);
    found.unwrap_or_else(|| panic!("no {edge_type:?} edge {called} in {edges:?}")).2
}

/// The value of a variable of a frame, 0 the module's.
fn variable(vm: &Vm, frame: u32, called: &str) -> Ref {
    let mut found = None;
    HeapGraph::new(vm).roots(&mut |root| {
        if root.group == RootGroup::Frame(frame) && name(&root.name) == called {
            assert_eq!(root.edge_type, EdgeType::Context);
            found = Some(root.to);
        }
    });
    found.unwrap_or_else(|| panic!("no variable {called} in frame {frame}"))
}

/// Everything that the roots reach, values of ephemerons only together with their keys.
fn reachable(vm: &Vm) -> BTreeSet<Ref> {
    let graph = HeapGraph::new(vm);
    let mut seen = BTreeSet::new();
    let mut pending = Vec::new();
    let mut tables = Vec::new();
    graph.roots(&mut |root| pending.push(root.to));
    loop {
        while let Some(object) = pending.pop() {
            if !seen.insert(object) {
                continue;
            }
            let mut is_table = false;
            graph.ephemerons(object, |_, _| is_table = true);
            graph.edges(object, &mut |edge| {
                let value = is_table && name(&edge.name).starts_with("value ");
                if edge.edge_type != EdgeType::Weak && !value {
                    pending.push(edge.to);
                }
            });
            tables.extend(is_table.then_some(object));
        }
        for &table in &tables {
            graph.ephemerons(table, |key, value| {
                pending.extend(value.filter(|value| seen.contains(&key) && !seen.contains(value)));
            });
        }
        if pending.is_empty() {
            return seen;
        }
    }
}

/// Every object that a full collection has left.
fn survivors(vm: &mut Vm) -> BTreeSet<Ref> {
    vm.heap.collect(&mut vm.roots, CollectionKind::Full, Reason::Testing);
    let pages: Vec<_> = vm.heap.pages().map(|(page, _)| page).collect();
    pages.into_iter().flat_map(|page| vm.heap.objects(page).map(|(r, _)| r).collect::<Vec<_>>()).collect()
}

#[test]
fn objects_are_called_by_their_constructors() {
    let vm = stopped(
        "class Point { constructor(x) { this.x = x; } }
         const point = new Point({ a: 1 }), list = ['one', , point], text = 'some text', re = /a+b/g;
         const cons = text + ' and more of ' + point.x, sliced = cons.slice(3, 20), sym = Symbol('tag');
         const map = new Map([[point, 'in map']]), bare = Object.create(null), half = 1.5;
         function work() { for (;;); }
         work();",
    );
    let graph = HeapGraph::new(&vm);
    let seen = |called: &str| {
        let node = graph.node(variable(&vm, 0, called));
        (node.node_type, node.name, node.self_size)
    };
    assert_eq!(seen("point").0, NodeType::Object);
    assert_eq!(seen("point").1, "Point");
    assert_eq!(seen("list"), (NodeType::Object, "Array".to_owned(), 32));
    assert_eq!(seen("text"), (NodeType::String, "some text".to_owned(), 32));
    assert_eq!(seen("re").0, NodeType::RegExp);
    assert_eq!(seen("re").1, "/a+b/g");
    assert_eq!(seen("sliced").0, NodeType::SlicedString);
    assert_eq!(seen("sym"), (NodeType::Symbol, "Symbol(tag)".to_owned(), 24));
    assert_eq!(seen("map"), (NodeType::Object, "Map".to_owned(), 32));
    assert_eq!(seen("bare").1, "Object");
    assert_eq!(seen("half"), (NodeType::Number, "heap number".to_owned(), 16));
    assert_eq!(seen("work").0, NodeType::Closure);
    assert_eq!(seen("work").1, "work");
}

#[test]
fn edges_have_the_names_of_properties_elements_and_variables() {
    let vm = stopped(
        "class Point { constructor(x) { this.x = x; } get twice() { return 2; } }
         const point = new Point('value');
         point.later = {}; for (let i = 0; i < 20; i++) point['p' + i] = [i];
         const list = [point, 'b'], sparse = []; sparse[100000] = point;
         const counter = (() => { let captured = { n: 0 }; return () => captured; })();
         const bound = counter.bind(point);
         const weak = new WeakMap([[point, { held: 1 }]]), ref = new WeakRef(point);
         function work(parameter, second) { const local = second; { const inner = { in: parameter }; for (;;); } }
         work(point, list);",
    );
    let point = variable(&vm, 0, "point");
    let value = follow(&vm, point, EdgeType::Property, "x");
    assert_eq!(HeapGraph::new(&vm).node(value).name, "value");
    follow(&vm, point, EdgeType::Property, "later");
    follow(&vm, point, EdgeType::Property, "p19");
    let prototype = follow(&vm, point, EdgeType::Property, "__proto__");
    follow(&vm, prototype, EdgeType::Property, "get twice");
    let class = follow(&vm, prototype, EdgeType::Property, "constructor");
    assert_eq!(follow(&vm, class, EdgeType::Property, "prototype"), prototype);
    let list = variable(&vm, 0, "list");
    assert_eq!(follow(&vm, list, EdgeType::Element, "0"), point);
    let elements = follow(&vm, list, EdgeType::Internal, "elements");
    assert_eq!(HeapGraph::new(&vm).node(elements).node_type, NodeType::Array);
    assert_eq!(follow(&vm, variable(&vm, 0, "sparse"), EdgeType::Element, "100000"), point);
    let counter = variable(&vm, 0, "counter");
    let context = follow(&vm, counter, EdgeType::Internal, "context");
    let captured = follow(&vm, context, EdgeType::Context, "captured");
    assert_eq!(HeapGraph::new(&vm).node(captured).name, "Object");
    let bound = variable(&vm, 0, "bound");
    assert_eq!(follow(&vm, bound, EdgeType::Internal, "bound_function"), counter);
    assert_eq!(follow(&vm, bound, EdgeType::Internal, "bound_this"), point);
    assert_eq!(follow(&vm, variable(&vm, 0, "ref"), EdgeType::Weak, "target"), point);
    let table = follow(&vm, variable(&vm, 0, "weak"), EdgeType::Internal, "table");
    let mut pairs = Vec::new();
    HeapGraph::new(&vm).ephemerons(table, |key, value| pairs.push((key, value.is_some())));
    assert_eq!(pairs, [(point, true)]);
    assert_eq!(variable(&vm, 1, "parameter"), point);
    assert_eq!(variable(&vm, 1, "local"), list);
    assert_eq!(follow(&vm, variable(&vm, 1, "inner"), EdgeType::Property, "in"), point);
    let frames = HeapGraph::new(&vm).frames();
    let names: Vec<&str> = frames.iter().map(|frame| frame.name.as_str()).collect();
    assert_eq!(names, ["module scope", "work()"]);
    assert_eq!(frames[1].line, 8);
}

#[test]
fn the_graph_reaches_exactly_what_a_collection_keeps() {
    let mut looked_at = 0;
    for case in load_cases().expect("the corpus").iter().step_by(3) {
        let mut vm = machine("", false);
        if vm.load(&case.input, "case.js").is_err() {
            continue;
        }
        vm.run(300_000);
        let kept = survivors(&mut vm);
        let reached = reachable(&vm);
        // Weak references that scripts have dereferenced live until the end of the job; there are none in the middle.
        let describe = |set: Vec<&Ref>| -> Vec<_> {
            set.into_iter().take(3).map(|&r| HeapGraph::new(&vm).node(r)).collect()
        };
        let (lost, extra): (Vec<_>, Vec<_>) =
            (kept.difference(&reached).collect(), reached.difference(&kept).collect());
        assert!(
            lost.is_empty() && extra.is_empty(),
            "{}: {} not reached {:?}, {} not kept {:?}",
            case.name,
            lost.len(),
            describe(lost.clone()),
            extra.len(),
            describe(extra.clone())
        );
        looked_at += 1;
    }
    assert!(looked_at > 40);
}

#[test]
fn objects_keep_their_ids_when_everything_moves() {
    let mut vm = machine(
        "const kept = []; let dropped = [];
         for (let i = 0; i < 3000; i++) { kept.push({ number: i, text: 'n' + i }); dropped.push([i, {}]); }
         dropped = null; for (;;);",
        true,
    );
    assert_eq!(vm.run(400_000), Exit::Paused);
    let record = |vm: &mut Vm| -> BTreeMap<String, u64> {
        let kept = variable(vm, 0, "kept");
        let elements: Vec<_> =
            edges(vm, kept).into_iter().filter(|edge| edge.0 == EdgeType::Element).collect();
        elements.into_iter().map(|edge| (edge.1, vm.snapshot_id(edge.2).expect("idle"))).collect()
    };
    let addresses = |vm: &Vm| edges(vm, variable(vm, 0, "kept"));
    let (ids, places) = (record(&mut vm), addresses(&vm));
    assert_eq!(ids.len(), 3000);
    assert!(ids.values().all(|id| id % 2 == 1 && *id >= 65), "odd, and above the roots'");
    assert_eq!(ids.values().collect::<BTreeSet<_>>().len(), 3000, "no id twice");
    for kind in [CollectionKind::Minor, CollectionKind::Full, CollectionKind::Minor, CollectionKind::Full] {
        vm.heap.collect(&mut vm.roots, kind, Reason::Testing);
        assert_eq!(record(&mut vm), ids);
    }
    assert_ne!(addresses(&vm), places, "the test moves objects");
}
