"use strict";
// Says since when nothing has been heard; what is shown is left as it was.
(function () {
  var seen = Date.now();
  var silent = false;
  var note = document.getElementById("silence");
  function show() {
    note.hidden = !silent;
    if (silent) {
      note.textContent = "No answer. What is shown was last known " + Math.round((Date.now() - seen) / 1000) + " s ago.";
    }
  }
  document.body.addEventListener("htmx:afterRequest", function (event) {
    silent = !event.detail.successful;
    if (!silent) {
      seen = Date.now();
    }
    show();
  });
  setInterval(show, 1000);
}());
