//! `PlaygroundOptions`: what a session is made from, in the units of Node's flags.

use crate::error;
use semispace_playground::{GeneratedFile, Limits, SessionConfig, TraceFormat};
use serde::Deserialize;
use std::ops::RangeInclusive;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A file of lines of text that follow from a seed. */
export interface GeneratedFile {
  /** Where; a path that is not absolute lies in the snippet's folder. */
  path: string;
  /** Bytes. */
  size: number;
  /** Which text; 1 when left out. */
  seed?: number;
}

/** What a session is made from. The sizes have the units of Node's flags of the same names. */
export interface PlaygroundOptions {
  /** The snippet: a JavaScript program. */
  source: string;
  /** Its name in stacks; "snippet.js" when left out. */
  fileName?: string;
  /** The folder it lies in: what `__dirname` says. The path is a string in the heap, so it counts; "/snippet" when left out. */
  folder?: string;
  /** As `--profile` on the command line; "node-20" when left out. */
  profile?: string;
  /** Seed of `Math.random`; 1 when left out. */
  seed?: number;
  /** `process.argv` from index 2. */
  argv?: string[];
  /** `--max-old-space-size`, MB: 1 to 65536. */
  maxOldSpaceSize?: number;
  /** `--max-semi-space-size`, MB: 1 to 4096. */
  maxSemiSpaceSize?: number;
  /** `--min-semi-space-size`, MB: 1 to 4096. */
  minSemiSpaceSize?: number;
  /** `--max-new-space-size`, KB (classic profiles): 1 to 4194304. */
  maxNewSpaceSize?: number;
  /** `--max-external-size`, MB: 0 to 65536. What all ArrayBuffers may take together; 8192 when left out. */
  maxExternalSize?: number;
  /** Files of generated text that the snippet finds by `fs`. They take no memory, however large. */
  generatedFiles?: GeneratedFile[];
  /** Record where each object is allocated, for snapshots. The run is slower, its bytes are the same. */
  allocationSites?: boolean;
  /** The variables of the script's top level outlive its end, as those of a page's classic script do; Node lets them go. For `assertCollectable` and `retainedBy`. */
  keepTopLevel?: boolean;
  /** Print a line for each collection: `--trace-gc`, or with "nvp" `--trace-gc-nvp`. */
  traceGc?: boolean | "nvp";
  /** Collect at every Nth allocation. */
  stressGc?: number;
  /** Evacuate every page in every full collection. */
  stressCompaction?: boolean;
  /** Run the verifier around each collection; a fault ends the run with a message. */
  verifyHeap?: boolean;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `PlaygroundOptions` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "PlaygroundOptions")]
    pub type JsOptions;
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    source: String,
    file_name: Option<String>,
    folder: Option<String>,
    profile: Option<String>,
    seed: Option<u32>,
    argv: Option<Vec<String>>,
    max_old_space_size: Option<f64>,
    max_semi_space_size: Option<f64>,
    min_semi_space_size: Option<f64>,
    max_new_space_size: Option<f64>,
    max_external_size: Option<f64>,
    generated_files: Option<Vec<File>>,
    allocation_sites: Option<bool>,
    keep_top_level: Option<bool>,
    trace_gc: Option<Trace>,
    stress_gc: Option<f64>,
    stress_compaction: Option<bool>,
    verify_heap: Option<bool>,
}

/// `GeneratedFile` of the TypeScript types.
#[derive(Deserialize)]
struct File {
    path: String,
    size: f64,
    seed: Option<u32>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Trace {
    Switch(bool),
    Format(String),
}

/// Reads the options.
///
/// # Errors
/// `ERR_OPTIONS` when they are no `PlaygroundOptions`, or a size is out of its range; `ERR_PROFILE` when there is no such
/// profile.
pub fn read(options: JsOptions) -> Result<SessionConfig, JsValue> {
    let options = JsValue::from(options);
    if !options.is_object() {
        return Err(error::plain("ERR_OPTIONS", "The options must be an object with a source."));
    }
    let options: Options = serde_wasm_bindgen::from_value(options)
        .map_err(|problem| error::plain("ERR_OPTIONS", &problem.to_string()))?;
    let fallback = SessionConfig::default();
    let profile = match options.profile {
        Some(name) => name
            .parse()
            .map_err(|_| error::plain("ERR_PROFILE", &format!("There is no profile named {name}.")))?,
        None => fallback.profile,
    };
    let stress_gc = whole("stressGc", options.stress_gc, 1..=u64::from(u32::MAX))?;
    Ok(SessionConfig {
        source: options.source,
        file_name: options.file_name.unwrap_or(fallback.file_name),
        folder: options.folder.unwrap_or(fallback.folder),
        profile,
        limits: Limits {
            max_old_space_mb: whole("maxOldSpaceSize", options.max_old_space_size, Limits::OLD_SPACE_MB)?,
            max_semi_space_mb: whole("maxSemiSpaceSize", options.max_semi_space_size, Limits::SEMI_SPACE_MB)?,
            max_external_mb: whole("maxExternalSize", options.max_external_size, Limits::EXTERNAL_MB)?,
            min_semi_space_mb: whole("minSemiSpaceSize", options.min_semi_space_size, Limits::SEMI_SPACE_MB)?,
            max_new_space_kb: whole("maxNewSpaceSize", options.max_new_space_size, Limits::NEW_SPACE_KB)?,
        },
        seed: options.seed.map_or(fallback.seed, u64::from),
        argv: options.argv.unwrap_or_default(),
        generated_files: options
            .generated_files
            .into_iter()
            .flatten()
            .map(generated_file)
            .collect::<Result<_, _>>()?,
        stress_gc: stress_gc.map(|every| every as u32),
        stress_compaction: options.stress_compaction.unwrap_or_default(),
        verify_heap: options.verify_heap.unwrap_or_default(),
        trace: trace(options.trace_gc)?,
        allocation_sites: options.allocation_sites.unwrap_or_default(),
        keep_top_level: options.keep_top_level.unwrap_or_default(),
        ..fallback
    })
}

fn generated_file(File { path, size, seed }: File) -> Result<GeneratedFile, JsValue> {
    let size = whole("size", Some(size), 0..=GeneratedFile::LARGEST)?.unwrap_or_default();
    Ok(GeneratedFile { path, size, seed: seed.map_or(1, u64::from) })
}

/// A whole number in a range, if one is given.
fn whole(name: &str, number: Option<f64>, range: RangeInclusive<u64>) -> Result<Option<u64>, JsValue> {
    let Some(number) = number else { return Ok(None) };
    let is_inside = number.fract() == 0.0 && number >= *range.start() as f64 && number <= *range.end() as f64;
    if is_inside {
        return Ok(Some(number as u64));
    }
    let (first, last) = range.into_inner();
    let message = format!("{name} must be a whole number from {first} to {last}, not {number}.");
    Err(error::plain("ERR_OPTIONS", &message))
}

fn trace(wanted: Option<Trace>) -> Result<TraceFormat, JsValue> {
    match wanted {
        None | Some(Trace::Switch(false)) => Ok(TraceFormat::Off),
        Some(Trace::Switch(true)) => Ok(TraceFormat::TraceGc),
        Some(Trace::Format(format)) if format == "nvp" => Ok(TraceFormat::NameValuePairs),
        Some(Trace::Format(format)) => {
            let message = format!("traceGc must be true, false or \"nvp\", not \"{format}\".");
            Err(error::plain("ERR_OPTIONS", &message))
        }
    }
}
