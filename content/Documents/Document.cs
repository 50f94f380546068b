using NodaTime;

using Portal.Content.Blocks;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>
/// One document in one language, as it will be read: in a translation the words are the translation's and the facts the
/// base language's. Kinds are sealed records beside this one; <see cref="DocumentKind"/> lists them.
/// </summary>
public abstract record Document
{
    /// <summary>Path of the document, the same in every language.</summary>
    [NotAField] public DocumentId Id { get; init; }

    /// <summary>The language of the words.</summary>
    [NotAField] public Language Language { get; init; } = Language.Base;

    /// <summary>Path of the file below the content folder.</summary>
    [NotAField] public string File { get; init; } = string.Empty;

    /// <summary>The blocks between front matter and end of file.</summary>
    [NotAField] public Body Body { get; init; } = Body.Empty;

    /// <summary>The fields that hold Markdown, read, by their key.</summary>
    [NotAField] public IReadOnlyDictionary<string, RichText> Texts { get; init; } = new Dictionary<string, RichText>();

    /// <summary>Every link of the document: those of the body and those of the fields that hold Markdown.</summary>
    [NotAField] public IEnumerable<Link> Links => Body.Links.Concat(Texts.Values.SelectMany(text => text.Links));

    /// <summary>How far the translation has come; null in the base language.</summary>
    [NotAField] public Translation? Translation { get; init; }

    /// <summary>The heading: plain, says what the page is about.</summary>
    [Translated] public required string Title { get; init; }

    /// <summary>What tab, history and bookmark show: neutral, 3 to 40 characters, distinct in its language.</summary>
    [Translated] public required string TabTitle { get; init; }

    /// <summary>One or two plain sentences for lists and search engines, at most 160 characters.</summary>
    [Translated] public required string Summary { get; init; }

    /// <summary>One sentence that prepares for distressing content.</summary>
    [Translated] public string? Warning { get; init; }

    /// <summary>One hopeful closing line.</summary>
    [Translated] public string? Closing { get; init; }

    /// <summary>Words people might search for.</summary>
    [Translated] public string? Keywords { get; init; }

    /// <summary>The team that keeps it true.</summary>
    [ForEditors] public string? Owner { get; init; }

    /// <summary>Day somebody last read it against its sources.</summary>
    public LocalDate? Reviewed { get; init; }

    /// <summary>Day by which somebody reads it again; overdue warns and never blocks.</summary>
    public LocalDate? ReviewBy { get; init; }

    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>Outcome themes of the service specification (clause 2.2).</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    public IReadOnlyList<DocumentId> Related { get; init; } = [];

    /// <summary>True where the page tells who runs the site and how to reach them, from the settings.</summary>
    public bool Responsible { get; init; }

    /// <summary>Sign-language video; the slot shows only when filled.</summary>
    public SignVideo? Bsl { get; init; }
}

/// <summary>Where a fact was seen.</summary>
public sealed record Source
{
    public required string Name { get; init; }

    public string? Url { get; init; }

    public string? Seen { get; init; }

    public required Confidence Confidence { get; init; }
}

/// <summary>A sign-language video and its captions, each a path below <c>media/</c>, and its transcript in words.</summary>
public sealed record SignVideo
{
    public required string Video { get; init; }

    public required string Captions { get; init; }

    [Translated] public required string Transcript { get; init; }
}

/// <summary>The eight outcome themes of the service specification, clause 2.2.</summary>
public enum Topic
{
    Health,
    Housing,
    Family,
    Skills,
    DrugsAndAlcohol,
    Money,
    Outlook,
    Social
}
