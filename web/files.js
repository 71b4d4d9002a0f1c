// Where the program's files are: beside this module's folder. The single-file page has
// src/tools/dist/single_file_files.js in its place.

const place = (name) => new URL(`../${name}`, import.meta.url);

/** The file as a Response; throws unless it is there. */
export async function request(name) {
  const response = await fetch(place(name));
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}: ${response.url}`);
  return response;
}

/** Browsers remember a failed import for good, hence another address for each attempt, counted from 0. */
export const importScript = (name, attempt) =>
  import(attempt === 0 ? place(name) : `${place(name)}?attempt=${attempt}`);

/** The address of the full app, without a #. */
export const home = () => place("index.html").href;
