//! What `modules/v8_profiler.js` needs to follow objects: their ids, and how many of each stretch of time still live
//! (V8: `HeapObjectsMap::PushHeapObjectsStats` in src/profiler/heap-snapshot-generator.cc); and `v8.queryObjects`.

use semispace_heap::{ObjectId, Word};

use super::gc_watch::reachable;
use crate::builtins::install::{Function, methods};
use crate::heap_graph::{HeapGraph, snapshot_id};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

/// The stretches of time between two looks at the heap.
#[derive(Clone, Debug, Default)]
pub struct HeapTracking {
    moments: Option<Vec<Moment>>,
}

/// A look at the heap, and what lived at the last one of those that came before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moment {
    /// Objects up to this id had come by then.
    last_id: u64,
    objects: u64,
    bytes: u64,
}

const INTRINSICS: &[Function] = &[
    ("$objectId", 1, id),
    ("$objectWithId", 1, with_id),
    ("$trackHeap", 1, track),
    ("$heapStats", 0, stats),
    ("$instances", 1, instances),
];

/// The intrinsics that follow objects.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// `(object)`: its id in snapshots; undefined for what is no object of the heap.
fn id(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(object) = vm.arg(args, 0).as_ref() else { return Ok(UNDEFINED) };
    match vm.snapshot_id(object) {
        Some(id) => vm.number(id as f64),
        None => Ok(UNDEFINED),
    }
}

/// `(id)`: the object that snapshots give this id; undefined where none lives or scripts cannot hold it.
fn with_id(vm: &mut Vm, args: Args) -> Completion<Word> {
    let id = vm.as_number(vm.arg(args, 0)).unwrap_or(0.0) as u64;
    let number = id.checked_sub(snapshot_id::FIRST_OBJECT).filter(|number| number % 2 == 0);
    let number = number.and_then(|number| u32::try_from(number / 2).ok());
    let found = number.and_then(|number| vm.heap.object_with_id(ObjectId(number)));
    let word = found.map_or(UNDEFINED, Word::reference);
    Ok(if vm.is_object(word) { word } else { UNDEFINED })
}

/// `(on)`
fn track(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.roots.heap_tracking.moments = (vm.arg(args, 0) == value::TRUE).then(Vec::new);
    Ok(UNDEFINED)
}

/// `()`: `[last id, moment, objects, bytes, moment, ...]`, of the moments whose figures have changed.
fn stats(vm: &mut Vm, _: Args) -> Completion<Word> {
    let mut sizes = Vec::new();
    for object in reachable(vm) {
        let size = HeapGraph::new(vm).node(object).self_size;
        sizes.extend(vm.snapshot_id(object).map(|id| (id, size)));
    }
    let last_id = sizes.iter().map(|&(id, _)| id).max().unwrap_or(0);
    let mut figures = vec![last_id];
    if let Some(moments) = &mut vm.roots.heap_tracking.moments {
        let before = moments.clone();
        moments.push(Moment { last_id, ..Moment::default() });
        count(moments, &sizes);
        for (index, moment) in moments.iter().enumerate() {
            if before.get(index) != Some(moment) {
                figures.extend([index as u64, moment.objects, moment.bytes]);
            }
        }
    }
    let list = vm.new_array()?;
    let list = vm.handle(Word::reference(list));
    for figure in figures {
        let number = vm.number(figure as f64)?;
        vm.push_element(vm.at(list), number)?;
    }
    Ok(vm.at(list))
}

/// `(prototype)`: the objects that inherit from it, of those that the roots reach.
fn instances(vm: &mut Vm, args: Args) -> Completion<Word> {
    let prototype = vm.arg(args, 0);
    let found: Vec<Word> = reachable(vm)
        .into_iter()
        .map(Word::reference)
        .filter(|&object| vm.is_object(object) && inherits(vm, object, prototype))
        .collect();
    let found: Vec<_> = found.into_iter().map(|object| vm.handle(object)).collect();
    let list = vm.new_array()?;
    let list = vm.handle(Word::reference(list));
    for object in found {
        vm.push_element(vm.at(list), vm.at(object))?;
    }
    Ok(vm.at(list))
}

fn inherits(vm: &Vm, object: Word, prototype: Word) -> bool {
    std::iter::successors(Some(object), |&at| Some(vm.prototype_of(at)).filter(|&above| vm.is_object(above)))
        .skip(1)
        .any(|above| above == prototype)
}

/// Counts each object at the first moment that it was there.
fn count(moments: &mut [Moment], sizes: &[(u64, u64)]) {
    for moment in moments.iter_mut() {
        (moment.objects, moment.bytes) = (0, 0);
    }
    for &(id, size) in sizes {
        let at = moments.partition_point(|moment| moment.last_id < id);
        if let Some(moment) = moments.get_mut(at) {
            moment.objects += 1;
            moment.bytes += size;
        }
    }
}
