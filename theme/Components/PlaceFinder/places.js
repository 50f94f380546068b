// Where somebody is, told from what they typed, on the device. Pure: no network, no page.

const MEAN_EARTH_RADIUS_MILES = 3958.8;
const radians = (degrees) => degrees * Math.PI / 180;

// Great-circle distance between two [latitude, longitude], as Portal.Content.Places.Coordinates has it.
export const miles = (here, there) => {
  const haversine = Math.sin(radians(there[0] - here[0]) / 2) ** 2
    + Math.cos(radians(here[0])) * Math.cos(radians(there[0])) * Math.sin(radians(there[1] - here[1]) / 2) ** 2;
  return 2 * MEAN_EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.sqrt(haversine)));
};

// The outward half of a postcode typed whole, in part or alone; the same shape as Portal.Content.Places.Outcode.
const outcodeOf = (typed) => {
  const match = /^([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2}|\s+\d[A-Z]?)?$/.exec(typed.toUpperCase());
  return match && match[1];
};

const fold = (name) => name.normalize("NFKD").replace(/[\u0300-\u036f'’.]/g, "").replace(/[\s-]+/g, " ").toLowerCase();

const townOf = (typed, towns) => {
  const names = Object.keys(towns);
  const wanted = fold(typed);
  const exact = names.find((name) => fold(name) === wanted);
  // "Tunbridge Wells" is enough for the Royal one, but not where two towns would fit.
  const near = names.filter((name) => fold(name).includes(wanted));
  return exact || (wanted.length > 2 && near.length === 1 ? near[0] : null);
};

// `gazetteer` is [towns, outcodes, neighbours] as GazetteerScript writes it. Returns { name, point, area }: point is
// missing where the place is not known, area is there only outside Kent and Medway.
export const locate = (typed, [towns, outcodes, neighbours]) => {
  const outcode = outcodeOf(typed.trim());
  if (outcode) {
    const [latitude, longitude, area] = outcodes[outcode] || neighbours[outcode] || [];
    return latitude === undefined ? { name: outcode } : { name: outcode, point: [latitude, longitude], area };
  }
  const town = townOf(typed.trim(), towns);
  return town ? { name: town, point: towns[town] } : { name: typed.trim() };
};
