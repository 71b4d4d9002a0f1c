// web/files.js for the single-file page: the files lie in the page itself, in base64.

/** The file as a Response. */
export const request = (name) =>
  fetch(`data:application/octet-stream;base64,${document.getElementById(name).textContent}`);

export const importScript = (name) => import(`activation-lab/${name}`);

export const home = () => location.href.split("#")[0];
