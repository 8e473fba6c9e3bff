//! Errors: the stack, with the class name put right and the frames indented.

use super::Inspector;
use super::object::prefix;
use super::text;
use super::view::{Key, Kind, Primitive, Property, Slot, View};

impl<W: View> Inspector<'_, W> {
    /// What stands for the error itself. Properties that the stack shows already are taken away; `cause` and
    /// `errors` are added although they are not enumerable.
    #[inline(never)]
    pub(super) fn error_base(
        &self,
        error: W::Value,
        constructor: Option<&str>,
        tag: &str,
        properties: &mut Vec<Property<W::Value>>,
    ) -> String {
        let name = self.inherited_text(error, "name").unwrap_or("Error".to_owned());
        let message = self.inherited_text(error, "message").unwrap_or_default();
        let stack = match self.stack_of(error).filter(|stack| !stack.is_empty()) {
            Some(stack) => stack,
            None if message.is_empty() => name.clone(),
            None => format!("{name}: {message}"),
        };
        properties.retain(|property| !self.is_shown_by(&stack, property));
        for extra in ["cause", "errors"] {
            self.add_hidden(error, extra, properties);
        }
        let stack = with_class_name(stack, constructor, &name, tag);
        let cause = self.view.own_data(error, "cause").filter(|&cause| self.view.kind(cause) == Kind::Error);
        let stack = match cause.and_then(|cause| self.stack_of(cause)) {
            Some(cause) => without_frames_of(&stack, &cause),
            None => stack,
        };
        self.with_frames(stack, &message)
    }

    fn stack_of(&self, error: W::Value) -> Option<String> {
        self.view.stack(error).or_else(|| self.own_text(error, "stack"))
    }

    fn is_shown_by(&self, stack: &str, property: &Property<W::Value>) -> bool {
        let (Key::Name(key), Slot::Data(value)) = (&property.key, property.slot) else { return false };
        ["name", "message", "stack"].contains(&text::plain(key).as_str())
            && self.string_of(value).is_some_and(|value| stack.contains(&value))
    }

    fn add_hidden(&self, error: W::Value, name: &str, properties: &mut Vec<Property<W::Value>>) {
        let key = Key::Name(name.encode_utf16().collect());
        let Some(value) = self.view.own_data(error, name) else { return };
        let wanted = name == "cause" || matches!(self.view.kind(value), Kind::Array(_));
        if wanted && properties.iter().all(|property| property.key != key) {
            properties.push(Property { key, slot: Slot::Data(value), enumerable: false });
        }
    }

    fn with_frames(&self, stack: String, message: &str) -> String {
        let after =
            if message.is_empty() { 0 } else { stack.find(message).map_or(0, |at| at + message.len()) };
        let stack = if stack[after..].contains("\n    at") { stack } else { format!("[{stack}]") };
        match self.indentation {
            0 => stack,
            columns => stack.replace('\n', &format!("\n{}", " ".repeat(columns))),
        }
    }

    /// A string property of the object or its prototypes.
    fn inherited_text(&self, object: W::Value, name: &str) -> Option<String> {
        let mut holder = Some(object);
        while let Some(object) = holder {
            if let Some(value) = self.view.own_data(object, name) {
                return self.string_of(value);
            }
            holder = self.view.prototype(object);
        }
        None
    }

    fn string_of(&self, value: W::Value) -> Option<String> {
        match self.view.kind(value) {
            Kind::Primitive(Primitive::String(units)) => Some(text::plain(&units)),
            Kind::Primitive(Primitive::Undefined | Primitive::Null) => None,
            Kind::Primitive(primitive) => Some(text::primitive(&primitive)),
            _ => None,
        }
    }
}

/// The stack begins with `Error: ...` even when the class is another one: then the class's name is put there.
#[inline(never)]
fn with_class_name(stack: String, constructor: Option<&str>, name: &str, tag: &str) -> String {
    let names_itself = name.ends_with("Error")
        && stack.starts_with(name)
        && matches!(stack.as_bytes().get(name.len()), None | Some(b':' | b'\n'));
    if constructor.is_some() && !names_itself {
        return stack;
    }
    let begin = if constructor.is_some() { name.len() } else { class_at_start(&stack) };
    let fallback = if constructor.is_some() || begin == 0 { "Error" } else { &stack[..begin] };
    let prefix = prefix(constructor, tag, fallback, None);
    let prefix = prefix.trim_end();
    if name == prefix {
        stack
    } else if !prefix.contains(name) {
        format!("{prefix} [{name}]{}", &stack[begin..])
    } else if begin == 0 {
        format!("{prefix}: {stack}")
    } else {
        format!("{prefix}{}", &stack[begin..])
    }
}

/// The stack with the lines left out that the cause's stack shows too, if they are more than three (Node:
/// `getStackFrames` in `lib/internal/util/inspect.js`).
#[inline(never)]
fn without_frames_of(stack: &str, cause: &str) -> String {
    let mut lines: Vec<&str> = stack.split('\n').collect();
    let cause: Vec<&str> = cause.split('\n').skip_while(|line| !line.starts_with("    at")).collect();
    let (length, at) = longest_common_run(&lines, &cause);
    let skipped = length.saturating_sub(2);
    let notice = format!("    ... {skipped} lines matching cause stack trace ...");
    if length > 3 {
        lines.splice(at + 1..at + 1 + skipped, [notice.as_str()]);
    }
    lines.join("\n")
}

/// Length of the first run of more than three lines that both have (Node: `isIdentical`), and where it begins in the
/// first.
fn longest_common_run(lines: &[&str], others: &[&str]) -> (usize, usize) {
    for at in 0..lines.len().saturating_sub(3) {
        let Some(found) = others.iter().position(|other| other == &lines[at]) else { continue };
        let same = lines[at..].iter().zip(&others[found..]).take_while(|(line, other)| line == other).count();
        if same > 3 {
            return (same, at);
        }
    }
    (0, 0)
}

/// Length of the class name that a stack begins with.
fn class_at_start(stack: &str) -> usize {
    let end = stack.find([':', '\n']).unwrap_or(stack.len());
    let is_name = stack[..end].chars().all(|c| c.is_ascii_alphanumeric() || "_-[]() ".contains(c));
    if is_name && stack.starts_with(|c: char| c.is_ascii_uppercase()) { end } else { 0 }
}
