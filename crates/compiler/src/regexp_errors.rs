//! What is wrong with a regular expression, in V8's words.

use regress::Error;

/// Why the source of a literal is no pattern, if it is none: an early error (ECMA-262 13.2.7.1).
pub(crate) fn refuse_literal(source: &str, flags: &str) -> Result<(), String> {
    match regress::backends::try_parse(source.chars().map(u32::from), regress::Flags::from(flags)) {
        Ok(_) => Ok(()),
        Err(error) => Err(complaint(source, flags, &error)),
    }
}

/// What is wrong with a pattern, in V8's words where they are known (`src/regexp/regexp-error.h`).
pub fn complaint(source: &str, flags: &str, error: &Error) -> String {
    let reason = match &*error.text {
        "Unbalanced bracket" => "Unterminated character class",
        "Unbalanced parenthesis" if closes_too_much(source) => "Unmatched ')'",
        "Unbalanced parenthesis" => "Unterminated group",
        "Invalid token at named capture group identifier" => "Invalid capture group name",
        "Invalid atom character" if flags.contains(['u', 'v']) && has_lone_bracket(source) => {
            "Lone quantifier brackets"
        }
        "Invalid atom character" | "Invalid braced quantifier" => "Nothing to repeat",
        "Invalid quantifier" if flags.contains('u') && !source.contains('}') => "Incomplete quantifier",
        "Invalid quantifier" => "numbers out of order in {} quantifier",
        "Invalid unicode escape" => "Invalid Unicode escape",
        "Invalid character escape" if source.contains("\\c") => "Invalid Unicode escape",
        "Invalid character escape" => "Invalid escape",
        "Invalid character range" => "Invalid character class",
        "Incomplete escape" => "\\ at end of pattern",
        "Quantifier not allowed here" if !source.contains(')') => "Nothing to repeat",
        "Quantifier not allowed here" => "Invalid quantifier",
        "Invalid group modifier" => "Invalid group",
        "Unbalanced class set bracket" => "Unterminated character class",
        text if text.starts_with("Unexpected character in class set") => {
            "Invalid character in character class"
        }
        "Invalid named backreference syntax" if source.contains("\\k<") => "Invalid capture group name",
        "Invalid named backreference syntax" => "Invalid named reference",
        text if text.starts_with("Range values reversed") => "Range out of order in character class",
        text if text.starts_with("Backreference to invalid named") => "Invalid named capture referenced",
        text => text,
    };
    format!("Invalid regular expression: /{source}/{flags}: {reason}")
}

/// Whether some closing bracket or brace has no opening one.
fn has_lone_bracket(source: &str) -> bool {
    let (mut brace, mut class, mut escaped) = (false, false, false);
    for c in source.chars() {
        match c {
            _ if escaped => {}
            ']' | '}' if !class && (c == ']' || !brace) => return true,
            '[' => class = true,
            ']' => class = false,
            '{' => brace = true,
            '}' => brace = false,
            _ => {}
        }
        escaped = !escaped && c == '\\';
    }
    false
}

/// Whether some closing parenthesis has no opening one.
fn closes_too_much(source: &str) -> bool {
    let (mut open, mut escaped, mut class) = (0_i32, false, false);
    for c in source.chars() {
        match c {
            _ if escaped => {}
            '[' => class = true,
            ']' => class = false,
            '(' if !class => open += 1,
            ')' if !class => open -= 1,
            _ => {}
        }
        escaped = !escaped && c == '\\';
        if open < 0 {
            return true;
        }
    }
    false
}
