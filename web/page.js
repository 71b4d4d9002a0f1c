// The page that is nothing but the app: it takes over the app's language and colour,
// and gives it what its address says behind the #.

const root = document.documentElement;
const themeColour = document.querySelector('meta[name="theme-color"]');

const lab = document.querySelector("activation-lab");

lab.addEventListener("appearance", ({ detail }) => {
  root.lang = detail.language;
  root.style.backgroundColor = detail.colour;
  root.style.colorScheme = detail.scheme;
  themeColour.content = detail.colour;
});

const openLink = async () => {
  if (location.hash.length <= 1) return;
  await lab.open(location.hash);
  if (/[#&]present=1/.test(location.hash)) lab.focus(); // whoever presents has no hand for the pointer
};
customElements.whenDefined("activation-lab").then(openLink);
addEventListener("hashchange", openLink);
