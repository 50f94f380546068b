// On every page, deferred. The page works without it.
import "../Components/Leave/Leave.js";
import "../Components/LanguageMenu/LanguageMenu.js";
import "../Components/PrintButton/PrintButton.js";
