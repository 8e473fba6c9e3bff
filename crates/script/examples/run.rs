//! Runs a file.
use semispace_heap::{EventMask, HeapConfig, PROFILES, recorder::Recorder};
use semispace_script::vm::{Exit, Vm};
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let source = std::fs::read_to_string(&path).unwrap_or_default();
    if std::env::var("BC").is_ok() {
        println!(
            "{}",
            semispace_script::bytecode::disassemble(&semispace_script::compiler::compile(&source).unwrap())
        );
    }
    let mut config = HeapConfig::from(semispace_heap::Profile::named("node-20").unwrap());
    if let Ok(n) = std::env::var("STRESS") {
        config.stress_gc = n.parse().ok();
        config.verify = true;
        config.poison = true;
    }
    let _ = PROFILES;
    let mut vm = Vm::new(config, Recorder::new(EventMask::NONE, 0), 1).unwrap();
    if let Err(e) = vm.load(&source, &path) {
        println!("{e:?}");
        return;
    }
    let exit = loop {
        match vm.run(50_000_000) {
            Exit::Paused => {}
            other => break other,
        }
        for (_, t) in vm.output.drain(..) {
            print!("{t}");
        }
    };
    for (_, t) in vm.output.drain(..) {
        print!("{t}");
    }
    if let Exit::Failed(d) = &exit {
        println!("{}", d.report(&path));
    } else {
        println!("{exit:?}");
    }
    eprintln!("{:#?}", vm.heap.stats());
}
