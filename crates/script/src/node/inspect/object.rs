//! Objects: the prefix that names the class, then the entries. What is for one sort of object is not inlined, so that who loads the
//! engine in parts loads it when such an object is printed.

use super::layout::{Align, Parts, reduce_to_single_string};
use super::style::Style;
use super::text;
use super::view::{FunctionSort, Key, Kind, Primitive, PromiseState, Property, Slot, View};
use super::{Compact, Inspector};

/// An object before its entries are formatted.
struct Outline {
    /// What stands before the brace, such as `[Function: f]`; it alone is printed when there are no entries
    base: String,
    /// The opening brace with its prefix
    open: String,
    /// The closing brace
    close: &'static str,
    /// What is printed when there are neither entries nor properties; `None`: braces around nothing
    empty: Option<String>,
}

impl Outline {
    fn braces(prefix: &str) -> Self {
        let open = format!("{prefix}{{");
        Outline { empty: Some(format!("{open}}}")), open, base: String::new(), close: "}" }
    }

    fn brackets(prefix: &str) -> Self {
        let open = format!("{prefix}[");
        Outline { empty: Some(format!("{open}]")), open, base: String::new(), close: "]" }
    }

    fn base(base: String) -> Self {
        Outline { empty: Some(base.clone()), base, open: "{".to_owned(), close: "}" }
    }

    /// For what always has an entry.
    fn filled(mut self) -> Self {
        self.empty = None;
        self
    }
}

impl<W: View> Inspector<'_, W> {
    /// An object that is not being formatted already.
    pub(super) fn format_object(&mut self, value: W::Value, kind: Kind<W::Value>, level: usize) -> String {
        let constructor = self.constructor_name(value, level);
        let tag = self.view.tag(value, self.options.show_hidden).unwrap_or_default();
        let mut properties = self.view.properties(value, self.options.show_hidden);
        let outline = self.outline(value, &kind, constructor.as_deref(), &tag, &mut properties);
        if let (Some(empty), true) = (&outline.empty, properties.is_empty() && inner_size(&kind) == 0) {
            return match alone(&kind) {
                Some(style) => self.styled(style, empty.clone()),
                None => empty.clone(),
            };
        }
        if self.is_too_deep(level) {
            return self.cut(value, &kind, &outline, constructor.as_deref(), &tag);
        }
        self.seen.push(value);
        self.current_depth = level + 1;
        let mut entries = self.inner_entries(value, &kind, level + 1);
        for property in &properties {
            entries.push(self.format_property(value, property, level + 1));
        }
        self.seen.pop();
        if self.options.sorted && !matches!(kind, Kind::Array(_)) {
            semispace_sorting::sort_by(&mut entries, Ord::cmp);
        }
        self.put_together(value, &kind, outline, entries, level + 1)
    }

    fn put_together(
        &mut self,
        value: W::Value,
        kind: &Kind<W::Value>,
        outline: Outline,
        entries: Vec<String>,
        level: usize,
    ) -> String {
        let Outline { mut base, mut open, close, .. } = outline;
        if let Some(index) = self.circular.iter().position(|&known| known == value) {
            let reference = self.styled(Style::Special, format!("<ref *{}>", index + 1));
            if self.options.compact == Compact::Always {
                open = format!("{reference} {open}");
            } else {
                base = if base.is_empty() { reference } else { format!("{reference} {base}") };
            }
        }
        let columns = self.columns(value, kind, entries.len());
        let inner_levels = self.current_depth - level;
        let parts = Parts { entries, base, open, close, columns, inner_levels };
        reduce_to_single_string(parts, self.measures())
    }

    /// Arrays of nothing but numbers are right-aligned; an array that has a "more items" entry is not.
    #[inline(never)]
    fn columns(&self, value: W::Value, kind: &Kind<W::Value>, entries: usize) -> Option<Align> {
        let is_number =
            |primitive: &Primitive| matches!(primitive, Primitive::Number(_) | Primitive::BigInt(_));
        let all_numbers = match kind {
            Kind::Array(_) => {
                let elements = self.view.elements(value, entries);
                elements.len() >= entries
                    && elements.iter().enumerate().all(|(place, &(index, slot))| {
                        let Slot::Data(element) = slot else { return false };
                        place == index as usize
                            && matches!(self.view.kind(element), Kind::Primitive(p) if is_number(&p))
                    })
            }
            Kind::TypedArray(_, length, _) => *length >= entries,
            _ => return None,
        };
        Some(if all_numbers { Align::Right } else { Align::Left })
    }

    /// `[ClassName]`, for what lies too deep.
    fn cut(
        &self,
        value: W::Value,
        kind: &Kind<W::Value>,
        outline: &Outline,
        constructor: Option<&str>,
        tag: &str,
    ) -> String {
        if matches!(kind, Kind::RegExp(_)) {
            return self.styled(Style::RegExp, outline.base.clone());
        }
        let fallback = self.fallback_name(value, constructor, tag);
        let prefix = prefix(constructor, tag, &fallback, None);
        let name = prefix.trim_end();
        self.styled(Style::Special, if constructor.is_some() { format!("[{name}]") } else { name.to_owned() })
    }

    fn fallback_name(&self, value: W::Value, constructor: Option<&str>, tag: &str) -> String {
        match constructor {
            Some(_) => String::new(),
            None => {
                Some(self.view.creator_name(value)).filter(|name| name != tag).unwrap_or("Object".to_owned())
            }
        }
    }

    /// The outline of each kind of object.
    #[inline(never)]
    fn outline(
        &mut self,
        value: W::Value,
        kind: &Kind<W::Value>,
        constructor: Option<&str>,
        tag: &str,
        properties: &mut Vec<Property<W::Value>>,
    ) -> Outline {
        let named = |fallback: &str| prefix(constructor, tag, fallback, None);
        let sized = |fallback: &str, size: usize| prefix(constructor, tag, fallback, Some(size));
        let with_class = |class: &str, text: &str| {
            let prefix = named(class);
            if prefix.trim_end() == class { text.to_owned() } else { format!("{prefix}{text}") }
        };
        match kind {
            Kind::Array(_) if constructor == Some("Array") && tag.is_empty() => Outline::brackets(""),
            Kind::Array(length) => Outline::brackets(&sized("Array", *length as usize)),
            Kind::Set(size) => Outline::braces(&sized("Set", *size)),
            Kind::Map(size) => Outline::braces(&sized("Map", *size)),
            Kind::TypedArray(class, length, _) => Outline::brackets(&sized(class, *length)),
            Kind::MapIterator { pairs } => Outline::braces(&iterator_prefix("Map", *pairs, tag)).filled(),
            Kind::SetIterator { pairs } => Outline::braces(&iterator_prefix("Set", *pairs, tag)).filled(),
            Kind::Function(sort) => Outline::base(self.function_base(value, *sort, constructor, tag)),
            Kind::Arguments(_) => Outline::braces("[Arguments] "),
            Kind::RegExp(text) => Outline::base(with_class("RegExp", text)),
            Kind::Date(text) => Outline::base(with_class("Date", text)),
            Kind::Error => Outline::base(self.error_base(value, constructor, tag, properties)),
            Kind::ArrayBuffer(..) => Outline::braces(&named("ArrayBuffer")).filled(),
            Kind::DataView(..) => Outline::braces(&named("DataView")).filled(),
            Kind::Promise(..) => Outline::braces(&named("Promise")).filled(),
            Kind::WeakSet => Outline::braces(&named("WeakSet")).filled(),
            Kind::WeakMap => Outline::braces(&named("WeakMap")).filled(),
            Kind::Boxed(primitive) if constructor != Some("Object") => {
                Outline::base(boxed_base(primitive, constructor, tag))
            }
            _ if constructor == Some("Object") && tag.is_empty() => Outline::braces(""),
            _ => Outline::braces(&named(&self.fallback_name(value, constructor, tag))),
        }
    }

    /// `[Function: name]`, `[class A extends B]` and their relatives.
    #[inline(never)]
    fn function_base(
        &self,
        value: W::Value,
        sort: FunctionSort,
        constructor: Option<&str>,
        tag: &str,
    ) -> String {
        let name = self.own_text(value, "name").unwrap_or_default();
        let (kind, class) = match sort {
            FunctionSort::Class => return self.class_base(value, &name, constructor, tag),
            FunctionSort::Plain => ("Function", "Function"),
            FunctionSort::Generator => ("GeneratorFunction", "GeneratorFunction"),
            FunctionSort::Async => ("AsyncFunction", "AsyncFunction"),
            FunctionSort::AsyncGenerator => ("AsyncGeneratorFunction", "AsyncGeneratorFunction"),
        };
        let prototype = if constructor.is_none() { " (null prototype)" } else { "" };
        let name = if name.is_empty() { " (anonymous)".to_owned() } else { format!(": {name}") };
        let mut base = format!("[{kind}{prototype}{name}]");
        if let Some(constructor) = constructor.filter(|&constructor| constructor != class) {
            base += &format!(" {constructor}");
        }
        if !tag.is_empty() && constructor != Some(tag) {
            base += &format!(" [{tag}]");
        }
        base
    }

    #[inline(never)]
    fn class_base(&self, value: W::Value, name: &str, constructor: Option<&str>, tag: &str) -> String {
        let mut base = format!("class {}", if name.is_empty() { "(anonymous)" } else { name });
        if let Some(constructor) = constructor.filter(|&constructor| constructor != "Function") {
            base += &format!(" [{constructor}]");
        }
        if !tag.is_empty() && constructor != Some(tag) {
            base += &format!(" [{tag}]");
        }
        if constructor.is_none() {
            base += " extends [null prototype]";
        } else if let Some(parent) =
            self.view.prototype(value).and_then(|parent| self.own_text(parent, "name"))
            && !parent.is_empty()
        {
            base += &format!(" extends {parent}");
        }
        format!("[{base}]")
    }

    /// An own data property that holds a string.
    pub(super) fn own_text(&self, value: W::Value, name: &str) -> Option<String> {
        match self.view.kind(self.view.own_data(value, name)?) {
            Kind::Primitive(Primitive::String(units)) => Some(text::plain(&units)),
            _ => None,
        }
    }

    /// The name of the first constructor on the prototype chain whose instance the object is; `None` when the chain
    /// is empty.
    pub(super) fn constructor_name(&self, value: W::Value, level: usize) -> Option<String> {
        let mut holder = Some(value);
        while let Some(object) = holder {
            if let Some(name) = self.named_constructor(value, object) {
                return Some(name);
            }
            holder = self.view.prototype(object);
        }
        let parent = self.view.prototype(value)?;
        let creator = self.view.creator_name(value);
        if self.is_too_deep(level) {
            return Some(format!("{creator} <Complex prototype>"));
        }
        let inner = self.constructor_name(parent, level + 1);
        Some(format!("{creator} <{}>", inner.unwrap_or("[Object: null prototype] {}".to_owned())))
    }

    fn named_constructor(&self, instance: W::Value, holder: W::Value) -> Option<String> {
        let constructor = self.view.own_data(holder, "constructor")?;
        let Kind::Function(_) = self.view.kind(constructor) else { return None };
        let name = self.own_text(constructor, "name").filter(|name| !name.is_empty())?;
        let prototype = self.view.own_data(constructor, "prototype")?;
        let mut ancestor = self.view.prototype(instance);
        while let Some(object) = ancestor {
            if object == prototype {
                return Some(name);
            }
            ancestor = self.view.prototype(object);
        }
        None
    }

    /// The entries that are no properties.
    #[inline(never)]
    fn inner_entries(&mut self, value: W::Value, kind: &Kind<W::Value>, level: usize) -> Vec<String> {
        match kind {
            Kind::Array(length) => self.array_entries(value, *length as usize, level),
            Kind::Arguments(length) => self.arguments_entries(value, *length as usize, level),
            Kind::TypedArray(_, length, elements) => self.typed_array_entries(*length, elements),
            Kind::Map(size) => self.collection_entries(value, *size, |this, (key, item)| {
                format!("{} => {}", this.format_value(key, level), this.format_value(item, level))
            }),
            Kind::Set(size) => {
                self.collection_entries(value, *size, |this, (item, _)| this.format_value(item, level))
            }
            Kind::MapIterator { pairs: true } | Kind::SetIterator { pairs: true } => {
                self.collection_entries(value, usize::MAX, |this, pair| this.format_pair(pair, level))
            }
            Kind::MapIterator { pairs: false } | Kind::SetIterator { pairs: false } => {
                self.collection_entries(value, usize::MAX, |this, (item, _)| this.format_value(item, level))
            }
            Kind::WeakMap | Kind::WeakSet => {
                vec![self.styled(Style::Special, "<items unknown>".to_owned())]
            }
            Kind::Promise(state, result) => vec![self.promise_entry(*state, *result, level)],
            Kind::ArrayBuffer(length, bytes) => self.buffer_entries(*length, bytes),
            Kind::DataView(length, offset, buffer) => vec![
                format!("byteLength: {}", self.styled(Style::Number, length.to_string())),
                format!("byteOffset: {}", self.styled(Style::Number, offset.to_string())),
                format!("buffer: {}", self.indented(|this| this.format_value(*buffer, level))),
            ],
            _ => Vec::new(),
        }
    }

    /// Elements by index, a run of holes as one entry, and how many items are not shown.
    #[inline(never)]
    fn array_entries(&mut self, value: W::Value, length: usize, level: usize) -> Vec<String> {
        let limit = length.min(self.options.max_array_length);
        let mut entries = Vec::with_capacity(limit);
        let mut next = 0;
        for (index, slot) in self.view.elements(value, limit) {
            let index = index as usize;
            if entries.len() == limit {
                break;
            }
            if index > next {
                entries.push(self.styled(Style::Undefined, empty_items(index - next)));
                next = index;
                if entries.len() == limit {
                    break;
                }
            }
            entries.push(self.indented(|this| this.format_slot(slot, level)));
            next += 1;
        }
        match length - next {
            0 => {}
            hidden if entries.len() == limit => entries.push(more_items(hidden)),
            holes => entries.push(self.styled(Style::Undefined, empty_items(holes))),
        }
        entries
    }

    #[inline(never)]
    fn arguments_entries(&mut self, value: W::Value, length: usize, level: usize) -> Vec<String> {
        let elements = self.view.elements(value, length);
        elements
            .into_iter()
            .map(|(index, slot)| {
                format!("'{index}': {}", self.indented(|this| this.format_slot(slot, level)))
            })
            .collect()
    }

    #[inline(never)]
    fn typed_array_entries(&self, length: usize, elements: &[Primitive]) -> Vec<String> {
        let limit = self.options.max_array_length.min(elements.len());
        let mut entries: Vec<String> =
            elements.iter().take(limit).map(|element| self.format_primitive(element)).collect();
        if length > limit {
            entries.push(more_items(length - limit));
        }
        entries
    }

    #[inline(never)]
    fn collection_entries(
        &mut self,
        value: W::Value,
        size: usize,
        format: impl Fn(&mut Self, (W::Value, W::Value)) -> String,
    ) -> Vec<String> {
        let limit = self.options.max_array_length;
        let all = self.view.entries(value, if size == usize::MAX { size } else { limit });
        let size = if size == usize::MAX { all.len() } else { size };
        let mut entries: Vec<String> =
            self.indented(|this| all.into_iter().take(limit).map(|entry| format(this, entry)).collect());
        if size > limit {
            entries.push(more_items(size - limit));
        }
        entries
    }

    fn format_pair(&mut self, (key, item): (W::Value, W::Value), level: usize) -> String {
        let entries = vec![self.format_value(key, level), self.format_value(item, level)];
        let inner_levels = self.current_depth - level;
        let columns = Some(Align::Left);
        let parts =
            Parts { entries, base: String::new(), open: "[".to_owned(), close: "]", columns, inner_levels };
        reduce_to_single_string(parts, self.measures())
    }

    #[inline(never)]
    pub(super) fn format_proxy(&mut self, (target, handler): (W::Value, W::Value), level: usize) -> String {
        if self.is_too_deep(level) {
            return self.styled(Style::Special, "Proxy [Array]".to_owned());
        }
        self.current_depth = level;
        let entries = self.indented(|this| {
            vec![this.format_value(target, level + 1), this.format_value(handler, level + 1)]
        });
        let inner_levels = self.current_depth.saturating_sub(level + 1);
        let open = "Proxy [".to_owned();
        let parts = Parts { entries, base: String::new(), open, close: "]", columns: None, inner_levels };
        reduce_to_single_string(parts, self.measures())
    }

    #[inline(never)]
    fn promise_entry(&mut self, state: PromiseState, result: W::Value, level: usize) -> String {
        match state {
            PromiseState::Pending => self.styled(Style::Special, "<pending>".to_owned()),
            PromiseState::Fulfilled => self.indented(|this| this.format_value(result, level)),
            PromiseState::Rejected => {
                let rejected = self.styled(Style::Special, "<rejected>".to_owned());
                format!("{rejected} {}", self.indented(|this| this.format_value(result, level)))
            }
        }
    }

    /// `<Buffer 68 69>`, with its own properties behind the bytes.
    #[inline(never)]
    pub(super) fn format_buffer(
        &mut self,
        value: W::Value,
        (length, bytes): (usize, &[u8]),
        level: usize,
    ) -> String {
        let name = self.constructor_name(value, level).unwrap_or_default();
        let mut parts: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        if length > bytes.len() {
            let hidden = length - bytes.len();
            parts.push(format!("... {hidden} more byte{}", text::plural(hidden)));
        }
        let properties = self.view.properties(value, self.options.show_hidden);
        let extras: Vec<String> =
            properties.iter().map(|property| self.format_property(value, property, level)).collect();
        let shown: Vec<String> =
            [parts.join(" ")].into_iter().filter(|text| !text.is_empty()).chain(extras).collect();
        format!("<{name} {}>", shown.join(", "))
    }

    #[inline(never)]
    fn buffer_entries(&self, length: usize, bytes: &[u8]) -> Vec<String> {
        let limit = self.options.max_array_length.min(bytes.len());
        let digits: Vec<String> = bytes.iter().take(limit).map(|byte| format!("{byte:02x}")).collect();
        let hidden = length - limit;
        let more = match hidden {
            0 => String::new(),
            _ => format!(" ... {hidden} more byte{}", text::plural(hidden)),
        };
        let contents = self.styled(Style::Special, "[Uint8Contents]".to_owned());
        let length = self.styled(Style::Number, length.to_string());
        vec![format!("{contents}: <{}{more}>", digits.join(" ")), format!("byteLength: {length}")]
    }

    #[inline(never)]
    fn format_property(&mut self, object: W::Value, property: &Property<W::Value>, level: usize) -> String {
        let key = self.format_key(property);
        let shift = if self.options.compact == Compact::Always { 3 } else { 2 };
        self.indentation += shift;
        let text = match property.slot {
            Slot::Accessor { get: true, set } if self.options.getters => {
                self.format_getter(object, &property.key, set, level)
            }
            slot => self.format_slot(slot, level),
        };
        let breaks = shift == 3 && super::layout::length(&text) > self.options.break_length;
        let space = if breaks { format!("\n{}", " ".repeat(self.indentation)) } else { " ".to_owned() };
        self.indentation -= shift;
        format!("{key}:{space}{text}")
    }

    fn format_key(&self, property: &Property<W::Value>) -> String {
        let text = text::key(&property.key, property.enumerable);
        match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            Some(symbol) if matches!(property.key, Key::Symbol(_)) => {
                format!("[{}]", self.styled(Style::String, symbol.to_owned()))
            }
            None if text.starts_with(['\'', '"', '`']) => self.styled(Style::String, text),
            _ => text,
        }
    }

    /// A getter with the value that it gives now.
    #[inline(never)]
    fn format_getter(&mut self, object: W::Value, key: &Key, set: bool, level: usize) -> String {
        let sort = if set { "Getter/Setter" } else { "Getter" };
        let special = |text: String| self.styled(Style::Special, text);
        let Some(value) = self.view.getter_value(object, key) else { return special(format!("[{sort}]")) };
        let is_primitive = matches!(self.view.kind(value), Kind::Primitive(_));
        let text = self.format_value(value, level);
        if is_primitive || text.starts_with("<Inspection threw (") {
            let (begin, end) = (format!("[{sort}:"), "]".to_owned());
            return format!(
                "{} {text}{}",
                self.styled(Style::Special, begin),
                self.styled(Style::Special, end)
            );
        }
        format!("{} {text}", self.styled(Style::Special, format!("[{sort}]")))
    }

    fn format_slot(&mut self, slot: Slot<W::Value>, level: usize) -> String {
        let (style, text) = match slot {
            Slot::Data(value) => return self.format_value(value, level),
            Slot::Accessor { get: true, set: true } => (Style::Special, "[Getter/Setter]"),
            Slot::Accessor { get: true, set: false } => (Style::Special, "[Getter]"),
            Slot::Accessor { get: false, set: true } => (Style::Special, "[Setter]"),
            Slot::Accessor { get: false, set: false } => (Style::Undefined, "undefined"),
        };
        self.styled(style, text.to_owned())
    }
}

/// The style of an object of which there is no more than one piece of text.
fn alone<V>(kind: &Kind<V>) -> Option<Style> {
    match kind {
        Kind::Function(_) => Some(Style::Special),
        Kind::RegExp(_) => Some(Style::RegExp),
        Kind::Date(_) => Some(Style::Date),
        Kind::Boxed(primitive) => Some(Style::of(primitive)),
        _ => None,
    }
}

/// How many entries there are that are no properties.
fn inner_size<V>(kind: &Kind<V>) -> usize {
    match kind {
        Kind::Array(length) | Kind::Arguments(length) => *length as usize,
        Kind::Map(size) | Kind::Set(size) => *size,
        Kind::TypedArray(_, length, _) => *length,
        _ => 0,
    }
}

/// `Class(size) [Tag] `, or `[Fallback(size): null prototype] [Tag] ` for an object without a prototype.
pub(super) fn prefix(constructor: Option<&str>, tag: &str, fallback: &str, size: Option<usize>) -> String {
    let size = size.map(|size| format!("({size})")).unwrap_or_default();
    match constructor {
        None if !tag.is_empty() && fallback != tag => format!("[{fallback}{size}: null prototype] [{tag}] "),
        None => format!("[{fallback}{size}: null prototype] "),
        Some(constructor) if !tag.is_empty() && constructor != tag => format!("{constructor}{size} [{tag}] "),
        Some(constructor) => format!("{constructor}{size} "),
    }
}

#[inline(never)]
fn iterator_prefix(class: &str, pairs: bool, tag: &str) -> String {
    let own = format!("{class} Iterator");
    let shown = if pairs { format!("{class} Entries") } else { own.clone() };
    if tag == own || tag.is_empty() { format!("[{shown}] ") } else { format!("[{tag}] [{shown}] ") }
}

#[inline(never)]
fn boxed_base(primitive: &Primitive, constructor: Option<&str>, tag: &str) -> String {
    let class = match primitive {
        Primitive::String(_) => "String",
        Primitive::Boolean(_) => "Boolean",
        Primitive::BigInt(_) => "BigInt",
        Primitive::Symbol(_) => "Symbol",
        _ => "Number",
    };
    let origin = match constructor {
        None => " (null prototype)".to_owned(),
        Some(constructor) if constructor != class => format!(" ({constructor})"),
        Some(_) => String::new(),
    };
    let tag = if tag.is_empty() || constructor == Some(tag) { String::new() } else { format!(" [{tag}]") };
    format!("[{class}{origin}: {}]{tag}", text::primitive(primitive))
}

fn empty_items(count: usize) -> String {
    format!("<{count} empty item{}>", text::plural(count))
}

fn more_items(count: usize) -> String {
    format!("... {count} more item{}", text::plural(count))
}
