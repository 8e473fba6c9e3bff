//! What streams are for: files of any size in little memory. And monitors hear of collections in the same order however a
//! run is sliced.

use semispace_playground::{GeneratedFile, ProfileName, RunState, Session, SessionConfig};

const MIB: u64 = 1 << 20;

fn finish(source: &str, config: SessionConfig, portion: u64) -> (RunState, String) {
    let mut session =
        Session::new(SessionConfig { source: source.to_owned(), ..config }).expect("it compiles");
    loop {
        match session.run(portion) {
            RunState::Paused => {}
            state => return (state, session.take_output().into_iter().map(|chunk| chunk.text).collect()),
        }
    }
}

fn with_file(size: u64, profile: &str) -> SessionConfig {
    let file = GeneratedFile { path: "big.txt".to_owned(), size, seed: 5 };
    let profile: ProfileName = profile.parse().expect("a profile");
    SessionConfig { generated_files: vec![file], profile, ..SessionConfig::default() }
}

#[test]
fn a_gibibyte_is_piped_in_little_memory() {
    let source = "
        const fs = require('fs');
        const most = { heapUsed: 0, arrayBuffers: 0 };
        const reader = fs.createReadStream('big.txt'), writer = fs.createWriteStream('copy.txt');
        reader.on('data', () => {
          const usage = process.memoryUsage();
          for (const name in most) most[name] = Math.max(most[name], usage[name]);
        });
        reader.pipe(writer).on('finish', () => {
          console.log(most.heapUsed, most.arrayBuffers, fs.statSync('copy.txt').size);
        });";
    for profile in ["node-20", "classic-64"] {
        let (state, text) = finish(source, with_file(1024 * MIB, profile), u64::MAX);
        assert_eq!(state, RunState::Finished { exit_code: 0 });
        let figures: Vec<u64> =
            text.split_whitespace().map(|figure| figure.parse().expect("a number")).collect();
        let [heap_used, array_buffers, size] = figures[..] else { panic!("{text}") };
        assert!(heap_used < 10 * MIB && array_buffers < 30 * MIB, "{profile}: {text}");
        assert_eq!(size, 1024 * MIB);
    }
}

/// Node 0.10 has no Buffer for 2^30 bytes; Node 4 has none for 2^31; Node 20 reads no 2 GiB at once.
#[test]
fn a_file_that_is_too_large_is_refused_in_the_words_of_the_era() {
    let source = "
        try { require('fs').readFileSync('big.txt'); } catch (error) { console.log(`${error.name}: ${error.message}`); }";
    let cases = [
        ("classic-64", 1024, "RangeError: length > kMaxLength\n"),
        ("node-4", 2048, "RangeError: Invalid array buffer length\n"),
        ("node-20", 2048, "RangeError: File size (2147483648) is greater than 2 GiB\n"),
    ];
    for (profile, mib, expected) in cases {
        assert_eq!(finish(source, with_file(mib * MIB, profile), u64::MAX).1, expected, "{profile}");
    }
}

#[test]
fn a_copy_holds_the_same_bytes() {
    let source = "
        const fs = require('fs');
        fs.createReadStream('big.txt', { highWaterMark: 10007 }).pipe(fs.createWriteStream('copy.txt')).on('finish', () => {
          console.log(fs.readFileSync('big.txt').equals(fs.readFileSync('copy.txt')), fs.statSync('copy.txt').size);
        });";
    assert_eq!(finish(source, with_file(3 * MIB + 1, "node-20"), u64::MAX).1, "true 3145729\n");
}

/// memwatch's events come at the same places of the output whatever the portions of a run are.
#[test]
fn events_of_collections_do_not_depend_on_how_a_run_is_sliced() {
    let source = "
        const memwatch = require('memwatch');
        memwatch.on('stats', (stats) => console.log('stats', JSON.stringify(stats)));
        memwatch.on('leak', (leak) => console.log('leak', JSON.stringify(leak)));
        const kept = [];
        let rounds = 0;
        (function round() {
          for (let i = 0; i < 3000; i++) kept.push({ i });
          gc();
          console.log('round', ++rounds);
          if (rounds < 12) setTimeout(round, 700);
        })();";
    let whole = finish(source, SessionConfig::default(), u64::MAX).1;
    assert_eq!(whole.matches("stats {").count(), 12);
    assert_eq!(whole.matches("leak {").count(), 2);
    assert!(whole.contains("\"reason\":\"heap growth over 5 consecutive GCs (2s) - "), "{whole}");
    for portion in [777, 50_000] {
        assert_eq!(finish(source, SessionConfig::default(), portion).1, whole);
    }
}
