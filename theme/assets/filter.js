// On the list of pathways for professionals.
import "../Components/RoleFilter/RoleFilter.js";
