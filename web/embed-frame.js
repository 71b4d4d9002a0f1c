// The figure in a frame: it shows what its address says behind the #, does what its host page asks, and
// tells that page how it goes. Only the page around it is heard, and only from the origins that the
// address names (?origins=https://a.example,https://b.example), or else that page's own as the browser
// tells it.

import { fault, isOurs, say } from "./embed-messages.js";

const lab = document.querySelector("activation-lab");

const originOf = (address) => (address ? new URL(address).origin : undefined);
const named = new URLSearchParams(location.search).get("origins");
const origins = new Set(named ? named.split(",") : [location.origin, originOf(document.referrer)]);
origins.delete(undefined);

/** To the host; a page without an origin ("null": from a disk, a sandbox) can only be told openly. */
function tell(type, rest) {
  if (parent === window) return;
  for (const origin of origins) parent.postMessage(say(type, rest), origin === "null" ? "*" : origin);
}

const actions = {
  open: ({ link }) => lab.open(link),
  set: ({ fields }) => lab.set(fields),
  play: () => lab.play(),
  pause: () => lab.pause(),
  step: () => lab.step(),
  reset: () => lab.reset(),
  state: async () => {
    await lab.ready;
    return { link: lab.link(), state: lab.state(), progress: lab.progress() };
  },
  screenshot: () => lab.screenshot(),
};

async function answer(message, reply) {
  const wrong = fault(message);
  if (wrong) return reply({ ok: false, error: wrong });
  let error = "";
  const listen = (event) => { error = event.message; };
  lab.addEventListener("error", listen);
  try {
    const value = await actions[message.type](message);
    return reply(value === false ? { ok: false, error: error || "there is no such thing to do now" } : { ok: true, value });
  } catch (failure) {
    return reply({ ok: false, error: String(failure?.message ?? failure) });
  } finally {
    lab.removeEventListener("error", listen);
  }
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || !origins.has(origin) || !isOurs(data)) return;
  const target = origin === "null" ? "*" : origin;
  answer(data, (rest) => parent.postMessage(say("reply", { id: data.id, ...rest }), target));
});

lab.addEventListener("ready", () => tell("ready", { link: lab.link() }));
lab.addEventListener("change", ({ detail }) => tell("change", detail));
lab.addEventListener("epoch", ({ detail }) => tell("epoch", { progress: detail }));
lab.addEventListener("goal", ({ detail }) => tell("goal", { progress: detail }));
lab.addEventListener("error", ({ message }) => tell("error", { message }));
lab.addEventListener("appearance", ({ detail }) => {
  document.documentElement.lang = detail.language;
  document.documentElement.style.colorScheme = detail.scheme;
});
new ResizeObserver(() => tell("size", { height: Math.ceil(lab.getBoundingClientRect().height) })).observe(lab);

const openAddress = () => lab.setAttribute("state", location.hash.slice(1));
openAddress();
addEventListener("hashchange", openAddress);
