// On pages that show opening hours. finder.js brings the same along.
import "../Components/OpenNow/OpenNow.js";
