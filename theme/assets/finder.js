// On the page that lists places. "Open now" asks hours.js, where the page has hours that a script must tell.
import "../Components/PlaceFinder/PlaceFinder.js";
