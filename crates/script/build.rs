//! Writes the JavaScript parts of the engine into the build's folder in short: without comments and blanks, and with short
//! names for variables, which only its readers need.

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::Expression;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::{MangleOptions, Mangler};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Reference, Semantic, SemanticBuilder};
use oxc_span::{GetSpan, SourceType};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders below `src`.
const FOLDERS: [&str; 3] = ["prelude", "node/modules", "node/modules/streams"];

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    for folder in FOLDERS {
        let source = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(&source)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "js") {
                let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
                let short = shortened(&fs::read_to_string(&path)?)
                    .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
                fs::write(out.join(folder).join(name), short)?;
            }
        }
    }
    Ok(())
}

fn shortened(source: &str) -> Result<String, String> {
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..Default::default() };
    let parsed = Parser::new(&allocator, source, SourceType::cjs()).with_options(options).parse();
    if let Some(error) = parsed.diagnostics.first() {
        return Err(error.to_string());
    }
    let semantic = SemanticBuilder::new().with_build_nodes(true).build(&parsed.program).semantic;
    let reserved = visible_names(&semantic).map(Into::into).collect();
    let options = MangleOptions { top_level: Some(true), reserved, ..Default::default() };
    let scoping = Mangler::new().with_options(options).build(&parsed.program).scoping;
    let codegen = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(Some(scoping));
    Ok(codegen.build(&parsed.program).code)
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
