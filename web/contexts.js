// Browsers keep some 8 to 16 WebGL contexts alive on all their pages and take the oldest away. So that a
// page can hold any number of apps, those far from the window give theirs back, and get it again, with
// all else as it was, when they are scrolled near.

const most = 6; // of a page that are kept although they are far

const apps = new Set();

/** How far it is from the window, px. */
function distance(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(top - innerHeight, -bottom, 0);
}

function balance() {
  const awake = [...apps].filter((app) => app.near || app.awake);
  const far = awake.filter((app) => !app.near).sort((a, b) => distance(a.element) - distance(b.element));
  const kept = Math.max(most - (awake.length - far.length), 0);
  for (const app of far.slice(kept)) {
    app.awake = false;
    app.sleep();
  }
  for (const app of apps) {
    if (!app.near || app.awake) continue;
    app.awake = true;
    app.wake();
  }
}

/** Lets an app take part until `signal` aborts: `sleep()` and `wake()` give its context back and get it. */
export function shareContexts(element, { sleep, wake }, signal) {
  const app = { element, sleep, wake, near: false, awake: true };
  apps.add(app);
  const observer = new IntersectionObserver((entries) => {
    app.near = entries.at(-1).isIntersecting;
    balance();
  }, { rootMargin: "100% 0px" });
  observer.observe(element);
  signal.addEventListener("abort", () => {
    apps.delete(app);
    observer.disconnect();
  });
}
