// A page can drive a widget, and hear of what it does.
const widget = document.getElementById("own");
const told = document.getElementById("told");

document.getElementById("collect").addEventListener("click", () => widget.collect());

widget.addEventListener("semispace-gc", ({ detail: { number, kind, usedBefore, usedAfter } }) => {
  told.textContent = `Collection ${number}, a ${kind}, freed ${usedBefore - usedAfter} bytes.`;
});
