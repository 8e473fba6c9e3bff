// Fenced blocks that say `semispace` become widgets: ```js semispace view=heap+log editable
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);

/** For `markdown.config` of VitePress, or any other user of markdown-it. */
export function semispace(markdown) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    const [language, ...words] = info.trim().split(/[\s,]+/);
    if (!words.includes("semispace")) return fence(tokens, index, ...rest);
    const attributes = words
      .filter((word) => word !== "semispace")
      .map((word) => word.split("="))
      .map(([name, value = ""]) => ` ${name}="${escape(value.replaceAll("+", " "))}"`);
    // v-pre: what looks like a template in the snippet is the snippet's.
    return `<semispace-playground v-pre${attributes.join("")}><pre><code class="language-${language}">${escape(content)}</code></pre></semispace-playground>\n`;
  };
}
