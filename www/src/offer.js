// A notice with something to do, and a way to say no.
import { button, element } from "./dom.js";

/** Shows it, unless one of the same words is there. Doing it disables the button. */
export function offer(words, label, act, no = "Later", forget = () => {}) {
  if ([...document.querySelectorAll(".offer p")].some((shown) => shown.textContent === words)) return;
  const notice = element("div", { class: "notice offer", role: "status" }, element("p", {}, words));
  const accept = button(label, () => {
    accept.disabled = true;
    act();
  });
  const decline = button(no, () => {
    notice.remove();
    forget();
  });
  notice.append(accept, decline);
  document.body.append(notice);
}
