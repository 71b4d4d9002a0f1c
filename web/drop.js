// Files that are dropped onto the app, handed to it as text.

/** Longer files are cut, and refused by the program for their length. */
const limit = 2 ** 25 + 1;

/** Calls `take(name, text)` for the first of the files that a person drops onto `target`. */
export function watchDrops(target, take, signal) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  target.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  }, { signal });
  target.addEventListener("drop", async (event) => {
    const file = hasFiles(event) ? event.dataTransfer.files[0] : undefined;
    if (!file) return;
    event.preventDefault();
    const text = await file.slice(0, limit).text();
    if (!signal.aborted) take(file.name, text);
  }, { signal });
}
