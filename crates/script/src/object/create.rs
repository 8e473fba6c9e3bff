//! Making objects: literals, instances of constructors, closures, classes, arguments, wrappers.

use semispace_heap::{Kind, Ref, Word};

use crate::bytecode::FunctionKind;
use crate::shape::{Attributes, Integrity, RootShape, ShapeId};
use crate::value::{self, ELEMENTS, NULL, OBJECT_HEADER, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::slow::Operands;
use crate::vm::{Intrinsic, Vm};

/// In-object slots of `{}` (V8: JSObject::kInitialGlobalObjectUnusedPropertiesCount).
const EMPTY_LITERAL_SLOTS: u8 = 4;
/// Slots that a constructor's instances get beyond the expected ones while they are tracked (V8:
/// JSObject::kGenerousAllocationCount).
const GENEROUS_SLOTS: u32 = 8;
/// The most in-object slots that an instance gets.
const MAX_IN_OBJECT: u32 = 252;

impl Vm {
    /// An object of a shape: header words set, slots undefined.
    pub fn new_object_of(&mut self, shape: ShapeId) -> Completion<Ref> {
        let (kind, words) = {
            let shape = self.roots.shapes.get(shape);
            (shape.kind, u32::from(shape.start) + u32::from(shape.in_object))
        };
        let object = self.allocate(kind, shape.0, words.max(OBJECT_HEADER))?;
        let empty = self.intrinsic(Intrinsic::EmptyElements);
        self.heap.set(object, ELEMENTS, empty);
        self.heap.fill_slots(object, OBJECT_HEADER..words.max(OBJECT_HEADER), UNDEFINED);
        Ok(object)
    }

    /// `{}`
    pub fn new_plain_object(&mut self) -> Completion<Ref> {
        let prototype = self.intrinsic(Intrinsic::ObjectPrototype);
        self.new_object_with_prototype(prototype)
    }

    /// `Object.create(prototype)`
    pub fn new_object_with_prototype(&mut self, prototype: Word) -> Completion<Ref> {
        let sort = RootShape { kind: value::OBJECT, start: 3, in_object: EMPTY_LITERAL_SLOTS };
        let shape = self.root_shape(prototype, sort);
        self.new_object_of(shape)
    }

    /// An object that is a table from the first, as those without a prototype are (V8: `slow_object_with_null_prototype_map`).
    pub(crate) fn new_table_object(&mut self, prototype: Word) -> Completion<Word> {
        let table = Word::reference(self.new_exotic(value::OBJECT, prototype, 0)?);
        let kept = self.handle(table);
        self.normalize(table)?;
        Ok(self.at(kept))
    }

    /// An object of a built-in kind: `internal` words follow the header and begin undefined.
    pub fn new_exotic(&mut self, kind: Kind, prototype: Word, internal: u8) -> Completion<Ref> {
        let sort = RootShape { kind, start: 3 + internal, in_object: 0 };
        let shape = self.root_shape(prototype, sort);
        self.new_object_of(shape)
    }

    pub(crate) fn new_literal(&mut self, o: Operands) -> Completion<Word> {
        let literal = o.extension as usize;
        let shape = match self.literals[literal].shape {
            Some((shape, _)) => shape,
            None => self.literal_shape(literal),
        };
        let object = self.new_object_of(shape)?;
        let names = self.literals[literal].names.clone();
        let expected = self.roots.shapes.get(shape);
        if !expected.dictionary
            && expected.count as usize == names.len()
            && expected.in_object as usize >= names.len()
        {
            for slot in 0..names.len() {
                let word = self.register(o.b + slot);
                self.heap.set(object, OBJECT_HEADER + slot as u32, word);
            }
            return self.with_boxes(object, shape, names.len() as u32);
        }
        // A name occurs twice.
        let kept = self.handle(Word::reference(object));
        for (slot, &atom) in names.iter().enumerate() {
            let word = self.register(o.b + slot);
            self.define_data(self.at(kept), super::Key::Atom(atom), word, Attributes::PLAIN)?;
        }
        Ok(self.at(kept))
    }

    /// Gives each double among the first `count` fields of a literal a box of its own, as V8 does.
    fn with_boxes(&mut self, object: Ref, shape: ShapeId, count: u32) -> Completion<Word> {
        let kept = self.handle(Word::reference(object));
        for index in 0..count {
            let word = self.heap.get(self.ref_at(kept), OBJECT_HEADER + index);
            if let (true, Some(number)) = (self.is_heap_number(word), self.as_number(word)) {
                self.note_field(shape, index, word);
                let own = self.boxed(number)?;
                self.heap.set(self.ref_at(kept), OBJECT_HEADER + index, own);
            }
        }
        Ok(self.at(kept))
    }

    fn literal_shape(&mut self, literal: usize) -> ShapeId {
        let names = self.literals[literal].names.clone();
        let in_object = self.literals[literal].slots;
        let prototype = self.intrinsic(Intrinsic::ObjectPrototype);
        let root = self.root_shape(prototype, RootShape { kind: value::OBJECT, start: 3, in_object });
        let distinct = names.iter().enumerate().all(|(index, name)| !names[..index].contains(name));
        if !distinct {
            return root;
        }
        let shape =
            names.iter().fold(root, |shape, &atom| self.roots.shapes.add(shape, atom, Attributes::PLAIN));
        if !self.bootstrapping {
            self.literals[literal].shape = Some((shape, 3 + u32::from(in_object)));
        }
        shape
    }

    /// A closure over a context.
    pub(crate) fn new_closure(&mut self, code: u32, context: Word) -> Completion<Word> {
        let info = &self.infos[code as usize];
        let (prototype, words) = match (info.flags.generator, info.flags.asynchronous, info.kind) {
            (true, true, _) => (Intrinsic::AsyncGeneratorFunctionPrototype, 8),
            (true, ..) => (Intrinsic::GeneratorFunctionPrototype, 8),
            (_, true, _) => (Intrinsic::AsyncFunctionPrototype, 7),
            (.., FunctionKind::Arrow | FunctionKind::Method | FunctionKind::ClassInitialiser) => {
                (Intrinsic::FunctionPrototype, 7)
            }
            _ => (Intrinsic::FunctionPrototype, 8),
        };
        let prototype = self.intrinsic(prototype);
        let shape =
            self.root_shape(prototype, RootShape { kind: value::FUNCTION, start: words, in_object: 0 });
        if !self.bootstrapping {
            self.infos[code as usize].closure = Some((shape.0, u32::from(words)));
        }
        let kept = self.handle(context);
        let closure = self.new_object_of(shape)?;
        self.heap.init(closure, value::FUNCTION_CODE, Word::smi(code as i32));
        let context = self.at(kept);
        self.heap.set(closure, value::FUNCTION_CONTEXT, context);
        if words == 8 {
            self.heap.init(closure, value::FUNCTION_PROTOTYPE, value::HOLE);
        }
        Ok(Word::reference(closure))
    }

    /// `this` for `new`, from the new target's initial shape.
    pub(crate) fn instance_for(&mut self, target: Word) -> Completion<Word> {
        let Some(function) = target.as_ref() else { return Ok(UNDEFINED) };
        if self.heap.header(function).kind() != value::FUNCTION {
            let prototype = self.prototype_for(target, Intrinsic::ObjectPrototype);
            return self.new_object_with_prototype(prototype).map(Word::reference);
        }
        let shape = match self.heap.get(function, value::FUNCTION_PROTOTYPE).as_smi() {
            Some(shape) => ShapeId(shape as u32),
            None => self.initial_shape(target)?,
        };
        let object = self.new_object_of(shape)?;
        if self.roots.shapes.get(shape).tracked > 0 {
            self.roots.shapes.count_instance(shape);
        }
        Ok(Word::reference(object))
    }

    /// Makes the shape of a constructor's instances (V8: `JSFunction::EnsureHasInitialMap`).
    fn initial_shape(&mut self, constructor: Word) -> Completion<ShapeId> {
        let kept = self.handle(constructor);
        let constructor = self.ensure_prototype(constructor, super::Key::Atom(self.names.prototype))?;
        let Some(function) = constructor.as_ref() else { return Ok(ShapeId(shapes::INTERNAL)) };
        let word = self.heap.get(function, value::FUNCTION_PROTOTYPE);
        let prototype = if self.is_object(word) { word } else { self.intrinsic(Intrinsic::ObjectPrototype) };
        let expected = self.expected_properties(constructor);
        let in_object = (expected + GENEROUS_SLOTS).min(MAX_IN_OBJECT) as u8;
        self.mark_prototype(prototype);
        let shape = self
            .roots
            .shapes
            .unshared_root(prototype, RootShape { kind: value::OBJECT, start: 3, in_object });
        self.roots.shapes.track(shape);
        let function = self.ref_at(kept);
        self.heap.set(function, value::FUNCTION_PROTOTYPE, Word::smi(shape.0 as i32));
        Ok(shape)
    }

    /// Expected properties of a constructor and the constructors that it extends (V8:
    /// `JSFunction::CalculateExpectedNofProperties`).
    fn expected_properties(&self, constructor: Word) -> u32 {
        let mut expected = 0;
        let mut at = constructor;
        while let (Some(value::FUNCTION), Some(function)) = (self.kind(at), at.as_ref()) {
            let info = &self.infos[self.heap.get(function, value::FUNCTION_CODE).payload() as usize];
            expected += u32::from(info.expected_properties);
            if info.kind != FunctionKind::DerivedConstructor {
                break;
            }
            at = self.prototype_of(at);
        }
        // V8 expects two of a function that assigns none.
        if expected == 0 { 2 } else { expected }
    }

    /// The prototype that `new.target` asks for; the built-in one if it has none.
    pub fn prototype_for(&mut self, target: Word, default: Intrinsic) -> Word {
        let atom = self.names.prototype;
        let target = self.behind_proxies(target);
        let target = self.ensure_prototype(target, super::Key::Atom(atom)).unwrap_or(target);
        let word = self.get_data(target, super::Key::Atom(atom));
        if self.is_object(word) { word } else { self.intrinsic(default) }
    }

    /// What a proxy stands for, for its `prototype`: what a trap would say is not asked.
    fn behind_proxies(&self, word: Word) -> Word {
        let mut word = word;
        while let (Some(value::PROXY), Some(proxy)) = (self.kind(word), word.as_ref()) {
            word = self.heap.get(proxy, crate::builtins::proxy::TARGET);
        }
        word
    }

    /// Sets up a class: prototype object, constructor's parent. Returns the prototype.
    pub(crate) fn new_class(&mut self, parent: Word, constructor: Word) -> Completion<Word> {
        let constructor = self.handle(constructor);
        let prototype_atom = self.names.prototype;
        let (parent_prototype, parent_constructor) = match parent {
            value::UNINITIALISED => {
                (self.intrinsic(Intrinsic::ObjectPrototype), self.intrinsic(Intrinsic::FunctionPrototype))
            }
            NULL => (NULL, self.intrinsic(Intrinsic::FunctionPrototype)),
            parent if self.is_constructor(parent) => {
                let parent = self.ensure_prototype(parent, super::Key::Atom(prototype_atom))?;
                let word = self.get_data(self.behind_proxies(parent), super::Key::Atom(prototype_atom));
                if word != NULL && !self.is_object(word) {
                    let text = self.brief(word);
                    let message =
                        format!("Class extends value does not have valid prototype property {text}");
                    return Err(self.type_error(&message));
                }
                (word, parent)
            }
            other => {
                let text = self.brief(other);
                return Err(
                    self.type_error(&format!("Class extends value {text} is not a constructor or null"))
                );
            }
        };
        self.set_prototype(self.at(constructor), parent_constructor);
        let prototype = self.with_class_prototype(parent_prototype)?;
        let prototype = self.handle(prototype);
        let function = self.ref_at(constructor);
        let word = self.at(prototype);
        self.heap.set(function, value::FUNCTION_PROTOTYPE, word);
        let atom = self.names.constructor;
        self.define_data(word, super::Key::Atom(atom), self.at(constructor), Attributes::HIDDEN)?;
        self.class_maps(constructor)?;
        Ok(self.at(prototype))
    }

    fn with_class_prototype(&mut self, parent: Word) -> Completion<Word> {
        let object = self.new_object_with_prototype(parent)?;
        self.mark_prototype(Word::reference(object));
        Ok(Word::reference(object))
    }

    pub(crate) fn array_from_arguments(&mut self, words: &[Word]) -> Completion<Word> {
        self.array_from_live(words)
    }

    /// The strings of a tagged template: made once, kept in the place of their count.
    pub(crate) fn template_object(&mut self, constant: usize) -> Completion<Word> {
        let first = self.roots.constants[constant];
        let Some(count) = first.as_smi() else { return Ok(first) };
        let count = count as usize;
        let cooked: Vec<Word> = self.roots.constants[constant + 1..constant + 1 + count].to_vec();
        let raw: Vec<Word> = self.roots.constants[constant + 1 + count..constant + 1 + 2 * count].to_vec();
        let strings = self.array_from_live(&cooked)?;
        let strings = self.handle(strings);
        let raw = self.array_from_live(&raw)?;
        let atom = self.names.raw;
        let raw = self.handle(raw);
        self.close_object(self.at(raw), Integrity::Frozen)?;
        self.define_data(self.at(strings), super::Key::Atom(atom), self.at(raw), Attributes::FIXED)?;
        self.close_object(self.at(strings), Integrity::Frozen)?;
        self.roots.constants[constant] = self.at(strings);
        Ok(self.at(strings))
    }

    /// ToObject. The value must not be undefined or null.
    pub fn to_object(&mut self, word: Word) -> Completion<Word> {
        if self.is_object(word) {
            return Ok(word);
        }
        if word == UNDEFINED || word == NULL {
            return Err(self.type_error("Cannot convert undefined or null to object"));
        }
        let prototype = self.primitive_prototype(word);
        let kept = self.handle(word);
        let object = self.new_exotic(value::WRAPPER, prototype, 1)?;
        let word = self.at(kept);
        self.heap.set(object, 3, word);
        Ok(Word::reference(object))
    }

    /// A native function object.
    pub fn new_native(&mut self, number: u32) -> Completion<Word> {
        let prototype = self.intrinsic(Intrinsic::FunctionPrototype);
        let function = self.new_exotic(value::NATIVE_FUNCTION, prototype, 4)?;
        self.heap.init(function, value::FUNCTION_CODE, Word::smi(number as i32));
        Ok(Word::reference(function))
    }
}
