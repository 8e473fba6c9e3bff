//! What a person can ask about the heap: collections and why they ran, sizes over time, single objects, and the steps of a
//! collection. All sizes and addresses are bytes; addresses count from the start of the heap.

use crate::Counters;
use crate::picture::{CellState, Space};
use serde::{Deserialize, Serialize};

/// Which collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CollectionKind {
    /// Of new space.
    Scavenge,
    /// Of the whole heap.
    Full,
}

/// One collection: a line of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Counts all collections from 1.
    pub number: u32,
    /// Which collection.
    pub kind: CollectionKind,
    /// When it ended, in virtual milliseconds.
    pub at_ms: f64,
    /// How long the mutator stood still, in virtual milliseconds.
    pub pause_ms: f64,
    /// The line of `--trace-gc`, in the format of the profile's era.
    pub line: String,
}

/// Why a collection ran, or why something is as it is: the rule with this run's numbers in it, and where V8 has the rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The [`LogEntry::number`] of the collection; 0 when it is about something else.
    pub number: u32,
    /// One line that names what is explained.
    pub title: String,
    /// What happened, why then, and what followed; a sentence or two each.
    pub sentences: Vec<String>,
    /// File and function of V8 that the rule follows.
    pub sources: Vec<String>,
}

/// The heap's sizes at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Virtual time.
    pub at_ms: f64,
    /// Instructions run until then.
    pub instructions: f64,
    /// Objects of new space.
    pub new_used: f64,
    /// Objects of old space.
    pub old_used: f64,
    /// Large objects.
    pub large_used: f64,
    /// Off-heap memory that objects hold.
    pub external: f64,
    /// The whole process.
    pub rss: f64,
    /// The old generation's limit at which a full collection is due.
    pub old_limit: f64,
}

/// The objects of some ranges of the heap, in address order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObjectList {
    /// Names that the records refer to.
    pub names: Vec<String>,
    /// [`ObjectRecord`]s, [`ObjectRecord::BYTES`] each.
    #[serde(with = "serde_bytes")]
    pub records: Vec<u8>,
    /// Were there more objects than a list can hold?
    pub is_cut: bool,
}

impl ObjectList {
    /// The records.
    pub fn records(&self) -> impl Iterator<Item = ObjectRecord> + '_ {
        self.records.chunks_exact(ObjectRecord::BYTES).filter_map(ObjectRecord::read)
    }

    /// Adds a record.
    pub fn push(&mut self, record: ObjectRecord) {
        self.records.extend_from_slice(&record.address.to_le_bytes());
        self.records.extend_from_slice(&record.size.to_le_bytes());
        self.records.extend_from_slice(&record.name.to_le_bytes());
        self.records.extend_from_slice(&[record.state as u8, 0]);
    }
}

/// One object as the heap view draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectRecord {
    /// Address of its first byte.
    pub address: u32,
    /// Size in bytes.
    pub size: u32,
    /// Index into [`ObjectList::names`].
    pub name: u16,
    /// Its colour.
    pub state: CellState,
}

impl ObjectRecord {
    /// Bytes of a record.
    pub const BYTES: usize = 12;

    fn read(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        Some(Self {
            address: number(0)?,
            size: number(4)?,
            name: u16::from_le_bytes(bytes.get(8..10)?.try_into().ok()?),
            state: CellState::of_code(*bytes.get(10)?),
        })
    }
}

/// Everything that is known of one object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObjectDetails {
    /// Address of its first byte.
    pub address: u32,
    /// Number that stays the same when the object moves; 0 if it has none.
    pub id: f64,
    /// Constructor or kind: `Session`, `Array`, `(string)`.
    pub name: String,
    /// What it is to the engine: `object`, `array`, `string`, `hidden` ...
    pub kind: String,
    /// Its value in a few words.
    pub preview: String,
    /// Size in bytes.
    pub size: f64,
    /// Where it lies: one of [`Space`].
    pub space: String,
    /// Scavenges that it has survived: 0, 1, or 2 for an object of the old generation.
    pub age: u8,
    /// Its colour in words.
    pub state: String,
    /// Where it was allocated, if that is known: `line 12`.
    pub allocated_at: String,
    /// What it refers to.
    pub fields: Vec<Field>,
    /// What refers to it.
    pub referrers: Vec<Referrer>,
    /// Referrers that are not listed.
    pub more_referrers: u32,
}

/// A field of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Property name or index.
    pub name: String,
    /// The value in a few words.
    pub value: String,
    /// Address of the object that it refers to.
    pub target: Option<u32>,
}

/// Something that refers to an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Referrer {
    /// The holder's name.
    pub holder: String,
    /// The field that holds the reference.
    pub field: String,
    /// Address of the holder; nothing for a root.
    pub address: Option<u32>,
}

/// How far a step of a collection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepUnit {
    /// One unit of the collector's work: an object scanned, a page swept.
    Object,
    /// To the next phase.
    Phase,
    /// To the end.
    End,
}

/// A collection that is being stepped through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CollectionView {
    /// `Scavenge` or `Full collection`.
    pub title: String,
    /// The phase in words.
    pub phase: String,
    /// Number of the phase and of all phases.
    pub progress: (u32, u32),
    /// What the last step did, a sentence each.
    pub sentences: Vec<String>,
    /// Steps so far.
    pub steps: u32,
    /// The scan pointer, as an address.
    pub scan: Option<u32>,
    /// The free pointer, as an address.
    pub free: Option<u32>,
    /// Objects that the last step moved: old and new address and size.
    pub moves: Vec<(u32, u32, u32)>,
    /// What waits to be visited, next first: address and name.
    pub worklist: Vec<(u32, String)>,
    /// How much waits in all.
    pub waiting: u32,
    /// Old objects with remembered slots: address and name.
    pub remembered: Vec<(u32, String)>,
    /// Has it ended?
    pub is_over: bool,
}

/// Totals of a comparison run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// The profile's name.
    pub profile: String,
    /// Its numbers so far.
    pub counters: Counters,
    /// Sizes since the last such reply.
    pub samples: Vec<Sample>,
    /// Has the run ended?
    pub is_over: bool,
    /// How it ended, in words.
    pub ending: String,
}

impl Space {
    /// The space in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::To => "to-space",
            Self::From => "from-space",
            Self::Old => "old space",
            Self::Large => "large objects",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_as_pushed() {
        let mut list = ObjectList::default();
        let record = ObjectRecord { address: 1 << 20, size: 56, name: 3, state: CellState::Survived };
        list.push(record);
        list.push(ObjectRecord { address: 4, ..record });
        assert_eq!(list.records().collect::<Vec<_>>(), [record, ObjectRecord { address: 4, ..record }]);
        list.records.pop();
        assert_eq!(list.records().count(), 1);
    }
}
