// Tells the size of a canvas in real pixels, at every device pixel ratio and browser zoom.

/**
 * Calls `onSize(width, height, ratio)` at once after each layout that changed it: width and height in
 * device pixels, ratio in device pixels per CSS px.
 */
export function watchSize(canvas, onSize, signal) {
  let size = [0, 0];
  const report = () => onSize(...size, devicePixelRatio);

  const observer = new ResizeObserver(([entry]) => {
    const [device] = entry.devicePixelContentBoxSize ?? [];
    const [css] = entry.contentBoxSize;
    size = device
      ? [device.inlineSize, device.blockSize]
      : [css.inlineSize, css.blockSize].map((length) => Math.round(length * devicePixelRatio));
    report();
  });
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(canvas); // Safari
  }

  // A media query knows only the ratio it was made for, so each change makes the next one. At a zoom the
  // size in device pixels may stay the same, and then this alone tells of it.
  let query;
  const onRatio = () => {
    query?.removeEventListener('change', onRatio);
    if (signal.aborted) return;
    const changed = query !== undefined;
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', onRatio);
    if (changed) report();
  };
  onRatio();

  signal.addEventListener('abort', () => {
    observer.disconnect();
    query.removeEventListener('change', onRatio);
  });
}
