using System.Collections.Frozen;
using System.Text.RegularExpressions;

using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// What looks as if it were about one person and has no place in a public text: a person's e-mail address, a National
/// Insurance or NHS number, a whole postcode. Only a hint: a venue has a postcode too, which belongs into its own field.
/// The hint never repeats what it found.
/// </summary>
internal static partial class PersonalData
{
    /// <summary>What stands before the @ of an address that belongs to a desk and not to somebody.</summary>
    private static readonly FrozenSet<string> Desks = new[]
    {
        "admin", "advice", "advocacy", "communications", "comms", "complaints", "contact", "customerservices", "data", "dataprotection", "dpo", "editor", "email", "enquiries", "enquiry",
        "feedback", "foi", "hello", "help", "helpdesk", "helpline", "housing", "hr", "ico", "info", "information", "mail", "marac", "media", "news", "office", "outreach", "press",
        "privacy", "reception", "referral", "referrals", "safeguarding", "security", "service", "services", "support", "team", "training", "volunteering", "web", "webmaster",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var document in Links.Variants(edition))
        {
            foreach (var (words, line) in DocumentWords.Of(document))
                foreach (var what in In(words))
                    yield return new(document.File, line, $"{what} stands here.", "If it belongs to a person, take it out: a page is copied and kept by others for ever.", Weight.Warning);
            foreach (var link in document.Links.Where(link => link.Target.StartsWith("mailto:", StringComparison.Ordinal) && IsPerson(link.Target["mailto:".Length..])))
                yield return new(document.File, link.Line, "The e-mail address of a person stands here.", "Name the team's address.", Weight.Warning);
        }
    }

    private static IEnumerable<string> In(string words)
    {
        if (Email().Matches(words).Any(match => IsPerson(match.Value))) yield return "The e-mail address of a person";
        if (InsuranceNumber().IsMatch(words)) yield return "A National Insurance number";
        if (HealthNumber().Matches(words).Any(match => HasCheckDigit(match.Value))) yield return "An NHS number";
        if (Postcode().IsMatch(words)) yield return "A whole postcode";
    }

    private static bool IsPerson(string address)
    {
        var name = address.Split('@')[0];
        return !name.Split('.', '-', '_', '+').Any(Desks.Contains);
    }

    /// <summary>The tenth digit of an NHS number is made of the others: weights 10 to 2, modulo 11.</summary>
    private static bool HasCheckDigit(string number)
    {
        var digits = number.Where(char.IsAsciiDigit).Select(digit => digit - '0').ToList();
        var check = 11 - (digits.Take(9).Select((digit, at) => digit * (10 - at)).Sum() % 11);
        return check % 11 == digits[9] && check != 10;
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Email();

    /// <summary>Two letters, six digits, a letter from A to D; some letters are never given out.</summary>
    [GeneratedRegex(@"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex InsuranceNumber();

    [GeneratedRegex(@"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HealthNumber();

    [GeneratedRegex(@"\b(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Postcode();
}
