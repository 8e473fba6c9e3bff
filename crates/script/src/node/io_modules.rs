//! The built-in modules of input, output and observation: streams, files, http, and the monitors.

use crate::vm::SourceText;

/// Names and sources; those under `internal/` are for each other.
pub(super) const MODULES: &[(&str, SourceText)] = &[
    ("stream", || script_text!("node/modules/stream.js")),
    ("stream/promises", || script_text!("node/modules/stream_promises.js")),
    ("string_decoder", || script_text!("node/modules/string_decoder.js")),
    ("fs", || script_text!("node/modules/fs.js")),
    ("fs/promises", || script_text!("node/modules/fs_promises.js")),
    ("http", || script_text!("node/modules/http.js")),
    ("memwatch", || script_text!("node/modules/memwatch.js")),
    ("memwatch-next", || "'use strict'\nmodule.exports = require('memwatch')\n"),
    ("@airbnb/node-memwatch", || "'use strict'\nmodule.exports = require('memwatch')\n"),
    ("heapdump", || script_text!("node/modules/heapdump.js")),
    ("v8-profiler", || script_text!("node/modules/v8_profiler.js")),
    ("v8-profiler-next", || "'use strict'\nmodule.exports = require('v8-profiler')\n"),
    ("mtrace", || script_text!("node/modules/mtrace.js")),
    ("node-mtrace", || "'use strict'\nmodule.exports = require('mtrace')\n"),
    ("semispace", || script_text!("node/modules/semispace.js")),
    ("internal/heap_snapshot", || script_text!("node/modules/heap_snapshot.js")),
    ("internal/fs_values", || script_text!("node/modules/fs_values.js")),
    ("internal/fs_callbacks", || script_text!("node/modules/fs_callbacks.js")),
    ("internal/fs_streams", || script_text!("node/modules/fs_streams.js")),
    ("internal/streams/legacy", || script_text!("node/modules/streams/legacy.js")),
    ("internal/streams/shared", || script_text!("node/modules/streams/shared.js")),
    ("internal/streams/readable", || script_text!("node/modules/streams/readable.js")),
    ("internal/streams/pipe", || script_text!("node/modules/streams/pipe.js")),
    ("internal/streams/iterate", || script_text!("node/modules/streams/iterate.js")),
    ("internal/streams/writable", || script_text!("node/modules/streams/writable.js")),
    ("internal/streams/duplex", || script_text!("node/modules/streams/duplex.js")),
    ("internal/streams/transform", || script_text!("node/modules/streams/transform.js")),
    ("internal/streams/finished", || script_text!("node/modules/streams/finished.js")),
    ("internal/streams/pipeline", || script_text!("node/modules/streams/pipeline.js")),
];
