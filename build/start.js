// Starts the page of the one file. `fold.mjs` puts the glue and the packed program in place.
"use strict";
(() => {
  const glue = function () {
    /* GLUE */
    return wasm_bindgen;
  };
  const packed = "PROGRAM";
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

  const unpack = () => {
    const text = atob(packed);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };

  // The engine's worker runs the same glue: the program reads its text from here.
  globalThis.sightlineGlue = `const wasm_bindgen = (${glue})();`;
  try {
    const start = glue();
    unpack()
      .then((program) => start({ module_or_path: program }))
      .catch(failed);
  } catch (error) {
    failed(error);
  }
})();
