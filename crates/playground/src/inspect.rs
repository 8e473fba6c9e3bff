//! Single objects: what they are, what they refer to, what refers to them.

use semispace_heap::{Layout, ObjectId, Ref, ReferrerSearch, Trace, Word};
use semispace_script::heap_graph::snapshot_id;
use semispace_script::shape::ShapeId;
use semispace_script::value;

use crate::names::{Names, kind_name};
use crate::session::Session;

/// Referrers that are listed.
const REFERRERS: usize = 100;
/// Fields that are listed.
const FIELDS: usize = 200;
/// Characters of a string that a preview shows.
const PREVIEW: usize = 60;

/// Everything that is known of one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The object.
    pub at: Ref,
    /// Its number in heap snapshots: the same for as long as it lives; 0 between the steps of a collection.
    pub id: u64,
    /// Constructor or kind.
    pub name: String,
    /// What it is to the engine.
    pub kind: &'static str,
    /// Its value in a few words.
    pub preview: String,
    /// Size in bytes.
    pub size: u64,
    /// 0: new; 1: survived one scavenge; 2: of the old generation.
    pub age: u8,
    /// Name, value and, if it is a reference, target of each field.
    pub fields: Vec<(String, String, Option<Ref>)>,
    /// What refers to it, as far as listed.
    pub referrers: Vec<Referrer>,
    /// Referrers that are not listed.
    pub more_referrers: usize,
    /// File and line (from 1) where it was allocated, if the session remembers that.
    pub allocated_at: Option<(String, u32)>,
}

/// Something that refers to an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referrer {
    /// The holder; nothing for a root.
    pub holder: Option<Ref>,
    /// Its name.
    pub name: String,
    /// The field that holds the reference.
    pub field: String,
}

impl Session {
    /// Begins to look for what refers to the object that covers a word of the heap.
    pub fn begin_referrer_search(&self, word: u32) -> Option<ReferrerSearch> {
        let at = self.vm.heap.resident_at(word)?.at;
        Some(self.vm.heap.begin_referrer_search(at, REFERRERS))
    }

    /// The object that covers a word of the heap, with what that search has found; nothing between the steps of a collection.
    pub fn inspect(&mut self, word: u32, search: ReferrerSearch) -> Option<Inspection> {
        let at = self.vm.heap.resident_at(word)?.at;
        let id = self.vm.snapshot_id(at)?;
        let heap = &self.vm.heap;
        let mut names = Names::default();
        let name = names.learn(&self.vm, at).to_string();
        let (found, count) = search.finish();
        let mut referrers = self.root_referrers(at);
        let listed = found.len();
        referrers.extend(found.into_iter().map(|(holder, index)| Referrer {
            holder: Some(holder),
            name: names.learn(&self.vm, holder).to_string(),
            field: self.field_name(holder, index),
        }));
        Some(Inspection {
            at,
            id,
            name,
            kind: kind_words(heap.header(at).kind()),
            preview: self.preview(Word::reference(at)),
            size: heap.size_bytes(at),
            age: heap.age_of(at),
            fields: self.fields(at),
            referrers,
            more_referrers: count - listed,
            allocated_at: self
                .vm
                .allocation_site(Word::reference(at))
                .map(|(file, place)| (file.to_string(), place.line)),
        })
    }

    /// The same between the steps of a collection, when references may still lead to where an object was: only what the object
    /// itself says, without an id. Nothing at any other time.
    pub fn inspect_in_collection(&self, word: u32) -> Option<Inspection> {
        let heap = &self.vm.heap;
        let resident = heap.resident_at(word).filter(|_| heap.is_collecting())?;
        let whole = resident.moved_to.unwrap_or(resident.at);
        let address = |r: Ref| u64::from(r.offset()) * u64::from(self.word_bytes());
        let moved = resident.moved_to.map(|to| format!("has moved to {:#x}", address(to)));
        Some(Inspection {
            at: resident.at,
            id: 0,
            name: self.name_of(&mut Names::default(), whole).to_string(),
            kind: kind_words(heap.header(whole).kind()),
            preview: moved.unwrap_or_default(),
            size: u64::from(resident.words) * u64::from(self.word_bytes()),
            age: heap.age_of(whole),
            fields: Vec::new(),
            referrers: Vec::new(),
            more_referrers: 0,
            allocated_at: None,
        })
    }

    /// Where the object with this [`Inspection::id`] is now, if it lives.
    pub fn find_id(&self, id: u64) -> Option<Ref> {
        let number = id.checked_sub(snapshot_id::FIRST_OBJECT)? / 2;
        self.vm.heap.object_with_id(ObjectId(u32::try_from(number).ok()?))
    }

    /// The names of objects for lists of many of them.
    pub fn name_of(&self, names: &mut Names, at: Ref) -> std::rc::Rc<str> {
        if self.vm.heap.is_collecting() {
            return match &self.slow {
                Some(slow) => slow.names().recall(&self.vm, at),
                None => names.recall(&self.vm, at),
            };
        }
        names.learn(&self.vm, at)
    }

    /// Begins to find out what the roots reach; nothing between the steps of a collection.
    pub fn begin_trace(&self) -> Option<Trace> {
        self.vm.heap.begin_trace(&mut self.vm.roots.clone())
    }

    fn root_referrers(&self, at: Ref) -> Vec<Referrer> {
        let wanted = Word::reference(at);
        let roots = &self.vm.roots;
        let on_stack = roots.stack[..roots.top().min(roots.stack.len())].contains(&wanted);
        let constant = roots.constants.contains(&wanted);
        let root = |is_held: bool, name: &str| {
            is_held.then(|| Referrer { holder: None, name: name.to_owned(), field: String::new() })
        };
        [root(on_stack, "(the stack)"), root(constant, "(a constant of the code)")]
            .into_iter()
            .flatten()
            .collect()
    }

    fn fields(&self, at: Ref) -> Vec<(String, String, Option<Ref>)> {
        let heap = &self.vm.heap;
        let kind = heap.header(at).kind();
        if kind.layout() == Layout::Raw {
            return Vec::new();
        }
        let last = heap.size_words(at).min(FIELDS as u32 + 1);
        let field = |index: u32| {
            let word = heap.get(at, index);
            (self.field_name(at, index), self.preview(word), word.as_ref())
        };
        (1..last).map(field).collect()
    }

    /// What a word of an object is called.
    fn field_name(&self, holder: Ref, index: u32) -> String {
        let kind = self.vm.heap.header(holder).kind();
        if value::is_object_kind(kind) {
            match index {
                value::PROPERTIES => return "(properties)".to_owned(),
                value::ELEMENTS => return "(elements)".to_owned(),
                _ => {}
            }
            if let Some(name) = self.property_in_slot(holder, index) {
                return name;
            }
        }
        match (kind, index) {
            (value::ARRAY, value::ARRAY_LENGTH) => "length".to_owned(),
            (value::MAP | value::SET | value::WEAK_MAP | value::WEAK_SET, 3) => "(table)".to_owned(),
            (value::FUNCTION, value::FUNCTION_CODE) => "(code)".to_owned(),
            (value::FUNCTION, value::FUNCTION_CONTEXT) => "(context)".to_owned(),
            (value::FUNCTION, value::FUNCTION_PROTOTYPE) => "prototype".to_owned(),
            (value::CONTEXT, value::CONTEXT_PREVIOUS) => "(outer context)".to_owned(),
            (value::CONTEXT, index) if index >= value::CONTEXT_SLOTS => {
                format!("variable {}", index - value::CONTEXT_SLOTS)
            }
            (value::FIXED_ARRAY, value::FIXED_LENGTH) => "length".to_owned(),
            (value::FIXED_ARRAY, index) => format!("[{}]", index - value::FIXED_SLOTS),
            (value::CONS_STRING, 2) => "first".to_owned(),
            (value::CONS_STRING, 3) => "second".to_owned(),
            (value::SLICED_STRING, 2) => "parent".to_owned(),
            _ => format!("word {index}"),
        }
    }

    /// The property that an in-object slot holds.
    fn property_in_slot(&self, holder: Ref, index: u32) -> Option<String> {
        let id = ShapeId(self.vm.heap.header(holder).shape());
        let shape = self.vm.roots.shapes.get(id);
        let slot = index.checked_sub(u32::from(shape.start))?;
        if shape.dictionary || slot >= u32::from(shape.in_object) {
            return None;
        }
        let (atom, _) = self.vm.roots.shapes.properties(id).get(slot as usize)?;
        Some(self.vm.atom_text(*atom))
    }

    pub(crate) fn preview(&self, word: Word) -> String {
        let text = match word.as_ref() {
            Some(object) if !self.vm.is_string(word) && self.vm.as_number(word).is_none() => {
                Names::default().learn(&self.vm, object).to_string()
            }
            _ if word == value::HOLE => "(hole)".to_owned(),
            _ if word == value::UNINITIALISED => "(not initialised)".to_owned(),
            _ => self.vm.brief(word),
        };
        match text.char_indices().nth(PREVIEW) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

fn kind_words(kind: semispace_heap::Kind) -> &'static str {
    if value::is_function_kind(kind) {
        "function"
    } else if value::is_object_kind(kind) {
        "object"
    } else if value::is_string_kind(kind) {
        "string"
    } else if kind_name(kind) == "(number)" {
        "number"
    } else {
        "engine-internal"
    }
}
