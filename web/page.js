// The page that is nothing but the app: it takes over the app's language and colour.

const root = document.documentElement;
const themeColour = document.querySelector('meta[name="theme-color"]');

document.querySelector("activation-lab").addEventListener("appearance", ({ detail }) => {
  root.lang = detail.language;
  root.style.backgroundColor = detail.colour;
  root.style.colorScheme = detail.scheme;
  themeColour.content = detail.colour;
});
