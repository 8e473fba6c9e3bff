//! Bytecode as text, for `--print-bytecode` and for tests.

use std::fmt::Write;

use super::{CacheName, Constant, Extension, FunctionCode, OPERATIONS, Script, length};

/// The whole script as text: one line an instruction, with its extension spelled out.
pub fn disassemble(script: &Script) -> String {
    let mut text = String::new();
    for (index, function) in script.functions.iter().enumerate() {
        let name = String::from_utf16_lossy(&function.name);
        let _ = writeln!(
            text,
            "function {index} {} ({} parameters, {} registers)",
            if name.is_empty() { "(anonymous)" } else { &name },
            function.parameters,
            function.registers
        );
        disassemble_function(function, &mut text);
        for handler in &function.handlers {
            let _ = writeln!(text, "  handler {}..{} -> {}", handler.start, handler.end, handler.target);
        }
    }
    text
}

fn disassemble_function(function: &FunctionCode, text: &mut String) {
    let mut pc = 0;
    while pc < function.code.len() {
        let word = function.code[pc];
        let op = word as u8;
        let (name, extension) = OPERATIONS.get(op as usize).copied().unwrap_or(("?", Extension::None));
        let [_, a, b, c] = word.to_le_bytes();
        let _ = write!(text, "  {pc:5}  {name:18} {a:3} {b:3} {c:3}");
        let next = function.code.get(pc + 1).copied().unwrap_or_default();
        match extension {
            Extension::None => {}
            Extension::Jump => {
                let _ = write!(text, "  -> {}", pc as i64 + i64::from(next as i32));
            }
            Extension::Cache => {
                let _ = write!(text, "  {}", cache_name(&function.caches[next as usize]));
            }
            Extension::Constant => {
                let _ = write!(text, "  {}", constant(&function.constants[next as usize]));
            }
            Extension::Function | Extension::Literal | Extension::Number => {
                let _ = write!(text, "  #{next}");
            }
        }
        text.push('\n');
        pc += length(op);
    }
}

fn cache_name(name: &CacheName) -> String {
    match name {
        CacheName::Property(name) => format!(".{}", String::from_utf16_lossy(name)),
        CacheName::Private(name, _) => format!(".#{}", String::from_utf16_lossy(name)),
    }
}

fn constant(value: &Constant) -> String {
    match value {
        Constant::Number(number) => format!("{number}"),
        Constant::String(text) => format!("{:?}", String::from_utf16_lossy(text)),
        Constant::BigInt(digits) => format!("{digits}n"),
        Constant::Immediate(word) => format!("{word:?}"),
        Constant::Elements(values) => {
            format!("[{}]", values.iter().map(constant).collect::<Vec<_>>().join(", "))
        }
        Constant::Count(count) => format!("{count} strings"),
    }
}
