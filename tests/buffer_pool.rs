//! The Buffer pool as a script sees it: the experiment that shows what one byte can pin, in two eras.

use semispace_heap::{EventMask, HeapConfig, Profile, Recorder};
use semispace_script::vm::{Exit, Vm};

/// 10,000 rounds of keeping one byte and dropping a larger Buffer.
fn rounds(keep: &str, drop: &str) -> String {
    format!(
        "const kept = []; let dropped
for (let i = 0; i < 10000; i++) {{
  kept.push({keep})
  dropped = {drop}
  if (i % 500 === 0) gc()
}}
gc()"
    )
}

fn run_to_end(profile: &str, source: &str) -> Vm {
    let config = HeapConfig::from(Profile::named(profile).expect("the profile exists"));
    let mut vm =
        Vm::new(config, Recorder::new(EventMask::NONE, 0), 1).expect("room for the built-in objects");
    vm.load(source, "pool.js").expect("the script compiles");
    assert_eq!(vm.run(u64::MAX), Exit::Finished);
    vm
}

/// Bytes of ArrayBuffers, and slabs that are alive, at the end of a script.
fn run(profile: &str, source: &str) -> (u64, u64) {
    let vm = run_to_end(profile, source);
    (vm.array_buffer_bytes(), vm.slab_counts().live)
}

/// Recorded with Node 20: 92,395 and 81,922,283 bytes.
#[test]
fn node_20_pins_a_slab_in_every_round() {
    let large = rounds("Buffer.allocUnsafe(1)", "Buffer.allocUnsafe(Buffer.poolSize)");
    assert_eq!(run("node-20", &large), (92_395, 10));
    let small = rounds("Buffer.allocUnsafe(1)", "Buffer.allocUnsafe(Buffer.poolSize / 2 - 1)");
    assert_eq!(run("node-20", &small), (81_922_283, 10_000));
}

/// `new Buffer` pools in the classic profiles, up to the whole slab; since Node 8 it does not.
#[test]
fn new_buffer_pools_only_in_the_classic_profiles() {
    let (whole, _) = run("classic-64", &rounds("new Buffer(1)", "new Buffer(8193)"));
    let (half, slabs) = run("classic-64", &rounds("new Buffer(1)", "new Buffer(8192)"));
    assert!(whole < 200_000, "{whole}");
    assert!(half > 10 * whole && slabs >= 10_000, "{half} bytes in {slabs} slabs");
    let (modern, slabs) = run("node-20", &rounds("new Buffer(1)", "new Buffer(4095)"));
    assert!(modern < 30_000 && slabs == 1, "{modern} bytes in {slabs} slabs");
}

/// With arrays the heap runs full; Buffers are off the heap, and whatever is only zero takes no memory of ours either.
#[test]
fn large_buffers_grow_off_the_heap() {
    let source = "const kept = []
for (let i = 0; i < 15; i++) kept.push(Buffer.alloc(200 * 1024 * 1024).fill(0))
const { heapTotal, external, arrayBuffers, rss } = process.memoryUsage()
if (heapTotal > 8e6 || external < 3000 * 1024 * 1024 || arrayBuffers > external || rss < heapTotal + external) throw heapTotal";
    let vm = run_to_end("node-20", source);
    assert_eq!(vm.array_buffer_bytes(), 2283 + 8192 + 3000 * 1024 * 1024);
}

/// Off-heap memory has a limit; before it is met, what is dead is collected.
#[test]
fn the_external_limit_is_a_range_error() {
    let config = HeapConfig::from(Profile::named("node-20").expect("the profile exists"));
    let mut vm =
        Vm::new(config, Recorder::new(EventMask::NONE, 0), 1).expect("room for the built-in objects");
    vm.limits.external = 64 << 20;
    let source = "for (let i = 0; i < 100; i++) Buffer.alloc(10 << 20)
let message
const kept = []
try { for (;;) kept.push(new ArrayBuffer(10 << 20)) } catch (error) { message = `${error}` }
if (kept.length !== 6 || message !== 'RangeError: Array buffer allocation failed') throw message";
    vm.load(source, "limit.js").expect("the script compiles");
    assert_eq!(vm.run(u64::MAX), Exit::Finished);
}

/// A slab goes when the last Buffer that points into it does, and the pool knows who that is.
#[test]
fn a_slab_dies_with_its_last_buffer() {
    let source = "let first = Buffer.allocUnsafe(4000), second = Buffer.allocUnsafe(4000)
const third = Buffer.allocUnsafe(4000)
first = undefined; gc(); globalThis.kept = [second, third]";
    let vm = run_to_end("node-20", source);
    let pool = vm.buffer_pool();
    let live: Vec<usize> = pool.slabs().map(|(_, slab)| slab.live.len()).collect();
    assert_eq!(live, [1, 1]);
}
