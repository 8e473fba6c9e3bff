//! Stepping from statement to statement: breakpoints written over the code for the length of one step, so that the hot
//! loop needs no second version of itself.

use super::call::Link;
use super::{Exit, Vm};
use crate::bytecode as bc;
use crate::diagnostic::Place;

impl Vm {
    /// Runs to the beginning of the next statement, or until about `budget` instructions have been run.
    pub fn step_statement(&mut self, budget: u64) -> Exit {
        let busy = self.active_instructions();
        let places: Vec<usize> =
            self.statements.iter().map(|&pc| pc as usize).filter(|pc| !busy.contains(pc)).collect();
        let saved: Vec<u32> = places.iter().map(|&pc| self.code[pc]).collect();
        for &pc in &places {
            self.code[pc] = self.code[pc] & !0xFF | u32::from(bc::BREAK);
        }
        let exit = self.run(budget);
        for (pc, word) in places.into_iter().zip(saved) {
            self.code[pc] = word;
        }
        exit
    }

    /// Runs about `budget` instructions, but stops where a statement begins on one of these lines (from 1) of the user's own
    /// code. True if that is why it stopped.
    pub fn run_to_lines(&mut self, lines: &[u32], budget: u64) -> (Exit, bool) {
        if lines.is_empty() {
            return (self.run(budget), false);
        }
        let here = self.roots.pc;
        let places = self.statements_on(lines);
        let saved: Vec<u32> = places.iter().map(|&pc| self.code[pc]).collect();
        for &pc in places.iter().filter(|&&pc| pc != here) {
            self.code[pc] = self.code[pc] & !0xFF | u32::from(bc::BREAK);
        }
        let exit = self.run(budget);
        for (&pc, &word) in places.iter().zip(&saved) {
            self.code[pc] = word;
        }
        let is_there = exit == Exit::Paused && self.roots.pc != here && places.contains(&self.roots.pc);
        (exit, is_there)
    }

    /// The first statement of each of these lines in each function of the user's own code.
    fn statements_on(&self, lines: &[u32]) -> Vec<usize> {
        let mut last = None;
        let mut places = Vec::new();
        for &pc in &self.statements {
            let is_own = self.source_of(pc as usize).is_some_and(|source| source.visible);
            let Some((_, place)) = self.place(pc as usize).filter(|_| is_own) else { continue };
            if lines.contains(&place.line) && last != Some(place.line) {
                places.push(pc as usize);
            }
            last = Some(place.line);
        }
        places
    }

    /// The current instruction, and the calls that wait for their results.
    fn active_instructions(&self) -> Vec<usize> {
        let (mut base, mut active) = (self.roots.base, vec![self.roots.pc]);
        loop {
            let link = Link::from_word(self.roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 || base < link.distance() || link.distance() == 0 {
                return active;
            }
            active.push(link.pc());
            base -= link.distance();
        }
    }

    /// Where the run stands in the user's own code.
    pub fn position(&self) -> Option<Place> {
        let (line, column, _) = self.visible_place()?;
        Some(Place { line, column })
    }
}
