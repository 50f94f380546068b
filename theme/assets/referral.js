// On the page of the form. What it needs once somebody answers is in seal.js.
import "../Components/AskForm/AskForm.js";
