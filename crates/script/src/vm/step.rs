//! Stepping from statement to statement: breakpoints written over the code for the length of one step, so that the hot
//! loop needs no second version of itself.

use super::call::Link;
use super::{Exit, Vm};
use crate::bytecode as bc;
use crate::diagnostic::Place;

impl Vm {
    /// Does a statement begin here on one of these lines, or on the next line on which one does?
    #[must_use]
    pub fn stands_on(&self, lines: &[u32]) -> bool {
        self.statements_on(lines).contains(&self.roots.pc)
    }

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

    /// Runs about `budget` instructions, but stops where a statement begins on one of these lines (from 1) of the script
    /// that was loaded, not of what it requires, or on the next line on which one does. True if that is why it stopped.
    pub fn run_to_lines(&mut self, lines: &[u32], budget: u64) -> (Exit, bool) {
        if lines.is_empty() {
            return (self.run(budget), false);
        }
        let here = self.roots.pc;
        let mut places = self.statements_on(lines);
        if let Some(at) = places.iter().position(|&pc| pc == here) {
            // Off the statement where it stands first: the way back to it passes a call or a backward jump, and this
            // portion ends there.
            let place = places.swap_remove(at);
            let (exit, is_there) = self.run_to(&places, 1);
            if is_there || exit != Exit::Paused {
                return (exit, is_there);
            }
            places.push(place);
        }
        self.run_to(&places, budget)
    }

    /// Runs about `budget` instructions, but stops at one of these. True if that is why it stopped.
    fn run_to(&mut self, places: &[usize], budget: u64) -> (Exit, bool) {
        let saved: Vec<u32> = places.iter().map(|&pc| self.code[pc]).collect();
        for &pc in places {
            self.code[pc] = self.code[pc] & !0xFF | u32::from(bc::BREAK);
        }
        let exit = self.run(budget);
        for (&pc, &word) in places.iter().zip(&saved) {
            self.code[pc] = word;
        }
        let is_there = exit == Exit::Paused && places.contains(&self.roots.pc);
        (exit, is_there)
    }

    /// The first statement of each of these lines in each function of the script. A line on which none begins stands for the
    /// next one on which one does, as in debuggers.
    fn statements_on(&self, lines: &[u32]) -> Vec<usize> {
        let script = self.sources.iter().find(|source| source.is_visible()).map(|source| source.start);
        let own: Vec<(usize, u32)> = self
            .statements
            .iter()
            .map(|&pc| pc as usize)
            .filter(|&pc| self.source_of(pc).is_some_and(|source| Some(source.start) == script))
            .filter_map(|pc| Some((pc, self.place(pc)?.1.line)))
            .collect();
        let next = |line: u32| own.iter().map(|&(_, begun)| begun).filter(|&begun| begun >= line).min();
        let lines: Vec<u32> = lines.iter().filter_map(|&line| next(line)).collect();
        let mut last = None;
        let mut places = Vec::new();
        for (pc, line) in own {
            if lines.contains(&line) && last != Some(line) {
                places.push(pc);
            }
            last = Some(line);
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

    /// The file, as stacks name it, in which the run stands in the user's own code.
    pub fn position_file(&self) -> Option<std::rc::Rc<str>> {
        Some(self.place(self.visible_instruction()?)?.0)
    }

    /// Where the run stands in the user's own code.
    pub fn position(&self) -> Option<Place> {
        let (line, column, _) = self.visible_place()?;
        Some(Place { line, column })
    }
}
