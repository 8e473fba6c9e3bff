//! The property names that the machine itself uses.

use crate::atoms::Atom;
use crate::vm::{Abrupt, Vm};

macro_rules! names {
    (texts { $($field:ident $text:literal,)* } symbols { $($symbol:ident $description:literal,)* }) => {
        /// Names and well-known symbols, interned at start-up.
        #[derive(Clone, Copy, Debug)]
        #[allow(missing_docs)]
        pub struct Names {
            $(pub $field: Atom,)*
            $(pub $symbol: Atom,)*
            /// The prelude makes it, for it is a registered one.
            pub symbol_inspect_custom: Atom,
        }

        const TEXTS: &[&str] = &[$($text),*];
        const SYMBOLS: &[&str] = &[$($description),*];

        impl Names {
            fn of(texts: [Atom; TEXTS.len()], symbols: [Atom; SYMBOLS.len()]) -> Self {
                let [$($field),*] = texts;
                let [$($symbol),*] = symbols;
                Self { $($field,)* $($symbol,)* symbol_inspect_custom: Atom(0) }
            }
        }
    };
}

impl Default for Names {
    fn default() -> Self {
        Self::of([Atom(0); TEXTS.len()], [Atom(0); SYMBOLS.len()])
    }
}

impl Names {
    /// Interns them all.
    pub fn intern(vm: &mut Vm) -> Result<Self, Abrupt> {
        let mut texts = [Atom(0); TEXTS.len()];
        for (atom, text) in texts.iter_mut().zip(TEXTS) {
            *atom = vm.intern(text)?;
        }
        let mut symbols = [Atom(0); SYMBOLS.len()];
        for (atom, description) in symbols.iter_mut().zip(SYMBOLS) {
            *atom = vm.new_symbol_named(description)?;
        }
        Ok(Self::of(texts, symbols))
    }
}

names! {
    texts {
        empty "",
        length "length",
        prototype "prototype",
        constructor "constructor",
        name "name",
        message "message",
        stack "stack",
        stack_trace_limit "stackTraceLimit",
        prepare_stack_trace "prepareStackTrace",
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
    symbols {
        symbol_iterator "Symbol.iterator",
        symbol_async_iterator "Symbol.asyncIterator",
        symbol_has_instance "Symbol.hasInstance",
        symbol_to_primitive "Symbol.toPrimitive",
        symbol_to_string_tag "Symbol.toStringTag",
        symbol_species "Symbol.species",
        symbol_is_concat_spreadable "Symbol.isConcatSpreadable",
        symbol_unscopables "Symbol.unscopables",
        symbol_match "Symbol.match",
        symbol_match_all "Symbol.matchAll",
        symbol_replace "Symbol.replace",
        symbol_search "Symbol.search",
        symbol_split "Symbol.split",
    }
}
