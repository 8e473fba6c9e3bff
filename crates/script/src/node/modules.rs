//! What `prelude/require.js` needs: the sources of the built-in modules, and the files that a script may load.
//!
//! A built-in module is compiled when a script asks for it first, so that a machine starts quickly.

use std::fmt;
use std::rc::Rc;

use semispace_heap::Word;

use crate::builtins::install::{Function, methods};
use crate::diagnostic::Diagnostic;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Origin, SourceText, Vm};

/// Where `require` finds the files of a script.
pub trait ModuleFiles: fmt::Debug {
    /// The text of a file; none where there is no such file.
    ///
    /// The path is relative to the script's folder, its parts are separated by `/`, and none of them is `..` or `.`.
    fn read(&self, path: &str) -> Option<String>;
}

/// Files that lie in memory: `(path, text)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedFiles(pub Vec<(String, String)>);

impl ModuleFiles for NamedFiles {
    fn read(&self, path: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| name.trim_start_matches("./") == path).map(|(_, text)| text.clone())
    }
}

/// The built-in modules; those under `internal/` are for each other.
const MODULES: &[(&str, SourceText)] = &[
    ("buffer", || script_text!("node/modules/buffer.js")),
    ("events", || script_text!("node/modules/events.js")),
    ("util", || script_text!("node/modules/util.js")),
    ("assert", || script_text!("node/modules/assert.js")),
    ("assert/strict", || "'use strict'\nmodule.exports = require('assert').strict\n"),
    ("os", || script_text!("node/modules/os.js")),
    ("path", || script_text!("node/modules/path.js")),
    ("path/posix", || "'use strict'\nmodule.exports = require('path')\n"),
    ("timers", || script_text!("node/modules/timers.js")),
    ("timers/promises", || script_text!("node/modules/timers_promises.js")),
    ("util/types", || "'use strict'\nmodule.exports = require('util').types\n"),
    ("v8", || script_text!("node/modules/v8.js")),
    ("url", || script_text!("node/modules/url.js")),
    ("internal/url_parser", || script_text!("node/modules/url_parser.js")),
    ("internal/whatwg_url", || script_text!("node/modules/whatwg_url.js")),
    ("querystring", || script_text!("node/modules/querystring.js")),
    ("crypto", || script_text!("node/modules/crypto.js")),
    ("internal/hashes", || script_text!("node/modules/hashes.js")),
    ("perf_hooks", || script_text!("node/modules/perf_hooks.js")),
    ("internal/gc_events", || script_text!("node/modules/gc_events.js")),
    ("internal/serdes", || script_text!("node/modules/serdes.js")),
    ("internal/encoding", || script_text!("node/modules/encoding.js")),
    ("internal/event_target", || script_text!("node/modules/event_target.js")),
    ("internal/web_crypto", || "'use strict'\nmodule.exports.crypto = require('crypto').webcrypto\n"),
    ("internal/intl", || script_text!("node/modules/intl.js")),
    ("internal/parse_args", || script_text!("node/modules/parse_args.js")),
    ("internal/deep_equal", || script_text!("node/modules/deep_equal.js")),
];

const INTRINSICS: &[Function] = &[
    ("$builtinCode", 2, builtin_code),
    ("$fileText", 1, file_text),
    ("$fileCode", 1, file_code),
    ("$folder", 0, folder),
];

/// The intrinsics of `require`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// The code of a built-in module; with a second argument, only whether a script may ask for it.
fn builtin_code(vm: &mut Vm, args: Args) -> Completion<Word> {
    let name = vm.text(vm.arg(args, 0));
    let found = MODULES.iter().chain(super::io_modules::MODULES).find(|(module, _)| *module == name);
    if vm.arg(args, 1) == value::TRUE {
        return Ok(value::boolean(found.is_some() && !name.starts_with("internal/")));
    }
    let Some((name, source)) = found else { return Ok(UNDEFINED) };
    let first = vm.link_built_in(&format!("node:{name}"), source(), Origin::Node)?;
    vm.with_old_allocation(|vm| vm.new_closure(first, UNDEFINED))
}

fn file_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.text(vm.arg(args, 0));
    match vm.files.read(&path) {
        Some(text) => vm.string(&text),
        None => Ok(UNDEFINED),
    }
}

fn file_code(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.text(vm.arg(args, 0));
    let source = vm.files.read(&path).unwrap_or_default();
    let shown = match vm.main_file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path,
    };
    match crate::compiler::compile(&source) {
        Ok(script) => vm.with_old_allocation(|vm| {
            let first = vm.link(&script, &shown, &source, Origin::Script)?;
            vm.new_closure(first, UNDEFINED)
        }),
        Err(error) => Err(refused(vm, &error, &shown)),
    }
}

/// A file that cannot be compiled is a SyntaxError for who requires it; the message says where.
fn refused(vm: &mut Vm, error: &Diagnostic, file: &str) -> crate::vm::Abrupt {
    let what = error.message.strip_prefix("SyntaxError: ").unwrap_or(&error.message);
    vm.syntax_error(&format!("{what} ({file}:{}:{})", error.line, error.column))
}

fn folder(vm: &mut Vm, _: Args) -> Completion<Word> {
    let folder: Rc<str> = vm.folder.clone();
    vm.string(&folder)
}
