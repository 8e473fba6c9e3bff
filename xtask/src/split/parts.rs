//! A module in parts: the first has what a visit needs, the others come when one of their functions is called.
//!
//! The first part is the module itself, in which each function of another part has become a stub: it loads that part if
//! need be, and calls the function through a table that the part fills when it starts. So no index of the first part changes, and
//! whoever uses it notices nothing: even the function that loads is the module's own.
//!
//! A part may refer to data of the parts before it, so whoever loads one has loaded those. Another part imports memory, tables, globals and functions from the first, under the name [`FIRST`]. It also puts its
//! functions into the slots of the module's own tables, where their stubs were.

use super::module::Module;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, ImportSection, Instruction, RefType, TableSection, TableType,
    TypeSection,
};
use wasmparser::{
    CodeSectionReader, DataSectionReader, ExportSectionReader, KnownCustom, Parser, TableSectionReader,
};

/// What the other parts call the first.
const FIRST: &str = "first";
/// The module's function that loads a part: it takes the part's number, from 1.
const LOADER: &str = "loadPart";

/// A part after the first.
pub struct Part {
    /// Its functions.
    pub functions: BTreeSet<u32>,
    /// Addresses of data that only they refer to, ascending.
    pub data: Vec<Range<u32>>,
}

/// Cuts a module. What is in none of the parts is in the first.
///
/// # Errors
/// When the module has no function that loads a part, or would have to load one in order to load one.
pub fn split(module: &Module<'_>, parts: &[Part]) -> Result<Vec<Vec<u8>>> {
    let plan = Plan::new(module, parts)?;
    let mut files = vec![plan.first()?];
    for part in 1..=parts.len() {
        files.push(plan.other(part)?);
    }
    Ok(files)
}

/// Who is where, and who is called from where.
struct Plan<'a> {
    module: &'a Module<'a>,
    parts: &'a [Part],
    loader: u32,
    /// The part of each function, from 0.
    part_of: Vec<usize>,
    /// What each part names of other parts.
    needs: Vec<BTreeSet<u32>>,
    /// What any part after the first names of others: the first exports it, by its number here.
    exported: BTreeMap<u32, usize>,
    /// The slot, in the table of stubs, of each function that others call.
    slots: BTreeMap<u32, u32>,
    /// The slots of each part after the first.
    slots_of: Vec<Range<u32>>,
}

impl<'a> Plan<'a> {
    fn new(module: &'a Module<'a>, parts: &'a [Part]) -> Result<Self> {
        let loader =
            *module.exported_functions.get(LOADER).with_context(|| format!("no function {LOADER}"))?;
        let mut part_of = vec![0; module.functions.len()];
        for (at, part) in parts.iter().enumerate() {
            for &function in &part.functions {
                ensure!(
                    module.body(function).is_some(),
                    "an imported function can only be in the first part"
                );
                part_of[function as usize] = at + 1;
            }
        }
        ensure!(part_of[loader as usize] == 0, "{LOADER} is not in the first part");

        let mut needs = vec![BTreeSet::new(); parts.len() + 1];
        for function in module.own_functions() {
            let part = part_of[function as usize];
            needs[part].extend(
                module.callees(function)?.into_iter().filter(|&callee| part_of[callee as usize] != part),
            );
        }
        let exported: BTreeSet<u32> = needs[1..].iter().flatten().copied().collect();
        let exported = exported.into_iter().zip(0..).collect();
        let in_tables = module.segments.iter().flat_map(|segment| &segment.functions);
        let called: BTreeSet<u32> = needs
            .iter()
            .flatten()
            .chain(module.exported_functions.values())
            .chain(in_tables)
            .copied()
            .collect();
        let mut slots = BTreeMap::new();
        let mut slots_of = Vec::new();
        for part in 1..=parts.len() {
            let start = slots.len() as u32;
            for &function in called.iter().filter(|&&function| part_of[function as usize] == part) {
                slots.insert(function, slots.len() as u32);
            }
            slots_of.push(start..slots.len() as u32);
        }
        Ok(Self { module, parts, loader, part_of, needs, exported, slots, slots_of })
    }

    fn stub_table(&self) -> u32 {
        self.module.tables.len() as u32
    }

    fn first(&self) -> Result<Vec<u8>> {
        let mut output = wasm_encoder::Module::new();
        FirstPart { plan: self, next: self.module.imported as u32 }.parse_core_module(
            &mut output,
            Parser::new(0),
            self.module.bytes,
        )?;
        Ok(output.finish())
    }

    /// What stands for a function of another part: loads the part unless its slot is filled, and calls the slot.
    fn stub(&self, function: u32) -> Function {
        let mut body = Function::new([]);
        let Some(&slot) = self.slots.get(&function) else {
            // Only its own part calls it.
            body.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
            return body;
        };
        let table = self.stub_table();
        body.instruction(&Instruction::I32Const(slot as i32))
            .instruction(&Instruction::TableGet(table))
            .instruction(&Instruction::RefIsNull)
            .instruction(&Instruction::If(BlockType::Empty))
            .instruction(&Instruction::I32Const(self.part_of[function as usize] as i32))
            .instruction(&Instruction::Call(self.loader))
            .instruction(&Instruction::End);
        for parameter in 0..self.module.type_of(function).params().len() {
            body.instruction(&Instruction::LocalGet(parameter as u32));
        }
        body.instruction(&Instruction::I32Const(slot as i32))
            .instruction(&Instruction::CallIndirect {
                type_index: self.module.functions[function as usize],
                table_index: table,
            })
            .instruction(&Instruction::End);
        body
    }

    fn other(&self, part: usize) -> Result<Vec<u8>> {
        let module = self.module;
        let own: Vec<u32> =
            module.own_functions().filter(|&function| self.part_of[function as usize] == part).collect();
        let imported = &self.needs[part];
        let indices: BTreeMap<u32, u32> =
            imported.iter().chain(&own).enumerate().map(|(at, &function)| (function, at as u32)).collect();
        let mut part_of_module = OtherPart { indices };

        let mut functions = FunctionSection::new();
        for &function in &own {
            functions.function(module.functions[function as usize]);
        }
        let mut code = CodeSection::new();
        for &function in &own {
            let body = module.body(function).context("a function has no body")?;
            part_of_module.parse_function_body(&mut code, body.clone())?;
        }
        let mut output = wasm_encoder::Module::new();
        output
            .section(&self.types()?)
            .section(&self.imports(imported)?)
            .section(&functions)
            .section(&self.elements(part, &part_of_module)?)
            .section(&code)
            .section(&self.data(part));
        Ok(output.finish())
    }

    /// The part's own data, at the addresses where the first part has none of it.
    fn data(&self, part: usize) -> DataSection {
        let mut section = DataSection::new();
        for range in &self.parts[part - 1].data {
            for &(address, bytes) in &self.module.data {
                let start = range.start.max(address);
                let end = range.end.min(address + bytes.len() as u32);
                if start < end {
                    let bytes = &bytes[(start - address) as usize..(end - address) as usize];
                    section.active(0, &ConstExpr::i32_const(start as i32), bytes.iter().copied());
                }
            }
        }
        section
    }

    /// All types, so that their indices stay.
    fn types(&self) -> Result<TypeSection> {
        let mut types = TypeSection::new();
        for ty in &self.module.types {
            types.ty().func_type(&RoundtripReencoder.func_type(ty.clone())?);
        }
        Ok(types)
    }

    fn imports(&self, functions: &BTreeSet<u32>) -> Result<ImportSection> {
        let module = self.module;
        let mut imports = ImportSection::new();
        let memory = module.memory.context("the module has no memory")?;
        imports.import(FIRST, &name("m", 0), EntityType::Memory(RoundtripReencoder.memory_type(memory)?));
        for (at, &ty) in module.tables.iter().enumerate() {
            imports.import(FIRST, &name("t", at), EntityType::Table(RoundtripReencoder.table_type(ty)?));
        }
        imports.import(FIRST, &name("t", module.tables.len()), EntityType::Table(self.stub_table_type()));
        for (at, &ty) in module.globals.iter().enumerate() {
            imports.import(FIRST, &name("g", at), EntityType::Global(RoundtripReencoder.global_type(ty)?));
        }
        for &function in functions {
            let ty = EntityType::Function(module.functions[function as usize]);
            imports.import(FIRST, &name("f", self.exported[&function]), ty);
        }
        Ok(imports)
    }

    fn stub_table_type(&self) -> TableType {
        let size = self.slots.len() as u64;
        TableType {
            element_type: RefType::FUNCREF,
            minimum: size,
            maximum: Some(size),
            table64: false,
            shared: false,
        }
    }

    /// The part's functions in the table of stubs, and wherever a stub of theirs is in a table.
    fn elements(&self, part: usize, names: &OtherPart) -> Result<ElementSection> {
        let mut elements = ElementSection::new();
        let mut fill = |table: u32, offset: u32, functions: &[u32]| -> Result<()> {
            let functions =
                functions.iter().map(|&function| names.index(function)).collect::<Result<Vec<_>, _>>()?;
            let offset = ConstExpr::i32_const(offset as i32);
            elements.active(Some(table), &offset, Elements::Functions(functions.into()));
            Ok(())
        };
        let slots = self.slots_of[part - 1].clone();
        let in_slots: Vec<u32> = self
            .slots
            .iter()
            .filter(|(_, slot)| slots.contains(slot))
            .map(|(&function, _)| function)
            .collect();
        fill(self.stub_table(), slots.start, &in_slots)?;
        for segment in &self.module.segments {
            let mut at = segment.offset;
            for run in
                segment.functions.chunk_by(|&a, &b| self.part_of[a as usize] == self.part_of[b as usize])
            {
                if self.part_of[run[0] as usize] == part {
                    fill(segment.table, at, run)?;
                }
                at += run.len() as u32;
            }
        }
        Ok(elements)
    }
}

/// Exports of the first part that are for the others. wasm-bindgen gives no export such a name.
fn name(kind: &str, index: usize) -> String {
    format!("{kind}{index}")
}

struct FirstPart<'a> {
    plan: &'a Plan<'a>,
    /// The function whose body comes next.
    next: u32,
}

impl Reencode for FirstPart<'_> {
    type Error = std::convert::Infallible;

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        RoundtripReencoder.parse_table_section(tables, section)?;
        tables.table(self.plan.stub_table_type());
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        RoundtripReencoder.parse_export_section(exports, section)?;
        let module = self.plan.module;
        exports.export(&name("m", 0), ExportKind::Memory, 0);
        for table in 0..=module.tables.len() {
            exports.export(&name("t", table), ExportKind::Table, table as u32);
        }
        for global in 0..module.globals.len() {
            exports.export(&name("g", global), ExportKind::Global, global as u32);
        }
        for (&function, &number) in &self.plan.exported {
            exports.export(&name("f", number), ExportKind::Func, function);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for body in section {
            if self.plan.part_of[self.next as usize] == 0 {
                code.raw(body?.as_bytes());
            } else {
                code.function(&self.plan.stub(self.next));
            }
            self.next += 1;
        }
        Ok(())
    }

    /// The other parts' data is zero here: wasm-opt leaves it out.
    fn parse_data_section(
        &mut self,
        section: &mut DataSection,
        _: DataSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for &(address, bytes) in &self.plan.module.data {
            let mut bytes = bytes.to_vec();
            for range in self.plan.parts.iter().flat_map(|part| &part.data) {
                let place = |at: u32| (at.saturating_sub(address) as usize).min(bytes.len());
                let (start, end) = (place(range.start), place(range.end));
                bytes[start..end].fill(0);
            }
            section.active(0, &ConstExpr::i32_const(address as i32), bytes);
        }
        Ok(())
    }

    /// What the linker and the compiler wrote down is not for visitors.
    fn parse_custom_section(
        &mut self,
        module: &mut wasm_encoder::Module,
        section: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        match section.as_known() {
            KnownCustom::Name(_) | KnownCustom::Linking(_) | KnownCustom::Reloc(_) => Ok(()),
            _ => RoundtripReencoder.parse_custom_section(module, section),
        }
    }
}

/// Function indices of a part after the first, by those of the whole module.
struct OtherPart {
    indices: BTreeMap<u32, u32>,
}

impl OtherPart {
    fn index(&self, function: u32) -> Result<u32> {
        self.indices.get(&function).copied().with_context(|| format!("function {function} is not at hand"))
    }
}

impl Reencode for OtherPart {
    type Error = io::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<io::Error>> {
        self.index(function).map_err(|error| reencode::Error::UserError(io::Error::other(error)))
    }
}
