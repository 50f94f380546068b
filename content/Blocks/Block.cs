namespace Portal.Content.Blocks;

/// <summary>
/// One block of a body. The set is closed: every kind has a view, an editor and an example in the theme's gallery.
/// </summary>
/// <param name="Text">The Markdown inside, where the kind has any.</param>
/// <param name="Line">Line of the block's first character in its file.</param>
public abstract record Block(RichText? Text, int Line)
{
    /// <summary>True in a translation where the block stands in English, because its translation no longer fits.</summary>
    public bool IsBase { get; init; }

    private Block() : this(null, 0) => throw new InvalidOperationException("A block knows its line.");

    /// <summary>Headings, paragraphs and lists.</summary>
    public sealed record Prose(RichText Words, int Line) : Block(Words, Line);

    /// <summary>A remark set apart.</summary>
    public sealed record Callout(CalloutTone Tone, string? Title, RichText Words, int Line) : Block(Words, Line);

    /// <summary>A numbered list of things to do in order.</summary>
    public sealed record Steps(RichText Words, int Line) : Block(Words, Line);

    /// <summary>Words that open on demand.</summary>
    public sealed record Details(string Title, RichText Words, int Line) : Block(Words, Line);

    /// <summary>A helpline's card; its number is written in the helpline alone.</summary>
    public sealed record Contact(string HelplineId, int Line) : Block(null, Line);

    /// <summary>The access points of a district, of a type, or all.</summary>
    public sealed record Places(string? District, string? Type, int Line) : Block(null, Line);

    /// <summary>Somebody's words.</summary>
    public sealed record Quote(string? From, RichText Words, int Line) : Block(Words, Line);

    /// <summary>A picture; <paramref name="Description"/> is null only where it is decorative.</summary>
    public sealed record Image(string Media, string? Description, string? Caption, int Line) : Block(null, Line)
    {
        public PictureShape Shape { get; init; }
    }

    /// <summary>A self-hosted video that loads on demand; the Markdown is its transcript.</summary>
    public sealed record Video(string Media, string Captions, string? Poster, string Title, RichText Transcript, int Line) : Block(Transcript, Line);

    /// <summary>A file with a neutral name.</summary>
    public sealed record Download(string Media, string Label, int Line) : Block(null, Line);

    /// <summary>A table with a caption.</summary>
    public sealed record Table(string Caption, RichText Rows, int Line) : Block(Rows, Line);

    /// <summary>One clear next step.</summary>
    public sealed record Action(string Href, string Label, int Line) : Block(null, Line);

    /// <summary>Tick boxes that are never kept or sent.</summary>
    public sealed record Checklist(string Title, RichText Items, int Line) : Block(Items, Line);

    /// <summary>A box to write in that is never kept or sent.</summary>
    /// <param name="Rows">Height in lines, 1 to 12.</param>
    public sealed record Write(string Label, string? Hint, int Rows, int Line) : Block(null, Line)
    {
        /// <summary>Height where the file names none.</summary>
        public const int UsualRows = 2;
    }

    /// <summary>Simple version: one drawing, one idea.</summary>
    public sealed record Picture(string Icon, RichText Words, int Line) : Block(Words, Line);
}

public enum CalloutTone
{
    Calm,
    Important,
    Danger
}
