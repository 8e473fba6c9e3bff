// Fenced blocks that say `semispace` become widgets: ```js semispace view=heap+log editable
// What stands inside the element is what a page without scripts shows: the code, and of a lesson its picture.
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);

/** For `markdown.config` of VitePress, or any other user of markdown-it. `host` is where the site's files lie. */
export function semispace(markdown, host) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    const [language, ...words] = info.trim().split(/[\s,]+/);
    if (!words.includes("semispace")) return fence(tokens, index, ...rest);
    const options = words.filter((word) => word !== "semispace").map((word) => word.split("="));
    const attributes = options.map(([name, value = ""]) => ` ${name}="${escape(value.replaceAll("+", " "))}"`);
    const pictures = options
      .filter(([name]) => name === "lesson")
      .map(([, lesson]) => `<img src="${host}embed/lessons/${escape(lesson)}.svg" loading="lazy" alt="The heap at the end of the lesson ${escape(lesson)}">`);
    // v-pre: what looks like a template in the snippet is the snippet's.
    return `<semispace-playground v-pre${attributes.join("")}>${pictures.join("")}<pre><code class="language-${language}">${escape(content)}</code></pre></semispace-playground>\n`;
  };
}
