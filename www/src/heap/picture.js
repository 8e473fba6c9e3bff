// Reads the bytes of a picture of the heap; crates/protocol/src/picture.rs says what they mean.

/** The spaces by their numbers. */
export const SPACES = ["to-space", "from-space", "old space", "large objects"];
export const [TO, FROM, OLD, LARGE] = SPACES.keys();

/** What a cell's objects are, by the low four bits of its byte. */
export const STATES = ["free", "young", "survived", "old", "unreachable", "grey", "black", "forwarded", "arrived"];

/** The fill of a cell without a gap: the high four bits. */
export const FULL = 15;

const HEADER_BYTES = 16;
const UNIFORM = 1;
const CANDIDATE = 2;

/** The pages in their order: `{ space, count, capacity, used, isCandidate, cells }`; damaged bytes end the list. */
export function pagesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const [space, flags] = [bytes[at], bytes[at + 1]];
    const count = view.getUint16(at + 2, true);
    const [capacity, used] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    const sent = flags & UNIFORM ? 1 : count;
    at += HEADER_BYTES;
    if (space >= SPACES.length || at + sent > bytes.length) break;
    pages.push({ space, count, capacity, used, isCandidate: (flags & CANDIDATE) !== 0, cells: bytes.subarray(at, at + sent) });
    at += sent;
  }
  return pages;
}

/** The byte of the cell at `index`: of a page that looks the same everywhere, one byte is sent. */
export function cellAt({ cells, count }, index) {
  if (index >= count) return 0;
  return cells.length === 1 ? cells[0] : cells[index];
}
