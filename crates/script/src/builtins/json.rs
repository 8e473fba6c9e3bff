//! JSON: text to values. Revivers, replacers and `toJSON` are in `prelude/json.js`.

use semispace_heap::Word;

use super::install::namespace;
use super::json_reader::{Event, Reader};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value;
use crate::vm::{Completion, Handle, Vm};

/// JSON, still without its methods: they are the prelude's.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    namespace(vm, "JSON").map(|_| ())
}

/// An array or object whose end has not been read yet.
struct Open {
    composite: Handle,
    key: Option<Key>,
}

/// The value of a JSON text.
///
/// # Errors
/// A SyntaxError in V8's words; out of memory.
pub fn parse(vm: &mut Vm, text: &[u16]) -> Completion<Word> {
    let mut reader = Reader::new(text);
    let mut open: Vec<Open> = Vec::new();
    let result = vm.handle(value::UNDEFINED);
    loop {
        let event = match reader.next_event() {
            Ok(event) => event,
            Err(message) => return Err(vm.syntax_error(&message)),
        };
        let mark = vm.roots.handle_mark();
        let (word, opens) = match event {
            Event::End => return Ok(vm.at(result)),
            Event::Key(name) => {
                let name = vm.string_from_units(&name)?;
                let key = vm.to_key(name)?;
                if let Some(last) = open.last_mut() {
                    last.key = Some(key);
                }
                vm.roots.release_handles(mark);
                continue;
            }
            Event::EndArray | Event::EndObject => {
                open.pop();
                continue;
            }
            Event::BeginArray => (Word::reference(vm.new_array()?), true),
            Event::BeginObject => (Word::reference(vm.new_plain_object()?), true),
            Event::String(units) => (vm.string_from_units(&units)?, false),
            Event::Number(number) => (vm.number(number)?, false),
            Event::Boolean(truth) => (value::boolean(truth), false),
            Event::Null => (value::NULL, false),
        };
        let kept = vm.handle(word);
        match open.last() {
            None => vm.roots.set(result, word),
            Some(Open { composite, key: Some(key) }) => {
                vm.define_data(vm.at(*composite), *key, vm.at(kept), Attributes::PLAIN)?;
            }
            Some(Open { composite, key: None }) => vm.push_element(vm.at(*composite), vm.at(kept))?,
        }
        if opens {
            open.push(Open { composite: kept, key: None });
        }
    }
}
