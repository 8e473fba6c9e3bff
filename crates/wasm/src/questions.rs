//! What views ask for that open late: a snapshot, the Buffer slabs, the allocation sites. The answers are JavaScript
//! values, because those views are elements of their own that load when they are looked at (`www/src/views.js`), and
//! whatever the first picture does not need should not be in the page's WebAssembly.

use crate::convert;
use crate::engine::{Engine, now_ms};
use crate::error;
use crate::playground::to_js;
use crate::slabs::{self, JsSlabs};
use crate::snapshot::{HeapSnapshot, SnapshotReader};
use semispace_playground::{Capture, Session, SiteCount};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a line of the snippet has allocated.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Site {
    /// 0 for the snippet itself, else the number of one of its other files, from 1.
    file: u32,
    line: u32,
    count: u64,
    bytes: u64,
    kept_count: u64,
    kept_bytes: u64,
    survived_bytes: u64,
}

/// Milliseconds of recording a snapshot between two looks at the queue of messages.
const CAPTURE_MS: f64 = 20.0;
/// Milliseconds of counting between two looks at the queue of messages.
const COUNT_MS: f64 = 8.0;

/// Sums over the columns of each line; the totals come in source order.
fn by_line(session: &Session, count: &SiteCount) -> Vec<Site> {
    let mut lines: Vec<Site> = Vec::new();
    for site in session.allocation_sites(count) {
        let file = convert::file_number(session, &site.file);
        match lines.last_mut().filter(|line| (line.file, line.line) == (file, site.place.line)) {
            Some(line) => {
                line.count += site.count;
                line.bytes += site.bytes;
                line.kept_count += site.kept_count;
                line.kept_bytes += site.kept_bytes;
                line.survived_bytes += site.survived_bytes;
            }
            None => lines.push(Site {
                file,
                line: site.place.line,
                count: site.count,
                bytes: site.bytes,
                kept_count: site.kept_count,
                kept_bytes: site.kept_bytes,
                survived_bytes: site.survived_bytes,
            }),
        }
    }
    lines
}

fn no_session() -> JsValue {
    error::plain("ERR_SESSION", "There is no session: the snippet does not compile.")
}

/// A snapshot that is being recorded.
pub(crate) struct Recording {
    capture: Capture,
    /// What is done of it.
    share: f64,
}

impl Engine {
    /// Whether the heap must stay as it is, because it is being recorded.
    pub(crate) fn is_capturing(&self) -> bool {
        self.capture.as_ref().is_some_and(|recording| recording.share < 1.0)
    }

    /// Goes on with what is being recorded; the share that is done.
    pub(crate) fn capture_until(&mut self, is_late: impl Fn() -> bool) -> f64 {
        let Some(mut recording) = self.capture.take() else { return 1.0 };
        if let Some(session) = self.session_mut() {
            while recording.share < 1.0 && !is_late() {
                recording.share = session.capture_on(&mut recording.capture);
            }
        }
        self.capture.insert(recording).share
    }
}

#[wasm_bindgen]
impl Engine {
    /// Begins to record the heap as it is: the run stands still until [`Engine::capture_some`] is through. What was begun
    /// before is dropped.
    ///
    /// # Errors
    /// `ERR_SESSION` without a session, `ERR_COLLECTION` in the middle of a collection that is being stepped through.
    #[wasm_bindgen(js_name = beginSnapshot)]
    pub fn begin_snapshot(&mut self) -> Result<(), JsValue> {
        let capture = self.session_mut().ok_or_else(no_session)?.begin_snapshot().ok_or_else(|| {
            error::plain("ERR_COLLECTION", "A collection is under way: finish it, then take the snapshot.")
        })?;
        self.capture = Some(Recording { capture, share: 0.0 });
        Ok(())
    }

    /// Records for some milliseconds. Returns the share that is done: 1 at the end.
    #[wasm_bindgen(js_name = captureSome)]
    pub fn capture_some(&mut self) -> f64 {
        let start = now_ms();
        self.capture_until(|| now_ms() - start > CAPTURE_MS)
    }

    /// Gives up what [`Engine::begin_snapshot`] has begun.
    #[wasm_bindgen(js_name = dropSnapshot)]
    pub fn drop_snapshot(&mut self) {
        self.capture = None;
    }

    /// What was recorded, when all of it is; what the objects retain is to be worked out by `work`.
    ///
    /// # Errors
    /// `ERR_SESSION` when nothing was begun.
    #[wasm_bindgen(js_name = endSnapshot)]
    pub fn end_snapshot(&mut self) -> Result<SnapshotReader, JsValue> {
        self.capture_until(|| false);
        let graph = self.capture.take().and_then(|recording| recording.capture.finish());
        graph.map(SnapshotReader::of).ok_or_else(no_session)
    }

    /// How many snapshots the snippet itself has written so far (`v8.writeHeapSnapshot`).
    #[wasm_bindgen(getter, js_name = writtenCount)]
    #[must_use]
    pub fn written_count(&self) -> usize {
        self.session().map_or(0, |session| session.written_snapshots().len())
    }

    /// Their paths, in order.
    #[wasm_bindgen(js_name = writtenSnapshots)]
    #[must_use]
    pub fn written_snapshots(&self) -> Vec<String> {
        self.session().map_or(Vec::new(), |session| session.written_snapshots().to_vec())
    }

    /// One of them, as it is in the session's files.
    ///
    /// # Errors
    /// `ERR_FILE` when it is not there any more, or was overwritten with something else.
    #[wasm_bindgen(js_name = readWritten)]
    pub fn read_written(&self, path: &str) -> Result<HeapSnapshot, JsValue> {
        let bytes = self.session().and_then(|session| session.file(path));
        let bytes =
            bytes.ok_or_else(|| error::plain("ERR_FILE", &format!("The snippet has no file {path}.")))?;
        let mut reader = SnapshotReader::new(Some(bytes.len() as f64));
        reader.feed(&bytes)?;
        reader.finish()
    }

    /// Virtual milliseconds since the start of the run.
    #[wasm_bindgen(getter, js_name = virtualMs)]
    #[must_use]
    pub fn virtual_ms(&self) -> f64 {
        self.session().map_or(0.0, |session| session.stats().virtual_ms)
    }

    /// The Buffer pool as it is now.
    ///
    /// # Errors
    /// `ERR_SESSION` without a session.
    pub fn slabs(&self) -> Result<JsSlabs, JsValue> {
        slabs::of_session(self.session().ok_or_else(no_session)?)
    }

    /// What each line of the snippet has allocated, and how much of that is in the heap now; empty unless the session
    /// was made to remember it. Undefined while it is still counting: call again. What is counted while the run goes on is
    /// the heap of several moments.
    ///
    /// # Errors
    /// `ERR_SESSION` without a session.
    #[wasm_bindgen(js_name = allocationSites)]
    pub fn allocation_sites(&mut self) -> Result<JsValue, JsValue> {
        let start = now_ms();
        let count = self.site_count.take();
        let session = self.session().ok_or_else(no_session)?;
        let mut count = count.unwrap_or_else(|| session.begin_site_count());
        while !session.count_sites_on(&mut count) {
            if now_ms() - start > COUNT_MS {
                self.site_count = Some(count);
                return Ok(JsValue::UNDEFINED);
            }
        }
        to_js(&by_line(session, &count))
    }
}
