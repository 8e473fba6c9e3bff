//! The engine's own JavaScript: what a machine begins with, which the build script compiles, and modules, which are text. Most of
//! the former is linked late: all of a file when the first of its functions is called (V8: `Builtins::kCompileLazy`).
//!
//! A machine begins with the outlines that the build script makes. In those a function is empty but for the names of the variables
//! around it that it uses, so that these lie in the same contexts; its code is one [`bc::COMPILE_LAZY`], which goes on to the
//! real one. A function that is needed from the start, by the prelude itself or by nearly every script, says `'eager'` and is whole.

use super::link::Origin;
use super::{Completion, Vm};
use crate::builtins::install::Prelude;
use crate::bytecode::{self as bc, Script};
use crate::compiler::code_cache::deserialize;
use crate::compiler::compile_prelude;

impl Vm {
    /// Links code of our own. Returns the number of its first function.
    ///
    /// # Errors
    /// Out of memory.
    pub(crate) fn link_code(&mut self, file: &str, code: &[u8], origin: Origin) -> Completion<u32> {
        match deserialize(code) {
            Ok(script) => self.link_own(&script, file, origin),
            Err(error) => {
                debug_assert!(false, "{file}: {error}");
                Err(self.type_error(file))
            }
        }
    }

    /// Compiles and links a text of our own. Returns the number of its first function.
    ///
    /// # Errors
    /// Out of memory.
    pub(crate) fn link_text(&mut self, file: &str, text: &str, origin: Origin) -> Completion<u32> {
        match compile_prelude(text) {
            Ok(script) => self.link_own(&script, file, origin),
            Err(error) => {
                debug_assert!(false, "{file}: {error}");
                Err(self.type_error(&error.message))
            }
        }
    }

    fn link_own(&mut self, script: &Script, file: &str, origin: Origin) -> Completion<u32> {
        self.with_old_allocation(|vm| {
            let first = vm.link(script, file, "", origin)?;
            vm.resolve_intrinsic_names(first)?;
            Ok(first)
        })
    }

    /// Links the outline of a file.
    ///
    /// # Errors
    /// Out of memory.
    pub(crate) fn link_outline(&mut self, part: &Prelude, origin: Origin) -> Completion<u32> {
        let first = self.link_code(part.file, part.outline, origin)?;
        if let Some(source) = self.sources.last_mut() {
            source.late = Some(part.late);
        }
        Ok(first)
    }

    /// The first call of a function of which there is only an outline.
    pub(super) fn compile_lazily(&mut self) -> Completion {
        let number = self.info_of(self.roots.pc).map_or(0, |info| info.source);
        let outlined = self.outermost_functions(number);
        let source = &self.sources[number as usize];
        let (file, origin, late) = (source.file.clone(), source.origin, source.late);
        self.link_code(&file, late.map_or(&[], |code| code()), origin)?;
        let compiled = self.outermost_functions(self.sources.len() as u32 - 1);
        debug_assert_eq!(outlined.len(), compiled.len(), "{file} has other functions than its outline");
        for (lazy, entry) in outlined.into_iter().zip(compiled) {
            if self.code[lazy] as u8 == bc::COMPILE_LAZY {
                self.code[lazy + 1] = entry as u32;
            }
        }
        // The instruction is run again, and goes on to the code.
        Ok(())
    }

    /// Where the functions of a source begin that are in no other function but the source's own. What is inside of one is compiled
    /// directly after it.
    fn outermost_functions(&self, source: u32) -> Vec<usize> {
        let mut around = (0, 0);
        let mut entries = Vec::new();
        for info in self.infos.iter().filter(|info| info.source == source).skip(1) {
            if info.span.0 < around.0 || around.1 < info.span.1 {
                around = info.span;
                entries.push(info.entry as usize);
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::bytecode as bc;
    use crate::compiler::code_cache::deserialize;

    #[test]
    fn most_functions_are_linked_late() {
        let mut late = 0;
        for file in fs::read_dir(concat!(env!("OUT_DIR"), "/prelude")).unwrap() {
            let path = file.unwrap().path();
            if path.to_str().unwrap().ends_with(".outline.code") {
                let outline = deserialize(&fs::read(path).unwrap()).unwrap();
                late += outline
                    .functions
                    .iter()
                    .filter(|function| function.code[0] as u8 == bc::COMPILE_LAZY)
                    .count();
            }
        }
        assert!(late > 300, "{late} functions are linked late");
    }
}
