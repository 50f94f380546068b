// A static page cannot know the time: this says "open now" or "opens next" above the usual hours, which stand without it.
import { statusAt, wallClock } from "./hours.js";
import { fill } from "./words.js";

const DAY = 1440;
const DAYS_IN_WEEK = 7;
const source = document.querySelector("[data-calendar]");

if (source) {
  const words = source.dataset;
  const calendar = JSON.parse(words.calendar);
  const days = words.days.split("|");
  const months = words.months.split("|");
  const places = [...document.querySelectorAll(".p-open[data-hours]")].map((element) => [element, JSON.parse(element.dataset.hours)]);
  const twoDigits = (number) => String(number).padStart(2, "0");

  const timeOf = (wall) => {
    const minute = wall % DAY;
    if (!minute && words.midnight) return words.midnight;
    if (minute === DAY / 2 && words.midday) return words.midday;
    const hour = Math.floor(minute / 60);
    const past = minute % 60;
    if (!words.am) return `${twoDigits(hour)}:${twoDigits(past)}`;
    return (hour % 12 || 12) + (past ? `:${twoDigits(past)}` : "") + (hour < 12 ? words.am : words.pm);
  };

  const dayOf = (wall, today) => {
    const day = Math.floor(wall / DAY);
    if (day <= today) return words.today;
    if (day === today + 1) return words.tomorrow;
    const weekday = days[(day + 3) % DAYS_IN_WEEK]; // 1 January 1970 was a Thursday; the list begins with Monday.
    if (day < today + DAYS_IN_WEEK) return weekday;
    const date = new Date(day * 864e5);
    return fill(words.date, { weekday, day: date.getUTCDate(), month: months[date.getUTCMonth()], time: "{time}" });
  };

  const sentence = ([isOpen, changes], now) => {
    if (changes === null) return isOpen ? words.open : words.closed;
    const wall = wallClock(calendar, changes);
    const values = { time: timeOf(wall), day: dayOf(wall, Math.floor(wallClock(calendar, now) / DAY)) };
    // A day may bring the whole sentence along, where its grammar turns with the day: then the time stands in it.
    if (!isOpen) return fill(fill(words.opens, { ...values, time: "{time}" }), values);
    // A time without its day would be taken for today's.
    return changes - now < DAY ? fill(words.until, values) : words.open;
  };

  const refresh = () => {
    const now = Math.floor(Date.now() / 6e4);
    for (const [element, hours] of places) {
      const status = statusAt(hours, calendar, now);
      const line = element.firstElementChild;
      const text = status ? sentence(status, now) : "";
      if (line.textContent !== text) line.textContent = text;
      line.hidden = !text;
      line.classList.toggle("p-open__now--open", !!status && status[0]);
    }
  };

  const everyMinute = () => setTimeout(() => {
    refresh();
    everyMinute();
  }, 6e4 - Date.now() % 6e4);

  refresh();
  everyMinute();
  // A page that slept in another tab or in the back/forward cache would show the hour it fell asleep.
  document.addEventListener("visibilitychange", refresh);
  addEventListener("pageshow", refresh);
}
