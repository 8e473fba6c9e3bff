//! What a native function asks of the machine: another call in its stead, wrappers, objects of a subclass.

use semispace_heap::{Kind, Ref, Word};

use crate::object::Elements;
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Intrinsic, Vm};

impl Vm {
    /// Asks that `callee` be called in the native function's stead: its result is the native's.
    ///
    /// # Errors
    /// Always: the error is the request.
    pub fn request_call(&mut self, callee: Word, this: Word, arguments: &[Word]) -> Completion<Word> {
        self.roots.pending_call.clear();
        self.roots.pending_call.extend([callee, this]);
        self.roots.pending_call.extend_from_slice(arguments);
        Err(Abrupt::Call)
    }

    /// The same where the native function's arguments are the call's `this` and arguments.
    ///
    /// # Errors
    /// Always: the error is the request.
    pub fn request_call_of(&mut self, callee: Word, args: Args) -> Completion<Word> {
        let this = self.arg(args, 0);
        self.roots.pending_call.clear();
        self.roots.pending_call.extend([callee, this]);
        for index in 1..args.count() {
            let argument = self.arg(args, index);
            self.roots.pending_call.push(argument);
        }
        Err(Abrupt::Call)
    }

    /// The same for a function of the prelude.
    ///
    /// # Errors
    /// Always: the error is the request.
    pub fn request_helper(&mut self, name: &'static str, arguments: &[Word]) -> Completion<Word> {
        let helper = self.helper(name);
        debug_assert!(helper != UNDEFINED, "no helper `{name}`");
        self.request_call(helper, UNDEFINED, arguments)
    }

    /// The primitive inside a wrapper object; any other value itself.
    pub fn unwrap_primitive(&self, word: Word) -> Word {
        match (self.kind(word), word.as_ref()) {
            (Some(value::WRAPPER), Some(wrapper)) => self.heap.get(wrapper, 3),
            _ => word,
        }
    }

    /// A wrapper of a primitive for `new String(...)` and its relatives.
    pub(crate) fn wrap_primitive(&mut self, args: Args, word: Word, default: Intrinsic) -> Completion<Word> {
        let word = self.handle(word);
        let wrapper = self.new_object_for(args, value::WRAPPER, 1, default)?;
        let word = self.at(word);
        self.heap.set(wrapper, 3, word);
        Ok(Word::reference(wrapper))
    }

    /// An object of a built-in kind for a constructor call, with the prototype that `new.target` asks for.
    pub(crate) fn new_object_for(
        &mut self,
        args: Args,
        kind: Kind,
        internal: u8,
        default: Intrinsic,
    ) -> Completion<Ref> {
        let target = self.this(args);
        let prototype = self.prototype_for(target, default);
        self.new_exotic(kind, prototype, internal)
    }

    /// Whether the value is an array, or a proxy of one.
    pub fn is_array(&self, word: Word) -> bool {
        match (self.kind(word), word.as_ref()) {
            (Some(value::ARRAY), _) => true,
            (Some(value::PROXY), Some(proxy)) => self.is_array(self.heap.get(proxy, 3)),
            _ => false,
        }
    }

    /// Whether the value is a symbol.
    pub fn is_symbol(&self, word: Word) -> bool {
        self.kind(word) == Some(value::SYMBOL)
    }

    /// `Symbol(description)`
    pub fn symbol_text(&self, symbol: Word) -> String {
        let description = self.symbol_description(symbol);
        let text = if self.is_string(description) { self.text(description) } else { String::new() };
        format!("Symbol({text})")
    }

    /// A symbol's description: a string or undefined.
    pub fn symbol_description(&self, symbol: Word) -> Word {
        symbol.as_ref().map_or(UNDEFINED, |symbol| self.heap.get(symbol, 2))
    }

    /// The number at an index of an object whose elements are doubles.
    pub fn double_element(&self, object: Ref, index: u32) -> Option<f64> {
        match self.elements(object) {
            Elements::Double(store, length) if index < length => {
                let bits = self.heap.raw(store, value::FIXED_SLOTS + index);
                (bits != value::HOLE_BITS).then(|| f64::from_bits(bits))
            }
            _ => None,
        }
    }
}
