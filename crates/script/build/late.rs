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
    let same_main = whole.functions.first().zip(outline.functions.first()).is_some_and(|(whole, outline)| {
        code(whole) == code(outline)
            && whole.contexts == outline.contexts
            && whole.constants == outline.constants
            && whole.caches == outline.caches
    });
    let mut is_there = vec![0];
    for (&number, &in_outline) in groups.iter().zip(&outlined) {
        let (function, outlined) = (&whole.functions[number], &outline.functions[in_outline]);
        let is_empty = outlined.code[0] as u8 == bc::COMPILE_LAZY;
        if !same_main || !is_same_sort(function, outlined) || !is_empty && code(function) != code(outlined) {
            return Err(format!(
                "{} is another function in the outline",
                String::from_utf16_lossy(&function.name)
            ));
        }
        if !is_empty {
            let (start, end) = function.span;
            let is_inside = |&inner: &usize| {
                let inner = whole.functions[inner].span;
                start <= inner.0 && inner.1 <= end
            };
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
        let is_inside = |&around: &usize| {
            let around = functions[around].span;
            around.0 <= function.span.0 && function.span.1 <= around.1
        };
        if !outermost.last().is_some_and(is_inside) {
            outermost.push(number);
        }
    }
    outermost
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
