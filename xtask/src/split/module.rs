//! What splitting must know of a WebAssembly module.

use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, GlobalType,
    KnownCustom, MemoryType, Name, NameSectionReader, Operator, Parser, Payload, TableType, TypeRef,
};

/// A module as it was read, with its indices resolved as far as splitting asks for.
#[derive(Default)]
pub struct Module<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// Function types, by type index.
    pub types: Vec<FuncType>,
    /// The type index of each function, by function index: imported ones come first.
    pub functions: Vec<u32>,
    /// How many functions are imported.
    pub imported: usize,
    /// The bodies of the others.
    pub bodies: Vec<FunctionBody<'a>>,
    /// By table index.
    pub tables: Vec<TableType>,
    /// By global index.
    pub globals: Vec<GlobalType>,
    /// The only memory.
    pub memory: Option<MemoryType>,
    /// Exported functions by name.
    pub exported_functions: BTreeMap<&'a str, u32>,
    /// Which functions are in which slots of tables.
    pub segments: Vec<Segment>,
    /// Data with its addresses.
    pub data: Vec<(u32, &'a [u8])>,
    /// Names of functions, if the module has them.
    pub names: BTreeMap<u32, &'a str>,
}

/// Functions that a module puts into a table when it starts.
pub struct Segment {
    pub table: u32,
    pub offset: u32,
    pub functions: Vec<u32>,
}

impl<'a> Module<'a> {
    /// # Errors
    /// When the bytes are no module, or use what a split module cannot have.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut module = Self { bytes, ..Self::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        ensure!(module.bodies.len() + module.imported == module.functions.len(), "a function has no body");
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    self.types.push(ty?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    match import?.ty {
                        TypeRef::Func(ty) => self.functions.push(ty),
                        other => bail!("imports of {other:?} are not known here"),
                    }
                }
                self.imported = self.functions.len();
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.functions.push(ty?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    ensure!(self.memory.replace(memory?).is_none(), "the module has two memories");
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.exported_functions.insert(export.name, export.index);
                    }
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    if let ElementKind::Active { table_index, offset_expr } = element.kind {
                        let ElementItems::Functions(functions) = element.items else {
                            bail!("a table is filled by expressions")
                        };
                        let functions = functions.into_iter().collect::<Result<_, _>>()?;
                        let offset =
                            constant(&offset_expr).context("a table is filled at a computed place")?;
                        self.segments.push(Segment { table: table_index.unwrap_or(0), offset, functions });
                    }
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    let data = data?;
                    let DataKind::Active { offset_expr, .. } = data.kind else {
                        bail!("data without an address")
                    };
                    self.data
                        .push((constant(&offset_expr).context("data at a computed address")?, data.data));
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.names = function_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The body of a function that is not imported.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get((function as usize).checked_sub(self.imported)?)
    }

    /// The type of a function.
    pub fn type_of(&self, function: u32) -> &FuncType {
        &self.types[self.functions[function as usize] as usize]
    }

    /// Functions that are not imported.
    pub fn own_functions(&self) -> std::ops::Range<u32> {
        self.imported as u32..self.functions.len() as u32
    }

    /// The functions that a function names: those that it calls by name, and those whose reference it takes.
    pub fn callees(&self, function: u32) -> Result<Vec<u32>> {
        let mut found = Vec::new();
        let Some(body) = self.body(function) else { return Ok(found) };
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => found.push(function_index),
                _ => {}
            }
        }
        Ok(found)
    }
}

/// The functions that a name section names.
pub fn function_names(section: NameSectionReader<'_>) -> Result<BTreeMap<u32, &str>> {
    let mut names = BTreeMap::new();
    for name in section {
        if let Name::Function(map) = name? {
            for naming in map {
                let naming = naming?;
                names.insert(naming.index, naming.name);
            }
        }
    }
    Ok(names)
}

/// The address that an expression gives, if it is one that needs no computing.
pub fn constant(expression: &ConstExpr<'_>) -> Option<u32> {
    match expression.get_operators_reader().read().ok()? {
        Operator::I32Const { value } => u32::try_from(value).ok(),
        _ => None,
    }
}
