using System.Globalization;
using System.Text;

using Portal.Cms.Documents;
using Portal.Cms.Hosting;

namespace Portal.Cms.Staff;

/// <summary>One field of a form that came after the session's end.</summary>
/// <param name="Label">Which field it was, in words.</param>
public sealed record PostedField(string Label, string Text);

/// <summary>
/// What somebody typed into a form and sent when their session was over. Nothing is done with it: it is shown to them
/// once, so that they can copy it. Only what the editor knows as words; what the CMS puts into a form itself, and
/// whatever lets somebody in, is not among it.
/// </summary>
/// <param name="Fields">In the order of the form, without the empty ones.</param>
/// <param name="IsCut">True where more was sent than is shown.</param>
public sealed record PostedWords(IReadOnlyList<PostedField> Fields, bool IsCut)
{
    /// <summary>Bytes of words (UTF-8) that are shown.</summary>
    public const int Most = 100_000;

    /// <summary>Bytes of a form that is read at all from somebody nobody knows: a letter beyond ASCII comes as six or more.</summary>
    public const int MostPosted = 1_000_000;

    private static readonly PostedWords None = new([], IsCut: false);

    private static readonly string[] Single = ["comment", "note", "reason", "text"];

    /// <summary>What goes with a block and nobody types.</summary>
    private static readonly string[] Hidden = ["kind", "hash", "was", "right"];

    /// <summary>True for a form that a browser sent by itself, and whose answer it shows; a script asks for no page.</summary>
    public static bool IsFormOfPage(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of a form that one of our own pages sent; none of any other: a stranger's page would have its words shown as ours.</summary>
    public static async Task<PostedWords> OfAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true || !IsOwn(context)) return None; // A form with files holds no field of ours that is words.
        if (request.ContentLength is not (>= 0 and <= MostPosted)) return None with { IsCut = true };
        try
        {
            return Of(await request.ReadFormAsync(context.RequestAborted));
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return None with { IsCut = true };
        }
    }

    /// <summary>As a browser says it of the page that sent the form; it says one of the two.</summary>
    private static bool IsOwn(HttpContext context)
    {
        var headers = context.Request.Headers;
        var site = headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0 ? site == "same-origin" : headers.Origin == new Uri(context.RequestServices.GetRequiredService<CmsSettings>().Url).GetLeftPart(UriPartial.Authority);
    }

    private static PostedWords Of(IFormCollection form)
    {
        var (fields, left, isCut) = (new List<PostedField>(), Most, false);
        foreach (var (name, values) in form)
        {
            var text = string.Join('\n', values.Select(value => value?.ReplaceLineEndings("\n")));
            if (LabelOf(name) is not { } label || string.IsNullOrWhiteSpace(text)) continue;
            var bytes = Encoding.UTF8.GetByteCount(text);
            if (bytes > left)
            {
                isCut = true;
                continue;
            }

            left -= bytes;
            fields.Add(new(label, text));
        }

        return new(fields, isCut);
    }

    /// <summary>Null for a field whose content is no words.</summary>
    private static string? LabelOf(string name) => name.Split('.') switch
    {
        [var single] when Single.Contains(single) => EditorWords.LabelOf(single),
        ["f", .. { Length: > 0 } parts] => string.Join(", ", parts.Select(Spoken)),
        ["b", var number, "a", .. { Length: > 0 } parts] when IsNumber(number) => $"Block {Spoken(number)}, {string.Join(", ", parts.Select(Spoken))}",
        ["b", var number, var part] when IsNumber(number) && !Hidden.Contains(part) => $"Block {Spoken(number)}, {Spoken(part)}",
        ["s", .. { Length: > 0 } parts] => string.Join('.', parts),
        _ => null,
    };

    /// <summary>A form counts from 0, people from 1.</summary>
    private static string Spoken(string part) => IsNumber(part) ? (int.Parse(part, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) : EditorWords.LabelOf(part);

    private static bool IsNumber(string part) => part.Length is > 0 and < 5 && part.All(char.IsAsciiDigit);
}
