// Emscripten names each object of WebGL's by a number of its own and never uses one again, and its
// tables of them are as long as the highest number is. Dear ImGui makes a vertex array for every frame:
// without this a page that draws all day ends with tables of millions of holes.
addToLibrary({
  // Call after the context has been made, before anything is made in it.
  lab_gl_use_names_again__deps: ['$GL'],
  lab_gl_use_names_again: () => {
    GL.getNewId = (table) => {
      table[0] ??= null; // the name of nothing
      const freed = table.indexOf(null, 1);
      const name = freed < 0 ? table.length : freed;
      GL.counter = Math.max(GL.counter, name + 1); // what is no lower was never made
      return name;
    };
  },
});
