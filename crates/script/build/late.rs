//! What of a file is linked late: the functions that are empty in its outline, and what is in them.

use semispace_compiler::bytecode::{self as bc, Extension, FunctionCode, OPERATIONS, Script};

/// The file without what its outline has. Each function keeps its number.
///
/// # Errors
/// The outline is not one of this file.
pub fn late(mut whole: Script, outline: &Script) -> Result<Script, String> {
    let (groups, outlined) = (outermost(&whole.functions), outermost(&outline.functions));
    if groups.len() != outlined.len() {
        return Err(format!("{} functions, {} in the outline", groups.len(), outlined.len()));
    }
    if !is_same(&whole.functions[0], &outline.functions[0]) {
        return Err("the outline does something else".to_owned());
    }
    let mut is_there = vec![0];
    for (&number, &in_outline) in groups.iter().zip(&outlined) {
        let (function, outlined) = (&whole.functions[number], &outline.functions[in_outline]);
        let is_empty = outlined.code[0] as u8 == bc::COMPILE_LAZY;
        if !is_same_sort(function, outlined) || !is_empty && code(function) != code(outlined) {
            let name = String::from_utf16_lossy(&function.name);
            return Err(format!("{name} is another function in the outline"));
        }
        if !is_empty {
            let is_inside = |&inner: &usize| function.contains(&whole.functions[inner]);
            is_there.extend((number..whole.functions.len()).take_while(is_inside));
        }
    }
    for number in is_there {
        let function = &mut whole.functions[number];
        *function = FunctionCode { span: function.span, ..FunctionCode::default() };
    }
    Ok(whole)
}

/// The functions that are in no other but the file itself. What is inside of one is compiled directly after it.
fn outermost(functions: &[FunctionCode]) -> Vec<usize> {
    let mut outermost: Vec<usize> = Vec::new();
    for (number, function) in functions.iter().enumerate().skip(1) {
        if !outermost.last().is_some_and(|&around| functions[around].contains(function)) {
            outermost.push(number);
        }
    }
    outermost
}

/// The same code with the same constants, names and contexts.
fn is_same(one: &FunctionCode, other: &FunctionCode) -> bool {
    code(one) == code(other)
        && one.contexts == other.contexts
        && one.constants == other.constants
        && one.caches == other.caches
}

fn is_same_sort(one: &FunctionCode, other: &FunctionCode) -> bool {
    let sort =
        |function: &FunctionCode| (function.kind, function.flags, function.parameters, function.length);
    one.name == other.name && sort(one) == sort(other) && one.expected_properties == other.expected_properties
}

/// The code without the numbers of functions.
fn code(function: &FunctionCode) -> Vec<u32> {
    let mut code = function.code.clone();
    let mut pc = 0;
    while pc < code.len() {
        let op = code[pc] as u8;
        if OPERATIONS[usize::from(op)].1 == Extension::Function {
            code[pc + 1] = 0;
        }
        pc += bc::length(op);
    }
    code
}
