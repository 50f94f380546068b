using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Referrals;

namespace Portal.Site.Contact;

/// <summary>
/// What the form's script needs once somebody answers, in a file of its own: the published keys, what the page promises once
/// the script has proved that it can seal, what it says once a message was sent or refused, what is told where an answer is
/// missing or wrong, and where it is set, the tick for the check for humans. Without a script none of it is of use or true, and the page has no room for it.
/// </summary>
internal static class FormFile
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Its name among the site's files.</summary>
    public static string Name(Language language) => "form." + language.Code;

    /// <summary>The file of a language, while messages are taken.</summary>
    public static byte[] Write(Edition edition, Language language)
    {
        var keys = edition.Library.Data.Intake!; // Asked for only while messages are taken.
        var words = edition.Library.WordsOf(language);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            keys = new { id = keys.KeySet, team = keys.Team, lead = keys.Lead },
            proved = new { @sealed = words["form.sealed"], wipes = words["form.wipes"] },
            later = new
            {
                hint = words["form.sent.referenceHint"],
                someone = words["form.sent.someone"] + " " + words["form.sent.who"],
                urgent = When(words, keys.UrgentHours),
                other = When(words, keys.OtherHours),
                leave = words["form.sent.leave"],
                busy = words["form.failed.busy"],
            },
            error = words["form.errors.title"],
            @long = words["form.errors.tooLong"],
            route = words["form.errors.who"],
            steps = ReferralForm.Steps.Where(step => step.Mistake is not null).ToDictionary(step => step.Name, step => words[step.Mistake!]),
            reachAtWork = words["form.errors.reachWork"],
            human = ContactPages.AsksForHumans(edition) ? new { tick = words["form.human.tick"], notice = words["form.human.notice"] } : null,
            fields = ReferralForm.Fields.Where(field => field.Mistake is not null).ToDictionary(field => field.Name, field => words[field.Mistake!]),
        }, Readable);
    }

    private static string When(InterfaceStrings words, int? hours) => hours is { } known ? words.Fill("form.sent.when", ("hours", $"{known}")) : words["form.sent.whenUnknown"];
}
