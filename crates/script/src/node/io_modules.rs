//! The built-in modules of input, output and observation: streams, files, http, and the monitors.

use crate::vm::OwnText;

/// Names and sources; those under `internal/` are for each other.
pub(super) const MODULES: &[(&str, OwnText)] = &[
    ("stream", || own_text!("node/modules/stream")),
    ("stream/promises", || own_text!("node/modules/stream_promises")),
    ("async_hooks", || own_text!("node/modules/async_hooks")),
    ("internal/console", || own_text!("node/modules/console")),
    ("string_decoder", || own_text!("node/modules/string_decoder")),
    ("fs", || own_text!("node/modules/fs")),
    ("fs/promises", || own_text!("node/modules/fs_promises")),
    ("http", || own_text!("node/modules/http")),
    ("memwatch", || own_text!("node/modules/memwatch")),
    ("memwatch-next", || "'use strict'\nmodule.exports = require('memwatch')\n"),
    ("@airbnb/node-memwatch", || "'use strict'\nmodule.exports = require('memwatch')\n"),
    ("heapdump", || own_text!("node/modules/heapdump")),
    ("v8-profiler", || own_text!("node/modules/v8_profiler")),
    ("v8-profiler-next", || "'use strict'\nmodule.exports = require('v8-profiler')\n"),
    ("mtrace", || own_text!("node/modules/mtrace")),
    ("node-mtrace", || "'use strict'\nmodule.exports = require('mtrace')\n"),
    ("semispace", || own_text!("node/modules/semispace")),
    ("internal/heap_snapshot", || own_text!("node/modules/heap_snapshot")),
    ("internal/fs_values", || own_text!("node/modules/fs_values")),
    ("internal/fs_callbacks", || own_text!("node/modules/fs_callbacks")),
    ("internal/fs_streams", || own_text!("node/modules/fs_streams")),
    ("internal/streams/legacy", || own_text!("node/modules/streams/legacy")),
    ("internal/streams/shared", || own_text!("node/modules/streams/shared")),
    ("internal/streams/readable", || own_text!("node/modules/streams/readable")),
    ("internal/streams/pipe", || own_text!("node/modules/streams/pipe")),
    ("internal/streams/iterate", || own_text!("node/modules/streams/iterate")),
    ("internal/streams/writable", || own_text!("node/modules/streams/writable")),
    ("internal/streams/duplex", || own_text!("node/modules/streams/duplex")),
    ("internal/streams/transform", || own_text!("node/modules/streams/transform")),
    ("internal/streams/finished", || own_text!("node/modules/streams/finished")),
    ("internal/streams/pipeline", || own_text!("node/modules/streams/pipeline")),
];
