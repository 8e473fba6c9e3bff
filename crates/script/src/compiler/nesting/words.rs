//! Names and keywords.

use super::levels::{Kind, Level, Parens};
use super::text::{is_keyword, unescape};
use super::{Before, HEAVY, LIGHT, Reader, Step};

impl Reader<'_> {
    pub(super) fn word(&mut self) -> Step {
        let is_escaped = self.skip_word();
        let source = self.source;
        let text = &source[self.start..self.at];
        let unescaped;
        let text = if is_escaped {
            unescaped = unescape(text);
            if is_keyword(&unescaped) {
                self.doubt();
            }
            unescaped.as_str()
        } else {
            text
        };
        if self.before == Before::Dot || !is_keyword(text) {
            return self.name();
        }
        let Level { kind, in_value, .. } = *self.level();
        let is_name = match kind {
            Kind::Object => !in_value,
            Kind::Class => !in_value || (self.can_insert_semicolon() && !matches!(text, "in" | "instanceof")),
            _ => false,
        };
        if is_name {
            return self.name();
        }
        self.keyword(text)
    }

    fn name(&mut self) -> Step {
        match self.before {
            Before::Jump if !self.newline => return Ok(()), // a label
            Before::Dot => {}
            Before::Let => self.declare(),
            _ => self.insert_semicolon(),
        }
        self.before = Before::Operand;
        Ok(())
    }

    fn keyword(&mut self, text: &str) -> Step {
        if self.before == Before::Let && !matches!(text, "in" | "instanceof") {
            self.declare();
        }
        match text {
            "in" | "instanceof" => return self.operator(LIGHT),
            "of" => {
                let is_operator = self.level().kind == Kind::Parens(Parens::For)
                    && matches!(self.before, Before::Operand | Before::Async { .. });
                return if is_operator { self.operator(LIGHT) } else { self.name() };
            }
            "else" => {
                self.resume_statement();
                self.before = Before::Start;
                return Ok(());
            }
            "catch" | "finally" => {
                self.resume_statement();
                self.before = if text == "catch" { Before::Header(Parens::Header) } else { Before::Start };
                return Ok(());
            }
            "while" if self.level().dos > 0 && !matches!(self.before, Before::Start | Before::Operator) => {
                self.resume_statement();
                self.level().dos -= 1;
                self.before = Before::Header(Parens::DoWhile);
                return Ok(());
            }
            "await" if matches!(self.before, Before::Header(_)) => return Ok(()),
            "extends" => {
                self.before = Before::Operator;
                return Ok(());
            }
            _ => self.insert_semicolon(),
        }
        match text {
            "if" | "while" | "with" | "for" => {
                self.add_header()?;
                let parens = if text == "for" { Parens::For } else { Parens::Header };
                self.before = Before::Header(parens);
            }
            "switch" => self.before = Before::Header(Parens::Header),
            "do" => {
                self.add_header()?;
                self.level().dos += 1;
                self.before = Before::Start;
            }
            "try" => self.before = Before::Start,
            "case" | "default" => {
                self.end_statement();
                self.level().in_case = true;
                self.before = Before::Operator;
            }
            "function" | "class" => {
                let is_statement =
                    self.is_statement_start() || self.before == Before::Async { is_start: true };
                let is_expression = !is_statement;
                self.push(match text {
                    "class" => Kind::ClassHead { is_expression },
                    _ => Kind::FunctionHead { is_expression },
                })?;
                // The name, if there is one.
                self.before = Before::Let;
            }
            "typeof" | "void" | "delete" | "new" => return self.operator(HEAVY),
            "await" | "yield" => {
                self.add(HEAVY)?;
                self.before = if text == "await" { Before::Await } else { Before::Yield };
            }
            "return" | "throw" => self.before = Before::Return,
            "break" | "continue" | "debugger" => self.before = Before::Jump,
            "var" | "const" => {
                self.declare();
                self.before = Before::Operator;
            }
            "let" | "using" => self.before = Before::Let,
            "async" => self.before = Before::Async { is_start: self.is_statement_start() },
            "export" => {
                self.doubt();
                self.before = Before::Operator;
            }
            _ => {
                // `import`: a call, a property of it or a declaration
                let after = self.rest().iter().find(|byte| !byte.is_ascii_whitespace());
                if !matches!(after, Some(b'(' | b'.')) {
                    self.doubt();
                }
                self.before = Before::Operand;
            }
        }
        Ok(())
    }
}
