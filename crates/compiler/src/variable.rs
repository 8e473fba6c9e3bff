//! Variables: where they live, and reading and writing them.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};
use oxc_syntax::{
    scope::ScopeId,
    symbol::{SymbolFlags, SymbolId},
};

use super::scopes::MODULE_VARIABLES;
use super::*;
use crate::value;

/// Where a variable lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a register of its own function.
    Register(Reg),
    /// In a slot of a heap context.
    Context { id: u32, slot: u32 },
}

/// A context that code at this point can reach.
#[derive(Clone, Copy, Debug)]
pub struct OpenContext {
    id: u32,
    register: Reg,
}

/// How code reaches a context.
enum Reach {
    Register(Reg),
    Hops(u8),
}

/// What to do about a variable that may not be initialised yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// It is initialised for sure.
    Skip,
    /// Throw a ReferenceError if it is not.
    Initialised,
}

impl Compiler<'_> {
    /// The register that holds the innermost context, for closures and new contexts.
    pub(super) fn current_context(&self) -> Reg {
        if self.contexts.len() > self.frame_ref().outer_contexts {
            self.contexts[self.contexts.len() - 1].register
        } else {
            CALLEE_CONTEXT
        }
    }

    /// Makes a context with room for these variables, all uninitialised, and opens it.
    pub(super) fn open_context(&mut self, names: &[&str], span: Span) -> Result<u32> {
        let parent = self.current_context();
        let register = self.temporary(span)?;
        self.emit().context(names.iter().copied());
        self.op_with(bc::NEW_CONTEXT, register, parent, 0, names.len() as u32);
        let id = self.next_context;
        self.next_context += 1;
        self.contexts.push(OpenContext { id, register });
        Ok(id)
    }

    pub(super) fn close_contexts(&mut self, open: usize) {
        self.contexts.truncate(open);
    }

    /// Declares the variables of a scope: registers for some, one context for those that closures capture.
    pub(super) fn declare_scope(&mut self, scope: ScopeId, span: Span) -> Result<()> {
        let mut symbols: Vec<SymbolId> = self.scoping.iter_bindings_in(scope).collect();
        semispace_sorting::sort_by(&mut symbols, Ord::cmp);
        symbols.retain(|symbol| !self.locations.contains_key(symbol));
        self.declare(&symbols, &[], span)?;
        // As in V8, the variables of a block keep what they had until they are declared again.
        symbols.into_iter().try_for_each(|symbol| self.give_register(symbol))
    }

    /// Gives a variable its register, if it awaits one: the next.
    pub(super) fn give_register(&mut self, symbol: SymbolId) -> Result<()> {
        if self.awaited.remove(&symbol) {
            let register = self.temporary(self.scoping.symbol_span(symbol))?;
            self.settle(symbol, register);
        }
        Ok(())
    }

    /// The register that has just been taken is the variable's.
    pub(super) fn settle(&mut self, symbol: SymbolId, register: Reg) {
        let scoping = self.scoping;
        self.emit().variable(register, scoping.symbol_name(symbol));
        self.locations.insert(symbol, Location::Register(register));
        self.frame().first_temporary = self.mark();
    }

    /// Whether the variable gets its register when its declaration is reached.
    pub(super) fn is_awaited(&self, binding: &BindingIdentifier<'_>) -> Option<SymbolId> {
        binding.symbol_id.get().filter(|symbol| self.awaited.contains(symbol))
    }

    /// Declares variables. Slots of the names in `extra` are added to the context for the caller's own use: the answer is
    /// the first. A register for what `let` or `const` declares is awaited until that is reached, if nobody looks early: what
    /// was left in it would stay alive until then.
    pub(super) fn declare(
        &mut self,
        symbols: &[SymbolId],
        extra: &[&str],
        span: Span,
    ) -> Result<Option<Location>> {
        let room = LAST_VARIABLE_REGISTER.saturating_sub(self.mark()) as usize;
        let mut in_registers = 0;
        let (mut plain, mut captured) = (Vec::new(), Vec::new());
        for &symbol in symbols {
            if self.facts.is_captured(symbol) || in_registers == room {
                captured.push(symbol);
            } else {
                in_registers += 1;
                plain.push(symbol);
            }
        }
        let mut first_extra = None;
        let scoping = self.scoping;
        let mut names: Vec<&str> = captured.iter().map(|&symbol| scoping.symbol_name(symbol)).collect();
        names.extend(extra);
        if !names.is_empty() {
            let id = self.open_context(&names, span)?;
            for (slot, &symbol) in captured.iter().enumerate() {
                self.locations.insert(symbol, Location::Context { id, slot: slot as u32 });
            }
            first_extra = Some(Location::Context { id, slot: captured.len() as u32 });
        }
        for symbol in plain {
            if self.can_wait(symbol) {
                self.awaited.insert(symbol);
                continue;
            }
            let register = self.temporary(span)?;
            self.settle(symbol, register);
        }
        self.frame().first_temporary = self.mark();
        for &symbol in symbols {
            self.initialise_declared(symbol)?;
        }
        Ok(first_extra)
    }

    fn can_wait(&self, symbol: SymbolId) -> bool {
        let flags = self.scoping.symbol_flags(symbol);
        let others = SymbolFlags::Class | SymbolFlags::Function | SymbolFlags::CatchVariable;
        flags.contains(SymbolFlags::BlockScopedVariable)
            && !flags.intersects(others)
            && !self.facts.may_be_early(symbol)
    }

    /// `var` begins as undefined; `let` in a register needs its mark only if somebody may look early.
    fn initialise_declared(&mut self, symbol: SymbolId) -> Result<()> {
        let Some(&location) = self.locations.get(&symbol) else { return Ok(()) };
        let initial = if self.is_lexical(symbol) {
            let needed = matches!(location, Location::Register(_)) && self.facts.may_be_early(symbol);
            needed.then_some(value::UNINITIALISED)
        } else {
            Some(value::UNDEFINED)
        };
        let Some(initial) = initial else { return Ok(()) };
        match location {
            Location::Register(register) => self.load_immediate(register, initial),
            Location::Context { .. } => {
                let span = self.scoping.symbol_span(symbol);
                let mark = self.mark();
                let temporary = self.temporary(span)?;
                self.load_immediate(temporary, initial);
                self.store_location(location, temporary);
                self.release(mark);
            }
        }
        Ok(())
    }

    /// `let`, `const` and classes: uninitialised until their declaration runs.
    pub(super) fn is_lexical(&self, symbol: SymbolId) -> bool {
        if self.facts.is_early_parameter(symbol) {
            return true;
        }
        let flags = self.scoping.symbol_flags(symbol);
        flags.intersects(SymbolFlags::BlockScopedVariable | SymbolFlags::Class)
            && !flags.intersects(
                SymbolFlags::Function | SymbolFlags::CatchVariable | SymbolFlags::FunctionScopedVariable,
            )
    }

    /// The register of a context of this function.
    pub(super) fn context_register(&self, id: u32) -> Option<Reg> {
        match self.reach(id) {
            Reach::Register(register) => Some(register),
            Reach::Hops(_) => None,
        }
    }

    fn reach(&self, id: u32) -> Reach {
        let position = self.contexts.iter().rposition(|context| context.id == id).unwrap_or(0);
        let outer = self.frame_ref().outer_contexts;
        if position >= outer {
            Reach::Register(self.contexts[position].register)
        } else {
            Reach::Hops((outer - 1 - position).min(255) as u8)
        }
    }

    pub(super) fn load_location(
        &mut self,
        into: Reg,
        location: Location,
        check: Check,
        named: &str,
    ) -> Result<()> {
        match location {
            Location::Register(register) => {
                if check == Check::Initialised {
                    self.check_initialised(register, named);
                }
                self.copy(into, register);
            }
            Location::Context { id, slot } => {
                match self.reach(id) {
                    Reach::Register(register) if slot < 256 => {
                        self.op(bc::GET_CONTEXT, into, register, slot as u8)
                    }
                    Reach::Hops(hops) if slot < 256 && check == Check::Initialised => {
                        let constant = self.string_constant(name(named));
                        self.op_with(bc::GET_OUTER_CHECKED, into, hops, slot as u8, constant);
                        return Ok(());
                    }
                    Reach::Hops(hops) if slot < 256 => self.op(bc::GET_OUTER, into, hops, slot as u8),
                    Reach::Register(register) => self.op_with(bc::GET_CONTEXT_WIDE, into, register, 0, slot),
                    Reach::Hops(hops) => self.op_with(bc::GET_OUTER_WIDE, into, hops, 0, slot),
                }
                if check == Check::Initialised {
                    self.check_initialised(into, named);
                }
            }
        }
        Ok(())
    }

    fn check_initialised(&mut self, register: Reg, named: &str) {
        let constant = self.string_constant(name(named));
        self.op_with(bc::CHECK_INITIALISED, register, 0, 0, constant);
    }

    pub(super) fn store_location(&mut self, location: Location, from: Reg) {
        match location {
            Location::Register(register) => self.copy(register, from),
            Location::Context { id, slot } => match self.reach(id) {
                Reach::Register(register) if slot < 256 => {
                    self.op(bc::SET_CONTEXT, register, slot as u8, from)
                }
                Reach::Hops(hops) if slot < 256 => self.op(bc::SET_OUTER, from, hops, slot as u8),
                Reach::Register(register) => self.op_with(bc::SET_CONTEXT_WIDE, register, from, 0, slot),
                Reach::Hops(hops) => self.op_with(bc::SET_OUTER_WIDE, from, hops, 0, slot),
            },
        }
    }

    /// The variable that an identifier means; `None` is a global.
    pub(super) fn resolve(
        &self,
        identifier: &IdentifierReference<'_>,
    ) -> Option<(Location, Option<SymbolId>)> {
        let symbol = self.facts.symbol_of(identifier, self.scoping);
        match symbol {
            Some(symbol) => self.locations.get(&symbol).map(|&location| (location, Some(symbol))),
            None if identifier.name == "arguments" => {
                self.arguments_location().map(|location| (location, None))
            }
            None => {
                let variable = MODULE_VARIABLES.into_iter().find(|name| identifier.name == *name)?;
                self.module_locations.get(variable).map(|&location| (location, None))
            }
        }
    }

    fn arguments_location(&self) -> Option<Location> {
        self.this_frame().arguments_location
    }

    /// The nearest function that has a `this` of its own.
    pub(super) fn this_frame(&self) -> &Frame {
        let own = self.frames.iter().rev().find(|frame| frame.kind != bc::FunctionKind::Arrow);
        own.unwrap_or(&self.frames[0])
    }

    fn check_for(&self, symbol: Option<SymbolId>, location: Location) -> Check {
        let Some(symbol) = symbol else { return Check::Skip };
        if !self.is_lexical(symbol) {
            return Check::Skip;
        }
        let elsewhere = match location {
            Location::Register(_) => false,
            Location::Context { id, .. } => matches!(self.reach(id), Reach::Hops(_)),
        };
        if elsewhere || self.facts.may_be_early(symbol) { Check::Initialised } else { Check::Skip }
    }

    /// The value of a variable, in `into`.
    pub(super) fn load_variable(&mut self, into: Reg, identifier: &IdentifierReference<'_>) -> Result<()> {
        self.at(identifier.span);
        match self.resolve(identifier) {
            Some((location, symbol)) => {
                let check = self.check_for(symbol, location);
                self.load_location(into, location, check, &identifier.name)
            }
            None if self.is_not_yet_declared(identifier) => {
                self.load_immediate(into, value::UNINITIALISED);
                self.check_initialised(into, &identifier.name);
                Ok(())
            }
            None if identifier.name == "undefined" => {
                self.load_undefined(into);
                Ok(())
            }
            None => {
                self.op_named(bc::GET_GLOBAL, into, 0, 0, name(&identifier.name));
                Ok(())
            }
        }
    }

    /// A variable whose scope has not begun: in the head of its own loop, as in `for (const x of [x])`.
    pub(super) fn is_not_yet_declared(&self, identifier: &IdentifierReference<'_>) -> bool {
        let symbol = self.facts.symbol_of(identifier, self.scoping);
        symbol.is_some_and(|symbol| self.is_lexical(symbol) && !self.locations.contains_key(&symbol))
    }

    /// The register of a variable that lives in one and needs no check: reading it costs nothing.
    pub(super) fn variable_register(&self, identifier: &IdentifierReference<'_>) -> Option<Reg> {
        let (location, symbol) = self.resolve(identifier)?;
        match location {
            Location::Register(register) if self.check_for(symbol, location) == Check::Skip => Some(register),
            _ => None,
        }
    }

    /// Whether a variable is there from the start and nothing assigns to it.
    pub(super) fn is_always_the_same(&self, identifier: &IdentifierReference<'_>) -> bool {
        let Some((location, symbol)) = self.resolve(identifier) else { return false };
        let is_written = match symbol {
            Some(symbol) => self.scoping.symbol_is_mutated(symbol),
            None => {
                let references = self.scoping.root_unresolved_references().get(identifier.name.as_str());
                references.into_iter().flatten().any(|&id| self.scoping.get_reference(id).is_write())
            }
        };
        !is_written && self.check_for(symbol, location) == Check::Skip
    }

    /// An assignment to a variable.
    pub(super) fn store_variable(&mut self, identifier: &IdentifierReference<'_>, from: Reg) -> Result<()> {
        self.store_variable_at(identifier.span, identifier, from)
    }

    /// The same, with the place where it counts as done.
    pub(super) fn store_variable_at(
        &mut self,
        at: Span,
        identifier: &IdentifierReference<'_>,
        from: Reg,
    ) -> Result<()> {
        self.at(at);
        let Some((location, symbol)) = self.resolve(identifier) else {
            let strict = u8::from(self.frame_ref().flags.strict);
            self.op_named(bc::SET_GLOBAL, from, strict, 0, name(&identifier.name));
            return Ok(());
        };
        if self.check_for(symbol, location) == Check::Initialised {
            let mark = self.mark();
            let probe = self.temporary(identifier.span)?;
            self.load_location(probe, location, Check::Initialised, &identifier.name)?;
            self.release(mark);
        }
        self.store_checked(location, symbol, from);
        Ok(())
    }

    /// An assignment to a variable that has just been read: once initialised, it stays so.
    pub(super) fn store_back(&mut self, identifier: &IdentifierReference<'_>, from: Reg) -> Result<()> {
        match self.resolve(identifier) {
            Some((location, symbol)) => {
                self.at(identifier.span);
                self.store_checked(location, symbol, from);
                Ok(())
            }
            None => self.store_variable(identifier, from),
        }
    }

    fn store_checked(&mut self, location: Location, symbol: Option<SymbolId>, from: Reg) {
        if let Some(symbol) = symbol {
            let flags = self.scoping.symbol_flags(symbol);
            if flags.intersects(SymbolFlags::ConstVariable) || self.open_classes.contains(&symbol) {
                self.op(bc::THROW_CONST_ASSIGN, 0, 0, 0);
                return;
            }
            if flags.contains(SymbolFlags::FunctionExpression) {
                // The name of a function expression cannot be changed: silently so in sloppy code.
                if self.frame_ref().flags.strict {
                    self.op(bc::THROW_CONST_ASSIGN, 0, 0, 0);
                }
                return;
            }
        }
        self.store_location(location, from);
    }

    /// The first value of a declared variable: no checks.
    pub(super) fn initialise(&mut self, binding: &BindingIdentifier<'_>, from: Reg) {
        self.at(binding.span());
        if let Some(symbol) = binding.symbol_id.get() {
            self.initialise_symbol(symbol, &binding.name, from);
        }
    }

    /// The same for a variable of which only the symbol is known.
    pub(super) fn initialise_symbol(&mut self, symbol: SymbolId, text: &str, from: Reg) {
        match self.locations.get(&symbol).copied() {
            Some(location) => self.store_location(location, from),
            None if self.is_global(symbol) => {
                let strict = u8::from(self.frame_ref().flags.strict);
                self.op_named(bc::SET_GLOBAL, from, strict, 0, name(text));
            }
            None => {}
        }
    }

    /// The register in which a declared variable lives, if it does.
    pub(super) fn binding_register(&self, binding: &BindingIdentifier<'_>) -> Option<Reg> {
        match self.locations.get(&binding.symbol_id.get()?)? {
            Location::Register(register) => Some(*register),
            Location::Context { .. } => None,
        }
    }
}
