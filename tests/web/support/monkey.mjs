// Random events, the same ones for the same seed.

/** Runs in the page: sends events as browsers do, but without waiting for each. */
export async function play({ count, seed, batch }) {
  let state = seed;
  const below = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (list) => list[below(list.length)];
  const app = document.querySelector("activation-lab");
  const root = app.shadowRoot;
  const canvas = root.querySelector("canvas");
  const keys = ["Tab", "Enter", "Escape", "ArrowLeft", "ArrowDown", "ArrowUp", "ArrowRight", " ", "Backspace",
    "a", "1", "-", ".", "z", "PageDown", "Home"];
  let buttons = 0;
  const pointer = (type, more = {}) => canvas.dispatchEvent(new PointerEvent(type, {
    bubbles: true, cancelable: true, composed: true, pointerId: 1, pointerType: pick(["mouse", "mouse", "touch", "pen"]),
    clientX: below(innerWidth), clientY: below(innerHeight), buttons, ...more,
  }));
  const key = (type, name) => root.activeElement?.dispatchEvent(new KeyboardEvent(type, {
    bubbles: true, cancelable: true, composed: true, key: name, code: name.length === 1 ? "" : name,
    ctrlKey: below(6) === 0, shiftKey: below(5) === 0,
  }));
  const doings = [
    () => pointer("pointermove"),
    () => {
      const item = pick(app.items());
      const box = canvas.getBoundingClientRect();
      const at = { clientX: box.left + item.rect[0] + 5, clientY: box.top + item.rect[1] + 5 };
      pointer("pointermove", at);
      pointer("pointerdown", { ...at, buttons: (buttons = 1) });
      if (below(3) > 0) pointer("pointerup", { ...at, buttons: (buttons = 0) });
    },
    () => pointer("pointerup", { buttons: (buttons = 0) }),
    () => pointer(pick(["pointercancel", "pointerleave", "lostpointercapture"])),
    () => canvas.dispatchEvent(new WheelEvent("wheel", {
      bubbles: true, cancelable: true, deltaY: below(400) - 200, ctrlKey: below(2) === 0,
      clientX: below(innerWidth), clientY: below(innerHeight),
    })),
    () => key("keydown", pick(keys)),
    () => key("keyup", pick(keys)),
    () => pick([...root.querySelectorAll(".mirror [data-id]")])?.click(),
    () => {
      const field = pick([...root.querySelectorAll(".mirror input, .mirror textarea")]);
      if (!field) return;
      if (field.type !== "range") field.value = pick(["0", "1e999", "你好", "[[1,2],[3", "sin(", ""]);
      else field.value = below(100);
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    },
    () => pick([canvas, root.activeElement ?? canvas]).focus(),
    () => root.activeElement?.blur(),
    () => dispatchEvent(new Event("blur")),
    () => scrollTo(0, below(2000)),
  ];
  // No window for the browser's own dialogs and downloads.
  HTMLAnchorElement.prototype.click = () => {};
  canvas.setPointerCapture = () => {};
  for (let event = 0; event < count; event += 1) {
    pick(doings)();
    if (event % batch === 0) await new Promise(requestAnimationFrame);
  }
  root.activeElement?.blur(); // keys whose release never came are let go with the focus
}
