// The way from a widget to the full page, where there is one beside it: bundle.js says so by HAS_PAGE.

/** Opens a run there. */
export async function openInPage(source, { profile = "node-20", seed = 1, maxOldSpaceSize, maxSemiSpaceSize, minSemiSpaceSize }) {
  const { fragmentOf } = await import("../link.js");
  const address = new URL("../", import.meta.url);
  address.hash = await fragmentOf({ source, profile, seed, maxOldSpace: maxOldSpaceSize, maxSemiSpace: maxSemiSpaceSize, minSemiSpace: minSemiSpaceSize });
  open(address.href, "_blank", "noopener");
}
