//! Damaged snapshot files: read in pieces, and what can be read is analysed, written and read again. The first byte says how
//! large the pieces are: `cargo +nightly fuzz run --fuzz-dir tests/fuzz snapshot corpus/snapshot seeds/snapshot`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semispace_snapshot::{Reader, Snapshot, groups::groups, read, write};

fuzz_target!(|data: &[u8]| {
    // A seed begins with '{', which is pieces of 123 bytes; its first byte is part of the file all the same.
    let Some(&first) = data.first() else { return };
    let mut reader = Reader::new(Some(data.len() as u64));
    for piece in data.chunks(usize::from(first).max(1)) {
        if let Err(error) = reader.feed(piece) {
            assert!(error.offset <= data.len() as u64);
            return;
        }
    }
    let Ok(graph) = reader.finish() else { return };
    let mut file = Vec::new();
    write(&graph, &mut file).expect("memory does not fail");
    let again = read(file.as_slice(), None).expect("our own file");
    assert_eq!((again.node_count(), again.edge_count()), (graph.node_count(), graph.edge_count()));
    let snapshot = Snapshot::new(graph);
    assert!(groups(&snapshot).len() <= snapshot.graph().node_count());
});
