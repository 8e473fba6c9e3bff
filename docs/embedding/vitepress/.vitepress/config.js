import { semispace } from "./semispace.js";

// A page below /docs/ would say base: "/docs/". `host` is where the site's files lie: here in public/semispace/.
export default {
  title: "Garbage collection, with a heap to look at",
  head: [["script", { type: "module", src: "/semispace/embed/semispace.js" }]],
  markdown: { config: semispace },
  // The element is the browser's, not a component of Vue's.
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "semispace-playground" } } },
};
