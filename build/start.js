// Starts the page of the one file. `fold.mjs` puts the glue, the packed program and
// what unpacks it in place.
"use strict";
(() => {
  const glue = function () {
    /* GLUE */
    return wasm_bindgen;
  };
  const packed = "PROGRAM";
  const size = "SIZE";
  const icon = "ICON";

  // Set from here, since the file has no markup that points anywhere.
  const link = document.createElement("link");
  link.rel = "icon";
  link.href = icon;
  document.head.append(link);

  const failed = (error) => {
    console.error(error);
    document.documentElement.dataset.stopped = "start";
  };

  /* UNPACK */

  // The engine's worker runs the same glue: the program reads its text from here.
  globalThis.sightlineGlue = `const wasm_bindgen = (${glue})();`;
  try {
    const start = glue();
    unpack(packed, size)
      .then((program) => start({ module_or_path: program }))
      .catch(failed);
  } catch (error) {
    failed(error);
  }
})();
