// The way from a widget to the full page, one folder up.
import { fragmentOf } from "../link.js";

/** Opens a run there. */
export async function openInPage(source, { profile = "node-20", seed = 1, maxOldSpaceSize, maxSemiSpaceSize, minSemiSpaceSize }) {
  const address = new URL("../", import.meta.url);
  address.hash = await fragmentOf({ source, profile, seed, maxOldSpace: maxOldSpaceSize, maxSemiSpace: maxSemiSpaceSize, minSemiSpace: minSemiSpaceSize });
  open(address.href, "_blank", "noopener");
}
