using System.Security.Cryptography;
using System.Text;

using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>A short hash of a document's words: two texts with the same stamp say the same to a translator.</summary>
public static class Stamp
{
    /// <summary>Twelve hexadecimal digits of SHA-256 over the fields that hold words and the body, trailing blanks and line ends apart.</summary>
    public static string Of(DocumentText text, Type kind)
    {
        var fields = FieldMap.Of(kind);
        var words = new StringBuilder();
        foreach (var field in text.Fields.Where(field => fields.ByKey.TryGetValue(field.Key, out var known) && known.HoldsWords))
            words.Append(field.Source.TrimEnd()).Append('\n');
        foreach (var block in text.Blocks)
            words.Append(block.Source.TrimEnd()).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines.WithLineFeeds(words.ToString()))))[..12];
    }
}
