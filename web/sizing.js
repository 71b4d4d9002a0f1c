// Tells the size of a canvas in real pixels, at every device pixel ratio and browser zoom.

/** Where the browser knows how CSS px were rounded to device pixels, its word counts; but some (in
 *  emulation) tell it for another ratio. */
function devicePixels(css, device) {
  const estimate = css * devicePixelRatio;
  return Math.abs(device - estimate) <= 1 ? device : Math.round(estimate);
}

/**
 * Calls `onSize(width, height, ratio)` after each layout that changed it, before it is painted: width
 * and height in device pixels, ratio in device pixels per CSS px.
 */
export function watchSize(canvas, onSize, signal) {
  let sizes;
  const report = () => {
    const [css, device = css] = sizes;
    onSize(devicePixels(css.inlineSize, device.inlineSize),
      devicePixels(css.blockSize, device.blockSize), devicePixelRatio);
  };

  // Each box can change without the other: the device's at a new ratio, the CSS one at another zoom.
  const observers = ["content-box", "device-pixel-content-box"].map((box) => {
    const observer = new ResizeObserver(([entry]) => {
      sizes = [entry.contentBoxSize[0], entry.devicePixelContentBoxSize?.[0]];
      report();
    });
    try {
      observer.observe(canvas, { box });
    } catch {
      // Safari knows no device pixels
    }
    return observer;
  });

  // A media query knows only the ratio it was made for, so each change makes the next one.
  let query;
  const watchRatio = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", onRatio, { once: true });
  };
  const onRatio = () => {
    watchRatio();
    if (sizes) report();
  };
  watchRatio();

  signal.addEventListener("abort", () => {
    for (const observer of observers) observer.disconnect();
    query.removeEventListener("change", onRatio);
  });
}
