//! Functions as objects: `name`, `length`, `prototype`; and operators on objects.

use semispace_heap::{Ref, Word};

use super::element::Elements;
use super::property::{Key, Property};
use super::property_define::MAX_NAMED;
use crate::atoms::Atom;
use crate::bytecode::FunctionKind;
use crate::shape::{Attributes, ShapeId};
use crate::value::{self, FIXED_SLOTS, HOLE, NULL, PROPERTIES, UNDEFINED};
use crate::vm::call::Completion;
use crate::vm::slow::Operands;
use crate::vm::{Handle, Intrinsic, Vm};

/// Indexes of a typed array that can be listed as keys: where V8 runs out of memory, the list ends.
const MAX_KEYS: u64 = 1 << 22;
/// A copy of more properties leaves so much behind while it is made that it matters when a collection comes: at once, as in V8, and
/// not when the operation is over.
const LONG_COPY: usize = 128;

impl Vm {
    /// `name`, `length` and `prototype`, which functions have without a slot for them (V8 has accessors for them in the
    /// maps of functions). In dictionary mode `name` and `length` are entries like any other, and can be deleted.
    pub(crate) fn function_property(&self, function: Ref, atom: Atom) -> Option<Property> {
        if atom != self.names.prototype && self.roots.shapes.get(self.shape_of(function)).dictionary {
            return None;
        }
        let constant = |word| Some(Property::with(word, Attributes::CONFIGURABLE_ONLY));
        let number = self.heap.get(function, value::FUNCTION_CODE).payload() as usize;
        let kind = self.heap.header(function).kind();
        match kind {
            _ if !value::is_function_kind(kind) => None,
            _ if atom == self.names.name => {
                let name = self.first_name(function)?;
                constant(self.roots.atoms.word(name))
            }
            _ if atom == self.names.length => constant(Word::smi(self.first_length(function))),
            value::FUNCTION => {
                let info = &self.infos[number];
                let class =
                    matches!(info.kind, FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor);
                if atom == self.names.prototype && self.heap.size_words(function) > value::FUNCTION_PROTOTYPE
                {
                    let word = self.heap.get(function, value::FUNCTION_PROTOTYPE);
                    let word = match word.as_smi() {
                        Some(shape) => self.roots.shapes.prototype(ShapeId(shape as u32)),
                        None => word,
                    };
                    let attributes = Attributes(if class { 0 } else { Attributes::WRITABLE });
                    return (word != HOLE && word != NULL).then(|| Property::with(word, attributes));
                }
                None
            }
            _ => None,
        }
    }

    /// The name that a function was made with. A bound function's has been interned when it was bound.
    fn first_name(&self, function: Ref) -> Option<Atom> {
        let number = self.heap.get(function, value::FUNCTION_CODE).payload() as usize;
        match self.heap.header(function).kind() {
            value::FUNCTION => Some(self.infos[number].name),
            value::NATIVE_FUNCTION => Some(self.natives[number].name),
            _ => {
                let target = self.heap.get(function, value::BOUND_TARGET).as_ref()?;
                let name = format!("bound {}", self.atom_text(self.first_name(target)?));
                self.find_text(&name)
            }
        }
    }

    fn first_length(&self, function: Ref) -> i32 {
        let number = self.heap.get(function, value::FUNCTION_CODE).payload() as usize;
        match self.heap.header(function).kind() {
            value::FUNCTION => self.infos[number].length.into(),
            value::NATIVE_FUNCTION => self.natives[number].length.into(),
            _ => {
                let target = self.heap.get(function, value::BOUND_TARGET).as_ref();
                let bound = self.fixed_array_words(self.heap.get(function, value::BOUND_ARGUMENTS)).len();
                target.map_or(0, |target| self.first_length(target).saturating_sub(bound as i32).max(0))
            }
        }
    }

    /// The names that come first among an object's keys, and may have no slot, in their order.
    pub(crate) fn first_names(&self, object: Ref) -> Vec<Atom> {
        let names = &self.names;
        match self.heap.header(object).kind() {
            value::FUNCTION | value::NATIVE_FUNCTION | value::BOUND_FUNCTION => {
                vec![names.length, names.name, names.prototype]
            }
            value::ARGUMENTS => vec![names.length, names.callee, names.symbol_iterator],
            _ => Vec::new(),
        }
    }

    /// What of them has no slot, and is an entry in dictionary mode.
    pub(crate) fn names_without_slot(&self, object: Ref) -> Vec<(Atom, Attributes)> {
        let shape = self.shape_of(object);
        if self.roots.shapes.get(shape).dictionary {
            return Vec::new();
        }
        let has_slot = |atom: &Atom| self.roots.shapes.find(shape, *atom).is_some();
        let names = self.first_names(object).into_iter();
        let names = names.filter(|atom| *atom != self.names.prototype && !has_slot(atom));
        let found = |atom| Some((atom, self.peek_own(object, Key::Atom(atom))?.attributes));
        names.filter_map(found).collect()
    }

    /// Makes a function's `prototype` object, if the key asks for it and it is not there yet. Returns the function at
    /// its current address.
    pub fn ensure_prototype(&mut self, word: Word, key: Key) -> Completion<Word> {
        if key != Key::Atom(self.names.prototype) {
            return Ok(word);
        }
        let (Some(value::FUNCTION), Some(function)) = (self.kind(word), word.as_ref()) else {
            return Ok(word);
        };
        if self.heap.size_words(function) <= value::FUNCTION_PROTOTYPE
            || self.heap.get(function, value::FUNCTION_PROTOTYPE) != HOLE
        {
            return Ok(word);
        }
        let flags = self.infos[self.heap.get(function, value::FUNCTION_CODE).payload() as usize].flags;
        let generator = match (flags.generator, flags.asynchronous) {
            (true, true) => Some(Intrinsic::AsyncGeneratorPrototype),
            (true, false) => Some(Intrinsic::GeneratorPrototype),
            (false, _) => None,
        };
        let mark = self.roots.handle_mark();
        let kept = self.handle(word);
        let done = self.make_prototype(kept, generator);
        let word = self.at(kept);
        self.roots.release_handles(mark);
        done.map(|()| word)
    }

    fn make_prototype(&mut self, function: crate::vm::Handle, generator: Option<Intrinsic>) -> Completion {
        let parent = self.intrinsic(generator.unwrap_or(Intrinsic::ObjectPrototype));
        let object = self.new_object_with_prototype(parent)?;
        let object = self.handle(Word::reference(object));
        if generator.is_none() {
            let atom = self.names.constructor;
            self.define_data(self.at(object), Key::Atom(atom), self.at(function), Attributes::HIDDEN)?;
        }
        let word = self.at(object);
        let function = self.ref_at(function);
        self.heap.set(function, value::FUNCTION_PROTOTYPE, word);
        Ok(())
    }

    /// `F.prototype = word`
    pub(crate) fn set_function_prototype(&mut self, function: Word, word: Word) -> Completion {
        let Some(target) = function.as_ref() else { return Ok(()) };
        if self.is_object(word) {
            self.heap.set(target, value::FUNCTION_PROTOTYPE, word);
            return Ok(());
        }
        // Not an object: an ordinary property that instances take no notice of.
        self.heap.set(target, value::FUNCTION_PROTOTYPE, NULL);
        let atom = self.names.prototype;
        self.add_named(function, atom, word, Attributes(Attributes::WRITABLE))
    }

    /// The name of a function made for a computed key; `prefix`: 1 get, 2 set.
    #[inline(never)]
    pub(crate) fn set_function_name(&mut self, function: Word, key: Word, prefix: usize) -> Completion {
        let mut text = match self.atom_of(key) {
            Some(atom) if atom.is_symbol() => {
                let text = self.atom_text(atom);
                let inner =
                    text.strip_prefix("Symbol(").and_then(|text| text.strip_suffix(')')).unwrap_or("");
                if inner.is_empty() { String::new() } else { format!("[{inner}]") }
            }
            _ => {
                let key = self.to_string_primitive(key)?;
                self.text(key)
            }
        };
        match prefix {
            1 => text.insert_str(0, "get "),
            2 => text.insert_str(0, "set "),
            _ => {}
        }
        let kept = self.handle(function);
        let name = self.string(&text)?;
        let atom = self.names.name;
        self.define_data(self.at(kept), Key::Atom(atom), name, Attributes::CONFIGURABLE_ONLY)
    }

    /// A function's name for messages; empty if it has none.
    pub fn function_name_text(&self, function: Word) -> String {
        let word = self.peek_data(function, Key::Atom(self.names.name));
        if self.is_string(word) { self.text(word) } else { String::new() }
    }

    pub(crate) fn instance_of(&mut self, o: Operands) -> Completion {
        let (object, constructor) = (self.register(o.b), self.register(o.c));
        if !self.is_object(constructor) {
            return Err(self.type_error("Right-hand side of 'instanceof' is not an object"));
        }
        let usual = self.intrinsic(crate::vm::Intrinsic::FunctionHasInstance);
        let custom = self.lookup(constructor, self.names.symbol_has_instance);
        if custom.is_some_and(|found| found != Some(usual)) {
            return self.call_helper("instanceOf", &[object, constructor], 0);
        }
        if !self.is_callable(constructor) {
            return Err(self.type_error("Right-hand side of 'instanceof' is not callable"));
        }
        if self.has_proxy(object) || self.has_proxy(constructor) && self.is_object(object) {
            return self.call_helper("proxyInstanceOf", &[object, constructor], 0);
        }
        let truth = self.ordinary_has_instance(object, constructor)?;
        self.finish(o.a, value::boolean(truth))
    }

    /// Whether an object or one of its prototypes is a proxy.
    pub(crate) fn has_proxy(&self, object: Word) -> bool {
        let mut at = object;
        while self.is_object(at) {
            if self.kind(at) == Some(value::PROXY) {
                return true;
            }
            at = self.prototype_of(at);
        }
        false
    }

    /// OrdinaryHasInstance (ECMA-262 7.3.22).
    pub fn ordinary_has_instance(&mut self, object: Word, constructor: Word) -> Completion<bool> {
        let mut constructor = constructor;
        while self.kind(constructor) == Some(value::BOUND_FUNCTION) {
            let Some(bound) = constructor.as_ref() else { return Ok(false) };
            constructor = self.heap.get(bound, value::BOUND_TARGET);
        }
        if !self.is_object(object) {
            return Ok(false);
        }
        let kept = self.handle(object);
        let atom = self.names.prototype;
        let constructor = self.ensure_prototype(constructor, Key::Atom(atom))?;
        let prototype = self.get_data(constructor, Key::Atom(atom));
        if !self.is_object(prototype) {
            let text = self.brief(prototype);
            return Err(
                self.type_error(&format!("Function has non-object prototype '{text}' in instanceof check"))
            );
        }
        let mut at = self.prototype_of(self.at(kept));
        while at != NULL {
            if at == prototype {
                return Ok(true);
            }
            at = self.prototype_of(at);
        }
        Ok(false)
    }

    pub(crate) fn in_operator(&mut self, o: Operands) -> Completion {
        let (key, object) = (self.register(o.b), self.register(o.c));
        if !self.is_object(object) {
            let (key, object) = (self.brief_key(key), self.brief_key(object));
            return Err(
                self.type_error(&format!("Cannot use 'in' operator to search for '{key}' in {object}"))
            );
        }
        if self.is_object(key) || self.kind(object) == Some(value::PROXY) {
            return self.call_helper("hasProperty", &[object, key], 0);
        }
        let key = self.to_key(key)?;
        let object = self.ensure_prototype(self.register(o.c), key)?;
        match self.find_property(object, key) {
            Some(found) if self.heap.header(found.holder).kind() == value::PROXY => {
                let holder = self.handle(Word::reference(found.holder));
                let key = self.key_word(key)?;
                self.call_helper("hasProperty", &[self.at(holder), key], 0)
            }
            found => self.finish(o.a, value::boolean(found.is_some())),
        }
    }

    /// Object spread and rest.
    #[inline(never)]
    pub(crate) fn copy_properties(&mut self, o: Operands) -> Completion {
        let source = self.register(o.b);
        if self.register(o.a) == UNDEFINED {
            if let Some(copy) = self.copy_at_once(source)? {
                self.set_register(o.a, copy);
                self.step_over();
                return Ok(());
            }
            let object = self.new_plain_object()?;
            self.set_register(o.a, Word::reference(object));
        }
        let source = self.register(o.b);
        if source == UNDEFINED || source == NULL {
            self.step_over();
            return Ok(());
        }
        if self.copy_plain_properties(o, source)? {
            self.step_over();
            return Ok(());
        }
        let needs_calls = self.kind(source) == Some(value::PROXY) || self.has_accessors(source);
        if needs_calls {
            let start = self.roots.base + o.c;
            let excluded: Vec<Word> = self.roots.stack[start..start + o.extension as usize].to_vec();
            let list = self.array_from_live(&excluded)?;
            let (target, source) = (self.register(o.a), self.register(o.b));
            return self.call_helper(
                "copyDataProperties",
                &[target, source, list],
                crate::vm::call::Link::DISCARD,
            );
        }
        let mut excluded = Vec::new();
        for index in 0..o.extension as usize {
            let key = self.to_key(self.register(o.c + index))?;
            excluded.push(key);
        }
        let source = self.to_object(self.register(o.b))?;
        let source = self.handle(source);
        let keys: Vec<Key> =
            self.own_keys(self.ref_at(source)).into_iter().filter(|key| !excluded.contains(key)).collect();
        if self.has_dictionary(self.ref_at(source)) {
            self.leave_key_list(keys.len())?;
            self.leave_key_tables(keys.len(), 0)?;
            if keys.len() > MAX_NAMED as usize {
                self.normalize_with_room(self.register(o.a), keys.len() as u32)?;
            }
        }
        let deferral = (keys.len() > LONG_COPY).then(|| self.heap.set_deferral(false));
        let done = self.copy_one_by_one(o.a, source, keys);
        if let Some(before) = deferral {
            self.heap.set_deferral(before);
        }
        done?;
        self.step_over();
        Ok(())
    }

    /// Copies the properties that can be seen. The stores that the copy outgrows are kept by handles
    /// (`JSReceiver::SetOrCopyDataProperties`).
    fn copy_one_by_one(&mut self, target: usize, source: Handle, keys: Vec<Key>) -> Completion {
        let mut store = self.properties_in_scope(self.register(target));
        for key in keys {
            let from = self.ref_at(source);
            if !self.own_property(from, key).is_some_and(|p| p.attributes.has(Attributes::ENUMERABLE)) {
                continue;
            }
            let mark = self.roots.handle_mark();
            let word = self.own_value(from, key)?;
            self.define_data(self.register(target), key, word, Attributes::PLAIN)?;
            self.roots.release_handles(mark);
            let target = self.register(target);
            if self.properties_of(target) != self.at(store) {
                store = self.properties_in_scope(target);
            }
        }
        Ok(())
    }

    fn properties_of(&self, object: Word) -> Word {
        object.as_ref().map_or(UNDEFINED, |object| self.heap.get(object, PROPERTIES))
    }

    /// The store of an object's properties, alive until the current operation ends.
    fn properties_in_scope(&mut self, object: Word) -> Handle {
        let store = self.properties_of(object);
        self.handle(store)
    }

    /// The properties of a plain object of nothing but named data properties, and where they are.
    pub(crate) fn plain_fields(&self, object: Ref) -> Option<Vec<(Atom, u32)>> {
        let shape = self.shape_of(object);
        let is_plain = self.heap.header(object).kind() == value::OBJECT
            && !self.roots.shapes.get(shape).dictionary
            && self.heap.get(object, value::ELEMENTS) == self.intrinsic(Intrinsic::EmptyElements);
        let properties = is_plain.then(|| self.roots.shapes.properties(shape))?;
        let fields = (0u32..).zip(properties).map(|(index, &(atom, attributes))| {
            let is_plain = attributes == Attributes::PLAIN && !atom.is_symbol() && atom != self.names.stack;
            is_plain.then(|| (atom, self.slot_place(shape, index).1))
        });
        fields.collect()
    }

    /// Copies the properties of a plain object of nothing but named data properties. False: it takes more.
    fn copy_plain_properties(&mut self, o: Operands, source: Word) -> Completion<bool> {
        let Some(fields) = source.as_ref().and_then(|object| self.plain_fields(object)) else {
            return Ok(false);
        };
        let excluded = (0..o.extension as usize).map(|index| self.atom_of(self.register(o.c + index)));
        let Some(excluded) = excluded.collect::<Option<Vec<Atom>>>() else { return Ok(false) };
        let kept = self.handle(source);
        for (atom, place) in fields.into_iter().filter(|(atom, _)| !excluded.contains(atom)) {
            let mark = self.roots.handle_mark();
            let word = self.read_place(self.ref_at(kept), place);
            let word = if self.is_heap_number(word) { self.boxed_anew(word)? } else { word };
            let object = self.register(o.a);
            self.define_data(object, Key::Atom(atom), word, Attributes::PLAIN)?;
            self.roots.release_handles(mark);
        }
        Ok(true)
    }

    /// The value of an own data property; doubles are made into heap numbers.
    pub fn own_value(&mut self, object: Ref, key: Key) -> Completion<Word> {
        match key {
            Key::Index(index) => Ok(self.element_word(object, index)?.unwrap_or(UNDEFINED)),
            Key::Atom(atom) => {
                let word = self.get_own_data(object, atom).unwrap_or(UNDEFINED);
                if atom == self.names.stack && self.is_captured_stack(word) {
                    return self.format_stack(Word::reference(object));
                }
                Ok(word)
            }
        }
    }

    #[inline(never)]
    fn has_accessors(&self, source: Word) -> bool {
        let Some(object) = source.as_ref() else { return false };
        if !self.is_object(source) {
            return false;
        }
        self.own_keys(object)
            .into_iter()
            .any(|key| self.peek_own(object, key).is_some_and(Property::is_accessor))
    }

    /// Own keys in the order of OrdinaryOwnPropertyKeys: indexes ascending, names, symbols; no private names. A
    /// function's own `length`, `name` and `prototype` come first.
    pub fn own_keys(&self, object: Ref) -> Vec<Key> {
        let mut keys: Vec<Key> = self.own_indexes(object).into_iter().map(Key::Index).collect();
        self.push_own_names(object, &mut keys);
        keys
    }

    /// The own keys of a plain object that has nothing but named properties, all of them enumerable and none a symbol.
    pub(crate) fn plain_names(&self, object: Ref) -> Option<Vec<Key>> {
        let is_plain = self.heap.header(object).kind() == value::OBJECT
            && self.heap.get(object, value::ELEMENTS) == self.intrinsic(Intrinsic::EmptyElements);
        let properties = is_plain.then(|| self.named_properties(object))?;
        let names = properties.iter().map(|&(atom, attributes)| {
            (!atom.is_symbol() && attributes.has(Attributes::ENUMERABLE)).then_some(Key::Atom(atom))
        });
        names.collect()
    }

    /// The own keys that are no indexes.
    pub fn own_names(&self, object: Ref) -> Vec<Key> {
        let mut keys = Vec::new();
        self.push_own_names(object, &mut keys);
        keys
    }

    fn push_own_names(&self, object: Ref, keys: &mut Vec<Key>) {
        let mut symbols = Vec::new();
        let kind = self.heap.header(object).kind();
        let first = self.first_names(object);
        for key in first.iter().map(|&atom| Key::Atom(atom)) {
            if self.peek_own(object, key).is_some() {
                let list = if matches!(key, Key::Atom(atom) if atom.is_symbol()) {
                    &mut symbols
                } else {
                    &mut *keys
                };
                list.push(key);
            }
        }
        if kind == value::ARRAY || (kind == value::WRAPPER && self.is_string(self.heap.get(object, 3))) {
            keys.push(Key::Atom(self.names.length));
        }
        for (atom, _) in self.named_properties(object) {
            if atom.is_private() || first.contains(&atom) {
                continue;
            }
            if atom.is_symbol() {
                symbols.push(Key::Atom(atom));
            } else {
                keys.push(Key::Atom(atom));
            }
        }
        keys.extend(symbols);
    }

    /// Named properties with their attributes, in the order of insertion.
    pub fn named_properties(&self, object: Ref) -> Vec<(Atom, Attributes)> {
        let shape = self.shape_of(object);
        if self.roots.shapes.get(shape).dictionary {
            return self.dictionary_names(object);
        }
        self.roots.shapes.properties(shape).to_vec()
    }

    /// Indexes of own elements, ascending.
    pub fn own_indexes(&self, object: Ref) -> Vec<u32> {
        if self.is_typed_array(semispace_heap::Word::reference(object)) {
            return (0..self.typed_length(object).min(MAX_KEYS) as u32).collect();
        }
        match self.elements(object) {
            Elements::Tagged(store, length) => {
                let present = |&slot: &u32| {
                    self.heap.get(store, FIXED_SLOTS + slot) != HOLE
                        || self.shared_argument(object, slot).is_some()
                };
                let mut indexes: Vec<u32> = (0..length).filter(present).collect();
                if self.heap.header(object).kind() == value::WRAPPER {
                    let text = self.heap.get(object, 3);
                    if self.is_string(text) {
                        indexes.splice(0..0, 0..self.string_length(text));
                    }
                }
                indexes
            }
            Elements::Double(store, length) => (0..length)
                .filter(|&slot| self.heap.raw(store, FIXED_SLOTS + slot) != value::HOLE_BITS)
                .collect(),
            Elements::Sparse(store) => self.sparse_indexes(store),
        }
    }
}
