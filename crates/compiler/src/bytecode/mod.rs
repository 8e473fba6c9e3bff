//! The bytecode: 32-bit instruction words for a register machine.
//!
//! An instruction is one word, `op | a << 8 | b << 16 | c << 24`, and for some operations a second word (the
//! *extension*) that holds an index or a jump offset. Registers are numbered in the window of their frame, 256 at
//! the most. A jump offset counts words from the first word of the jump itself.
//!
//! The table below is the only list of operations: the numbers, the names that the disassembler prints and what an
//! extension word means (so that the linker can relocate it) all come from it.

mod code;
mod disassemble;

pub use code::{
    CacheName, Constant, ContextNames, FunctionCode, FunctionFlags, FunctionKind, Handler, LIVE_ARGUMENTS,
    Literal, Name, RegisterVariable, Script,
};
pub use disassemble::disassemble;

/// What the word after an instruction means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// The instruction is one word long.
    None,
    /// An inline cache, with the property name it is for.
    Cache,
    /// A constant.
    Constant,
    /// A function of the same script.
    Function,
    /// An object literal's list of names.
    Literal,
    /// A jump offset in words, from the instruction's first word.
    Jump,
    /// A plain number.
    Number,
}

/// `Yield` in a generator: its caller gets a result with the value.
pub const HAND_OUT: u8 = 0;
/// `Yield` in a generator: the value is an iterator's result already.
pub const PASS_ON: u8 = 1;
/// `Yield` of what waits for a promise.
pub const AWAITED: u8 = 2;
/// `Yield` in an asynchronous generator.
pub const HAND_OUT_LATER: u8 = 3;

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident $text:literal $extension:ident;)*) => {
        /// The operations in order, for their numbers.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u8)]
        enum Number {
            $($name,)*
        }
        $($(#[$doc])* pub const $name: u8 = Number::$name as u8;)*
        /// Name and extension of each operation, by number.
        pub const OPERATIONS: &[(&str, Extension)] = &[$(($text, Extension::$extension)),*];
    };
}

operations! {
    /// `a = b`
    MOVE "Move" None;
    /// `a = ` the signed 16-bit number in `b` and `c`
    LOAD_INT "LoadInt" None;
    /// `a = ` the immediate word numbered by `b` and `c`
    LOAD_IMMEDIATE "LoadImmediate" None;
    /// `a = ` constant
    LOAD_CONSTANT "LoadConstant" Constant;
    /// `a = ` slot `c` of the context in `b`
    GET_CONTEXT "GetContext" None;
    /// slot `b` of the context in `a` becomes `c`
    SET_CONTEXT "SetContext" None;
    /// `a = ` slot `c` of the context `b` hops out from the callee's own
    GET_OUTER "GetOuter" None;
    /// slot `c` of the context `b` hops out from the callee's own becomes `a`
    SET_OUTER "SetOuter" None;
    /// as GetOuter, a ReferenceError if the variable is uninitialised; constant: its name
    GET_OUTER_CHECKED "GetOuterChecked" Constant;
    /// the same four for slots beyond 255: slot number in the extension, no check
    GET_CONTEXT_WIDE "GetContextWide" Number;
    /// slot of the context in `a` becomes `b`
    SET_CONTEXT_WIDE "SetContextWide" Number;
    /// `a = ` slot of the context `b` hops out
    GET_OUTER_WIDE "GetOuterWide" Number;
    /// slot of the context `b` hops out becomes `a`
    SET_OUTER_WIDE "SetOuterWide" Number;
    /// `a = b + c`
    ADD "Add" None;
    /// `a = b - c`
    SUB "Sub" None;
    /// `a = b * c`
    MUL "Mul" None;
    /// `a = b / c`
    DIV "Div" None;
    /// `a = b % c`
    MOD "Mod" None;
    /// `a = b & c`
    BIT_AND "BitAnd" None;
    /// `a = b | c`
    BIT_OR "BitOr" None;
    /// `a = b ^ c`
    BIT_XOR "BitXor" None;
    /// `a = b << c`
    SHL "Shl" None;
    /// `a = b >> c`
    SAR "Sar" None;
    /// `a = b >>> c`
    SHR "Shr" None;
    /// `a = b + ` the signed byte `c`
    ADD_INT "AddInt" None;
    /// `a = b - ` the signed byte `c`
    SUB_INT "SubInt" None;
    /// `a = ToNumeric(b) + ` the signed byte `c`: `++` and `--`
    INCREMENT "Increment" None;
    /// `a = b & ` the signed byte `c`
    BIT_AND_INT "BitAndInt" None;
    /// `a = b | ` the signed byte `c`
    BIT_OR_INT "BitOrInt" None;
    /// `a = b << ` the byte `c`
    SHL_INT "ShlInt" None;
    /// `a = b >> ` the byte `c`
    SAR_INT "SarInt" None;
    /// `a = b < c`
    LESS "Less" None;
    /// `a = b === c`
    STRICT_EQUAL "StrictEqual" None;
    /// `a = !b`
    NOT "Not" None;
    /// jump
    JUMP "Jump" Jump;
    /// jump back: the place where fuel is counted
    LOOP "Loop" Jump;
    /// jump if `a` is truthy
    JUMP_TRUE "JumpTrue" Jump;
    /// jump if `a` is falsy
    JUMP_FALSE "JumpFalse" Jump;
    /// jump if `(a < b) == c`
    JUMP_LESS "JumpLess" Jump;
    /// jump if `(a <= b) == c`
    JUMP_LESS_EQUAL "JumpLessEqual" Jump;
    /// jump if `(a > b) == c`
    JUMP_GREATER "JumpGreater" Jump;
    /// jump if `(a >= b) == c`
    JUMP_GREATER_EQUAL "JumpGreaterEqual" Jump;
    /// jump if `(a === b) == c`
    JUMP_STRICT_EQUAL "JumpStrictEqual" Jump;
    /// jump if `(a < ` the signed byte `b) == c`
    JUMP_LESS_INT "JumpLessInt" Jump;
    /// jump if `(a <= ` the signed byte `b) == c`
    JUMP_LESS_EQUAL_INT "JumpLessEqualInt" Jump;
    /// jump if `(a > ` the signed byte `b) == c`
    JUMP_GREATER_INT "JumpGreaterInt" Jump;
    /// jump if `(a >= ` the signed byte `b) == c`
    JUMP_GREATER_EQUAL_INT "JumpGreaterEqualInt" Jump;
    /// jump if `(a === ` the signed byte `b) == c`
    JUMP_STRICT_EQUAL_INT "JumpStrictEqualInt" Jump;
    /// jump if `(a == b) == c`
    JUMP_EQUAL "JumpEqual" Jump;
    /// jump if `(a is the immediate word number b) == c`
    JUMP_SAME "JumpSame" Jump;
    /// jump if `(a is undefined or null) == c`
    JUMP_NULLISH "JumpNullish" Jump;
    /// jump if `(a is undefined) == c`
    JUMP_UNDEFINED "JumpUndefined" Jump;
    /// `a = b.name`
    GET_PROPERTY "GetProperty" Cache;
    /// `a = b.name`, and `a + 1 = b`: a method and its receiver
    GET_METHOD "GetMethod" Cache;
    /// `a.name = b`, a TypeError on failure if `c`
    SET_PROPERTY "SetProperty" Cache;
    /// `a = b[c]`
    GET_ELEMENT "GetElement" None;
    /// `a[b] = c` (strictness is the function's)
    SET_ELEMENT "SetElement" None;
    /// `a = ` global name
    GET_GLOBAL "GetGlobal" Cache;
    /// call: `b` is the frame's first register (link, callee, this, arguments), `c` the argument count
    CALL "Call" None;
    /// construct: as call; `this` is made by the machine
    NEW "New" None;
    /// return `a`
    RETURN "Return" None;
    /// `a = ` object literal whose values are in the registers from `b`
    NEW_OBJECT "NewObject" Literal;
    /// `a = ` array of the `c` registers from `b`
    NEW_ARRAY "NewArray" None;
    /// `a = ` array of the elements that are the constant
    SHARED_ARRAY "SharedArray" Constant;
    /// as NewObject, in a function that V8 has built in: what those make has no mementos
    NEW_OBJECT_BUILT_IN "NewObjectBuiltIn" Literal;
    /// as NewArray, likewise
    NEW_ARRAY_BUILT_IN "NewArrayBuiltIn" None;
    /// as SharedArray, likewise
    SHARED_ARRAY_BUILT_IN "SharedArrayBuiltIn" Constant;
    /// `a = ` closure over the context in `b` (0: the callee's own)
    CLOSURE "Closure" Function;
    /// goes on at the function's code; number: its first word, 0 before it has been compiled
    COMPILE_LAZY "CompileLazy" Number;

    // Everything from here on runs out of line.

    /// `a = ` new context with parent `b` (0: the callee's own), slot count in the extension
    NEW_CONTEXT "NewContext" Number;
    /// `a = ` copy of the context in `a`: a loop's next iteration
    CLONE_CONTEXT "CloneContext" None;
    /// ReferenceError if `a` is uninitialised
    CHECK_INITIALISED "CheckInitialised" Constant;
    /// TypeError: assignment to constant variable
    THROW_CONST_ASSIGN "ThrowConstAssign" None;
    /// ReferenceError if `a` (this) is uninitialised
    CHECK_THIS "CheckThis" None;
    /// `a = b ** c`
    EXP "Exp" None;
    /// `a = b <= c`
    LESS_EQUAL "LessEqual" None;
    /// `a = b > c`
    GREATER "Greater" None;
    /// `a = b >= c`
    GREATER_EQUAL "GreaterEqual" None;
    /// `a = b == c`
    EQUAL "Equal" None;
    /// `a = b instanceof c`
    INSTANCE_OF "InstanceOf" None;
    /// `a = b in c`
    IN "In" None;
    /// `a = #name in b`
    PRIVATE_IN "PrivateIn" Cache;
    /// `a = -b`
    NEGATE "Negate" None;
    /// `a = ~b`
    BIT_NOT "BitNot" None;
    /// `a = +b`
    TO_NUMBER "ToNumber" None;
    /// `a = ToNumeric(b)`
    TO_NUMERIC "ToNumeric" None;
    /// `a = ToString(b)` as a template literal does
    TO_STRING "ToString" None;
    /// `a = ToPropertyKey(b)`
    TO_PROPERTY_KEY "ToPropertyKey" None;
    /// `a = typeof b`
    TYPE_OF "TypeOf" None;
    /// `a = typeof` global name
    TYPE_OF_GLOBAL "TypeOfGlobal" Cache;
    /// global name becomes `a`; a ReferenceError if it does not exist and `b`
    SET_GLOBAL "SetGlobal" Cache;
    /// `a = delete b[c]`
    DELETE "Delete" None;
    /// `a.name = b` as a definition, not an assignment
    DEFINE_PROPERTY "DefineProperty" Cache;
    /// `a[b] = c` as a definition
    DEFINE_ELEMENT "DefineElement" None;
    /// method: as DefineElement, not enumerable
    DEFINE_METHOD "DefineMethod" None;
    /// getter `c` under key `b` of `a`; the extension says whether enumerable
    DEFINE_GETTER "DefineGetter" Number;
    /// setter `c` under key `b` of `a`; the extension says whether enumerable
    DEFINE_SETTER "DefineSetter" Number;
    /// private field: `a.#name = b`, a TypeError if it exists
    DEFINE_PRIVATE "DefinePrivate" Cache;
    /// private method: as DefinePrivate, read-only
    DEFINE_PRIVATE_METHOD "DefinePrivateMethod" Cache;
    /// private getter (`c` = 0) or setter (`c` = 1)
    DEFINE_PRIVATE_ACCESSOR "DefinePrivateAccessor" Cache;
    /// `a = b.#name`
    GET_PRIVATE "GetPrivate" Cache;
    /// `a.#name = b`
    SET_PRIVATE "SetPrivate" Cache;
    /// the prototype of literal `a` becomes `b`, if object or null
    SET_PROTOTYPE "SetPrototype" None;
    /// the name of the anonymous function in `a` becomes the key in `b`; `c`: 0 plain, 1 get, 2 set
    SET_FUNCTION_NAME "SetFunctionName" None;
    /// own enumerable properties of `b` go to `a` (undefined: to a new object there); the extension counts excluded keys, in the registers from `c`
    COPY_PROPERTIES "CopyProperties" Number;
    /// append `b` to the array in `a`
    ARRAY_PUSH "ArrayPush" None;
    /// append a hole to the array in `a`
    ARRAY_HOLE "ArrayHole" None;
    /// `a = ` regular expression; constant: its source, the next constant: its flags
    REGEXP "RegExp" Constant;
    /// `a = ` template object; constant: number of strings n, then n cooked, n raw
    TEMPLATE_OBJECT "TemplateObject" Constant;
    /// class: `a` holds the superclass (hole: none), `b` the constructor; `a` becomes the prototype
    NEW_CLASS "NewClass" None;
    /// `a = super[c]` with home object `b`; the extension is the register of this
    GET_SUPER "GetSuper" Number;
    /// `super[b] = c` with home object `a`; the extension is the register of this
    SET_SUPER "SetSuper" Number;
    /// `a = ` the constructor that `super(...)` calls, home constructor in `b`
    SUPER_CONSTRUCTOR "SuperConstructor" None;
    /// call with an array of arguments: `b` first register (link, callee, this, array)
    CALL_SPREAD "CallSpread" None;
    /// construct with an array of arguments
    NEW_SPREAD "NewSpread" None;
    /// `super(...)`: construct with the current new.target, which is in the this register of the frame
    SUPER_CALL "SuperCall" None;
    /// the same with an array of arguments
    SUPER_CALL_SPREAD "SuperCallSpread" None;
    /// throw `a`; `b` = 1: again
    THROW "Throw" None;
    /// `a = ` the exception that brought us here; `b` = 1: for a binding
    CATCH "Catch" None;
    /// `a` becomes the iterator of `b` (`c` = 1: the asynchronous one); of an array, the array itself and `a + 1` the
    /// index 0
    GET_ITERATOR "GetIterator" None;
    /// second half of GetIterator: `a` becomes the next method of the iterator in `b`
    ITERATOR_READY "IteratorReady" None;
    /// `a = ` next value of the iterator in `b`, or jump when done (fast path), or call next
    ITERATOR_NEXT "IteratorNext" Jump;
    /// `a` holds what next returned: take the value, or jump when done
    ITERATOR_RESULT "IteratorResult" Jump;
    /// close the iterator in `b`; `a` receives what its return method gives
    ITERATOR_CLOSE "IteratorClose" None;
    /// `a = ` list of the enumerable keys of `b`; `a + 3 = ` the shape that has them all, or -1
    FOR_IN_KEYS "ForInKeys" None;
    /// `a = ` next key of the list in `b` (index in `b + 1`, object in `b + 2`, its shape in `b + 3`), or jump when done
    FOR_IN_NEXT "ForInNext" Jump;
    /// `a = ` array of the arguments from number `b`
    REST "Rest" None;
    /// `a = ` arguments object; `b` = 1: MapArguments follows
    ARGUMENTS "Arguments" None;
    /// the arguments object in `a` shares the parameters' slots of the context in `b`; constant: their count, then the
    /// slot of each
    MAP_ARGUMENTS "MapArguments" Constant;
    /// `a = new.target`
    NEW_TARGET "NewTarget" None;
    /// this, as sloppy functions see it
    SLOPPY_THIS "SloppyThis" None;
    /// TypeError if `a` is undefined or null: it cannot be destructured
    CHECK_COERCIBLE "CheckCoercible" Constant;
    /// TypeError unless `a` is an object: what an iterator's method gave
    CHECK_OBJECT "CheckObject" None;
    /// generator: make its object, keep the frame in it, return it
    GENERATOR "Generator" None;
    /// suspend with value `b`; `c` says what becomes of it: [`HAND_OUT`] and the like
    YIELD "Yield" None;
    /// after Yield: `a` = the sent value; throws, or does not jump when asked to return
    RESUME "Resume" Jump;
    /// ask to be resumed when the promise of `b` settles; a Yield with `c` = 2 follows
    AWAIT "Await" None;
    /// asynchronous function: `a` = its promise machinery; the body begins
    ASYNC_START "AsyncStart" None;
    /// resolve the function's promise with `a`
    ASYNC_RETURN "AsyncReturn" None;
    /// reject the function's promise with `a`
    ASYNC_THROW "AsyncThrow" None;
    /// leave an asynchronous function
    ASYNC_LEAVE "AsyncLeave" None;
    /// a step of `yield*`: pass what was sent on to the iterator in `b`; `a` = its result, `c` = whether it was asked to
    /// return; undefined: it was, but knows no such method, and `a` = what was sent
    DELEGATE "Delegate" None;
    /// a breakpoint or a line step put here over the real instruction
    BREAK "Break" None;
}

/// What the text of a callee begins with when it is the last, spread argument of a call.
pub const SPREAD: &str = "...";

/// Builds the first word of an instruction.
#[inline(always)]
pub const fn encode(op: u8, a: u8, b: u8, c: u8) -> u32 {
    op as u32 | (a as u32) << 8 | (b as u32) << 16 | (c as u32) << 24
}

/// The instruction as it is in a function that V8 has built in: such leave no mementos and no objects of iterations.
pub const fn of_built_in(word: u32) -> u32 {
    let op = match word as u8 {
        NEW_OBJECT => NEW_OBJECT_BUILT_IN,
        NEW_ARRAY => NEW_ARRAY_BUILT_IN,
        SHARED_ARRAY => SHARED_ARRAY_BUILT_IN,
        ITERATOR_NEXT => return word | 1 << 24,
        op => op,
    };
    word & !0xFF | op as u32
}

/// Length of an instruction in words.
#[inline(always)]
pub const fn length(op: u8) -> usize {
    LENGTHS[op as usize] as usize
}

/// The same as a table: each return needs it.
const LENGTHS: [u8; 256] = {
    let mut lengths = [1; 256];
    let mut op = 0;
    while op < OPERATIONS.len() {
        if !matches!(OPERATIONS[op].1, Extension::None) {
            lengths[op] = 2;
        }
        op += 1;
    }
    lengths
};
