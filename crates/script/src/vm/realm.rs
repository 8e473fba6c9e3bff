//! The built-in objects of a machine, by number.

use semispace_heap::Word;

use crate::value;

macro_rules! intrinsics {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A built-in object that the machine itself needs to find.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Intrinsic {
            $($(#[$doc])* $name,)*
        }

        const NAMES: [&str; COUNT] = [$(stringify!($name)),*];
        const COUNT: usize = [$(Intrinsic::$name),*].len();
    };
}

intrinsics! {
    /// The global object.
    Global,
    /// `Object.prototype`
    ObjectPrototype,
    /// `Function.prototype`
    FunctionPrototype,
    /// `Array.prototype`
    ArrayPrototype,
    /// `String.prototype`
    StringPrototype,
    /// `Number.prototype`
    NumberPrototype,
    /// `Boolean.prototype`
    BooleanPrototype,
    /// `Symbol.prototype`
    SymbolPrototype,
    /// `BigInt.prototype`
    BigIntPrototype,
    /// `Map.prototype`
    MapPrototype,
    /// `Set.prototype`
    SetPrototype,
    /// `WeakMap.prototype`
    WeakMapPrototype,
    /// `WeakSet.prototype`
    WeakSetPrototype,
    /// `WeakRef.prototype`
    WeakRefPrototype,
    /// `FinalizationRegistry.prototype`
    FinalizationRegistryPrototype,
    /// `Iterator.prototype`
    IteratorPrototype,
    /// `Iterator.prototype[Symbol.iterator]`
    IteratorItself,
    /// `Set.prototype.values`
    SetValues,
    /// `next` of the iterators of Maps.
    MapIteratorNext,
    /// `next` of the iterators of Sets.
    SetIteratorNext,
    /// The prototype of array iterators.
    ArrayIteratorPrototype,
    /// The prototype of Map iterators.
    MapIteratorPrototype,
    /// The prototype of Set iterators.
    SetIteratorPrototype,
    /// The prototype of string iterators.
    StringIteratorPrototype,
    /// `String.prototype[Symbol.iterator]`
    StringValues,
    /// `next` of string iterators.
    StringIteratorNext,
    /// The prototype of generator objects.
    GeneratorPrototype,
    /// The prototype of generator functions.
    GeneratorFunctionPrototype,
    /// The prototype of asynchronous functions.
    AsyncFunctionPrototype,
    /// The accessor pair of `callee` of strict arguments objects.
    StrictCallee,
    /// What asynchronous iterators inherit from.
    AsyncIteratorPrototype,
    /// The prototype of the objects of asynchronous generators.
    AsyncGeneratorPrototype,
    /// The prototype of asynchronous generator functions.
    AsyncGeneratorFunctionPrototype,
    /// `Promise.prototype`
    PromisePrototype,
    /// `Promise`
    Promise,
    /// `RegExp.prototype`
    RegExpPrototype,
    /// `Date.prototype`
    DatePrototype,
    /// `ArrayBuffer.prototype`
    ArrayBufferPrototype,
    /// `TypedArray.prototype`
    TypedArrayPrototype,
    /// `Int8Array.prototype`
    Int8ArrayPrototype,
    /// `Uint8Array.prototype`
    Uint8ArrayPrototype,
    /// `Uint8ClampedArray.prototype`
    Uint8ClampedArrayPrototype,
    /// `Int16Array.prototype`
    Int16ArrayPrototype,
    /// `Uint16Array.prototype`
    Uint16ArrayPrototype,
    /// `Int32Array.prototype`
    Int32ArrayPrototype,
    /// `Uint32Array.prototype`
    Uint32ArrayPrototype,
    /// `Float32Array.prototype`
    Float32ArrayPrototype,
    /// `Float64Array.prototype`
    Float64ArrayPrototype,
    /// `BigInt64Array.prototype`
    BigInt64ArrayPrototype,
    /// `BigUint64Array.prototype`
    BigUint64ArrayPrototype,
    /// `Buffer.prototype`
    BufferPrototype,
    /// `DataView.prototype`
    DataViewPrototype,
    /// `Error.prototype`
    ErrorPrototype,
    /// `TypeError.prototype`
    TypeErrorPrototype,
    /// `RangeError.prototype`
    RangeErrorPrototype,
    /// `ReferenceError.prototype`
    ReferenceErrorPrototype,
    /// `SyntaxError.prototype`
    SyntaxErrorPrototype,
    /// `EvalError.prototype`
    EvalErrorPrototype,
    /// `URIError.prototype`
    UriErrorPrototype,
    /// The empty string.
    EmptyString,
    /// Elements of objects that have none.
    EmptyElements,
    /// The strings of one Latin-1 character each.
    SingleCharacters,
    /// A list of one undefined word: where inline caches find what is not there.
    Absent,
    /// `Array`
    Array,
    /// `Array.prototype[Symbol.iterator]` as it was made.
    ArrayValues,
    /// The array iterator's `next` as it was made.
    ArrayIteratorNext,
    /// `Set.prototype.add` as it was made.
    SetAdd,
    /// `Map.prototype.set` as it was made.
    MapSet,
    /// The getter of `Map.prototype.size`.
    MapSize,
    /// The getter of `Set.prototype.size`.
    SetSize,
    /// The getter of the typed arrays' `length`.
    TypedArrayLength,
    /// A generator's `next` as it was made.
    GeneratorNext,
    /// `Function.prototype[Symbol.hasInstance]`
    FunctionHasInstance,
    /// The helper functions of the prelude, one object.
    Helpers,
    /// The table of `Symbol.for`.
    SymbolRegistry,
    /// The `process` object.
    Process,
}

/// The table of built-in objects.
#[derive(Clone, Debug)]
pub struct Realm {
    words: [Word; COUNT],
}

impl Default for Realm {
    fn default() -> Self {
        Self { words: [value::UNDEFINED; COUNT] }
    }
}

impl Realm {
    /// A built-in object.
    #[inline(always)]
    pub fn get(&self, intrinsic: Intrinsic) -> Word {
        self.words[intrinsic as usize]
    }

    /// Sets a built-in object, at start-up.
    pub fn set(&mut self, intrinsic: Intrinsic, word: Word) {
        self.words[intrinsic as usize] = word;
    }

    /// Every entry with its name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Word)> {
        NAMES.into_iter().zip(self.words)
    }

    /// Every entry, for the collector.
    pub fn trace(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.words.iter_mut().for_each(visit);
    }
}
