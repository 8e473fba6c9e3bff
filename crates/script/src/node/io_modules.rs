//! The built-in modules of input, output and observation: streams, files, http, and the monitors.

/// Names and sources; those under `internal/` are for each other.
pub(super) const MODULES: &[(&str, &str)] = &[
    ("stream", include_str!("modules/stream.js")),
    ("stream/promises", include_str!("modules/stream_promises.js")),
    ("string_decoder", include_str!("modules/string_decoder.js")),
    ("fs", include_str!("modules/fs.js")),
    ("fs/promises", include_str!("modules/fs_promises.js")),
    ("http", include_str!("modules/http.js")),
    ("memwatch", include_str!("modules/memwatch.js")),
    ("memwatch-next", "'use strict'\nmodule.exports = require('memwatch')\n"),
    ("@airbnb/node-memwatch", "'use strict'\nmodule.exports = require('memwatch')\n"),
    ("semispace", include_str!("modules/semispace.js")),
    ("internal/fs_values", include_str!("modules/fs_values.js")),
    ("internal/fs_callbacks", include_str!("modules/fs_callbacks.js")),
    ("internal/fs_streams", include_str!("modules/fs_streams.js")),
    ("internal/streams/legacy", include_str!("modules/streams/legacy.js")),
    ("internal/streams/shared", include_str!("modules/streams/shared.js")),
    ("internal/streams/readable", include_str!("modules/streams/readable.js")),
    ("internal/streams/pipe", include_str!("modules/streams/pipe.js")),
    ("internal/streams/iterate", include_str!("modules/streams/iterate.js")),
    ("internal/streams/writable", include_str!("modules/streams/writable.js")),
    ("internal/streams/duplex", include_str!("modules/streams/duplex.js")),
    ("internal/streams/transform", include_str!("modules/streams/transform.js")),
    ("internal/streams/finished", include_str!("modules/streams/finished.js")),
    ("internal/streams/pipeline", include_str!("modules/streams/pipeline.js")),
];
