namespace Portal.Content.Languages;

/// <summary>A language, or a variant of one, that pages are published in.</summary>
/// <param name="Code">File name and key: <c>en</c>, <c>pl</c>, <c>en-simple</c>.</param>
/// <param name="Tag">BCP 47 tag for <c>lang</c> and <c>hreflang</c>: <c>en-GB</c>, <c>pl</c>.</param>
/// <param name="Endonym">Its name in itself.</param>
/// <param name="English">Its English name: what a caller says to ask for an interpreter.</param>
/// <param name="IsRightToLeft">True for Arabic, Persian and Urdu.</param>
public sealed record Language(string Code, string Tag, string Endonym, string English, bool IsRightToLeft)
{
    /// <summary>The base language: facts stand in its files, and every document has it.</summary>
    public static Language Base { get; } = new("en", "en-GB", "English", "English", false);

    /// <summary>English in short sentences with pictures: a variant with bodies of its own, not a translation.</summary>
    public static Language Simple { get; } = new("en-simple", "en-GB", "Simple English", "English", false);

    /// <summary>True for English as the documents are written.</summary>
    public bool IsBase => Code == Base.Code;

    /// <summary>True for the simple version.</summary>
    public bool IsSimple => Code == Simple.Code;

    /// <summary>First segment of its addresses; empty for English.</summary>
    public string Prefix => IsBase ? string.Empty : IsSimple ? "simple" : Code;

    /// <summary>Value of the <c>dir</c> attribute.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    public override string ToString() => Code;
}
