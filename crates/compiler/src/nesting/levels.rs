//! The open levels and what they weigh.

use super::{Before, HEAVY, LIMIT, Reader, Refusal, Step};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Block,
    Arrow,
    Object,
    Class,
    Template,
    Brackets,
    Parens(Parens),
    /// From `function` on to the end of the body.
    FunctionHead {
        is_expression: bool,
    },
    ClassHead {
        is_expression: bool,
    },
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parens {
    Plain,
    Header,
    For,
    /// Of the `while` that ends a `do`.
    DoWhile,
}

pub(super) struct Level {
    pub(super) kind: Kind,
    /// What is pending.
    pub(super) weight: u32,
    /// The part of it that belongs to headers of statements.
    pub(super) base: u32,
    /// The base that `else` or the `while` of a `do` goes on with.
    pub(super) suspended: u32,
    /// The highest closed level that the pending may enclose.
    pub(super) below: u32,
    /// The greatest height there was before.
    pub(super) tallest: u32,
    /// `?` that wait for their `:`.
    pub(super) questions: u32,
    /// `do` that wait for their `while`.
    pub(super) dos: u32,
    pub(super) in_case: bool,
    /// Behind the name of a property.
    pub(super) in_value: bool,
    pub(super) in_declaration: bool,
    /// In a declaration, before the `=`.
    pub(super) in_binding: bool,
}

impl Level {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            weight: 0,
            base: 0,
            suspended: 0,
            below: 0,
            tallest: 0,
            questions: 0,
            dos: 0,
            in_case: false,
            in_value: false,
            in_declaration: false,
            in_binding: false,
        }
    }

    pub(super) fn height(&self) -> u32 {
        self.tallest.max(self.weight + self.below)
    }
}

impl Reader<'_> {
    #[inline(never)]
    pub(super) fn add(&mut self, weight: u32) -> Step {
        self.open += weight;
        let level = &mut self.level;
        level.weight += weight;
        let below = level.below;
        if self.open + below > LIMIT { Err(Refusal::TooDeep(self.start)) } else { Ok(()) }
    }

    /// A statement whose part is a statement.
    pub(super) fn add_header(&mut self) -> Step {
        self.level.base += HEAVY;
        self.add(HEAVY)
    }

    pub(super) fn push(&mut self, kind: Kind) -> Step {
        let outer = std::mem::replace(&mut self.level, Level::new(kind));
        self.outer.push(outer);
        self.open += HEAVY;
        self.add(0)
    }

    #[inline(never)]
    pub(super) fn pop(&mut self) -> Kind {
        let Some(outer) = self.outer.pop() else {
            return Kind::Block; // an error: the parser stops here
        };
        let closed = std::mem::replace(&mut self.level, outer);
        self.open -= closed.weight + HEAVY;
        self.level.below = self.level.below.max(closed.height() + HEAVY);
        closed.kind
    }

    /// What comes is a sibling of what was, below that weight.
    #[inline(never)]
    pub(super) fn sibling(&mut self, base: u32) {
        let level = &mut self.level;
        level.tallest = level.height();
        level.below = 0;
        level.questions = 0;
        let weight = std::mem::replace(&mut level.weight, base);
        self.open = self.open - weight + base;
    }

    #[inline(never)]
    pub(super) fn end_statement(&mut self) {
        self.sibling(0);
        let level = &mut self.level;
        if level.base > 0 {
            level.suspended = std::mem::take(&mut level.base);
        }
        level.in_value = false;
        level.in_declaration = false;
        level.in_binding = false;
        self.before = Before::End;
    }

    /// Another part of a statement whose last part has ended.
    pub(super) fn resume_statement(&mut self) {
        let level = &mut self.level;
        level.base = level.base.max(level.suspended);
        let base = level.base;
        self.sibling(base);
    }

    pub(super) fn declare(&mut self) {
        let level = &mut self.level;
        level.in_declaration = true;
        level.in_binding = true;
    }
}
