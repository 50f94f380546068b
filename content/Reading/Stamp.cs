using System.Security.Cryptography;
using System.Text;

using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>Short hashes of a document's words: two texts with the same stamp say the same to a translator.</summary>
public static class Stamp
{
    private const int Whole = 12;
    private const int Part = 8;

    /// <summary>Twelve hexadecimal digits of SHA-256 over the fields that hold words and the body, trailing blanks and line ends apart.</summary>
    public static string Of(DocumentText text, Type kind)
    {
        var words = new StringBuilder();
        foreach (var field in WordFields(text, kind)) words.Append(field.Source.TrimEnd()).Append('\n');
        foreach (var block in text.Blocks) words.Append(block.Source.TrimEnd()).Append('\n');
        return Hash(words.ToString(), Whole);
    }

    /// <summary>Eight hexadecimal digits of SHA-256 over one block, blank lines around it and line ends apart.</summary>
    public static string OfBlock(string source) => Hash(source.Trim('\r', '\n').TrimEnd(), Part);

    /// <summary>The stamps of all blocks of an English text, with spaces between: what a translation of each of them writes into <c>blocks</c>.</summary>
    public static string OfBlocks(DocumentText text) => string.Join(' ', text.WordBlocks.Select(block => OfBlock(block.Source)));

    /// <summary>The stamps of all fields of an English text that hold words, <c>title=1a2b3c4d</c>, with spaces between: what a translation writes into <c>fields</c>.</summary>
    public static string OfFields(DocumentText text, Type kind) => string.Join(' ', WordFields(text, kind).Select(field => $"{field.Key}={OfField(field)}"));

    /// <summary>Eight hexadecimal digits of SHA-256 over one field as it stands in the file, key included.</summary>
    internal static string OfField(FieldText field) => Hash(field.Source.TrimEnd(), Part);

    internal static IEnumerable<FieldText> WordFields(DocumentText text, Type kind)
    {
        var fields = FieldMap.Of(kind);
        return text.Fields.Where(field => fields.ByKey.TryGetValue(field.Key, out var known) && known.HoldsWords);
    }

    private static string Hash(string text, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines.WithLineFeeds(text))))[..digits];
}
