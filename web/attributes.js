// What <activation-lab> can be told by attributes, and how that reads as a link (README.md has the table).

/** Attributes that decide what is shown: changing one opens it anew. */
const shown = ["scene", "preset", "state"];
/** Attributes that leave what is shown as it is. */
const looks = ["lang", "theme", "hide"];

export const observed = [...shown, ...looks, "chrome", "poster"];
/** … that have a property of the same name. (`lang` is every element's own; `hide` and `state` are
 *  methods' names or read too easily as such, and are properties, too.) */
export const reflected = ["scene", "preset", "theme", "hide", "chrome", "poster", "loading"];

export const isShown = (name) => shown.includes(name);
export const isLook = (name) => looks.includes(name);

const primary = (tag) => tag.toLowerCase().split("-")[0];

/** An attribute as a piece of a link. */
function piece(name, value) {
  if (name === "state") return value.replace(/^#/, "");
  if (name === "lang") return `lang=${value === "" ? "auto" : primary(value)}`;
  if (name === "theme") return `theme=${value || "auto"}`;
  return `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`;
}

/** The link that stands for the element's attributes; the language only if the author has set it. */
export function linkOf(element, ownLanguage) {
  const names = ["scene", "preset", "theme", "hide", "state"].filter((name) => element.getAttribute(name));
  const pieces = names.map((name) => piece(name, element.getAttribute(name)));
  const language = element.getAttribute("lang");
  if (language && language !== ownLanguage) pieces.push(piece("lang", language));
  return pieces.join("&");
}

/** Whether the link leads to the scene that comes up by itself, as it comes up. */
export const comesFirst = (link) => /^((scene=tensor|lang=\w+|theme=\w+)(&|$))*$/.test(link);

/** The link that makes one change of looks. */
export const lookLink = (name, value) => piece(name, value ?? "");
