//! Iteration: `for-of`, spread and destructuring over iterators, with a short way for plain arrays; `for-in`.

use semispace_heap::{Ref, Word};

use super::call::{Completion, Link, ResumeMode};
use super::slow::Operands;
use super::{Abrupt, Intrinsic, Vm, fast};
use crate::builtins::array::copy_part;
use crate::builtins::map_set::{iterator_sort, next_given, take_all};
use crate::builtins::object::key_array;
use crate::builtins::ordered_table::Sort;
use crate::bytecode as bc;
use crate::object::string::known_atom;
use crate::object::{Found, Key};
use crate::shape::{Attributes, RootShape, ShapeId};
use crate::value::{self, NULL, OBJECT_HEADER, UNDEFINED};

/// Key lists that are kept, by the last digits of their shapes' numbers.
pub(super) const KEY_LISTS: usize = 64;

/// The keys that a `for-in` over objects of a shape visits, valid for an epoch: until a collection at the latest.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyList {
    shape: ShapeId,
    epoch: u32,
    list: Ref,
}

/// Index of an array iteration that has come to its end.
pub(super) const EXHAUSTED: Word = Word::smi(-1);

impl Vm {
    pub(super) fn iteration_op(&mut self, op: u8, o: Operands) -> Completion {
        match op {
            bc::GET_ITERATOR => self.get_iterator(o),
            bc::ITERATOR_READY => {
                let iterator = self.register(o.b);
                if !self.is_object(iterator) {
                    return Err(self.type_error("Result of the Symbol.iterator method is not an object"));
                }
                self.get_named_cached(iterator, self.names.next, None)
            }
            bc::ITERATOR_NEXT => self.iterator_next(o),
            bc::ITERATOR_RESULT => self.unpack_result(o),
            bc::ITERATOR_CLOSE => self.close_iterator(o),
            bc::FOR_IN_KEYS => self.for_in_keys(o),
            _ => self.for_in_next(o),
        }
    }

    #[inline(never)]
    fn for_in_keys(&mut self, o: Operands) -> Completion {
        let object = self.register(o.b);
        self.set_register(o.a + 3, Word::smi(-1));
        if self.has_proxy(object) {
            return self.call_helper("proxyForIn", &[object], 0);
        }
        if let Some(keys) = self.known_keys(object) {
            self.set_register(o.a + 3, Word::smi(keys.shape.0 as i32));
            return self.finish(o.a, Word::reference(keys.list));
        }
        let (keys, own) = self.enumerable_keys(object)?;
        let object = self.register(o.b);
        if object.as_ref().is_some_and(|own| self.is_object(object) && self.has_dictionary(own)) {
            self.leave_key_list(keys.len())?;
        }
        let list = key_array(self, &keys)?;
        let object = self.register(o.b);
        if let Some(object) = object.as_ref().filter(|_| own == keys.len()) {
            let shape = self.shape_of(object);
            self.set_register(o.a + 3, Word::smi(shape.0 as i32));
            self.keep_keys(shape, list);
        }
        self.finish(o.a, list)
    }

    #[inline(never)]
    fn get_iterator(&mut self, o: Operands) -> Completion {
        let iterable = self.register(o.b);
        if o.c == 1 {
            let text = self.callee_text().unwrap_or_else(|| self.described(iterable));
            let text = self.string(&text)?;
            return self.call_helper("getAsyncIterator", &[self.register(o.b), text], 0);
        }
        if o.c > 1 {
            if self.spread_whole(iterable, o)? {
                self.roots.pc += 2;
                return Ok(());
            }
            let list = self.new_array()?;
            self.set_register(o.c, Word::reference(list));
        }
        let iterable = self.register(o.b);
        if self.iterates_plainly(iterable) {
            // Next time the loop finds it in the stub cache (`Outlined::iterates_plainly`).
            self.lookup(iterable, self.names.symbol_iterator);
            self.lookup(self.intrinsic(Intrinsic::ArrayIteratorPrototype), self.names.next);
            self.set_register(o.a, iterable);
            self.set_register(o.a + 1, Word::smi(0));
            self.roots.pc += 2;
            return Ok(());
        }
        if self.kind(iterable) == Some(value::GENERATOR)
            && let Some(Some(method)) = self.lookup(iterable, self.names.symbol_iterator)
            && matches!(self.kind(method), Some(value::FUNCTION | value::NATIVE_FUNCTION))
        {
            return self.call_function(method, iterable, &[], 0);
        }
        let key = Key::Atom(self.names.symbol_iterator);
        let nothing = iterable == UNDEFINED || iterable == NULL;
        let found = if nothing { None } else { self.find_property(iterable, key) };
        let takes_script =
            |found: Found| found.data().is_none() || self.heap.header(found.holder).kind() == value::PROXY;
        if found.is_some_and(takes_script) {
            return self.call_helper("getIterator", &[iterable], 0);
        }
        let method = found.and_then(|found| found.data()).unwrap_or(UNDEFINED);
        if !self.is_callable(method) {
            return Err(self.not_iterable(iterable));
        }
        self.call_function(method, iterable, &[], 0)
    }

    /// All that a plain array or a string yields goes to register `c` at once, as an array: a hole there says that it is the last
    /// arguments of a call, so that it may be the iterable, and that V8 takes only arrays at once. The iteration is at its end
    /// then. False: it goes step by step.
    fn spread_whole(&mut self, iterable: Word, o: Operands) -> Completion<bool> {
        let is_for_call = self.register(o.c) == value::HOLE;
        let list = if self.iterates_plainly(iterable) {
            match iterable.as_ref().filter(|&array| self.is_packed(array)) {
                Some(_) if is_for_call => iterable,
                Some(array) => {
                    let length = self.array_length(array);
                    let array = self.handle(iterable);
                    copy_part(self, array, 0, length)?
                }
                None => return Ok(false),
            }
        } else if is_for_call {
            return Ok(false);
        } else if self.is_string(iterable) && self.strings_iterate_plainly() {
            self.characters(iterable)?
        } else if let Some(words) = take_all(self, iterable) {
            self.array_from_live(&words)?
        } else {
            return Ok(false);
        };
        self.set_register(o.c, list);
        self.set_register(o.a, list);
        self.set_register(o.a + 1, EXHAUSTED);
        Ok(true)
    }

    fn strings_iterate_plainly(&self) -> bool {
        let data = |prototype, atom| self.peek_data(self.intrinsic(prototype), Key::Atom(atom));
        let values = data(Intrinsic::StringPrototype, self.names.symbol_iterator);
        let next = data(Intrinsic::StringIteratorPrototype, self.names.next);
        values == self.intrinsic(Intrinsic::StringValues)
            && next == self.intrinsic(Intrinsic::StringIteratorNext)
    }

    /// An array of a string's characters.
    fn characters(&mut self, string: Word) -> Completion<Word> {
        let string = self.flatten(string)?;
        let (string, length) = (self.handle(string), self.string_length(string));
        let mut characters = Vec::with_capacity(length as usize);
        let mut at = 0;
        while at < length {
            let end = self.character_end(self.at(string), at);
            let character = self.substring(self.at(string), at, end)?;
            characters.push(self.handle(character));
            at = end;
        }
        self.array_from_handles(&characters)
    }

    /// V8: `RuntimeErrors::ThrowIteratorError`, and `Runtime_SpreadIterablePrepare` for a spread argument.
    fn not_iterable(&mut self, iterable: Word) -> Abrupt {
        let text = self.callee_text();
        let message = match text.as_deref().map(|text| (text, text.strip_prefix(bc::SPREAD))) {
            Some((_, Some(_))) if iterable != UNDEFINED && iterable != NULL => {
                "Spread syntax requires ...iterable[Symbol.iterator] to be a function".to_owned()
            }
            Some((_, Some(text))) => {
                format!("{text} is not iterable (cannot read property {})", self.brief(iterable))
            }
            Some((text, None)) => format!("{text} is not iterable"),
            None => {
                let text = self.described(iterable);
                format!("{text} is not iterable (cannot read property Symbol(Symbol.iterator))")
            }
        };
        self.type_error(&message)
    }

    /// An array whose iteration no script has changed.
    pub(crate) fn iterates_plainly(&self, iterable: Word) -> bool {
        let (Some(value::ARRAY), Some(array)) = (self.kind(iterable), iterable.as_ref()) else {
            return false;
        };
        let prototype = self.intrinsic(Intrinsic::ArrayPrototype);
        let is_ordinary = self.shape_of(array).0 == self.array_shape
            || self.prototype_of(iterable) == prototype
                && self.named_is_absent(array, self.names.symbol_iterator);
        if !is_ordinary {
            return false;
        }
        let iterator = self.intrinsic(Intrinsic::ArrayIteratorPrototype);
        let data = |holder: Word, atom| holder.as_ref().and_then(|holder| self.peek_own_data(holder, atom));
        data(prototype, self.names.symbol_iterator) == Some(self.intrinsic(Intrinsic::ArrayValues))
            && data(iterator, self.names.next) == Some(self.intrinsic(Intrinsic::ArrayIteratorNext))
    }

    fn named_is_absent(&self, object: Ref, atom: crate::atoms::Atom) -> bool {
        let shape = self.shape_of(object);
        !self.roots.shapes.get(shape).dictionary && self.roots.shapes.find(shape, atom).is_none()
    }

    /// The next element of an array iteration whose state is in registers `base` and `base + 1`; a hole: a getter of
    /// the prototype knows it.
    pub(super) fn next_of_array(&mut self, base: usize) -> Completion<Option<Word>> {
        let (Some(array), Some(index)) = (self.register(base).as_ref(), self.register(base + 1).as_smi())
        else {
            return Ok(None);
        };
        if index < 0 || index as u32 >= self.array_length(array) {
            self.set_register(base + 1, EXHAUSTED);
            return Ok(None);
        }
        let word = match self.element_word(array, index as u32)? {
            Some(word) => word,
            None => match self.find_property(Word::reference(array), Key::Index(index as u32)) {
                Some(found) => found.data().unwrap_or(value::HOLE),
                None => UNDEFINED,
            },
        };
        self.set_register(base + 1, Word::smi(index + 1));
        Ok(Some(word))
    }

    /// The result of the iteration step just made, by a call.
    pub(super) fn ask_for_element(&mut self, base: usize) -> Completion {
        let index = self.register(base + 1).as_smi().unwrap_or(1) - 1;
        self.call_helper("elementResult", &[self.register(base), Word::smi(index)], 0)
    }

    /// The short way makes neither the iterator nor its results, which V8's interpreter does: they are left behind dead.
    fn iteration_objects(&mut self, index: Word) -> Completion {
        if index == Word::smi(0) {
            self.allocate(value::FIXED_ARRAY, value::shapes::INTERNAL, 6)?;
        }
        self.allocate(value::FIXED_ARRAY, value::shapes::INTERNAL, 5)?;
        Ok(())
    }

    #[inline(never)]
    fn iterator_next(&mut self, o: Operands) -> Completion {
        if self.register(o.b + 1).is_smi() {
            if o.c == 0 {
                self.iteration_objects(self.register(o.b + 1))?;
            }
            match self.next_of_array(o.b)? {
                Some(value::HOLE) => return self.ask_for_element(o.b),
                Some(word) => {
                    self.set_register(o.a, word);
                    // Past this instruction and the ITERATOR_RESULT after it.
                    self.roots.pc += 4;
                }
                None => self.branch(true, o.extension)?,
            }
            return Ok(());
        }
        self.next_of_object(self.roots.pc)
    }

    /// A step of an iteration that is none over a plain array, straight from the hot loop.
    #[inline(never)]
    pub(super) fn next_of_object(&mut self, pc: usize) -> Completion {
        let o = self.operands(pc);
        let (iterator, next) = (self.register(o.b), self.register(o.b + 1));
        if next == self.intrinsic(Intrinsic::GeneratorNext) && self.is_plain_generator(iterator) {
            let at = self.roots.base + self.roots.height();
            return self.resume_generator(at, 0, ResumeMode::Next, iterator, UNDEFINED);
        }
        let of_collections = [Intrinsic::MapIteratorNext, Intrinsic::SetIteratorNext];
        if let Some(object) = iterator.as_ref()
            && of_collections.into_iter().any(|known| next == self.intrinsic(known))
            && self.heap.header(object).kind() == value::ITERATOR
            && let Some(sort) = iterator_sort(self, object)
        {
            return self.next_of_collection(o, sort);
        }
        if !self.is_callable(next) {
            let text = self.brief(next);
            return Err(self.type_error(&format!("{text} is not a function")));
        }
        self.call_function(next, iterator, &[], 0)
    }

    /// The short way for the iterators of Maps and Sets: of the result too only the memory is made.
    fn next_of_collection(&mut self, o: Operands, sort: Sort) -> Completion {
        self.allocate(value::FIXED_ARRAY, value::shapes::INTERNAL, 5)?;
        let Some(iterator) = self.register(o.b).as_ref() else { return Ok(()) };
        match next_given(self, iterator, sort)? {
            Some(word) => {
                self.set_register(o.a, word);
                self.roots.pc += 4;
                Ok(())
            }
            None => self.branch(true, o.extension),
        }
    }

    #[inline(never)]
    fn unpack_result(&mut self, o: Operands) -> Completion {
        let result = self.register(o.a);
        if !self.is_object(result) {
            let text = self.brief_key(result);
            return Err(self.type_error(&format!("Iterator result {text} is not an object")));
        }
        if let Some(object) = result.as_ref()
            && self.iterator_result_shape == Some(self.shape_of(object))
        {
            let (word, done) =
                (self.heap.get(object, OBJECT_HEADER), self.heap.get(object, OBJECT_HEADER + 1));
            return self.take_result(o, word, done);
        }
        let (done, word) = (Key::Atom(self.names.done), Key::Atom(self.names.value));
        if !self.is_plain_data(result, done) || !self.is_plain_data(result, word) {
            return self.call_helper("plainResult", &[result], Link::RETRY);
        }
        let (done, word) = (self.get_data(result, done), self.get_data(result, word));
        self.take_result(o, word, done)
    }

    /// The value of an iteration's step is the instruction's, or the loop is done.
    fn take_result(&mut self, o: Operands, word: Word, done: Word) -> Completion {
        let done = self.truthy(done);
        if !done {
            self.set_register(o.a, word);
        }
        self.branch(done, o.extension)
    }

    #[inline(never)]
    fn close_iterator(&mut self, o: Operands) -> Completion {
        let (iterator, next) = (self.register(o.b), self.register(o.b + 1));
        if next.is_smi() {
            self.step_over();
            return Ok(());
        }
        let key = Key::Atom(self.names.return_);
        if !self.is_plain_data(iterator, key) {
            return self.call_helper("closeIterator", &[iterator], 0);
        }
        let method = self.get_data(iterator, key);
        if method == UNDEFINED || method == NULL {
            self.step_over();
            return Ok(());
        }
        self.call_function(method, iterator, &[], 0)
    }

    /// Whether reading the property runs no script.
    pub(super) fn is_plain_data(&self, object: Word, key: Key) -> bool {
        self.peek_property(object, key).is_none_or(|found| {
            found.data().is_some() && self.kind(Word::reference(found.holder)) != Some(value::PROXY)
        })
    }

    /// `{ value, done }`
    pub fn iterator_result(&mut self, word: Word, done: Word) -> Completion<Word> {
        let shape = self.result_shape();
        let empty = self.intrinsic(Intrinsic::EmptyElements);
        if !self.bootstrapping
            && let Some(result) = fast::object(&mut self.heap, self.roots.pc, shape.0, empty, &[word, done])
        {
            return Ok(result);
        }
        let mark = self.roots.handle_mark();
        let kept = self.handle(word);
        let object = self.new_object_of(shape);
        let word = self.at(kept);
        self.roots.release_handles(mark);
        let object = object?;
        self.heap.set(object, OBJECT_HEADER, word);
        self.heap.set(object, OBJECT_HEADER + 1, done);
        Ok(Word::reference(object))
    }

    /// The shape of `{ value, done }`.
    fn result_shape(&mut self) -> ShapeId {
        if let Some(shape) = self.iterator_result_shape {
            return shape;
        }
        let prototype = self.intrinsic(Intrinsic::ObjectPrototype);
        let root = self.root_shape(
            prototype,
            RootShape { kind: value::OBJECT, start: OBJECT_HEADER as u8, in_object: 2 },
        );
        let (value_atom, done_atom) = (self.names.value, self.names.done);
        let shape = self.roots.shapes.add(root, value_atom, Attributes::PLAIN);
        let shape = self.roots.shapes.add(shape, done_atom, Attributes::PLAIN);
        self.iterator_result_shape = Some(shape);
        shape
    }

    /// The keys that `for-in` visits, and how many of them are known to be names in the object's shape.
    fn enumerable_keys(&mut self, object: Word) -> Completion<(Vec<Key>, usize)> {
        let mut keys: Vec<Key> = Vec::new();
        let mut own = usize::MAX;
        let mut hidden: Vec<Key> = Vec::new();
        let mut at = match object {
            UNDEFINED | NULL => NULL,
            word => self.to_object(word)?,
        };
        let own_itself = at.as_ref().filter(|_| at == object);
        let has_indexes_only =
            |array: &Ref| self.shape_of(*array).0 == self.array_shape && self.is_packed(*array);
        if let Some(array) = own_itself.filter(has_indexes_only) {
            keys.extend((0..self.array_length(array)).map(Key::Index));
            at = self.prototype_of(at);
        } else if let Some(names) = own_itself.and_then(|own| self.plain_names(own)) {
            keys = names;
            let is_dictionary =
                object.as_ref().is_some_and(|own| self.roots.shapes.get(self.shape_of(own)).dictionary);
            own = if is_dictionary { usize::MAX } else { keys.len() };
            at = self.prototype_of(at);
        }
        while let Some(holder) = at.as_ref() {
            if at != object && self.hides_all(holder) {
                break;
            }
            for key in self.own_keys(holder) {
                if matches!(key, Key::Atom(atom) if atom.is_symbol()) {
                    continue;
                }
                let seen = !keys.is_empty() && at != object && keys.contains(&key);
                if seen || hidden.contains(&key) {
                    continue;
                }
                match self.own_property(holder, key) {
                    Some(property) if property.attributes.has(Attributes::ENUMERABLE) => keys.push(key),
                    _ => hidden.push(key),
                }
            }
            at = self.prototype_of(at);
        }
        Ok((keys, own))
    }

    /// The keys of the last loop over an object of this shape, if nothing can have changed since.
    fn known_keys(&mut self, object: Word) -> Option<KeyList> {
        let object = object.as_ref().filter(|&object| self.heap.header(object).kind() == value::OBJECT)?;
        let shape = self.shape_of(object);
        let known = self.key_lists[shape.0 as usize % KEY_LISTS]?;
        let is_current = known.shape == shape && known.epoch == self.roots.shapes.epoch;
        let has_elements = self.heap.get(object, value::ELEMENTS) != self.intrinsic(Intrinsic::EmptyElements);
        let hides_all = |vm: &mut Self| match vm.roots.shapes.prototype(shape).as_ref() {
            Some(prototype) => vm.hides_all(prototype),
            None => true,
        };
        (is_current && !has_elements && hides_all(self)).then_some(known)
    }

    /// What `Object.keys` tells of an object whose shape says it all, as a list that is only to be read.
    pub(crate) fn own_key_list(&mut self, object: Word) -> Completion<Option<Ref>> {
        if let Some(known) = self.known_keys(object) {
            return Ok(Some(known.list));
        }
        let Some(own) = object.as_ref().filter(|&own| self.is_object(object) && !self.has_dictionary(own))
        else {
            return Ok(None);
        };
        let shape = self.shape_of(own);
        let prototype = self.roots.shapes.prototype(shape).as_ref();
        if prototype.is_some_and(|prototype| !self.hides_all(prototype)) {
            return Ok(None);
        }
        let Some(names) = self.plain_names(own) else { return Ok(None) };
        let list = key_array(self, &names)?;
        self.keep_keys(shape, list);
        Ok(list.as_ref())
    }

    /// V8 keeps such a list in the shape (its enum cache), so that a loop allocates none.
    fn keep_keys(&mut self, shape: ShapeId, list: Word) {
        let epoch = self.roots.shapes.epoch;
        self.key_lists[shape.0 as usize % KEY_LISTS] =
            list.as_ref().map(|list| KeyList { shape, epoch, list });
    }

    /// Whether an ordinary object, such as `Array.prototype`, and its prototypes have nothing that can be enumerated.
    fn hides_all(&mut self, object: Ref) -> bool {
        let prototype = |vm: &Self, of: Ref| vm.prototype_of(Word::reference(of)).as_ref();
        let chain = || std::iter::successors(Some(object), |&of| prototype(self, of));
        let empty = self.intrinsic(Intrinsic::EmptyElements);
        if chain().any(|at| self.heap.get(at, value::ELEMENTS) != empty) {
            return false;
        }
        let now = Some((object, self.roots.shapes.epoch));
        let hides = |at: Ref| {
            matches!(self.heap.header(at).kind(), value::OBJECT | value::ARRAY)
                && self.named_properties(at).iter().all(|(_, of)| !of.has(Attributes::ENUMERABLE))
        };
        if self.bare_prototype == now {
            return true;
        }
        let bare = chain().all(hides);
        if bare {
            self.bare_prototype = now;
        }
        bare
    }

    /// Whether an object has a key by a look at its shape, or an array at its elements. False: it takes a closer look.
    fn has_plainly(&self, object: Word, key: Word) -> bool {
        match (self.kind(object), object.as_ref()) {
            (Some(value::OBJECT), Some(object)) => known_atom(&self.heap, key)
                .is_some_and(|atom| self.peek_own(object, Key::Atom(atom)).is_some()),
            (Some(value::ARRAY), Some(array)) => self.array_index(key).is_some_and(|index| {
                index < self.array_length(array) && self.own_indexed(array, index).is_some()
            }),
            _ => false,
        }
    }

    fn for_in_next(&mut self, o: Operands) -> Completion {
        loop {
            let (list, object) = (self.register(o.b), self.register(o.b + 2));
            let index = self.register(o.b + 1).as_smi().unwrap_or(0) as u32;
            let Some(list) = list.as_ref() else { return Ok(()) };
            if index >= self.array_length(list) {
                return self.branch(true, o.extension);
            }
            self.set_register(o.b + 1, Word::smi(index as i32 + 1));
            let word = self.element_word(list, index)?.unwrap_or(UNDEFINED);
            if self.has_plainly(object, word) {
                self.set_register(o.a, word);
                return self.branch(false, o.extension);
            }
            let key = self.to_key(word)?;
            // A key deleted meanwhile is not visited.
            if self.is_string(object)
                || self.has_proxy(self.register(o.b + 2))
                || self.find_property(self.register(o.b + 2), key).is_some()
            {
                self.set_register(o.a, word);
                return self.branch(false, o.extension);
            }
        }
    }
}
