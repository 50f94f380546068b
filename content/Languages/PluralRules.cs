namespace Portal.Content.Languages;

/// <summary>
/// Which form of a word goes with a whole number. Source: Unicode CLDR plural rules for cardinal numbers, the languages
/// this site publishes. Kept here so that no ICU data is needed.
/// </summary>
public static class PluralRules
{
    /// <summary>All names a plural form may have in the string files.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>The forms a language needs, in the order above.</summary>
    public static IReadOnlyList<string> FormsOf(string code) => code switch
    {
        "ar" => Forms,
        "pl" or "uk" => ["one", "few", "many", "other"],
        "ro" or "sk" => ["one", "few", "other"],
        _ => ["one", "other"],
    };

    /// <summary>The form for <paramref name="number"/>, which is zero or more.</summary>
    public static string FormFor(string code, int number)
    {
        var (units, hundreds) = (number % 10, number % 100);
        return code switch
        {
            "ar" => number switch
            {
                0 => "zero",
                1 => "one",
                2 => "two",
                _ when hundreds is >= 3 and <= 10 => "few",
                _ when hundreds is >= 11 => "many",
                _ => "other",
            },
            "pl" when number == 1 => "one",
            "uk" when units == 1 && hundreds != 11 => "one",
            "pl" or "uk" => units is >= 2 and <= 4 && hundreds is not (>= 12 and <= 14) ? "few" : "many",
            "ro" => number == 1 ? "one" : number == 0 || hundreds is >= 1 and <= 19 ? "few" : "other",
            "sk" => number == 1 ? "one" : number is >= 2 and <= 4 ? "few" : "other",
            "pa" or "fa" or "bn" => number is 0 or 1 ? "one" : "other",
            _ => number == 1 ? "one" : "other",
        };
    }
}
