//! Errors: making them, with V8's messages and Node's stacks.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use semispace_heap::{Ref, Word};

use super::call::{Completion, Link};
use super::{Abrupt, Intrinsic, Vm};
use crate::builtins::object::built_in_tag;
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, NULL, UNDEFINED};

/// Frames that there is room for at first, as many as a stack shows by default.
const STACK_FRAMES: usize = 10;

/// Words of a JSMessageObject.
const MESSAGE_WORDS: u32 = 12;

/// Words of what is kept of each frame, a FixedArray of its receiver, function and text, as many as V8's CallSiteInfo has.
const CALL_SITE_WORDS: u32 = 7;
const CALL_SITE_TEXT: u32 = value::FIXED_SLOTS + 2;

/// A call that has not come back.
struct Frame {
    /// `function (file:line:column)`
    text: String,
    receiver: Word,
    function: Word,
}

/// The texts of frames, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct FrameTexts {
    numbers: FxHashMap<Rc<str>, i32>,
    texts: Vec<Rc<str>>,
}

impl FrameTexts {
    fn number_of(&mut self, text: &str) -> i32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let (number, text) = (self.texts.len() as i32, Rc::from(text));
        self.texts.push(Rc::clone(&text));
        self.numbers.insert(text, number);
        number
    }
}

/// The prelude's sources of what V8 has built in; the others are Node's.
const ECMASCRIPT_SOURCES: [&str; 12] = [
    "array.js",
    "array_generic.js",
    "collections.js",
    "function.js",
    "iterator_helpers.js",
    "json.js",
    "newer.js",
    "object.js",
    "promise.js",
    "regexp.js",
    "string.js",
    "typed_array.js",
];

impl Vm {
    /// Throws a TypeError.
    pub fn type_error(&mut self, message: &str) -> Abrupt {
        self.throw_error(Intrinsic::TypeErrorPrototype, message)
    }

    /// Throws a RangeError.
    pub fn range_error(&mut self, message: &str) -> Abrupt {
        self.throw_error(Intrinsic::RangeErrorPrototype, message)
    }

    /// Throws a ReferenceError.
    pub fn reference_error(&mut self, message: &str) -> Abrupt {
        self.throw_error(Intrinsic::ReferenceErrorPrototype, message)
    }

    /// Throws a SyntaxError.
    pub fn syntax_error(&mut self, message: &str) -> Abrupt {
        self.throw_error(Intrinsic::SyntaxErrorPrototype, message)
    }

    /// Throws an error of a built-in class.
    pub fn throw_error(&mut self, prototype: Intrinsic, message: &str) -> Abrupt {
        let made = self.new_error(prototype, message).and_then(|error| {
            let error = self.handle(error);
            self.leave_message()?;
            Ok(self.at(error))
        });
        made.map_or_else(|abrupt| abrupt, |error| self.throw(error))
    }

    /// What V8 makes of each exception for who may have to report it (`Isolate::CreateMessage`): a JSMessageObject.
    pub(super) fn leave_message(&mut self) -> Completion {
        self.leave_dead(MESSAGE_WORDS)
    }

    /// Throws a value.
    pub fn throw(&mut self, word: Word) -> Abrupt {
        self.roots.exception = word;
        Abrupt::Throw
    }

    fn new_error(&mut self, prototype: Intrinsic, message: &str) -> Completion<Word> {
        let message = self.string(message)?;
        let message = self.handle(message);
        let prototype = self.intrinsic(prototype);
        self.new_error_with(prototype, Some(message), UNDEFINED)
    }

    /// An error object with a `message` if there is one, and a `stack` that leaves out the frames of `until` and of what it
    /// has called.
    pub fn new_error_with(
        &mut self,
        prototype: Word,
        message: Option<super::Handle>,
        until: Word,
    ) -> Completion<Word> {
        let until = self.handle(until);
        let sort = crate::shape::RootShape { kind: value::ERROR, start: 3, in_object: 3 };
        let shape = self.root_shape(prototype, sort);
        let error = self.new_object_of(shape)?;
        let error = self.handle(Word::reference(error));
        let (stack_atom, message_atom) = (self.names.stack, self.names.message);
        self.add_named(self.at(error), stack_atom, UNDEFINED, Attributes::HIDDEN)?;
        if let Some(message) = message {
            self.add_named(self.at(error), message_atom, self.at(message), Attributes::HIDDEN)?;
        }
        self.capture_stack(self.at(error), self.at(until))?;
        Ok(self.at(error))
    }

    /// Gives an object a `stack` of the frames that there are now. Its text is made when it is read first, as in V8, when the
    /// error may have been given another name: until then the slot holds a list of the frames. The frames of the function
    /// `until`, if it is one, and of those that it has called are left out.
    pub(crate) fn capture_stack(&mut self, object: Word, until: Word) -> Completion {
        let Some(limit) = self.stack_limit() else { return Ok(()) };
        let mark = self.roots.handle_mark();
        let object = self.handle(object);
        let frames: Vec<(i32, [super::Handle; 2])> = self
            .frames(until, limit)
            .into_iter()
            .take(limit)
            .map(|Frame { text, receiver, function }| {
                (self.frame_texts.number_of(&text), [receiver, function].map(|word| self.handle(word)))
            })
            .collect();
        let kept = (frames.len() + self.frames_below()).min(limit);
        let room = kept.max(limit.min(STACK_FRAMES));
        let list = self.new_store(room as u32, UNDEFINED, value::shapes::INTERNAL)?;
        let list = self.handle(Word::reference(list));
        // Node's own frames are kept as all are, but not shown.
        for slot in 0..kept {
            let site = self.allocate(value::FIXED_ARRAY, value::shapes::INTERNAL, CALL_SITE_WORDS)?;
            self.heap.init(
                site,
                value::FIXED_LENGTH,
                Word::smi((CALL_SITE_WORDS - value::FIXED_SLOTS) as i32),
            );
            self.heap.fill_slots(site, value::FIXED_SLOTS..CALL_SITE_WORDS, UNDEFINED);
            if let Some(&(number, words)) = frames.get(slot) {
                self.heap.set_slots(site, value::FIXED_SLOTS, &words.map(|word| self.at(word)));
                self.heap.init(site, CALL_SITE_TEXT, Word::smi(number));
            }
            self.heap.set(self.ref_at(list), value::FIXED_SLOTS + slot as u32, Word::reference(site));
        }
        let atom = self.names.stack;
        self.define_data(self.at(object), Key::Atom(atom), self.at(list), Attributes::HIDDEN)?;
        self.roots.release_handles(mark);
        Ok(())
    }

    /// How many frames a stack shows: `Error.stackTraceLimit`. None: it is no number, and there are no stacks at all.
    fn stack_limit(&self) -> Option<usize> {
        let limit = self.property_of_error(self.names.stack_trace_limit);
        self.as_number(limit).map(|limit| limit.max(0.0) as usize)
    }

    /// A data property of the constructor Error.
    fn property_of_error(&self, atom: crate::atoms::Atom) -> Word {
        let prototype = self.intrinsic(Intrinsic::ErrorPrototype);
        let class = self.peek_data(prototype, Key::Atom(self.names.constructor));
        self.peek_data(class, Key::Atom(atom))
    }

    /// Whether the script itself makes of a stack what it is to be: `Error.prepareStackTrace`.
    pub(crate) fn prepares_stacks(&self) -> bool {
        self.is_callable(self.property_of_error(self.names.prepare_stack_trace))
    }

    /// The frames of an object's `stack` that has yet to be made, of each its text, its receiver and its function. From then on
    /// the stack is the text that it would be by itself.
    pub(crate) fn stack_frames(&mut self, object: Word) -> Completion<Word> {
        let Some(owner) = object.as_ref() else { return Ok(UNDEFINED) };
        let stack = self.peek_own_data(owner, self.names.stack).unwrap_or(UNDEFINED);
        let sites = if self.is_captured_stack(stack) { self.fixed_array_words(stack) } else { Vec::new() };
        let sites: Vec<_> = sites.into_iter().map(|site| self.handle(site)).collect();
        self.format_stack(object)?;
        let mut handles = Vec::new();
        for site in sites {
            let Some(site) = self.at(site).as_ref() else { continue };
            let Some(number) = self.heap.get(site, CALL_SITE_TEXT).as_smi() else { continue };
            let words = [value::FIXED_SLOTS, value::FIXED_SLOTS + 1].map(|slot| self.heap.get(site, slot));
            let words = words.map(|word| self.handle(word));
            let text = Rc::clone(&self.frame_texts.texts[number as usize]);
            let text = self.string(&text)?;
            handles.push(self.handle(text));
            handles.extend(words);
        }
        let words: Vec<Word> = handles.into_iter().map(|handle| self.at(handle)).collect();
        self.array_from(&words).map(Word::reference)
    }

    /// The text of an object's own `stack`.
    pub(crate) fn stack_of(&self, object: Word) -> Option<String> {
        let word =
            self.peek_own_data(object.as_ref().filter(|_| self.is_object(object))?, self.names.stack)?;
        if self.is_string(word) {
            return Some(self.text(word));
        }
        let sites = self.is_captured_stack(word).then(|| self.fixed_array_words(word))?;
        let texts = sites.into_iter().filter_map(|site| {
            let number = self.heap.get(site.as_ref()?, CALL_SITE_TEXT).as_smi()?;
            self.frame_texts.texts.get(number as usize)
        });
        Some(texts.fold(self.error_title(object), |stack, frame| stack + "\n    at " + frame))
    }

    /// Whether the value of a `stack` property has yet to be made into text.
    pub(crate) fn is_captured_stack(&self, word: Word) -> bool {
        self.kind(word) == Some(value::FIXED_ARRAY)
    }

    /// Makes the text of an object's own `stack`, for good.
    pub(crate) fn format_stack(&mut self, object: Word) -> Completion<Word> {
        let text = self.stack_of(object).unwrap_or_default();
        let object = self.handle(object);
        let text = self.string(&text)?;
        let text = self.handle(text);
        let atom = self.names.stack;
        self.define_data(self.at(object), Key::Atom(atom), self.at(text), Attributes::HIDDEN)?;
        Ok(self.at(text))
    }

    /// `name: message`, as `Error.prototype.toString` gives it for data properties.
    pub fn error_title(&self, error: Word) -> String {
        let text = |atom, default: &str| {
            let word = self.peek_data(error, Key::Atom(atom));
            if word == UNDEFINED {
                default.to_owned()
            } else if self.is_string(word) {
                self.text(word)
            } else {
                self.brief(word)
            }
        };
        let (name, message) = (text(self.names.name, "Error"), text(self.names.message, ""));
        match (name.is_empty(), message.is_empty()) {
            (true, _) => message,
            (_, true) => name,
            _ => format!("{name}: {message}"),
        }
    }

    /// The frames of the current stack, innermost first; those below `until`, if that is a function.
    fn frames(&self, until: Word, limit: usize) -> Vec<Frame> {
        let (mut base, mut pc) = (self.roots.base, self.roots.pc);
        let mut frames = Vec::new();
        let mut waits = self.is_callable(until);
        if let Some((at, construct)) = self.native.filter(|_| !waits && self.is_visible(pc)) {
            let (callee, this) = (self.roots.stack[at + 1], self.roots.stack[at + 2]);
            let text = self.builtin_frame(callee, this, construct);
            frames.extend(text.map(|text| Frame { text, receiver: this, function: callee }));
        }
        while waits || frames.len() < limit {
            let (function, receiver) = (self.roots.stack[base + 1], self.roots.stack[base + 2]);
            if waits {
                waits = function != until;
            } else if let (Some(info), Some(source)) = (self.info_of(pc), self.source_of(pc))
                && source.is_visible()
                && let Some((file, place)) = self.place(pc)
            {
                let name = self.frame_name(info, base);
                let place = format!("{file}:{}:{}", place.line, place.column);
                let text = if name.is_empty() { place } else { format!("{name} ({place})") };
                frames.push(Frame { text, receiver, function });
            } else {
                frames.extend(self.prelude_frame(base, pc).map(|text| Frame { text, receiver, function }));
            }
            let link = Link::from_word(self.roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 || base < link.distance() {
                break;
            }
            base -= link.distance();
            pc = link.pc();
        }
        frames
    }

    fn is_visible(&self, pc: usize) -> bool {
        self.source_of(pc).is_some_and(|source| source.is_visible())
    }

    /// The frame of a built-in function that is written in JavaScript and that the user's own code has called.
    fn prelude_frame(&self, base: usize, pc: usize) -> Option<String> {
        let (source, info) = (self.source_of(pc)?, self.info_of(pc)?);
        let link = Link::from_word(self.roots.stack[base]);
        let is_entered = link.flags() & Link::ENTRY == 0 && self.is_visible(link.pc());
        if !is_entered || !ECMASCRIPT_SOURCES.contains(&&*source.file) {
            return None;
        }
        let (callee, this) = (self.roots.stack[base + 1], self.roots.stack[base + 2]);
        let construct = link.flags() & Link::CONSTRUCT != 0;
        // The second half of `new Promise`, which calls the executor.
        if self.atom_text(info.name) == "promiseInit" {
            return Some("new Promise (<anonymous>)".to_owned());
        }
        // What the machine calls itself has no receiver that knows it.
        let nothing = this == UNDEFINED || this == value::NULL;
        let is_method = construct || !nothing && self.peek_data(this, Key::Atom(info.name)) == callee;
        if is_method { self.builtin_frame(callee, this, construct) } else { None }
    }

    /// `Array.map (<anonymous>)`, as V8 shows its own functions.
    fn builtin_frame(&self, callee: Word, this: Word, construct: bool) -> Option<String> {
        let name = self.function_name_text(callee);
        // Errors begin their stacks with who makes them; of Array, V8 calls another function in its stead.
        let is_left_out = name.ends_with("Error") || matches!(&*name, "captureStackTrace" | "Array");
        if name.is_empty() || name.starts_with('$') || is_left_out {
            return None;
        }
        if construct {
            return Some(format!("new {name} (<anonymous>)"));
        }
        let class = if this == UNDEFINED || this == value::NULL {
            None
        } else if self.is_callable(this) {
            Some("Function".to_owned())
        } else {
            let tag = self.peek_data(this, Key::Atom(self.names.symbol_to_string_tag));
            if self.is_string(tag) { Some(self.text(tag)) } else { self.constructor_name(this) }
        };
        Some(match class {
            Some(class) => format!("{class}.{name} (<anonymous>)"),
            None => format!("{name} (<anonymous>)"),
        })
    }

    fn frame_name(&self, info: &super::CodeInfo, base: usize) -> String {
        let link = Link::from_word(self.roots.stack[base]);
        if self.is_script(info) {
            return "Object.<anonymous>".to_owned();
        }
        let (callee, this) = (self.roots.stack[base + 1], self.roots.stack[base + 2]);
        let own = self.function_name_text(callee);
        let name = if own.is_empty() { self.atom_text(info.label) } else { own };
        if link.flags() & Link::CONSTRUCT != 0 {
            return format!("new {}", if name.is_empty() { "<anonymous>" } else { &name });
        }
        if !self.is_object(this) || this == self.intrinsic(Intrinsic::Global) {
            return name;
        }
        let known = !name.is_empty() && self.peek_data(this, Key::Atom(info.name)) == callee;
        let method = if known { Some(name.clone()) } else { self.method_name(callee, this) };
        self.method_frame(name, method, this)
    }

    /// A function that was called on an object, as V8 shows it (`AppendMethodCall` in `src/objects/call-site-info.cc`).
    fn method_frame(&self, name: String, method: Option<String>, this: Word) -> String {
        let class = if self.is_callable(this) {
            self.class_name(this).unwrap_or_else(|| "Function".to_owned())
        } else {
            self.constructor_name(this).unwrap_or_else(|| "Object".to_owned())
        };
        if name.is_empty() {
            return format!("{class}.{}", method.as_deref().unwrap_or("<anonymous>"));
        }
        let is_identifier = name.chars().all(|letter| letter.is_alphanumeric() || "_$".contains(letter));
        let shown = if is_identifier { format!("{class}.{name}") } else { name.clone() };
        match method {
            Some(method) if name != method && !name.ends_with(&format!(".{method}")) => {
                format!("{shown} [as {method}]")
            }
            _ => shown,
        }
    }

    /// The property of an object, or of its prototypes, that is a function or has it as getter or setter.
    fn method_name(&self, callee: Word, object: Word) -> Option<String> {
        let is_it = |holder: Ref, key: Key| {
            self.peek_own(holder, key).is_some_and(|property| match property.word.as_ref() {
                Some(pair) if property.is_accessor() => {
                    self.heap.get(pair, 1) == callee || self.heap.get(pair, 2) == callee
                }
                _ => property.word == callee,
            })
        };
        let mut holders = std::iter::successors(object.as_ref(), |&holder| {
            self.prototype_of(Word::reference(holder)).as_ref()
        });
        holders.find_map(|holder| {
            let names = self.named_properties(holder).into_iter().map(|(atom, _)| atom);
            let found =
                names.filter(|atom| !atom.is_symbol()).find(|&atom| is_it(holder, Key::Atom(atom)))?;
            Some(self.atom_text(found))
        })
    }

    /// Whether it is the function that a whole source is.
    pub(crate) fn is_script(&self, info: &super::CodeInfo) -> bool {
        info.entry == self.source_entry(info)
    }

    /// The name of a class; none of other functions.
    fn class_name(&self, function: Word) -> Option<String> {
        use crate::bytecode::FunctionKind::{BaseConstructor, DerivedConstructor};
        let object = function.as_ref().filter(|_| self.kind(function) == Some(value::FUNCTION))?;
        let info = &self.infos[self.heap.get(object, value::FUNCTION_CODE).payload() as usize];
        matches!(info.kind, BaseConstructor | DerivedConstructor).then(|| self.function_name_text(function))
    }

    fn source_entry(&self, info: &super::CodeInfo) -> u32 {
        self.sources[info.source as usize].start
    }

    /// The name of the constructor of an object, from its prototype chain.
    pub fn constructor_name(&self, object: Word) -> Option<String> {
        let constructor = self.peek_data(object, Key::Atom(self.names.constructor));
        let name =
            if self.is_callable(constructor) { self.function_name_text(constructor) } else { String::new() };
        (!name.is_empty()).then_some(name)
    }

    pub(super) fn not_a_function(&mut self, at: usize) -> Abrupt {
        let text = self.callee_text().unwrap_or_else(|| self.brief(self.roots.stack[at + 1]));
        self.type_error(&format!("{text} is not a function"))
    }

    pub(super) fn not_a_constructor(&mut self, at: usize) -> Abrupt {
        let text = self.callee_text().unwrap_or_else(|| self.brief(self.roots.stack[at + 1]));
        self.type_error(&format!("{text} is not a constructor"))
    }

    /// What the current instruction calls, as the source writes it.
    pub(super) fn callee_text(&self) -> Option<String> {
        let at = self.callees.binary_search_by_key(&(self.roots.pc as u32), |&(pc, _)| pc).ok()?;
        Some(self.callees[at].1.to_string())
    }

    /// A value as V8 prints it in messages.
    pub fn brief(&self, word: Word) -> String {
        match word {
            UNDEFINED => return "undefined".to_owned(),
            NULL => return "null".to_owned(),
            value::TRUE => return "true".to_owned(),
            value::FALSE => return "false".to_owned(),
            _ => {}
        }
        if let Some(number) = self.as_number(word) {
            return ryu_js::Buffer::new().format(number).to_owned();
        }
        if self.is_string(word) {
            return format!("\"{}\"", self.text(word));
        }
        if let Some(number) = self.as_bigint(word) {
            return number.to_string();
        }
        if let Some(atom) = self.atom_of(word) {
            return self.atom_text(atom);
        }
        self.brief_object(word)
    }

    /// Whether its `toString` is that of all objects (V8: `Object::NoSideEffectsToString`).
    fn prints_as_object(&self, object: Word) -> bool {
        let to_string = Key::Atom(self.names.to_string);
        let of_objects = self.peek_data(self.intrinsic(Intrinsic::ObjectPrototype), to_string);
        self.kind(object) == Some(value::PROXY) || self.peek_data(object, to_string) == of_objects
    }

    pub(crate) fn brief_object(&self, word: Word) -> String {
        match self.kind(word) {
            Some(value::ARRAY) => "[object Array]".to_owned(),
            // Their toString is not that of Object, their toStringTag a getter.
            Some(value::ARRAY_BUFFER_VIEW) if self.is_typed_array(word) => "[object Object]".to_owned(),
            Some(value::BOUND_FUNCTION) => "function () { [native code] }".to_owned(),
            Some(kind) if value::is_function_kind(kind) => {
                let text = (kind == value::FUNCTION).then(|| self.function_text(word)).flatten();
                let native = || format!("function {}() {{ [native code] }}", self.function_name_text(word));
                text.map_or_else(native, str::to_owned)
            }
            Some(value::ERROR) => self.error_title(word),
            Some(kind) if value::is_object_kind(kind) && !self.prints_as_object(word) => {
                let tag = self.peek_data(word, Key::Atom(self.names.symbol_to_string_tag));
                let tag =
                    if self.is_string(tag) { self.text(tag) } else { built_in_tag(self, word).to_owned() };
                format!("[object {tag}]")
            }
            Some(kind) if value::is_object_kind(kind) => {
                format!("#<{}>", self.constructor_name(word).unwrap_or_else(|| "Object".to_owned()))
            }
            _ if word.is_ref() && !self.is_string(word) && self.as_number(word).is_none() => {
                "#<internal>".to_owned()
            }
            _ => self.brief(word),
        }
    }

    /// A value by its type, for messages about values that the source does not name (V8: `BuildDefaultCallSite`).
    pub(crate) fn described(&self, word: Word) -> String {
        let sort = self.text(self.type_of(word));
        let shown = self.is_string(word)
            || self.as_number(word).is_some()
            || [NULL, value::TRUE, value::FALSE].contains(&word);
        if shown { format!("{sort} {}", self.brief(word)) } else { sort }
    }

    /// A property key that has not been converted, for messages.
    pub(crate) fn brief_key(&self, word: Word) -> String {
        if self.is_string(word) { self.text(word) } else { self.brief(word) }
    }

    /// The diagnostic of an exception that nobody caught, as Node prints it.
    pub(super) fn uncaught(&mut self, error: Word) -> Diagnostic {
        let mut message =
            if self.is_string(error) { self.text(error) } else { crate::node::inspect_word(self, error) };
        if !self.is_object(error) {
            message.push_str("\n(Use `node --trace-uncaught ...` to show where the exception was thrown)");
        }
        let place = self
            .visible_place()
            .or_else(|| self.stack_of(error).and_then(|stack| self.place_in_stack(&stack)));
        let (line, column, source_line) = match place {
            Some((line, column, text)) => (line, column, text),
            None => (0, 0, String::new()),
        };
        let is_error = self.kind(error) == Some(value::ERROR);
        let kind = if is_error { DiagnosticKind::Uncaught } else { DiagnosticKind::UncaughtValue };
        Diagnostic { kind, message, line, column, source_line, length: 1 }
    }

    /// Line, column and text of the innermost place in the user's own code.
    pub(super) fn visible_place(&self) -> Option<(u32, u32, String)> {
        let pc = self.visible_instruction()?;
        let (_, place) = self.place(pc)?;
        let source = self.source_of(pc)?;
        let text = source.text.lines().nth(place.line as usize - 1).unwrap_or("").to_owned();
        Some((place.line, place.column, text))
    }

    /// The source from the innermost call of the user's own code on.
    pub(crate) fn call_source(&self) -> Option<String> {
        let pc = self.visible_instruction()?;
        let callee = self.callees.binary_search_by_key(&(pc as u32), |&(at, _)| at).ok()?;
        let source = self.source_of(pc)?;
        let next = source.positions.partition_point(|&(at, _)| at as usize <= pc);
        let behind = source.text.get(source.positions.get(next.checked_sub(1)?)?.1 as usize..)?;
        Some(format!("{}{}", self.callees[callee].1, behind.get(behind.find('(')?..)?))
    }

    /// The innermost instruction, running or waiting for a call, of the user's own code.
    pub(crate) fn visible_instruction(&self) -> Option<usize> {
        let (mut base, mut pc) = (self.roots.base, self.roots.pc);
        loop {
            let is_own = self.source_of(pc).is_some_and(|source| source.is_visible());
            if is_own && self.place(pc).is_some() {
                return Some(pc);
            }
            let link = Link::from_word(self.roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 || base < link.distance() {
                return None;
            }
            base -= link.distance();
            pc = link.pc();
        }
    }
}
