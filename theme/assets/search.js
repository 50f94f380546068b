// On the search page.
import "../Components/SearchBox/SearchBox.js";
