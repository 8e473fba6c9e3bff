// The script that a page includes: defines <semispace-playground>.
import { SemispacePlayground } from "./element.js";

export { setBase } from "./base.js";
export { SemispacePlayground };

// A page may include two copies of the script: the first one serves both.
if (!customElements.get("semispace-playground")) customElements.define("semispace-playground", SemispacePlayground);
