//! The order of a module's functions: nothing depends on it but how well the file compresses.

use anyhow::{Context, Result};
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// Sorts a file's functions.
pub fn for_compression(path: &Path) -> Result<()> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(fs::write(path, sorted(&bytes)?)?)
}

/// Puts functions that end alike side by side, where gzip, which looks back 32 KB, finds what they have in common: they are
/// sorted by their code read backwards. wasm-opt, which sorts them by how often they are called, saves a byte in some calls instead.
///
/// # Errors
/// When the bytes are no module.
pub fn sorted(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by(|&a, &b| bodies[a].iter().rev().cmp(bodies[b].iter().rev()));
    let mut indices: Vec<u32> = (0..imported + bodies.len() as u32).collect();
    for (new, &old) in order.iter().enumerate() {
        indices[imported as usize + old] = imported + new as u32;
    }
    let mut module = Module::new();
    Reordered { order, indices }.parse_core_module(&mut module, Parser::new(0), bytes)?;
    Ok(module.finish())
}

struct Reordered {
    /// Where the functions stood, imported ones apart, in their new order.
    order: Vec<usize>,
    /// New function indices by the old ones.
    indices: Vec<u32>,
}

impl Reencode for Reordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        Ok(self.indices[function as usize])
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for &at in &self.order {
            functions.function(types[at]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for at in self.order.clone() {
            self.parse_function_body(code, bodies[at].clone())?;
        }
        Ok(())
    }
}
