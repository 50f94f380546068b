// Everything here only quickens what the forms already do without it.
document.querySelector(".errors")?.focus();
