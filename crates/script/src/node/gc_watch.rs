//! What `modules/gc_events.js`, `modules/memwatch.js` and v8's GCProfiler need: the collections since they last looked, and the
//! heap's objects by class.
//!
//! The heap tells of each collection as it ends ([`GcWatch::collected`]); the script hears of it when its event loop comes
//! to the immediate that the module has left here. So the order of events does not depend on how a run is sliced.

use std::collections::BTreeSet;
use std::rc::Rc;

use semispace_heap::{CollectionKind, CollectionRecord, HeapTotals, Reason, Ref, Word};
use semispace_monitor::{Arithmetic, ClassName, HeapDiff, HeapMoment, HeapNode, Memwatch, Report, nice_size};

use super::process::of_spaces;
use crate::builtins::install::{Function, methods};
use crate::heap_graph::{EdgeType, HeapGraph, NodeType};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const INTRINSICS: &[Function] = &[
    ("$gcWatch", 1, watch),
    ("$gcReports", 1, reports),
    ("$memwatch", 1, memwatch),
    ("$heapMoment", 1, remember),
    ("$heapDiff", 2, diff),
    ("$gcProfileStart", 0, start_profile),
    ("$gcProfileStop", 1, stop_profile),
];

/// A script's watch over the collector.
#[derive(Clone, Debug)]
pub struct GcWatch {
    /// The immediate to run after collections; undefined: nobody watches.
    delivery: Word,
    /// Counts once a script has asked for it.
    memwatch: Option<Memwatch>,
    noted: Vec<CollectionRecord>,
    moments: Vec<HeapMoment>,
    profiles: GcProfiles,
}

/// The collections that v8's GCProfilers have seen, as long as one of them runs.
#[derive(Clone, Debug, Default)]
struct GcProfiles {
    running: u32,
    collections: Vec<ProfiledCollection>,
}

/// A collection and the heap around it.
#[derive(Clone, Copy, Debug)]
struct ProfiledCollection {
    is_minor: bool,
    pause_ns: u64,
    before: HeapTotals,
    after: HeapTotals,
}

impl Default for GcWatch {
    fn default() -> Self {
        Self {
            delivery: UNDEFINED,
            memwatch: None,
            noted: Vec::new(),
            moments: Vec::new(),
            profiles: GcProfiles::default(),
        }
    }
}

impl GcWatch {
    /// Notes a collection; the answer is the immediate that has to run, if it does not wait already.
    pub fn collected(
        &mut self,
        record: &CollectionRecord,
        before: &HeapTotals,
        after: &HeapTotals,
    ) -> Option<Word> {
        if self.profiles.running > 0 {
            self.profiles.collections.push(ProfiledCollection {
                is_minor: record.kind == CollectionKind::Minor,
                pause_ns: record.pause_ns,
                before: *before,
                after: *after,
            });
        }
        if self.delivery == UNDEFINED {
            return None;
        }
        self.noted.push(*record);
        (self.noted.len() == 1).then_some(self.delivery)
    }

    /// The value that the watch holds.
    pub fn trace(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        visit(&mut self.delivery);
    }

    /// The same, to look at.
    pub const fn word(&self) -> &Word {
        &self.delivery
    }
}

/// The intrinsics of `memwatch`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// `(immediate)`
fn watch(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.roots.gc_watch.delivery = vm.arg(args, 0);
    Ok(UNDEFINED)
}

/// `(corrected)`: from now on memwatch's events are among the reports.
fn memwatch(vm: &mut Vm, args: Args) -> Completion<Word> {
    let corrected = vm.arg(args, 0) == value::TRUE;
    let memwatch = vm.roots.gc_watch.memwatch.get_or_insert_default();
    memwatch.set_arithmetic(if corrected { Arithmetic::Corrected } else { Arithmetic::Original });
    Ok(UNDEFINED)
}

/// A figure of an event.
enum Field {
    Number(f64),
    Text(String),
}

/// `(now)`: the events of the collections that have been noted, `[name, figure, ...]` each.
fn reports(vm: &mut Vm, args: Args) -> Completion<Word> {
    let now = vm.as_number(vm.arg(args, 0)).unwrap_or(0.0);
    let watch = &mut vm.roots.gc_watch;
    let noted = std::mem::take(&mut watch.noted);
    let mut reports = Vec::new();
    for record in &noted {
        reports.push(collection_event(record));
        let report = watch.memwatch.as_mut().and_then(|memwatch| memwatch.collected(record, now));
        reports.extend(report.into_iter().flat_map(events_of));
    }
    let events = vm.new_array()?;
    let events = vm.handle(Word::reference(events));
    for fields in reports {
        let event = array_of(vm, fields)?;
        vm.push_element(vm.at(events), event)?;
    }
    Ok(vm.at(events))
}

/// `["gc", kind, start, duration, flags]`, times in ms, kind and flags as the callbacks of V8's embedders get them
/// (V8: `GCType` and `GCCallbackFlags` in include/v8-callbacks.h).
fn collection_event(record: &CollectionRecord) -> Vec<Field> {
    let kind = if record.kind == CollectionKind::Minor { 1.0 } else { 4.0 };
    let flags = match record.reason {
        Reason::Testing => 4.0,
        Reason::ExternalMemoryPressure => 8.0 + 32.0,
        _ if record.kind.is_full() && record.incremental.steps > 0 => 64.0,
        _ => 0.0,
    };
    let ms = |nanoseconds: u64| nanoseconds as f64 / 1e6;
    let start = ms(record.at_ns.saturating_sub(record.pause_ns));
    let figures = [kind, start, ms(record.pause_ns), flags];
    [Field::Text("gc".to_owned())].into_iter().chain(figures.map(Field::Number)).collect()
}

fn events_of(Report { leak, stats }: Report) -> Vec<Vec<Field>> {
    let leak = leak.map(|leak| {
        let figures = [leak.start_ms, leak.end_ms, leak.growth].map(Field::Number);
        [Field::Text("leak".to_owned())]
            .into_iter()
            .chain(figures)
            .chain([Field::Text(leak.reason)])
            .collect()
    });
    let figures = [
        f64::from(stats.num_full_gc),
        f64::from(stats.num_inc_gc),
        f64::from(stats.heap_compactions),
        stats.usage_trend,
        stats.estimated_base,
        stats.current_base,
        stats.min,
        stats.max,
    ];
    let stats = [Field::Text("stats".to_owned())].into_iter().chain(figures.map(Field::Number)).collect();
    leak.into_iter().chain([stats]).collect()
}

/// A JavaScript array of figures.
fn array_of(vm: &mut Vm, fields: Vec<Field>) -> Completion<Word> {
    let mark = vm.roots.handle_mark();
    let array = vm.new_array()?;
    let array = vm.handle(Word::reference(array));
    for field in fields {
        let word = match field {
            Field::Number(number) => vm.number(number)?,
            Field::Text(text) => vm.string(&text)?,
        };
        vm.push_element(vm.at(array), word)?;
    }
    let array = vm.at(array);
    vm.roots.release_handles(mark);
    Ok(array)
}

/// `()`: where the profile begins, for [`stop_profile`].
fn start_profile(vm: &mut Vm, _: Args) -> Completion<Word> {
    let profiles = &mut vm.roots.gc_watch.profiles;
    profiles.running += 1;
    let start = profiles.collections.len();
    vm.number(start as f64)
}

/// `(start)`: the collections since then, `[is a scavenge, pause in microseconds, figures before, figures after]` each; the
/// figures are the limit, the off-heap bytes and those of `$spaceFigures`.
fn stop_profile(vm: &mut Vm, args: Args) -> Completion<Word> {
    let start = vm.as_number(vm.arg(args, 0)).unwrap_or(0.0) as usize;
    let profiles = &mut vm.roots.gc_watch.profiles;
    let seen = profiles.collections.get(start..).unwrap_or_default().to_vec();
    profiles.running = profiles.running.saturating_sub(1);
    if profiles.running == 0 {
        profiles.collections = Vec::new();
    }
    let list = vm.new_array()?;
    let list = vm.handle(Word::reference(list));
    for ProfiledCollection { is_minor, pause_ns, before, after } in seen {
        let kind = [f64::from(u8::from(is_minor)), pause_ns as f64 / 1e3];
        let figures = [before, after].into_iter().flat_map(|totals| {
            [totals.limit, totals.external].into_iter().chain(of_spaces(&totals)).map(|bytes| bytes as f64)
        });
        let row = array_of(vm, kind.into_iter().chain(figures).map(Field::Number).collect())?;
        vm.push_element(vm.at(list), row)?;
    }
    Ok(vm.at(list))
}

/// `(now)`
fn remember(vm: &mut Vm, args: Args) -> Completion<Word> {
    let moment = moment(vm, args, 0);
    vm.roots.gc_watch.moments.push(moment);
    vm.number(vm.roots.gc_watch.moments.len() as f64 - 1.0)
}

/// `(number, now)`: `[before, after, change, details]`. The moment is forgotten.
fn diff(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = vm.as_number(vm.arg(args, 0)).unwrap_or(0.0) as usize;
    let before = vm.roots.gc_watch.moments.get_mut(number).map(std::mem::take).unwrap_or_default();
    let after = moment(vm, args, 1);
    let diff = HeapDiff::between(&before, &after);
    let change = vec![
        Field::Number(diff.size_bytes as f64),
        Field::Text(nice_size(diff.size_bytes as i32)),
        Field::Number(diff.freed_nodes as f64),
        Field::Number(diff.allocated_nodes as f64),
    ];
    let result = vm.new_array()?;
    let result = vm.handle(Word::reference(result));
    for fields in [moment_fields(&before), moment_fields(&after), change] {
        let fields = array_of(vm, fields)?;
        vm.push_element(vm.at(result), fields)?;
    }
    let details = vm.new_array()?;
    let details = vm.handle(Word::reference(details));
    for class in diff.details {
        let fields = vec![
            Field::Text(class.what),
            Field::Number(class.size_bytes as f64),
            Field::Text(nice_size(class.size_bytes as i32)),
            Field::Number(class.added as f64),
            Field::Number(class.released as f64),
        ];
        let fields = array_of(vm, fields)?;
        vm.push_element(vm.at(details), fields)?;
    }
    vm.push_element(vm.at(result), vm.at(details))?;
    Ok(vm.at(result))
}

fn moment_fields(moment: &HeapMoment) -> Vec<Field> {
    let size = moment.size();
    vec![
        Field::Number(moment.nodes.len() as f64),
        Field::Number(moment.time_ms),
        Field::Number(size as f64),
        Field::Text(nice_size(size as i32)),
    ]
}

/// Every object that can be reached, by id and class.
fn moment(vm: &mut Vm, args: Args, now: usize) -> HeapMoment {
    let time_ms = vm.as_number(vm.arg(args, now)).unwrap_or(0.0);
    let mut names = BTreeSet::new();
    let mut nodes = Vec::new();
    for object in reachable(vm) {
        let node = HeapGraph::new(vm).node(object);
        let class = class_of(node.node_type, node.name, &mut names);
        let Some(id) = vm.snapshot_id(object) else { continue };
        nodes.push(HeapNode { id: id as u32, class, size: node.self_size });
    }
    HeapMoment { time_ms, nodes }
}

/// memwatch counts objects by constructor, everything else by sort.
fn class_of(node_type: NodeType, name: String, names: &mut BTreeSet<Rc<str>>) -> ClassName {
    let name = match node_type {
        NodeType::Hidden | NodeType::Synthetic => return None,
        NodeType::Array => "Array".to_owned(),
        NodeType::String | NodeType::ConcatenatedString | NodeType::SlicedString => "String".to_owned(),
        NodeType::Code => "Code".to_owned(),
        NodeType::Closure => "Closure".to_owned(),
        NodeType::RegExp => "RegExp".to_owned(),
        NodeType::Number => "Number".to_owned(),
        NodeType::Native => "Native".to_owned(),
        NodeType::Symbol => "Symbol".to_owned(),
        NodeType::BigInt => "BigInt".to_owned(),
        NodeType::Object => name,
    };
    if let Some(known) = names.get(name.as_str()) {
        return Some(Rc::clone(known));
    }
    let name: Rc<str> = name.into();
    names.insert(Rc::clone(&name));
    Some(name)
}

/// What strong edges reach. The value of a weak collection's entry counts as reached with its table.
pub(super) fn reachable(vm: &Vm) -> BTreeSet<Ref> {
    let graph = HeapGraph::new(vm);
    let (mut seen, mut pending) = (BTreeSet::new(), Vec::new());
    graph.roots(&mut |root| pending.push(root.to));
    while let Some(object) = pending.pop() {
        if seen.insert(object) {
            graph.edges(object, &mut |edge| {
                if edge.edge_type != EdgeType::Weak {
                    pending.push(edge.to);
                }
            });
        }
    }
    seen
}
