// Back-entry of paper forms: a digit goes on to the next field, Enter as well, Backspace in an empty field goes back.
(function () {
  "use strict";
  document.querySelectorAll("form[data-entry]").forEach(function (form) {
    var fields = Array.prototype.slice.call(form.querySelectorAll("input[type=text]"));
    function go(field, step) {
      var next = fields[fields.indexOf(field) + step];
      if (next) { next.focus(); next.select(); } else if (step > 0) { form.querySelector("button").focus(); }
    }
    form.addEventListener("keydown", function (event) {
      if (fields.indexOf(event.target) < 0) return;
      if (event.key === "Enter") { event.preventDefault(); go(event.target, 1); }
      if (event.key === "Backspace" && !event.target.value) { event.preventDefault(); go(event.target, -1); }
    });
    form.addEventListener("input", function (event) {
      if (event.target.maxLength === 1 && /^[1-5]$/.test(event.target.value)) go(event.target, 1);
    });
  });
})();
