//! Writes the JavaScript parts of the engine into the build's folder in short: without comments and blanks, and with short
//! names for variables, which only its readers need.
//!
//! What a machine begins with is compiled, in two pieces (`src/vm/lazy.rs`): the outline, and what is linked late.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo so")]

mod late;
mod outline;

use late::late;
use outline::outlined;
use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{Expression, Program};
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::{MangleOptions, Mangler};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Reference, Semantic, SemanticBuilder};
use oxc_span::{GetSpan, SourceType};
use semispace_compiler::bytecode::Script;
use semispace_compiler::code_cache::serialize;
use semispace_compiler::compile_prelude;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders below `src`.
const FOLDERS: [&str; 5] =
    [PRELUDE, "node/modules", "node/modules/streams", "node/modules/net", "node/modules/http"];
const PRELUDE: &str = "prelude";

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut known = BTreeSet::new();
    for folder in FOLDERS {
        let source = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(&source)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "js") {
                let name = path.file_stem().ok_or(io::ErrorKind::InvalidInput)?;
                let failed = |error: String| io::Error::other(format!("{}: {error}", path.display()));
                let bytes = |script: &Script| serialize(script).map_err(|error| failed(error.to_string()));
                let short = shortened(&fs::read_to_string(&path)?).map_err(failed)?;
                let to = out.join(folder).join(name);
                if folder == PRELUDE {
                    let outline = compiled(&outlined(&short, &mut known).map_err(failed)?).map_err(failed)?;
                    let late = compiled(&short).and_then(|whole| late(whole, &outline)).map_err(failed)?;
                    fs::write(to.with_extension("outline.code"), bytes(&outline)?)?;
                    fs::write(to.with_extension("code"), bytes(&late)?)?;
                } else {
                    fs::write(to.with_extension("js"), short)?;
                }
            }
        }
    }
    fs::write(out.join("names.txt"), known.into_iter().collect::<Vec<_>>().join("\n"))
}

fn compiled(source: &str) -> Result<Script, String> {
    compile_prelude(source).map_err(|error| error.to_string())
}

fn parsed<'a>(allocator: &'a Allocator, source: &'a str) -> Result<Program<'a>, String> {
    let options = ParseOptions { allow_return_outside_function: true, ..Default::default() };
    let parsed = Parser::new(allocator, source, SourceType::cjs()).with_options(options).parse();
    match parsed.diagnostics.first() {
        Some(error) => Err(error.to_string()),
        None => Ok(parsed.program),
    }
}

fn shortened(source: &str) -> Result<String, String> {
    let allocator = Allocator::default();
    let program = parsed(&allocator, source)?;
    let analysed =
        SemanticBuilder::new().with_build_nodes(true).with_check_syntax_error(true).build(&program);
    if let Some(error) = analysed.diagnostics.first() {
        return Err(error.to_string());
    }
    let semantic = analysed.semantic;
    let reserved = visible_names(&semantic).map(Into::into).collect();
    let options = MangleOptions { top_level: Some(true), reserved, ..Default::default() };
    let scoping = Mangler::new().with_options(options).build(&program).scoping;
    let codegen = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(Some(scoping));
    Ok(codegen.build(&program).code)
}

/// Names of functions and classes that are more than called: what gets hold of such a function sees its name.
fn visible_names<'a>(semantic: &'a Semantic<'_>) -> impl Iterator<Item = &'a str> {
    let (scoping, nodes) = (semantic.scoping(), semantic.nodes());
    let is_called = move |reference: &Reference| {
        let node = nodes.get_node(reference.node_id());
        matches!(nodes.parent_kind(node.id()), AstKind::CallExpression(call) if call.callee.span() == node.kind().span())
    };
    let is_function = move |symbol| match nodes.kind(scoping.symbol_declaration(symbol)) {
        AstKind::Function(_) | AstKind::Class(_) => true,
        AstKind::VariableDeclarator(variable) => variable.init.as_ref().is_some_and(|init| {
            matches!(
                init,
                Expression::FunctionExpression(_)
                    | Expression::ArrowFunctionExpression(_)
                    | Expression::ClassExpression(_)
            )
        }),
        _ => false,
    };
    let is_visible =
        move |&symbol: &_| is_function(symbol) && !scoping.get_resolved_references(symbol).all(is_called);
    scoping.symbol_ids().filter(is_visible).map(|symbol| scoping.symbol_name(symbol))
}
