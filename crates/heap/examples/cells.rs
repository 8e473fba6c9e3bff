//! A heap of Lisp cells: what it takes to embed the collector in something that is not JavaScript.
//!
//! A list of squares is built, filtered and summed over and over; the garbage goes by itself. The program keeps
//! every list that it still needs on its stack of roots, because any allocation may move any object.

use semispace_heap::{Heap, HeapConfig, Kind, Layout, Mutator, OutOfMemory, Profile, Ref, Word};

/// A pair: header, head, tail.
const PAIR: Kind = Kind::new(0, Layout::Tagged);
const NIL: Word = Word::immediate(1);

/// The roots are a stack of words.
#[derive(Default)]
struct Stack {
    words: Vec<Word>,
    cells: u64,
}

impl Mutator for Stack {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.words.iter_mut().for_each(visit);
    }

    /// Ten nanoseconds a cell: time is whatever the client counts.
    fn now_ns(&self) -> u64 {
        self.cells * 10
    }
}

struct Lisp {
    heap: Heap,
    stack: Stack,
}

impl Lisp {
    /// Replaces the two topmost roots, tail and head, by the pair of them.
    fn cons(&mut self) -> Result<(), OutOfMemory> {
        self.stack.cells += 1;
        let pair: Ref = match self.heap.try_bump(PAIR, 0, 3) {
            Some(pair) => pair,
            None => self.heap.allocate(&mut self.stack, PAIR, 0, 3)?,
        };
        let head = self.pop();
        let tail = self.pop();
        // The newest young object needs no barrier until the next allocation.
        self.heap.init(pair, 1, head);
        self.heap.init(pair, 2, tail);
        self.stack.words.push(pair.into());
        Ok(())
    }

    fn pop(&mut self) -> Word {
        self.stack.words.pop().unwrap_or(NIL)
    }

    /// Pushes the list of the squares of 1 to `n`.
    fn squares(&mut self, n: i32) -> Result<(), OutOfMemory> {
        self.stack.words.push(NIL);
        for i in (1..=n).rev() {
            self.stack.words.push(Word::smi(i.wrapping_mul(i)));
            self.cons()?;
        }
        Ok(())
    }

    /// Replaces the topmost list by its even members, in reverse.
    fn evens(&mut self) -> Result<(), OutOfMemory> {
        self.stack.words.push(NIL);
        let result = self.stack.words.len() - 1;
        while let Some(pair) = self.stack.words[result - 1].as_ref() {
            self.stack.words[result - 1] = self.heap.get(pair, 2);
            let head = self.heap.get(pair, 1);
            if head.as_smi().is_some_and(|n| n % 2 == 0) {
                self.stack.words.push(head);
                self.cons()?;
            }
        }
        self.stack.words.swap_remove(result - 1);
        Ok(())
    }

    fn sum(&self, mut list: Word) -> i64 {
        let mut sum = 0;
        while let Some(pair) = list.as_ref() {
            sum += i64::from(self.heap.get(pair, 1).as_smi().unwrap_or(0));
            list = self.heap.get(pair, 2);
        }
        sum
    }
}

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> Result<(), OutOfMemory> {
    let profile = Profile::named("node-20").unwrap_or(&semispace_heap::PROFILES[0]);
    let mut lisp = Lisp { heap: Heap::new(HeapConfig::from(profile), ()), stack: Stack::default() };
    let mut total = 0;
    for _ in 0..2000 {
        lisp.squares(1000)?;
        lisp.evens()?;
        let list = lisp.pop();
        total += lisp.sum(list);
    }
    let stats = lisp.heap.stats();
    println!("total {total} from {} cells", lisp.stack.cells);
    println!(
        "{} scavenges copied {} and promoted {} of {} bytes",
        stats.scavenges, stats.semi_space_copied_bytes, stats.promoted_bytes, stats.allocated_bytes
    );
    Ok(())
}
