//! The property names that the machine itself uses.

use crate::atoms::Atom;
use crate::vm::{Abrupt, Vm};

macro_rules! names {
    ($($field:ident $text:literal,)*) => {
        /// Names and well-known symbols, interned at start-up.
        #[derive(Clone, Copy, Debug)]
        #[allow(missing_docs)]
        pub struct Names {
            $(pub $field: Atom,)*
            pub symbol_iterator: Atom,
            pub symbol_async_iterator: Atom,
            pub symbol_has_instance: Atom,
            pub symbol_to_primitive: Atom,
            pub symbol_to_string_tag: Atom,
            pub symbol_species: Atom,
            pub symbol_is_concat_spreadable: Atom,
            pub symbol_unscopables: Atom,
            pub symbol_match: Atom,
            pub symbol_match_all: Atom,
            pub symbol_replace: Atom,
            pub symbol_search: Atom,
            pub symbol_split: Atom,
            pub symbol_inspect_custom: Atom,
        }

        impl Default for Names {
            fn default() -> Self {
                let none = Atom(0);
                Self {
                    $($field: none,)*
                    symbol_iterator: none,
                    symbol_async_iterator: none,
                    symbol_has_instance: none,
                    symbol_to_primitive: none,
                    symbol_to_string_tag: none,
                    symbol_species: none,
                    symbol_is_concat_spreadable: none,
                    symbol_unscopables: none,
                    symbol_match: none,
                    symbol_match_all: none,
                    symbol_replace: none,
                    symbol_search: none,
                    symbol_split: none,
                    symbol_inspect_custom: none,
                }
            }
        }

        impl Names {
            /// Interns them all.
            pub fn intern(vm: &mut Vm) -> Result<Self, Abrupt> {
                Ok(Self {
                    $($field: vm.intern($text)?,)*
                    symbol_iterator: vm.new_symbol_named("Symbol.iterator")?,
                    symbol_async_iterator: vm.new_symbol_named("Symbol.asyncIterator")?,
                    symbol_has_instance: vm.new_symbol_named("Symbol.hasInstance")?,
                    symbol_to_primitive: vm.new_symbol_named("Symbol.toPrimitive")?,
                    symbol_to_string_tag: vm.new_symbol_named("Symbol.toStringTag")?,
                    symbol_species: vm.new_symbol_named("Symbol.species")?,
                    symbol_is_concat_spreadable: vm.new_symbol_named("Symbol.isConcatSpreadable")?,
                    symbol_unscopables: vm.new_symbol_named("Symbol.unscopables")?,
                    symbol_match: vm.new_symbol_named("Symbol.match")?,
                    symbol_match_all: vm.new_symbol_named("Symbol.matchAll")?,
                    symbol_replace: vm.new_symbol_named("Symbol.replace")?,
                    symbol_search: vm.new_symbol_named("Symbol.search")?,
                    symbol_split: vm.new_symbol_named("Symbol.split")?,
                    // The prelude makes it, for it is a registered one.
                    symbol_inspect_custom: Atom(0),
                })
            }
        }
    };
}

names! {
    empty "",
    length "length",
    prototype "prototype",
    constructor "constructor",
    name "name",
    message "message",
    stack "stack",
    cause "cause",
    errors "errors",
    value "value",
    done "done",
    next "next",
    return_ "return",
    throw "throw",
    get "get",
    set "set",
    writable "writable",
    enumerable "enumerable",
    configurable "configurable",
    proto "__proto__",
    to_string "toString",
    value_of "valueOf",
    to_json "toJSON",
    default "default",
    number "number",
    string "string",
    boolean "boolean",
    undefined "undefined",
    object "object",
    function "function",
    symbol "symbol",
    bigint "bigint",
    null "null",
    true_ "true",
    false_ "false",
    index "index",
    input "input",
    groups "groups",
    exec "exec",
    last_index "lastIndex",
    raw "raw",
    callee "callee",
    arguments "arguments",
    caller "caller",
    then "then",
    resolve "resolve",
    join "join",
    push "push",
    uncaught_exception "uncaughtException",
}
