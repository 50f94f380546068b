using System.Globalization;
using Microsoft.Playwright;
using NodaTime;
using Portal.Content.Documents;
using Portal.Content.Hours;
using Xunit;

namespace Portal.Journeys;

/// <summary>What the page's script says of every half hour of three years is what the content room says.</summary>
public sealed class HoursParityTests(BrowserFixture fixture)
{
    private const int HalfHours = ((3 * 365) + 1) * 48;
    private const int MinutesInHalfHour = 30;

    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly LocalDate[] HolidayDates =
    [
        new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 4), new(2026, 5, 25), new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28),
        new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3), new(2027, 5, 31), new(2027, 8, 30), new(2027, 12, 27), new(2027, 12, 28),
        new(2028, 1, 3), new(2028, 4, 14), new(2028, 4, 17), new(2028, 5, 1), new(2028, 5, 29), new(2028, 8, 28), new(2028, 12, 25), new(2028, 12, 26)
    ];

    private static readonly BankHolidays Holidays = new(HolidayDates.Select(date => new BankHoliday { Date = date }));

    [Fact]
    public async Task Script_and_content_agree_on_every_half_hour_of_three_years()
    {
        // New York, because a phone's own time zone must not matter.
        await using var context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions { TimezoneId = "America/New_York" });
        var page = await context.NewPageAsync();
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Type = "module", Content = await ScriptAsync() });
        await page.UntilAsync("globalThis.statusAt");

        foreach (var hours in Cases())
        {
            // One text, because the driver takes a second to hand over an array of this length.
            var told = await page.EvaluateAsync<string>(
                """
                ([hours, calendar, start, step, count]) => {
                  [hours, calendar] = [JSON.parse(hours), JSON.parse(calendar)];
                  return Array.from({ length: count }, (_, i) => {
                    const [isOpen, changes] = statusAt(hours, calendar, start + i * step);
                    return `${isOpen ? 'open' : 'closed'} ${changes ?? 'never'}`;
                  }).join();
                }
                """,
                new object?[] { OpeningHoursScript.Write(hours), OpeningHoursScript.WriteCalendar(Holidays), Minutes(Start), MinutesInHalfHour, HalfHours });

            var said = told.Split(',');
            for (var i = 0; i < HalfHours; i++)
            {
                var now = Start + Duration.FromMinutes(i * MinutesInHalfHour);
                var expected = Told(hours.StatusAt(now, Holidays));
                if (expected != said[i]) Assert.Fail($"At {now} {OpeningHoursScript.Write(hours)}: content says '{expected}', the script '{said[i]}'.");
            }
        }
    }

    [Fact]
    public async Task Beyond_the_known_bank_holidays_the_script_says_nothing_but_always()
    {
        await using var context = await fixture.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Type = "module", Content = await ScriptAsync() });
        await page.UntilAsync("globalThis.statusAt");
        var office = Office(BankHolidayRule.Open, Weekly("09:00", "17:00", Weekday.Mon));

        var said = await page.EvaluateAsync<string>(
            """
            ([hours, calendar, now]) => {
              [hours, calendar] = [JSON.parse(hours), JSON.parse(calendar)];
              return JSON.stringify([statusAt(hours, calendar, now), statusAt(1, calendar, now)]);
            }
            """,
            new object?[] { OpeningHoursScript.Write(office), OpeningHoursScript.WriteCalendar(Holidays), Minutes(Instant.FromUtc(2029, 1, 1, 10, 0)) });

        Assert.Equal("[null,[true,null]]", said);
    }

    private static IEnumerable<OpeningHours> Cases()
    {
        Weekday[] weekdays = [Weekday.Mon, Weekday.Tue, Weekday.Wed, Weekday.Thu, Weekday.Fri];
        Weekday[] everyDay = [.. weekdays, Weekday.Sat, Weekday.Sun];
        SpecialDay[] special =
        [
            new() { Date = new(2026, 12, 24), Opens = Time("09:00"), Closes = Time("12:00") },
            new() { Date = new(2026, 12, 24), Opens = Time("13:00"), Closes = Time("01:00") },
            new() { Date = new(2026, 12, 27), Closed = true },
            new() { Date = new(2027, 3, 29), Opens = Time("10:00"), Closes = Time("11:00") }
        ];

        yield return new OpeningHours { Always = true };
        yield return Office(BankHolidayRule.Closed, Weekly("08:00", "20:00", weekdays));
        yield return Office(BankHolidayRule.Open, Weekly("00:00", "00:00", everyDay));
        yield return Office(BankHolidayRule.Closed, Weekly("00:00", "00:00", everyDay));
        yield return Office(BankHolidayRule.Open, Weekly("01:30", "02:30", everyDay));
        yield return Office(BankHolidayRule.Open, Weekly("01:10", "01:40", Weekday.Sun));
        yield return Office(BankHolidayRule.Open, Weekly("22:00", "01:30", Weekday.Sat), Weekly("01:30", "06:00", Weekday.Sun));
        yield return Office(
            BankHolidayRule.Closed,
            Weekly("13:00", "15:00", Weekday.Tue) with { Weeks = [1, 3] },
            Weekly("09:30", "11:00", Weekday.Fri) with { Weeks = [-1] },
            Weekly("10:00", "12:00", Weekday.Wed) with { Weeks = [5] });
        yield return Office(BankHolidayRule.Special, Weekly("09:00", "17:00", weekdays)) with { Special = special };
        yield return Office(BankHolidayRule.Closed, Weekly("09:00", "17:00", weekdays), Weekly("18:00", "02:00", Weekday.Mon, Weekday.Wed)) with
        {
            Special = special,
            Closures = [new Closure { From = new(2026, 12, 24), Until = new(2027, 1, 3) }, new Closure { From = new(2028, 11, 1) }]
        };
        yield return Office(BankHolidayRule.Closed, Weekly("20:00", "00:00", weekdays), Weekly("00:00", "08:00", everyDay));
    }

    private static OpeningHours Office(BankHolidayRule rule, params IReadOnlyList<WeeklySession> weekly) =>
        new() { Weekly = weekly, BankHolidays = rule, Confidence = Confidence.High };

    private static WeeklySession Weekly(string opens, string closes, params IReadOnlyList<Weekday> days) =>
        new() { Days = days, Opens = Time(opens), Closes = Time(closes) };

    private static LocalTime Time(string time) => new(int.Parse(time[..2], CultureInfo.InvariantCulture), int.Parse(time[3..], CultureInfo.InvariantCulture));

    private static string Told(OpenStatus status)
    {
        var changes = (status.ClosesAt ?? status.OpensNext)?.ToInstant();
        return $"{(status.IsOpen ? "open" : "closed")} {(changes is { } moment ? Minutes(moment) : "never")}";
    }

    private static long Minutes(Instant moment) => moment.ToUnixTimeSeconds() / 60;

    /// <summary>The script as it stands in the theme, with its one function within reach.</summary>
    private static async Task<string> ScriptAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Portal.sln"))) root = root.Parent;
        var path = Path.Combine(root?.FullName ?? "", "theme", "Components", "OpenNow", "hours.js");
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) + "\nglobalThis.statusAt = statusAt;\n";
    }
}
