/* Small comforts. Every page works without this file. */
(function () {
  "use strict";

  function each(selector, act, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }

  // A list of faults is read out and reached first; browsers inside chat applications do not know autofocus on it.
  var faults = document.getElementById("faults");
  if (faults) faults.focus();

  // One question a page: a chosen answer opens the next one, if the reader asked for it and used a pointer, not arrow keys.
  each("form[data-auto-step]", function (form) {
    var pointed = false;
    form.addEventListener("pointerdown", function () { pointed = true; });
    form.addEventListener("keydown", function () { pointed = false; });
    form.addEventListener("change", function (event) {
      if (pointed && event.target.name === "answer") form.submit();
    });
  });

  // A list of questions: every answer is saved at once, so that a closed tab loses nothing.
  each("form[data-save-each]", function (form) {
    form.addEventListener("change", function (event) {
      var part = event.target.closest("fieldset[data-key]");
      if (part && window.fetch) save(form, part);
    });
  });

  function save(form, part) {
    var key = part.getAttribute("data-key");
    var chosen = part.querySelector("input[type=radio]:checked");
    var number = part.querySelector("input[type=text]");
    var typed = number ? number.value.trim() : "";
    if (!chosen && !typed) return;
    var body = new URLSearchParams();
    ["csrf_token", "visit", "instrument"].forEach(function (name) {
      body.append(name, form.elements[name].value);
    });
    body.append("key", key);
    if (chosen) body.append("answer", chosen.value);
    if (typed) body.append("number", typed);
    fetch(form.getAttribute("data-save-each"), {
      method: "POST", body: body, credentials: "same-origin", headers: { "X-Requested-With": "save" }
    }).then(function (response) {
      if (response.status === 204) {
        part.querySelector("input[name='" + key + "-was']").value = (typed ? "" : chosen.value) + "/" + typed;
        if (typed && chosen) chosen.checked = false;
      } else if (response.status === 409) {
        window.location.reload();
      }
    }, function () { /* offline: the button saves it later */ });
  }

  // 'None of these' and the rest exclude each other.
  each("[data-none] input", function (none) {
    var form = none.form;
    form.addEventListener("change", function (event) {
      if (event.target === none && none.checked) {
        each("input[name=chosen]", function (box) { if (box !== none) box.checked = false; }, form);
      } else if (event.target.name === "chosen" && event.target.checked) {
        none.checked = false;
      }
    });
  });

  // The menu closes on Escape and on a press elsewhere.
  each("details.menu", function (menu) {
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    document.addEventListener("pointerdown", function (event) {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
  });

  // A link to something inside a folded part unfolds it; newer browsers do so by themselves.
  function unfold() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  // Copying a private link.
  each("[data-copy-button]", function (button) {
    var field = document.querySelector("[data-copy]");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(function () {
        document.querySelector("[data-copy-said]").textContent = field.getAttribute("data-copy");
      });
    });
  });

  // What was ticked off today stays ticked until the browser is closed.
  each("input[data-remember]", function (box) {
    var name = "done-" + new Date().toDateString() + "-" + box.getAttribute("data-remember");
    try {
      box.checked = sessionStorage.getItem(name) === "1";
      box.addEventListener("change", function () { sessionStorage.setItem(name, box.checked ? "1" : "0"); });
    } catch (error) { box.checked = false; }
  });
})();
