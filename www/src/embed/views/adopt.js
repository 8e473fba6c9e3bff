// The page's views are styled by their own sheet, which the widget's shadow root adopts when one of them opens.
import text from "../../views.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(text);

/** Puts the sheet into force where `panel` stands. */
export function adoptInto(panel) {
  const root = panel.getRootNode();
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
