"use strict";
// What is nicer with a script; every page works without it.

// a summary of errors is read out first
document.getElementById("problems")?.focus();

// what is to be kept can be copied and printed
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// a form is sent once, however often the button is pressed; a download leaves the page in place
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    if (form.dataset.again !== undefined) setTimeout(() => delete form.dataset.sent, 3000);
  });
}
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(form => delete form.dataset.sent));

// while many requests come in, a machine shows that it means it; who has no scripts may send, only less often
for (const field of document.querySelectorAll("[data-puzzle]")) {
  const solver = new Worker(field.dataset.solver);
  solver.addEventListener("message", solved => field.value = solved.data);
  solver.postMessage([field.dataset.puzzle, Number(field.dataset.bits)]);
}
