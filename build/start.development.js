// Starts the page that Trunk serves; the one file has `start.js`.
// The engine's worker runs the same glue, so its text is handed to the program.
fetch("app.js")
  .then((answer) => answer.text())
  .then((glue) => {
    globalThis.sightlineGlue = glue;
    return wasm_bindgen({ module_or_path: "app_bg.wasm" });
  });
