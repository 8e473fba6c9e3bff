//! Inspect over a hand-made object graph.

use super::*;

/// An object: its kind, prototype and properties; the first of the heap is `Object.prototype`.
struct Object {
    kind: Kind<usize>,
    prototype: Option<usize>,
    properties: Vec<Property<usize>>,
    elements: Vec<(u32, usize)>,
    entries: Vec<(usize, usize)>,
}

/// A heap of objects; a value is an index.
struct Graph(Vec<Object>);

const OBJECT_PROTOTYPE: usize = 0;

impl Graph {
    fn new() -> Self {
        let mut graph = Graph(Vec::new());
        graph.push(Kind::Ordinary, None);
        graph.class("Object", OBJECT_PROTOTYPE);
        graph
    }

    fn push(&mut self, kind: Kind<usize>, prototype: Option<usize>) -> usize {
        let object = Object { kind, prototype, properties: vec![], elements: vec![], entries: vec![] };
        self.0.push(object);
        self.0.len() - 1
    }

    fn object(&mut self, properties: &[(&str, usize)]) -> usize {
        let object = self.push(Kind::Ordinary, Some(OBJECT_PROTOTYPE));
        for &(name, value) in properties {
            self.set(object, name, value, true);
        }
        object
    }

    fn set(&mut self, object: usize, name: &str, value: usize, enumerable: bool) {
        let key = Key::Name(name.encode_utf16().collect());
        self.0[object].properties.push(Property { key, slot: Slot::Data(value), enumerable });
    }

    fn number(&mut self, n: f64) -> usize {
        self.push(Kind::Primitive(Primitive::Number(n)), None)
    }

    fn string(&mut self, text: &str) -> usize {
        self.push(Kind::Primitive(Primitive::String(text.encode_utf16().collect())), None)
    }

    fn class(&mut self, name: &str, prototype: usize) -> usize {
        let name = self.string(name);
        let class = self.push(Kind::Function(FunctionSort::Class), None);
        self.set(class, "name", name, false);
        self.set(class, "prototype", prototype, false);
        self.set(prototype, "constructor", class, false);
        class
    }

    fn array(&mut self, length: u32, elements: &[(u32, usize)]) -> usize {
        let prototype = self.push(Kind::Array(0), Some(OBJECT_PROTOTYPE));
        self.class("Array", prototype);
        let array = self.push(Kind::Array(length), Some(prototype));
        self.0[array].elements = elements.to_vec();
        array
    }

    fn text(&self, value: usize) -> String {
        inspect(self, value, Options::default())
    }
}

impl View for Graph {
    type Value = usize;

    fn kind(&self, value: usize) -> Kind<usize> {
        self.0[value].kind.clone()
    }

    fn prototype(&self, object: usize) -> Option<usize> {
        self.0[object].prototype
    }

    fn own_data(&self, object: usize, name: &str) -> Option<usize> {
        let key = Key::Name(name.encode_utf16().collect());
        let property = self.0[object].properties.iter().find(|property| property.key == key)?;
        match property.slot {
            Slot::Data(value) => Some(value),
            Slot::Accessor { .. } => None,
        }
    }

    fn tag(&self, _object: usize, _hidden: bool) -> Option<String> {
        None
    }

    fn properties(&self, object: usize, hidden: bool) -> Vec<Property<usize>> {
        self.0[object].properties.iter().filter(|property| hidden || property.enumerable).cloned().collect()
    }

    fn elements(&self, object: usize, limit: usize) -> Vec<(u32, Slot<usize>)> {
        self.0[object].elements.iter().take(limit).map(|&(index, value)| (index, Slot::Data(value))).collect()
    }

    fn entries(&self, object: usize, limit: usize) -> Vec<(usize, usize)> {
        self.0[object].entries.iter().take(limit).copied().collect()
    }

    fn creator_name(&self, _object: usize) -> String {
        "Object".to_owned()
    }
}

#[test]
fn nested_objects_are_cut_below_depth_two() {
    let mut graph = Graph::new();
    let one = graph.number(1.0);
    let d = graph.object(&[("d", one)]);
    let c = graph.object(&[("c", d)]);
    let b = graph.object(&[("b", c)]);
    let a = graph.object(&[("a", b)]);
    assert_eq!(graph.text(a), "{ a: { b: { c: [Object] } } }");
    assert_eq!(graph.text(b), "{ b: { c: { d: 1 } } }");
}

#[test]
fn circles_are_marked() {
    let mut graph = Graph::new();
    let a = graph.object(&[]);
    graph.set(a, "self", a, true);
    assert_eq!(graph.text(a), "<ref *1> { self: [Circular *1] }");
}

#[test]
fn classes_and_their_instances_are_named() {
    let mut graph = Graph::new();
    let prototype = graph.object(&[]);
    let class = graph.class("Foo", prototype);
    let foo = graph.push(Kind::Ordinary, Some(prototype));
    assert_eq!(graph.text(foo), "Foo {}");
    assert_eq!(graph.text(class), "[class Foo extends [null prototype]]");
    let bare = graph.push(Kind::Ordinary, None);
    assert_eq!(graph.text(bare), "[Object: null prototype] {}");
}

#[test]
fn holes_and_items_that_are_not_shown_are_counted() {
    let mut graph = Graph::new();
    let one = graph.number(1.0);
    let holey = graph.array(5, &[(1, one)]);
    assert_eq!(graph.text(holey), "[ <1 empty item>, 1, <3 empty items> ]");
    let elements: Vec<_> = (0..102).map(|index| (index, one)).collect();
    let long = graph.array(102, &elements);
    assert!(graph.text(long).ends_with("  1, 1, 1, 1,\n  ... 2 more items\n]"), "{}", graph.text(long));
}

#[test]
fn maps_show_their_entries() {
    let mut graph = Graph::new();
    let prototype = graph.object(&[]);
    graph.class("Map", prototype);
    let (key, value) = (graph.string("k"), graph.number(-0.0));
    let map = graph.push(Kind::Map(1), Some(prototype));
    graph.0[map].entries = vec![(key, value)];
    assert_eq!(graph.text(map), "Map(1) { 'k' => -0 }");
}

#[test]
fn errors_show_the_stack_and_their_own_properties() {
    let mut graph = Graph::new();
    let prototype = graph.object(&[]);
    graph.class("TypeError", prototype);
    let (name, message) = (graph.string("TypeError"), graph.string("bad"));
    let stack = graph.string("TypeError: bad\n    at f (file.js:1:1)");
    let code = graph.string("E_BAD");
    graph.set(prototype, "name", name, false);
    let error = graph.push(Kind::Error, Some(prototype));
    graph.set(error, "stack", stack, false);
    graph.set(error, "message", message, false);
    assert_eq!(graph.text(error), "TypeError: bad\n    at f (file.js:1:1)");
    graph.set(error, "code", code, true);
    assert_eq!(graph.text(error), "TypeError: bad\n    at f (file.js:1:1) {\n  code: 'E_BAD'\n}");
}
