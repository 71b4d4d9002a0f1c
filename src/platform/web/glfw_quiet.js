// Emscripten's GLFW gives us the window and its WebGL2 context. Its input does not suit a guest in
// somebody else's page: it listens to keys on `window` and swallows Tab and Backspace. The page's own
// modules (web/) feed Dear ImGui instead, so these two functions keep GLFW from listening.
addToLibrary({
  // Call before glfwCreateWindow: keeps the context's creation from adding pointer-lock listeners to
  // the document that nothing ever removes.
  lab_glfw_skip_document_listeners__deps: ['$Browser'],
  lab_glfw_skip_document_listeners: () => {
    Browser.initted = true;
  },

  // Call after glfwInit. Removing a pair of event and handler that was never added does nothing, so
  // every handler is tried for every event: that holds for other versions of the library too.
  lab_glfw_stop_listening__deps: ['$GLFW'],
  lab_glfw_stop_listening: () => {
    const handlers = Object.values(GLFW).filter((member) => typeof member == 'function');
    const events = [
      'gamepadconnected', 'gamepaddisconnected', 'keydown', 'keypress', 'keyup', 'blur', 'focus',
      'touchstart', 'touchmove', 'touchend', 'touchcancel', 'mousedown', 'mousemove', 'mouseup',
      'mouseenter', 'mouseleave', 'wheel', 'mousewheel', 'drop', 'dragover',
    ];
    for (const target of [window, Module['canvas']]) {
      for (const event of events) {
        for (const handler of handlers) target.removeEventListener(event, handler, true);
      }
    }
    for (const handler of handlers) GLFW.devicePixelRatioMQL?.removeEventListener('change', handler);
  },
});
