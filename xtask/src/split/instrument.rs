//! A module that remembers which of its functions have run.

use super::module::Module;
use anyhow::Result;
use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType, Instruction,
    ValType,
};
use wasmparser::{CodeSectionReader, ExportSectionReader, FunctionBody, GlobalSectionReader, Parser};

/// Before the index of a function, in the name of the global that is 1 once that function has run.
pub const MARK: &str = "ran:";

/// Gives each function a global, exported as [`MARK`] and the function's index, and sets it when the function is entered.
pub fn instrument(module: &Module<'_>) -> Result<Vec<u8>> {
    let mut output = wasm_encoder::Module::new();
    Instrument { module, next: module.imported as u32 }.parse_core_module(
        &mut output,
        Parser::new(0),
        module.bytes,
    )?;
    Ok(output.finish())
}

struct Instrument<'a> {
    module: &'a Module<'a>,
    /// The function whose body comes next.
    next: u32,
}

impl Instrument<'_> {
    fn mark_of(&self, function: u32) -> u32 {
        self.module.globals.len() as u32 + function - self.module.imported as u32
    }
}

impl Reencode for Instrument<'_> {
    type Error = std::convert::Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        RoundtripReencoder.parse_global_section(globals, section)?;
        let ty = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        for _ in self.module.own_functions() {
            globals.global(ty, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        RoundtripReencoder.parse_export_section(exports, section)?;
        for function in self.module.own_functions() {
            exports.export(&format!("{MARK}{function}"), ExportKind::Global, self.mark_of(function));
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for body in section {
            self.parse_function_body(code, body?)?;
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error> {
        let mut function: Function = self.new_function_with_parsed_locals(&body)?;
        function.instruction(&Instruction::I32Const(1));
        function.instruction(&Instruction::GlobalSet(self.mark_of(self.next)));
        // No index changes, so the instructions can stay as they are.
        let start = body.get_operators_reader()?.original_position() - body.range().start;
        function.raw(body.as_bytes()[start as usize..].iter().copied());
        code.function(&function);
        self.next += 1;
        Ok(())
    }
}
