//! A small module, whole and cut, does the same under Node.

use super::instrument::instrument;
use super::module::Module;
use super::parts::{Part, split};
use crate::order;
use crate::run::{command, read, root};
use std::fs;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction as I, MemArg,
    MemArgTarget, MemorySection, MemoryType, RefType, TableSection, TableType, TypeSection, ValType,
};

const LOAD: u32 = 0;
const LOAD_PART: u32 = 1;
const SQUARE: u32 = 2;
const SUM: u32 = 3;
const BY_TABLE: u32 = 4;
const NOTE: u32 = 5;

/// `sum(n)` adds `square(i)` for i below n; `byTable(slot, n)` calls one of the two through a table; `note(n)`, which `square` calls, counts
/// in a global and writes to memory.
fn sample() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], []);
    types.ty().function([ValType::I64], [ValType::I64]);
    types.ty().function([ValType::I32, ValType::I64], [ValType::I64]);
    let mut imports = ImportSection::new();
    imports.import("host", "load", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    for ty in [0, 1, 1, 2, 1] {
        functions.function(ty);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: 4,
        maximum: None,
        table64: false,
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    globals.global(
        GlobalType { val_type: ValType::I64, mutable: true, shared: false },
        &ConstExpr::i64_const(0),
    );
    let mut exports = ExportSection::new();
    for (name, function) in [("loadPart", LOAD_PART), ("sum", SUM), ("byTable", BY_TABLE), ("square", SQUARE)]
    {
        exports.export(name, ExportKind::Func, function);
    }
    exports.export("noted", ExportKind::Global, 0).export("memory", ExportKind::Memory, 0);
    let mut elements = ElementSection::new();
    elements.active(Some(0), &ConstExpr::i32_const(1), Elements::Functions(vec![SUM, SQUARE, NOTE].into()));

    let mut code = CodeSection::new();
    let mut define = |locals: &[(u32, ValType)], body: &[I<'_>]| {
        let mut function = Function::new(locals.iter().copied());
        for instruction in body {
            function.instruction(instruction);
        }
        code.function(function.instruction(&I::End));
    };
    let address = MemArg { offset: 0, align: 3, target: MemArgTarget::Memory(0), ordering: None };
    define(&[], &[I::LocalGet(0), I::Call(LOAD)]);
    define(&[], &[I::LocalGet(0), I::Call(NOTE), I::LocalGet(0), I::I64Mul]);
    define(
        &[(1, ValType::I64)],
        &[
            I::Block(wasm_encoder::BlockType::Empty),
            I::Loop(wasm_encoder::BlockType::Empty),
            I::LocalGet(0),
            I::I64Eqz,
            I::BrIf(1),
            I::LocalGet(0),
            I::I64Const(1),
            I::I64Sub,
            I::LocalTee(0),
            I::Call(SQUARE),
            I::LocalGet(1),
            I::I64Add,
            I::LocalSet(1),
            I::Br(0),
            I::End,
            I::End,
            I::LocalGet(1),
        ],
    );
    define(&[], &[I::LocalGet(1), I::LocalGet(0), I::CallIndirect { type_index: 1, table_index: 0 }]);
    define(
        &[],
        &[
            I::GlobalGet(0),
            I::I64Const(1),
            I::I64Add,
            I::GlobalSet(0),
            I::I32Const(0),
            I::LocalGet(0),
            I::I64Store(address),
            I::LocalGet(0),
        ],
    );
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(16), *b"firstother");
    let mut module = wasm_encoder::Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
    module.section(&globals).section(&exports).section(&elements).section(&code).section(&data);
    module.finish()
}

/// Runs a script under Node with files in its folder, and returns what it prints.
fn run(name: &str, files: &[Vec<u8>], script: &str) -> String {
    let folder = root().join("target/split/tests").join(name);
    fs::create_dir_all(&folder).unwrap();
    for (at, file) in files.iter().enumerate() {
        fs::write(folder.join(format!("{at}.wasm")), file).unwrap();
    }
    read(command("node").args(["-e", script]).current_dir(folder)).unwrap()
}

/// Instantiates `0.wasm`, and `N.wasm` when part N is asked for; then does something.
const DRIVER: &str = "
    const { readFileSync } = require('node:fs');
    const asked = [];
    const module = (part) => new WebAssembly.Module(readFileSync(part + '.wasm'));
    const load = (part) => { asked.push(part); new WebAssembly.Instance(module(part), { first }); };
    const first = new WebAssembly.Instance(module(0), { host: { load } }).exports;
    const show = () => console.log(String([first.noted.value, new BigInt64Array(first.memory.buffer)[0], 'asked', ...asked]));
";

const CALLS: &str = "
    console.log(String(first.sum(0n)));
    show();
    console.log(String(first.sum(5n)), String(first.byTable(1, 4n)), String(first.byTable(2, 7n)), String(first.byTable(3, 9n)), String(first.square(3n)));
    show();
";

fn part<const N: usize>(functions: [u32; N]) -> Part {
    Part { functions: functions.into(), data: Vec::new() }
}

fn calls(name: &str, parts: &[Part]) -> String {
    let bytes = sample();
    let files = split(&Module::read(&bytes).unwrap(), parts).unwrap();
    assert_eq!(files.len(), parts.len() + 1);
    run(name, &files, &format!("{DRIVER}{CALLS}"))
}

#[test]
fn a_cut_module_does_what_the_whole_one_does() {
    let whole = calls("whole", &[]);
    assert_eq!(whole, "0\n0,0,asked\n30 14 49 9 9\n12,3,asked\n");
    // A part that is called by name, one that is also in the table, and two that call each other.
    for (name, parts) in [
        ("one", vec![part([NOTE])]),
        ("both", vec![part([SQUARE, NOTE])]),
        ("two", vec![part([SQUARE]), part([NOTE])]),
    ] {
        let loaded = (1..=parts.len()).map(|part| format!(",{part}")).collect::<String>();
        assert_eq!(
            calls(name, &parts),
            whole.replace("12,3,asked", &format!("12,3,asked{loaded}")),
            "{name}"
        );
    }
}

#[test]
fn functions_in_another_order_are_the_same_functions() {
    let bytes = sample();
    let files = split(&Module::read(&bytes).unwrap(), &[part([SQUARE, NOTE])]).unwrap();
    let sorted: Vec<_> = files.iter().map(|file| order::sorted(file).unwrap()).collect();
    assert_ne!(sorted, files);
    let print = format!("{DRIVER}{CALLS}");
    assert_eq!(run("sorted", &sorted, &print), run("unsorted", &files, &print));
}

#[test]
fn data_comes_with_its_part() {
    let bytes = sample();
    let part = Part { functions: [NOTE].into(), data: vec![21..23, 23..26] };
    let files = split(&Module::read(&bytes).unwrap(), &[part]).unwrap();
    let text = "const text = () => JSON.stringify(Buffer.from(first.memory.buffer, 16, 10).toString());";
    let script = format!("{DRIVER}{text} console.log(text()); first.square(1n); console.log(text());");
    assert_eq!(
        run("data", &files, &script),
        "\"first\\u0000\\u0000\\u0000\\u0000\\u0000\"\n\"firstother\"\n"
    );
}

#[test]
fn the_loader_is_in_the_first_part() {
    let bytes = sample();
    let error = split(&Module::read(&bytes).unwrap(), &[part([LOAD_PART])]).unwrap_err();
    assert!(error.to_string().contains("loadPart"), "{error}");
}

#[test]
fn an_instrumented_module_knows_what_has_run() {
    let bytes = sample();
    let marked = instrument(&Module::read(&bytes).unwrap()).unwrap();
    let script = format!(
        "{DRIVER} first.byTable(3, 1n); console.log(Object.keys(first).filter((name) => first[name].value === 1).join());"
    );
    assert_eq!(run("instrumented", &[marked], &script), format!("ran:{BY_TABLE},ran:{NOTE}\n"));
}
