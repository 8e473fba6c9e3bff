//! Which functions refer to which data: what the linker knew, and wrote down when it was told to (`--emit-relocs`).

use super::module::{constant, function_names};
use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{
    DataKind, KnownCustom, Linking, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo,
};

/// The data of a linked module, symbol by symbol.
pub struct References<'a> {
    /// Addresses of each symbol's bytes.
    symbols: Vec<Range<u32>>,
    /// The symbols that a symbol's bytes point to.
    in_data: Vec<BTreeSet<usize>>,
    /// The symbols that a function's code names, by the function's name.
    in_code: BTreeMap<&'a str, BTreeSet<usize>>,
}

impl<'a> References<'a> {
    /// # Errors
    /// When the module was not linked with `--emit-relocs`.
    pub fn read(linked: &'a [u8]) -> Result<Self> {
        let sections = Sections::read(linked)?;
        let symbols = sections.addresses()?;
        let by_address = ByAddress::new(&symbols);
        let mut references =
            Self { in_data: vec![BTreeSet::new(); symbols.len()], in_code: BTreeMap::new(), symbols };
        for &(section, entry) in sections.relocations() {
            let Some(Some(target)) =
                sections.symbols.get(entry.index as usize).map(|symbol| symbol.data_index)
            else {
                continue;
            };
            if section == sections.code {
                let at = sections.code_start + entry.offset;
                ensure!(
                    leb128(linked, at)
                        == Some(references.symbols[target].start.wrapping_add(entry.addend as u32)),
                    "a relocation does not fit what is in its place"
                );
                let name = sections.function_at(at).context("a relocation outside of functions")?;
                references.in_code.entry(name).or_default().insert(target);
            } else if section == sections.data {
                // Bytes that no symbol claims stay where they are, and so must what they point to.
                let address = sections.address_at(sections.data_start + entry.offset);
                match address.and_then(|address| by_address.symbol_at(address)) {
                    Some(holder) => references.in_data[holder].insert(target),
                    None => references.in_code.entry("").or_default().insert(target),
                };
            }
        }
        Ok(references)
    }

    /// Addresses of bytes that none of these functions can reach, ascending; neighbours are one range.
    pub fn unreachable_from<'f>(&self, functions: impl Iterator<Item = &'f str>) -> Vec<Range<u32>> {
        let mut reached: BTreeSet<usize> = BTreeSet::new();
        let mut found: Vec<usize> =
            functions.chain([""]).filter_map(|name| self.in_code.get(name)).flatten().copied().collect();
        while let Some(symbol) = found.pop() {
            if reached.insert(symbol) {
                found.extend(&self.in_data[symbol]);
            }
        }
        // Symbols can share bytes: what is reached by one name is reached.
        let mut kept: Vec<Range<u32>> = reached.iter().map(|&symbol| self.symbols[symbol].clone()).collect();
        let mut others: Vec<Range<u32>> = (0..self.symbols.len())
            .filter(|symbol| !reached.contains(symbol))
            .map(|symbol| self.symbols[symbol].clone())
            .collect();
        for ranges in [&mut kept, &mut others] {
            merge(ranges);
        }
        subtract(&others, &kept)
    }
}

/// The number that a function's code has at a place, cut to its 32 bits.
fn leb128(bytes: &[u8], at: u32) -> Option<u32> {
    let bytes = bytes.get(at as usize..)?.iter().take(5).zip((0..).step_by(7));
    Some(bytes.fold(0, |number, (&byte, shift)| number | (u32::from(byte) & 0x7f) << shift))
}

/// Sorts ranges, and makes one of those that touch.
fn merge(ranges: &mut Vec<Range<u32>>) {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
}

/// What is in the first ranges and not in the second; both ascend, and none touches the next.
pub fn subtract(from: &[Range<u32>], what: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut left = Vec::new();
    let mut what = what.iter().peekable();
    for range in from {
        let mut start = range.start;
        while let Some(hole) = what.peek().filter(|hole| hole.start < range.end) {
            if hole.start > start {
                left.push(start..hole.start);
            }
            start = start.max(hole.end);
            if hole.end > range.end {
                break;
            }
            what.next();
        }
        if start < range.end {
            left.push(start..range.end);
        }
    }
    left
}

/// Finds the symbol around an address.
struct ByAddress(Vec<(Range<u32>, usize)>);

impl ByAddress {
    fn new(symbols: &[Range<u32>]) -> Self {
        let mut all: Vec<_> =
            symbols.iter().cloned().zip(0..).filter(|(range, _)| !range.is_empty()).collect();
        all.sort_by_key(|(range, _)| range.start);
        Self(all)
    }

    fn symbol_at(&self, address: u32) -> Option<usize> {
        let after = self.0.partition_point(|(range, _)| range.start <= address);
        let (range, symbol) = self.0.get(after.checked_sub(1)?)?;
        range.contains(&address).then_some(*symbol)
    }
}

struct Symbol {
    /// Segment, offset and size, of data that is defined here.
    data: Option<(u32, u32, u32)>,
    /// Its number among data.
    data_index: Option<usize>,
}

/// A linked module, as far as it is needed here.
#[derive(Default)]
struct Sections<'a> {
    /// Section numbers, as relocations use them, and where the contents begin in the file.
    code: u32,
    code_start: u32,
    data: u32,
    data_start: u32,
    /// Where each body lies in the file.
    bodies: Vec<Range<u32>>,
    imported: u32,
    names: BTreeMap<u32, &'a str>,
    symbols: Vec<Symbol>,
    /// How many of them are data.
    data_symbols: usize,
    /// Where each segment lies in the file, and its address.
    segments: Vec<(Range<u32>, u32)>,
    entries: Vec<(u32, RelocationEntry)>,
}

impl<'a> Sections<'a> {
    fn read(linked: &'a [u8]) -> Result<Self> {
        let mut sections = Self::default();
        let mut number = 0;
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload?;
            let is_section = payload.as_section().is_some();
            sections.take(payload, number)?;
            number += u32::from(is_section);
        }
        if sections.entries.is_empty() {
            bail!("the module was not linked with --emit-relocs");
        }
        Ok(sections)
    }

    fn take(&mut self, payload: Payload<'a>, number: u32) -> Result<()> {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { unchecked_range, .. } => {
                (self.code, self.code_start) = (number, unchecked_range.start as u32);
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(narrow(body.range())),
            Payload::DataSection(section) => {
                (self.data, self.data_start) = (number, section.range().start as u32);
                for segment in section {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        bail!("data without an address")
                    };
                    let address = constant(&offset_expr).context("data at a computed address")?;
                    let end = segment.range.end as u32;
                    self.segments.push((end - segment.data.len() as u32..end, address));
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => self.names = function_names(names)?,
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part? {
                            for symbol in symbols {
                                self.add_symbol(&symbol?);
                            }
                        }
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    for entry in relocations.entries() {
                        self.entries.push((relocations.section_index(), entry?));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn add_symbol(&mut self, symbol: &SymbolInfo<'_>) {
        let data = match symbol {
            SymbolInfo::Data { symbol: Some(place), .. } => Some((place.index, place.offset, place.size)),
            _ => None,
        };
        let data_index = data.map(|_| self.data_symbols);
        self.data_symbols += usize::from(data.is_some());
        self.symbols.push(Symbol { data, data_index });
    }

    /// Addresses of all data symbols, in the order of their numbers.
    fn addresses(&self) -> Result<Vec<Range<u32>>> {
        let mut all = Vec::new();
        for (segment, offset, size) in self.symbols.iter().filter_map(|symbol| symbol.data) {
            let (_, address) = self.segments.get(segment as usize).context("a symbol in no segment")?;
            let start = address + offset;
            all.push(start..start + size);
        }
        Ok(all)
    }

    /// Those that hold an address of data.
    fn relocations(&self) -> impl Iterator<Item = &(u32, RelocationEntry)> {
        self.entries.iter().filter(|(_, entry)| {
            matches!(
                entry.ty,
                RelocationType::MemoryAddrLeb
                    | RelocationType::MemoryAddrSleb
                    | RelocationType::MemoryAddrI32
            )
        })
    }

    /// The name of the function whose body is at a place of the file.
    fn function_at(&self, at: u32) -> Option<&'a str> {
        let after = self.bodies.partition_point(|body| body.start <= at);
        let body = after.checked_sub(1)?;
        self.bodies[body].contains(&at).then_some(())?;
        self.names.get(&(self.imported + body as u32)).copied()
    }

    /// The address of a byte of the file.
    fn address_at(&self, at: u32) -> Option<u32> {
        let (range, address) = self.segments.iter().find(|(range, _)| range.contains(&at))?;
        Some(address + at - range.start)
    }
}

fn narrow(range: Range<u64>) -> Range<u32> {
    range.start as u32..range.end as u32
}

#[cfg(test)]
mod tests {
    use super::{merge, subtract};
    use std::ops::Range;

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "lists of ranges")]
    fn ranges_are_merged_and_subtracted() {
        let mut ranges = vec![8..9, 0..2, 2..4, 3..6, 7..7];
        merge(&mut ranges);
        assert_eq!(ranges, [0..6, 8..9]);
        let check = |from: &[Range<u32>], what: &[Range<u32>], left: &[Range<u32>]| {
            assert_eq!(subtract(from, what), left)
        };
        check(&[0..10], &[], &[0..10]);
        check(&[0..10], &[0..2, 4..5, 9..12], &[2..4, 5..9]);
        check(&[0..3, 5..8], &[2..6], &[0..2, 6..8]);
        check(&[0..3, 5..8], &[0..9], &[]);
        check(&[5..8], &[0..1, 2..6, 7..20], &[6..7]);
    }
}
