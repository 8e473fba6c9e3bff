// The published engine comes in parts, of which most visits need the first only (crates/wasm/src/parts.rs). A worker loads
// another one in the middle of a call, and the call goes on when it is there.

/** A loader for `setPartLoader`, with the addresses of the parts after the first; each part needs those before it. */
export function partLoader(addresses) {
  let loaded = 0;
  return (part, exports) => {
    for (; loaded < part; loaded++) {
      const module = new WebAssembly.Module(fetchNow(addresses[loaded]));
      new WebAssembly.Instance(module, { first: exports });
    }
  };
}

/** The bytes at an address. Only a worker may wait like this. */
function fetchNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    throw new Error(`A part of the engine cannot be fetched from ${address.origin}: is there a network?`);
  }
  if (request.status !== 200) throw new Error(`A part of the engine cannot be fetched: ${request.status} for ${address}.`);
  return request.response;
}
