//! JSON: text to values. Revivers, replacers and `toJSON` are in `prelude/json.js`.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use semispace_heap::Word;

use super::install::namespace;
use super::json_reader::{Event, Reader};
use crate::object::Key;
use crate::shape::{Attributes, RootShape, ShapeId};
use crate::value::{self, OBJECT_HEADER};
use crate::vm::{Completion, Handle, Intrinsic, Vm};

/// JSON, still without its methods: they are the prelude's.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    namespace(vm, "JSON").map(|_| ())
}

/// An array or object whose end has not been read yet. Its values lie on the stack of handles, from `mark` on.
struct Open {
    mark: usize,
    /// The keys so far; none for an array.
    keys: Option<Vec<Key>>,
}

/// The value of a JSON text. Arrays and objects are made when their end is read: with as many slots as they need.
///
/// # Errors
/// A SyntaxError in V8's words; out of memory.
pub fn parse(vm: &mut Vm, text: &[u16]) -> Completion<Word> {
    let mut reader = Reader::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut shapes = Shapes::default();
    let mut values: Vec<Handle> = Vec::new();
    loop {
        let event = match reader.next_event() {
            Ok(event) => event,
            Err(message) => return Err(vm.syntax_error(&message)),
        };
        let word = match event {
            Event::End => return Ok(values.first().map_or(value::UNDEFINED, |&only| vm.at(only))),
            Event::Key(name) => {
                let key = match array_index(&name) {
                    Some(index) => Key::Index(index),
                    None => Key::Atom(vm.intern_units(&name)?),
                };
                if let Some(keys) = open.last_mut().and_then(|last| last.keys.as_mut()) {
                    keys.push(key);
                }
                continue;
            }
            Event::BeginArray | Event::BeginObject => {
                let keys = (event == Event::BeginObject).then(Vec::new);
                open.push(Open { mark: values.len(), keys });
                continue;
            }
            Event::EndArray | Event::EndObject => {
                let Some(Open { mark, keys }) = open.pop() else { continue };
                let word = match keys {
                    None => vm.array_from_handles(&values[mark..])?,
                    Some(keys) => object(vm, &mut shapes, keys, &values[mark..])?,
                };
                if let Some(&first) = values.get(mark) {
                    vm.roots.release_handles(first.index());
                }
                values.truncate(mark);
                word
            }
            Event::String(Cow::Borrowed(units)) => vm.json_string(units)?,
            Event::String(Cow::Owned(units)) => vm.string_from_units(&units)?,
            Event::Number(number) => vm.number(number)?,
            Event::Boolean(truth) => value::boolean(truth),
            Event::Null => value::NULL,
        };
        values.push(vm.handle(word));
    }
}

/// The array index that a name spells.
fn array_index(name: &[u16]) -> Option<u32> {
    let digit = |&unit: &u16| char::from_u32(unit.into()).and_then(|c| c.to_digit(10)).map(u64::from);
    if name.len() > 10 || name.len() > 1 && name[0] == b'0'.into() {
        return None;
    }
    let first = name.first().and_then(digit)?;
    let index = name[1..].iter().try_fold(first, |index, unit| Some(index * 10 + digit(unit)?))?;
    u32::try_from(index).ok().filter(|&index| index != u32::MAX)
}

/// The most in-object slots.
const MAX_SLOTS: usize = 250;

/// Shapes of objects by their names, of those whose names are all different and no indexes.
type Shapes = FxHashMap<Vec<Key>, ShapeId>;

fn object(vm: &mut Vm, shapes: &mut Shapes, keys: Vec<Key>, values: &[Handle]) -> Completion<Word> {
    if let Some(&shape) = shapes.get(&keys) {
        let object = vm.new_object_of(shape)?;
        for (index, &item) in (0..).zip(values) {
            let word = vm.at(item);
            vm.heap.set(object, OBJECT_HEADER + index, word);
            vm.note_field(shape, index, word);
        }
        return Ok(Word::reference(object));
    }
    let made = object_by_name(vm, &keys, values)?;
    if let Some(object) = made.as_ref() {
        let shape = vm.shape_of(object);
        let layout = vm.roots.shapes.get(shape);
        let atoms = keys.iter().map(|&key| if let Key::Atom(atom) = key { Some(atom) } else { None });
        let in_order = vm.roots.shapes.properties(shape).iter().map(|&(atom, _)| Some(atom)).eq(atoms);
        if in_order && !layout.dictionary && usize::from(layout.in_object) == keys.len() {
            shapes.insert(keys, shape);
        }
    }
    Ok(made)
}

fn object_by_name(vm: &mut Vm, keys: &[Key], values: &[Handle]) -> Completion<Word> {
    let named = keys.iter().filter(|key| matches!(key, Key::Atom(_))).count();
    let prototype = vm.intrinsic(Intrinsic::ObjectPrototype);
    let made = if named == 0 {
        vm.new_plain_object()?
    } else {
        let in_object = named.min(MAX_SLOTS) as u8;
        let root = vm.root_shape(prototype, RootShape { kind: value::OBJECT, start: 3, in_object });
        vm.new_object_of(root)?
    };
    let made = vm.handle(Word::reference(made));
    for (&key, &item) in keys.iter().zip(values) {
        let mark = vm.roots.handle_mark();
        vm.define_data(vm.at(made), key, vm.at(item), Attributes::PLAIN)?;
        vm.roots.release_handles(mark);
    }
    Ok(vm.at(made))
}
