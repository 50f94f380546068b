using System.Text;

namespace Portal.Content.Blocks;

/// <summary>
/// Markdown, read once: HTML whose links are still open, because where a link leads depends on the reader's language,
/// and what the rules and the search need to know of it.
/// </summary>
/// <param name="Source">The Markdown as it stands in the file.</param>
/// <param name="Links">Every link, in reading order.</param>
/// <param name="Headings">Every heading, in reading order.</param>
/// <param name="Plain">The words alone, a line for each block.</param>
public sealed record RichText(string Source, string Template, IReadOnlyList<Link> Links, IReadOnlyList<Heading> Headings, string Plain)
{
    // Private-use letters mark the place of a link; MarkdownReader refuses them in a source.
    internal const char OpenMark = '\uE000';
    internal const char CloseMark = '\uE001';
    internal const char EndMark = '\uE002';

    /// <summary>The HTML with every link led by <paramref name="resolve"/>.</summary>
    public string Html(Func<Link, LinkMarkup> resolve)
    {
        if (Links.Count == 0) return Template;

        var markups = Links.Select(resolve).ToArray();
        var html = new StringBuilder(Template.Length + (Links.Count * 48));
        var at = 0;
        while (Template.AsSpan(at).IndexOfAny(OpenMark, CloseMark) is var found and >= 0)
        {
            var mark = at + found;
            var end = Template.IndexOf(EndMark, mark);
            var markup = markups[int.Parse(Template.AsSpan(mark + 1, end - mark - 1))];
            html.Append(Template, at, found).Append(Template[mark] == OpenMark ? markup.Open : markup.Close);
            at = end + 1;
        }

        return html.Append(Template, at, Template.Length - at).ToString();
    }
}

/// <summary>A link as written.</summary>
/// <param name="Target">A neutral address (<c>/guides/leaving-home/</c>), <c>https://…</c>, or <c>line:ID</c>.</param>
/// <param name="HasText">False for <c>[](line:ID)</c>, which shows the number.</param>
/// <param name="Line">Line in the file.</param>
public sealed record Link(string Target, bool HasText, int Line)
{
    /// <summary>Scheme of a reference to a helpline.</summary>
    public const string LineScheme = "line:";

    /// <summary>What stands in the link; empty where nothing does.</summary>
    public string Words { get; init; } = string.Empty;

    public bool IsInternal => Target.StartsWith('/') && !Target.StartsWith("//", StringComparison.Ordinal);

    public bool IsExternal => Target.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Id of the helpline, or null.</summary>
    public string? HelplineId => Target.StartsWith(LineScheme, StringComparison.Ordinal) ? Target[LineScheme.Length..] : null;

    /// <summary>What is wrong with the target and what to do; null where nothing is.</summary>
    /// <param name="elsewhere">True where it may lead to neither a page nor a site: to a line in a text.</param>
    internal (string What, string Remedy)? Mistake(bool elsewhere)
    {
        if (!IsInternal && !IsExternal && !elsewhere) return ($"'{Target}' is not a link this site may have.", "Links are '/address/' or 'https://…', in a text also 'line:ID'.");
        if (IsInternal && Target.Contains('?', StringComparison.Ordinal)) return ("A link carries a query.", "Addresses of this site never hold what a person chose: link to the page.");
        return null;
    }
}

/// <summary>HTML before and after a link's words.</summary>
public sealed record LinkMarkup(string Open, string Close);

/// <summary>A heading of the body.</summary>
/// <param name="Level">2 to 4.</param>
/// <param name="Id">Neutral ordinal id (<c>s3</c>): a fragment stands in the history too.</param>
/// <param name="Text">Its words.</param>
/// <param name="Line">Line in the file.</param>
public sealed record Heading(int Level, string Id, string Text, int Line);
