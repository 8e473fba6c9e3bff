import { semispace } from "./semispace.js";

/** Where the site's files lie: here in public/semispace/. A page below /docs/ would say base: "/docs/", and /docs/semispace/ here. */
const host = "/semispace/";

export default {
  title: "Garbage collection, with a heap to look at",
  head: [["script", { type: "module", src: `${host}embed/semispace.js` }]],
  markdown: { config: (markdown) => semispace(markdown, host) },
  // The element is the browser's, not a component of Vue's.
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "semispace-playground" } } },
};
