// Decides open or closed exactly as Portal.Content.Hours.OpeningHours does; a test compares the two for every half
// hour of three years. Pure: the moment and the calendar come in, nothing is read from the device but those, so a
// phone set to another time zone still gets London's answer.
//
// Shapes are written by OpeningHoursScript. `hours` is 1 (always) or [open on bank holidays, weekly, special, closures];
// `calendar` is [clock changes, bank holidays, last day known]. Days count from 1 January 1970; moments are minutes
// since then in UTC.

const DAY = 1440;
const DAYS_SEARCHED = 100;
const DAYS_FOLLOWED = 8;
const LAST_WEEK = 1 << 5;
const DAY_MS = 864e5;

// What the clock on the wall shows, in minutes: day * 1440 + minute of the day.
export const wallClock = (calendar, moment) => {
  let ahead = 0;
  for (const [from, offset] of calendar[0]) if (from <= moment) ahead = offset;
  return moment + ahead;
};

// The first moment at which the wall clock shows that time or later: in the hour skipped in March the change itself,
// in the hour doubled in October the first pass.
const firstReaches = (calendar, wall) => {
  const clock = calendar[0];
  for (let i = 0; i < clock.length; i++) {
    const moment = i ? Math.max(wall - clock[i][1], clock[i][0]) : wall - clock[i][1];
    if (i + 1 === clock.length || moment < clock[i + 1][0]) return moment;
  }
};

// Pairs of [opens, closes] in minutes of the day; closes may pass 1440.
const timesOn = ([onHolidays, weekly, special, closures], holidays, day) => {
  const own = special.find(entry => entry[0] === day);
  if (own) return own.slice(1).flatMap((opens, i, flat) => i % 2 ? [] : [[opens, flat[i + 1]]]);
  if (closures.some(([from, until]) => from <= day && (!until || day <= until))) return [];
  if (!onHolidays && holidays.includes(day)) return [];

  const date = new Date(day * DAY_MS);
  const week = 1 << Math.floor((date.getUTCDate() - 1) / 7);
  const last = new Date((day + 7) * DAY_MS).getUTCMonth() !== date.getUTCMonth() ? LAST_WEEK : 0;
  const weekday = 1 << (date.getUTCDay() + 6) % 7;
  return weekly
    .filter(([days, weeks]) => days & weekday && (!weeks || weeks & (week | last)))
    .map(entry => entry.slice(2));
};

const sessionsOn = (hours, calendar, day) => timesOn(hours, calendar[1], day)
  .map(([opens, closes]) => [firstReaches(calendar, day * DAY + opens), firstReaches(calendar, day * DAY + closes)])
  .filter(([opens, closes]) => opens < closes)
  .sort((a, b) => a[0] - b[0]);

// Returns [is open, moment it changes or null], or null beyond the days whose bank holidays are known: a page that was
// not built for years must stop promising.
export function statusAt(hours, calendar, now) {
  if (hours === 1) return [true, null];
  const known = calendar[2];
  const today = Math.floor(wallClock(calendar, now) / DAY);
  if (today > known || now < calendar[0][0][0]) return null;

  let end = null;
  for (let day = today - 1; day <= Math.min(today + DAYS_SEARCHED, known); day++) {
    for (const [opens, closes] of sessionsOn(hours, calendar, day)) {
      if (end === null) {
        if (closes <= now) continue;
        if (opens > now) return [false, opens];
        end = closes;
      } else {
        if (opens > end) return [true, end];
        end = Math.max(end, closes);
      }
    }
    if (end === null) continue;
    if (wallClock(calendar, end) < (day + 1) * DAY) return [true, end];
    if (day === today + DAYS_FOLLOWED) break;
  }
  return [end !== null, null];
}
