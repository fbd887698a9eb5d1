/* Typing a sheet of paper: a digit goes on to the next question, Enter does too, arrows go up and down. */
const form = document.querySelector("[data-entry]");
if (form) {
  const cells = [...form.querySelectorAll(".digit, .number")];
  const move = (from, step) => {
    const next = cells[cells.indexOf(from) + step];
    if (next) {
      next.focus();
      next.select();
    }
    return Boolean(next);
  };
  form.addEventListener("keydown", (event) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && cells.includes(event.target) && move(event.target, step)) event.preventDefault();
  });
  form.addEventListener("input", (event) => {
    const typed = event.target;
    if (typed.classList.contains("digit") && /^[1-5１-５]$/.test(typed.value)) move(typed, 1);
  });
}
