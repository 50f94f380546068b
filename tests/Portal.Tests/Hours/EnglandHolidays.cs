using NodaTime;
using Portal.Content.Hours;

namespace Portal.Tests.Hours;

/// <summary>The bank holidays of England and Wales, 2026 to 2028.</summary>
internal static class EnglandHolidays
{
    public static BankHolidays All { get; } = new(
    [
        Day(2026, 1, 1, "New Year's Day"), Day(2026, 4, 3, "Good Friday"), Day(2026, 4, 6, "Easter Monday"),
        Day(2026, 5, 4, "Early May bank holiday"), Day(2026, 5, 25, "Spring bank holiday"), Day(2026, 8, 31, "Summer bank holiday"),
        Day(2026, 12, 25, "Christmas Day"), Day(2026, 12, 28, "Boxing Day (substitute)"),
        Day(2027, 1, 1, "New Year's Day"), Day(2027, 3, 26, "Good Friday"), Day(2027, 3, 29, "Easter Monday"),
        Day(2027, 5, 3, "Early May bank holiday"), Day(2027, 5, 31, "Spring bank holiday"), Day(2027, 8, 30, "Summer bank holiday"),
        Day(2027, 12, 27, "Christmas Day (substitute)"), Day(2027, 12, 28, "Boxing Day (substitute)"),
        Day(2028, 1, 3, "New Year's Day (substitute)"), Day(2028, 4, 14, "Good Friday"), Day(2028, 4, 17, "Easter Monday"),
        Day(2028, 5, 1, "Early May bank holiday"), Day(2028, 5, 29, "Spring bank holiday"), Day(2028, 8, 28, "Summer bank holiday"),
        Day(2028, 12, 25, "Christmas Day"), Day(2028, 12, 26, "Boxing Day")
    ]);

    private static BankHoliday Day(int year, int month, int day, string title) =>
        new() { Date = new LocalDate(year, month, day), Title = title };
}
