//! What a file holds: stretches of stored bytes, of zeros, and of generated text.

use std::rc::Rc;

use super::generated;

/// A stretch of a file.
#[derive(Clone, Debug)]
struct Extent {
    start: u64,
    length: u64,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    /// Shared with the sessions that were cloned from this one.
    Bytes(Rc<Vec<u8>>),
    Zeros,
    Generated {
        seed: u64,
        from: u64,
    },
}

/// A place in a generated text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which text.
    pub seed: u64,
    /// Where in it.
    pub from: u64,
}

/// The bytes of a file: extents in order, without gaps.
#[derive(Clone, Debug, Default)]
pub struct Content {
    extents: Vec<Extent>,
}

impl Extent {
    const fn end(&self) -> u64 {
        self.start + self.length
    }

    const fn stored(&self) -> u64 {
        match self.source {
            Source::Bytes(_) => self.length,
            _ => 0,
        }
    }

    fn read(&self, at: u64, bytes: &mut [u8]) {
        let skip = at - self.start;
        match &self.source {
            Source::Bytes(stored) => bytes.copy_from_slice(&stored[skip as usize..][..bytes.len()]),
            Source::Zeros => bytes.fill(0),
            Source::Generated { seed, from } => generated::fill(*seed, from + skip, bytes),
        }
    }

    /// The part between two places of the file.
    fn part(&self, start: u64, end: u64) -> Extent {
        let skip = start - self.start;
        let source = match &self.source {
            Source::Bytes(stored) => {
                Source::Bytes(Rc::new(stored[skip as usize..(end - self.start) as usize].to_vec()))
            }
            Source::Zeros => Source::Zeros,
            Source::Generated { seed, from } => Source::Generated { seed: *seed, from: from + skip },
        };
        Extent { start, length: end - start, source }
    }

    /// Takes the extent behind this one in, if one source can give both.
    fn absorb(&mut self, next: &Extent) -> bool {
        let joined = match (&mut self.source, &next.source) {
            (Source::Bytes(mine), Source::Bytes(theirs)) => {
                Rc::make_mut(mine).extend_from_slice(theirs);
                true
            }
            (Source::Zeros, Source::Zeros) => true,
            (Source::Generated { seed, from }, Source::Generated { seed: other, from: there }) => {
                seed == other && *from + self.length == *there
            }
            _ => false,
        };
        self.length += if joined { next.length } else { 0 };
        joined
    }
}

impl Content {
    /// `size` bytes of the generated text of a seed.
    pub fn generated(seed: u64, size: u64) -> Self {
        let extent = Extent { start: 0, length: size, source: Source::Generated { seed, from: 0 } };
        Self { extents: if size == 0 { Vec::new() } else { vec![extent] } }
    }

    /// These bytes.
    pub fn bytes(bytes: Vec<u8>) -> Self {
        let extent = Extent { start: 0, length: bytes.len() as u64, source: Source::Bytes(Rc::new(bytes)) };
        Self { extents: if extent.length == 0 { Vec::new() } else { vec![extent] } }
    }

    /// Bytes of the file.
    pub fn size(&self) -> u64 {
        self.extents.last().map_or(0, Extent::end)
    }

    /// Bytes of it that are stored.
    pub fn stored(&self) -> u64 {
        self.extents.iter().map(Extent::stored).sum()
    }

    /// Reads from `at` on; the answer is how many bytes there were.
    pub fn read(&self, at: u64, bytes: &mut [u8]) -> usize {
        let count = self.size().saturating_sub(at).min(bytes.len() as u64) as usize;
        let mut done = 0;
        while done < count {
            let place = at + done as u64;
            let extent = &self.extents[self.index_at(place)];
            let here = ((extent.end() - place) as usize).min(count - done);
            extent.read(place, &mut bytes[done..done + here]);
            done += here;
        }
        count
    }

    /// The place in a generated text that a byte comes from.
    pub fn passage(&self, at: u64) -> Option<Passage> {
        let extent = self.extents.get(self.index_at(at))?;
        match extent.source {
            Source::Generated { seed, from } => {
                Some(Passage { seed, from: from + at.checked_sub(extent.start)? })
            }
            _ => None,
        }
    }

    /// Replaces the bytes from `at` on. `candidates` are passages that they may have been copied from: a copy is kept as
    /// a reference, so that copying a generated file stores nothing.
    pub fn write(&mut self, at: u64, bytes: &[u8], candidates: &[Passage]) {
        if bytes.is_empty() {
            return;
        }
        let before = at.checked_sub(1).and_then(|last| self.passage(last));
        let going_on = before.map(|passage| Passage { from: passage.from + 1, ..passage });
        let same = |passage: &Passage| generated::matches(passage.seed, passage.from, bytes);
        let source = match going_on.iter().chain(candidates).copied().find(|passage| same(passage)) {
            Some(Passage { seed, from }) => Source::Generated { seed, from },
            None if bytes.iter().all(|&byte| byte == 0) => Source::Zeros,
            None => Source::Bytes(Rc::new(bytes.to_vec())),
        };
        self.place(Extent { start: at, length: bytes.len() as u64, source });
    }

    /// Cuts the file, or makes it longer with zeros.
    pub fn truncate(&mut self, size: u64) {
        let old = self.size();
        if size > old {
            self.push(Extent { start: old, length: size - old, source: Source::Zeros });
            return;
        }
        self.extents.retain(|extent| extent.start < size);
        if let Some(last) = self.extents.pop() {
            let end = last.end().min(size);
            self.extents.push(if end < last.end() { last.part(last.start, end) } else { last });
        }
    }

    /// Puts an extent in the place of what lies there.
    fn place(&mut self, new: Extent) {
        if new.start >= self.size() {
            self.truncate(new.start);
            self.push(new);
            return;
        }
        let (start, end) = (new.start, new.end());
        let old = std::mem::take(&mut self.extents);
        let before = old.iter().filter(|extent| extent.start < start);
        let after = old.iter().filter(|extent| extent.end() > end);
        before.for_each(|extent| self.push(extent.part(extent.start, extent.end().min(start))));
        self.push(new);
        after.for_each(|extent| self.push(extent.part(extent.start.max(end), extent.end())));
    }

    fn push(&mut self, extent: Extent) {
        let absorbed = self.extents.last_mut().is_some_and(|last| last.absorb(&extent));
        if !absorbed && extent.length > 0 {
            self.extents.push(extent);
        }
    }

    /// The extent that holds a byte, or the number of extents.
    fn index_at(&self, at: u64) -> usize {
        self.extents.partition_point(|extent| extent.end() <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random numbers, the same each time (xorshift64).
    fn next(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    fn all(content: &Content) -> Vec<u8> {
        let mut bytes = vec![0; content.size() as usize];
        assert_eq!(content.read(0, &mut bytes), bytes.len());
        bytes
    }

    /// Whatever is written, a file holds what a plain array of bytes holds.
    #[test]
    fn a_file_is_an_array_of_bytes() {
        let mut state = 88_172_645_463_325_252;
        let text = all(&Content::generated(7, 4000));
        for _ in 0..200 {
            let (mut content, mut model) = (Content::generated(7, 1000), text[..1000].to_vec());
            for _ in 0..30 {
                let (at, count) = ((next(&mut state) % 1500) as usize, (next(&mut state) % 300) as usize);
                let passage = Passage { seed: 7, from: next(&mut state) % 3000 };
                let bytes = match next(&mut state) % 4 {
                    0 => vec![0; count],
                    1 => text[passage.from as usize..][..count].to_vec(),
                    2 => (0..count).map(|_| next(&mut state) as u8).collect(),
                    _ => {
                        content.truncate(at as u64);
                        model.resize(at, 0);
                        continue;
                    }
                };
                content.write(at as u64, &bytes, &[passage]);
                if !bytes.is_empty() {
                    model.resize(model.len().max(at + count), 0);
                    model[at..at + count].copy_from_slice(&bytes);
                }
                assert_eq!(all(&content), model);
            }
        }
    }

    #[test]
    fn a_copy_of_generated_text_stores_nothing() {
        let original = Content::generated(3, 1 << 20);
        let mut copy = Content::default();
        let mut part = vec![0; 50_001];
        let mut at = 0;
        loop {
            let count = original.read(at, &mut part);
            if count == 0 {
                break;
            }
            let candidates: Vec<Passage> = original.passage(at).into_iter().collect();
            copy.write(at, &part[..count], &candidates);
            at += count as u64;
        }
        assert_eq!((copy.size(), copy.stored(), copy.extents.len()), (1 << 20, 0, 1));
        copy.write(77, b"changed", &[]);
        assert_eq!(copy.stored(), 7);
    }

    #[test]
    fn generated_text_is_lines_and_does_not_depend_on_how_it_is_read() {
        let content = Content::generated(1, 6400);
        let bytes = all(&content);
        let lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
        assert!(lines.len() == 100 && lines.iter().all(|line| line.len() == 64));
        let mut one = [0];
        for (at, &byte) in bytes.iter().enumerate() {
            content.read(at as u64, &mut one);
            assert_eq!(one[0], byte);
        }
    }
}
