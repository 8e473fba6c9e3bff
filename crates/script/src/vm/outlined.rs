//! Operations that need no more than a look at their operands, and are too rare for the hot loop: the larger its match, the slower
//! WebAssembly engines make all of it. They work on the loop's own window of registers, and the loop goes on behind them;
//! what calls, allocates or fails goes the long way.

use semispace_heap::{Kind, Ref, Word};

use super::call::Link;
use super::realm::{Intrinsic, Realm};
use super::stub_cache::StubCache;
use super::{CodeInfo, MachineHeap, fast};
use crate::atoms::Atoms;
use crate::bytecode::{self as bc, FunctionKind};
use crate::names::Names;
use crate::shape::{ShapeId, ShapeTable};
use crate::value::{self, OBJECT_HEADER, UNDEFINED};

/// What of the machine these operations look at, besides the window.
pub(super) struct Outlined<'a> {
    pub heap: &'a MachineHeap,
    pub atoms: &'a Atoms,
    pub names: &'a Names,
    pub shapes: &'a ShapeTable,
    pub realm: &'a Realm,
    pub stubs: &'a StubCache,
    pub infos: &'a [CodeInfo],
    /// `new.target` of the innermost construction.
    pub new_target: Option<Word>,
    pub array_shape: u32,
    pub result_shape: Option<ShapeId>,
}

impl Outlined<'_> {
    /// Runs one of the operations that the loop gives to this: how many words of code it was. None: it takes the long way, and nothing
    /// has happened yet.
    #[inline(never)]
    pub(super) fn run(&self, window: &mut [Word; 256], instruction: u32) -> Option<usize> {
        let [op, a, b, c] = instruction.to_le_bytes();
        let [a, b, c] = [a, b, c].map(usize::from);
        match op {
            bc::TYPE_OF => window[a] = self.atoms.word(fast::type_of(self.heap, self.names, window[b])?),
            bc::TO_STRING | bc::TO_PROPERTY_KEY => {
                window[a] = Some(window[b]).filter(|&word| self.is(word, value::is_string_kind))?;
            }
            bc::CHECK_COERCIBLE if window[a] != UNDEFINED && window[a] != value::NULL => {}
            bc::CHECK_OBJECT if window[a] == value::UNINITIALISED || self.is_object(window[a]) => {}
            bc::ITERATOR_CLOSE if window[(b + 1) & 0xFF].is_smi() => {}
            bc::GET_ITERATOR if c == 0 && self.iterates_plainly(window[b]) => {
                window[a] = window[b];
                window[(a + 1) & 0xFF] = Word::smi(0);
                // Past the ITERATOR_READY after it.
                return Some(2);
            }
            bc::ITERATOR_RESULT => {
                let result = window[a].as_ref()?;
                let is_ours = self.result_shape == Some(ShapeId(self.heap.header(result).shape()));
                if !is_ours || self.heap.get(result, OBJECT_HEADER + 1) != value::FALSE {
                    return None;
                }
                window[a] = self.heap.get(result, OBJECT_HEADER);
            }
            bc::NEW_TARGET => {
                let constructs = Link::from_word(window[0]).flags() & Link::CONSTRUCT != 0;
                window[a] = if constructs { self.new_target? } else { UNDEFINED };
            }
            bc::INSTANCE_OF => window[a] = value::boolean(self.is_instance(window[b], window[c].as_ref()?)?),
            bc::SUPER_CONSTRUCTOR => {
                let parent = self.prototype(window[b])?;
                let number = self.heap.get(parent, value::FUNCTION_CODE).payload();
                let is_script = self.heap.header(parent).kind() == value::FUNCTION;
                let kind = is_script.then(|| self.infos[number as usize].kind)?;
                if !matches!(kind, FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor) {
                    return None;
                }
                window[a] = Word::reference(parent);
            }
            bc::GET_SUPER => {
                let parent = self.prototype(window[b])?;
                window[a] = self.stubs.load(self.heap, self.shapes.epoch, parent, window[c])?;
            }
            _ => return None,
        }
        Some(bc::length(op))
    }

    fn is(&self, word: Word, of: impl Fn(Kind) -> bool) -> bool {
        word.as_ref().is_some_and(|object| of(self.heap.header(object).kind()))
    }

    fn is_object(&self, word: Word) -> bool {
        self.is(word, value::is_object_kind)
    }

    /// OrdinaryHasInstance (ECMA-262 7.3.22) for a class or a function whose `prototype` is where such functions have it.
    fn is_instance(&self, word: Word, constructor: Ref) -> Option<bool> {
        let header = self.heap.header(constructor);
        if header.kind() != value::FUNCTION || self.heap.size_words(constructor) <= value::FUNCTION_PROTOTYPE
        {
            return None;
        }
        let own = self.shapes.find(ShapeId(header.shape()), self.names.prototype);
        let usual = self.realm.get(Intrinsic::FunctionHasInstance);
        let test =
            self.stubs.read(self.heap, self.shapes.epoch, constructor, self.names.symbol_has_instance)?;
        if own.is_some() || test != usual {
            return None;
        }
        let prototype = match self.heap.get(constructor, value::FUNCTION_PROTOTYPE) {
            initial if initial.is_smi() => self.shapes.prototype(ShapeId(initial.payload())),
            word => Some(word).filter(|&word| self.is_object(word))?,
        };
        let mut at = word;
        while let Some(object) = at.as_ref().filter(|_| self.is_object(at)) {
            let header = self.heap.header(object);
            if header.kind() == value::PROXY {
                return None;
            }
            at = self.shapes.prototype(ShapeId(header.shape()));
            if at == prototype {
                return Some(true);
            }
        }
        Some(false)
    }

    fn prototype(&self, word: Word) -> Option<Ref> {
        self.shapes.prototype(ShapeId(self.heap.header(word.as_ref()?).shape())).as_ref()
    }

    /// An ordinary array whose iteration no script has changed, as far as lookups that were made before say so.
    fn iterates_plainly(&self, word: Word) -> bool {
        let Some(array) = word.as_ref().filter(|&array| self.heap.header(array).shape() == self.array_shape)
        else {
            return false;
        };
        let read = |object, atom| self.stubs.read(self.heap, self.shapes.epoch, object, atom);
        let iterator = self.realm.get(Intrinsic::ArrayIteratorPrototype);
        read(array, self.names.symbol_iterator) == Some(self.realm.get(Intrinsic::ArrayValues))
            && iterator.as_ref().and_then(|iterator| read(iterator, self.names.next))
                == Some(self.realm.get(Intrinsic::ArrayIteratorNext))
    }
}
