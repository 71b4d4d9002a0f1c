// Makes the page work without a network from the second visit on. A page of somebody else's that holds
// the element does without.

const element = document.querySelector("activation-lab");

/** A new version waits until no page is still loading the old one's files. */
function hurry(registration) {
  registration.waiting?.postMessage("loaded");
}

async function keep() {
  const registration = await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
  hurry(registration);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing.addEventListener("statechange", () => hurry(registration));
  });
}

// After the app, so that it doesn't wait for copies being made. Where that is forbidden the page needs
// a network.
element.ready.then(keep).catch(() => {});
