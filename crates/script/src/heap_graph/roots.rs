//! Where the graph hangs: everything that the collector starts from, by name.

use std::rc::Rc;

use semispace_heap::{Ref, Word};

use super::{EdgeName, EdgeType, HeapGraph};
use crate::value;
use crate::vm::call::Link;
use crate::vm::{Intrinsic, Vm};

/// A group of roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RootGroup {
    /// The global object
    Global,
    /// The variables of one frame of the stack, 0 the outermost
    Frame(u32),
    /// What Rust code of a running native function holds
    Handles,
    /// The built-in objects
    BuiltIns,
    /// Constants of the code
    Constants,
    /// Interned strings and symbols
    InternedStrings,
    /// The prototypes of hidden classes
    HiddenClasses,
    /// Jobs of promises
    Jobs,
    /// Timers and immediates
    Timers,
    /// Values on their way: exceptions, pending calls, generators at work
    Machine,
    /// Node's own start-up heap and the table of number strings
    StartUp,
    /// The texts of scripts
    Scripts,
}

impl RootGroup {
    /// The groups that have a node of their own under `(GC roots)`, with its name; V8's where V8 has one.
    pub const NAMED: [(Self, &'static str); 10] = [
        (Self::Handles, "(Handle scope)"),
        (Self::BuiltIns, "(Builtins)"),
        (Self::Constants, "(Constants)"),
        (Self::InternedStrings, "(Internalized strings)"),
        (Self::HiddenClasses, "(Hidden classes)"),
        (Self::Jobs, "(Microtask queue)"),
        (Self::Timers, "(Timers)"),
        (Self::Machine, "(Strong roots)"),
        (Self::StartUp, "(Startup object cache)"),
        (Self::Scripts, "(Scripts)"),
    ];
}

/// One reference from outside the heap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root<'a> {
    /// Where it is
    pub group: RootGroup,
    /// Context for a variable, element for something in a list, internal for something with a name
    pub edge_type: EdgeType,
    /// Its name
    pub name: EdgeName<'a>,
    /// What it refers to
    pub to: Ref,
}

/// A frame of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// `module scope`, or `name()` of the function
    pub name: String,
    /// Line, from 1, where it stands; 0 if that is not known
    pub line: u32,
    /// Column, from 1
    pub column: u32,
    base: usize,
    end: usize,
    pc: usize,
}

/// The script's own scope, as frames call it.
const MODULE_SCOPE: &str = "module scope";

impl HeapGraph<'_> {
    /// The frames of the stack, outermost first; none when the script has ended. What the machine has kept of the script's
    /// own frame counts as one, the outermost.
    pub fn frames(&self) -> Vec<Frame> {
        let roots = &self.vm.roots;
        let (mut base, mut pc, mut end) = (roots.base, roots.pc, roots.top().min(roots.stack.len()));
        let mut frames = Vec::new();
        while end > base {
            let place = self.vm.place(pc).map(|(_, place)| (place.line, place.column)).unwrap_or_default();
            frames.push(Frame {
                name: frame_name(self.vm, pc),
                line: place.0,
                column: place.1,
                base,
                end,
                pc,
            });
            let link = Link::from_word(roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 || base < link.distance() || link.distance() == 0 {
                break;
            }
            (end, base, pc) = (base, base - link.distance(), link.pc());
        }
        if !roots.top_level.is_empty() {
            let name = MODULE_SCOPE.to_owned();
            frames.push(Frame { name, line: 0, column: 0, base: 0, end: 0, pc: 0 });
        }
        frames.reverse();
        frames
    }

    /// The registers of the script's own frame while that is on the stack, each with the name of its variable, and
    /// without one the contexts that closures share.
    pub(crate) fn top_level_registers(&self) -> Option<Vec<(Rc<str>, Word)>> {
        let vm = self.vm;
        let script = vm.sources.iter().find(|source| source.is_visible())?.start;
        let frames = self.frames();
        let frame =
            frames.iter().find(|frame| vm.info_of(frame.pc).is_some_and(|info| info.entry == script))?;
        let named = (frame.base..frame.end).filter_map(|at| {
            let word = vm.roots.stack[at];
            let variable = vm.scopes.variable(script, frame.pc as u32, at - frame.base);
            let is_context = || vm.kind(word) == Some(value::CONTEXT);
            variable.or_else(|| is_context().then_some("")).map(|name| (name.into(), word))
        });
        Some(named.collect())
    }

    /// Hands over every root, group by group.
    pub fn roots(&self, visit: &mut dyn FnMut(Root<'_>)) {
        self.global(visit);
        self.stack(visit);
        self.built_ins(visit);
        let roots = &self.vm.roots;
        listed(RootGroup::Handles, roots.handles(), visit);
        listed(RootGroup::Constants, &roots.constants, visit);
        listed(RootGroup::InternedStrings, roots.atoms.words(), visit);
        listed(RootGroup::HiddenClasses, roots.shapes.prototypes(), visit);
        listed(RootGroup::Jobs, roots.ticks.iter().flatten().chain(&roots.microtasks), visit);
        listed(RootGroup::Timers, roots.tasks.words(), visit);
        let lists = [
            &roots.new_targets,
            &roots.pending_call,
            &roots.rejections,
            &roots.generators,
            &roots.kept,
            &roots.split_results.elements,
        ];
        let single = [&roots.sent, &roots.exception, roots.gc_watch.word()];
        let cache = std::iter::once(&roots.number_strings);
        listed(RootGroup::Scripts, &roots.sources, visit);
        listed(RootGroup::StartUp, roots.start_up.iter().chain(cache), visit);
        listed(RootGroup::Machine, lists.into_iter().flatten().chain(&roots.finalized).chain(single), visit);
    }

    fn global(&self, visit: &mut dyn FnMut(Root<'_>)) {
        if let Some(to) = self.vm.intrinsic(Intrinsic::Global).as_ref() {
            let name = EdgeName::Name("global".into());
            visit(Root { group: RootGroup::Global, edge_type: EdgeType::Shortcut, name, to });
        }
    }

    fn stack(&self, visit: &mut dyn FnMut(Root<'_>)) {
        for (number, frame) in self.frames().iter().enumerate() {
            let entry = self.vm.info_of(frame.pc).map_or(0, |info| info.entry);
            for at in frame.base..frame.end {
                let Some(to) = self.vm.roots.stack[at].as_ref() else { continue };
                let register = at - frame.base;
                let variable = self.vm.scopes.variable(entry, frame.pc as u32, register);
                let (edge_type, name) = match (variable, register) {
                    (Some(name), _) => (EdgeType::Context, EdgeName::Name(name.into())),
                    (None, 1) => (EdgeType::Internal, EdgeName::Name("callee".into())),
                    (None, 2) => (EdgeType::Internal, EdgeName::Name("this".into())),
                    (None, _) => (EdgeType::Hidden, EdgeName::Index(register as u32)),
                };
                visit(Root { group: RootGroup::Frame(number as u32), edge_type, name, to });
            }
        }
        for (name, word) in &self.vm.roots.top_level {
            let Some(to) = word.as_ref() else { continue };
            let (edge_type, name) = match &**name {
                "" => (EdgeType::Internal, EdgeName::Name("context".into())),
                name => (EdgeType::Context, EdgeName::Name(name.into())),
            };
            visit(Root { group: RootGroup::Frame(0), edge_type, name, to });
        }
    }

    fn built_ins(&self, visit: &mut dyn FnMut(Root<'_>)) {
        for (name, word) in self.vm.roots.realm.named() {
            let Some(to) = word.as_ref() else { continue };
            let name = EdgeName::Name(name.into());
            visit(Root { group: RootGroup::BuiltIns, edge_type: EdgeType::Internal, name, to });
        }
    }
}

fn listed<'w>(group: RootGroup, words: impl IntoIterator<Item = &'w Word>, visit: &mut dyn FnMut(Root<'_>)) {
    for (index, word) in words.into_iter().enumerate() {
        if let Some(to) = word.as_ref() {
            let name = EdgeName::Index(index as u32);
            visit(Root { group, edge_type: EdgeType::Element, name, to });
        }
    }
}

fn frame_name(vm: &Vm, pc: usize) -> String {
    let Some(info) = vm.info_of(pc) else { return "(frame)".to_owned() };
    if vm.is_script(info) {
        return MODULE_SCOPE.to_owned();
    }
    let name = vm.atom_text(info.name);
    if name.is_empty() { "anonymous function".to_owned() } else { format!("{name}()") }
}
