//! Writing instructions: words, jumps and their labels, and the side tables.

use super::Reg;
use crate::bytecode::{
    self as bc, CacheName, Constant, FunctionCode, Handler, LIVE_ARGUMENTS, Name, RegisterVariable, encode,
};
use rustc_hash::FxHashMap;

/// A place in the code that jumps can name before it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(u32);

/// One function's code while it is made.
#[derive(Default)]
pub struct Emitter {
    /// The function so far.
    pub function: FunctionCode,
    labels: Vec<Option<u32>>,
    patches: Vec<(u32, Label)>,
    strings: FxHashMap<Name, u32>,
    /// Variables whose registers are still theirs: places in the function's table.
    open_variables: Vec<usize>,
}

impl Emitter {
    /// Words written so far: where the next instruction begins.
    pub fn here(&self) -> u32 {
        self.function.code.len() as u32
    }

    /// An instruction of one word; `height` is the number of registers in use.
    pub fn op(&mut self, op: u8, a: Reg, b: u8, c: u8, height: u8) {
        // These come first in a function, and are to find what it was called with.
        let takes_arguments = matches!(op, bc::ARGUMENTS | bc::REST | bc::COMPILE_LAZY);
        if matches!(op, bc::YIELD | bc::GENERATOR | bc::ASYNC_START) {
            let saved = u16::from(height.saturating_sub(super::FIRST_PARAMETER));
            self.function.saved = self.function.saved.max(saved);
        }
        let height = u16::from(height) | if takes_arguments { LIVE_ARGUMENTS } else { 0 };
        let heights = &mut self.function.heights;
        if heights.last().is_none_or(|&(_, last)| last != height) {
            heights.push((self.function.code.len() as u32, height));
        }
        self.function.code.push(encode(op, a, b, c));
    }

    /// The extension word of the instruction just written.
    pub fn extension(&mut self, word: u32) {
        self.function.code.push(word);
    }

    /// The extension word of a jump to `label`.
    pub fn jump_extension(&mut self, label: Label) {
        let word = self.here();
        self.function.code.push(0);
        self.patches.push((word, label));
    }

    /// The source offset of the next instruction.
    pub fn position(&mut self, offset: u32) {
        let here = self.here();
        let positions = &mut self.function.positions;
        match positions.last_mut() {
            Some(last) if last.0 == here => last.1 = offset,
            Some(last) if last.1 == offset => {}
            _ => positions.push((here, offset)),
        }
    }

    /// The next instruction calls this expression.
    pub fn callee(&mut self, text: String) {
        let here = self.here();
        self.function.callees.push((here, text.into()));
    }

    /// A line step may stop at the next instruction.
    pub fn statement(&mut self) {
        let here = self.here();
        if self.function.statements.last() != Some(&here) {
            self.function.statements.push(here);
        }
    }

    /// From here on the register holds a variable.
    pub fn variable(&mut self, register: Reg, name: &str) {
        let start = self.here();
        self.open_variables.push(self.function.variables.len());
        let variable = RegisterVariable { name: name.into(), register, start, end: u32::MAX };
        self.function.variables.push(variable);
    }

    /// The registers from `mark` on are given back: what lived there ends here.
    pub fn end_variables(&mut self, mark: Reg) {
        let end = self.here();
        while let Some(&last) = self.open_variables.last()
            && self.function.variables[last].register >= mark
        {
            self.function.variables[last].end = end;
            self.open_variables.pop();
        }
    }

    /// The next instruction makes a context with these variables.
    pub fn context<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        let here = self.here();
        self.function.contexts.push((here, names.map(Into::into).collect()));
    }

    /// A label whose place is not known yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// The next instruction is where `label` is.
    pub fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.here());
    }

    /// Exceptions of `start..end` go to the next instruction.
    pub fn handler(&mut self, start: u32, end: u32) {
        let target = self.here();
        if start < end {
            self.function.handlers.push(Handler { start, end, target });
        }
    }

    /// Index of a constant, made once for each different string.
    pub fn constant(&mut self, constant: Constant) -> u32 {
        let next = self.function.constants.len() as u32;
        if let Constant::String(text) = &constant {
            if let Some(&index) = self.strings.get(text) {
                return index;
            }
            self.strings.insert(text.clone(), next);
        }
        self.function.constants.push(constant);
        next
    }

    /// Index of a new inline cache.
    pub fn cache(&mut self, name: CacheName) -> u32 {
        self.function.caches.push(name);
        self.function.caches.len() as u32 - 1
    }

    /// Fills in the jumps.
    pub fn finish(mut self) -> FunctionCode {
        for (word, label) in self.patches {
            let target = self.labels[label.0 as usize].unwrap_or(word);
            // The offset counts from the jump's first word, one before its extension.
            self.function.code[word as usize] = target.wrapping_sub(word - 1);
        }
        self.function
    }
}
