using Portal.Content.Documents;

namespace Portal.Content.Rules;

/// <summary>Everything a reader gets to read of a document, block by block and field by field.</summary>
internal static class DocumentWords
{
    /// <summary>Each piece of words with the line of its block; 0 for a field.</summary>
    public static IEnumerable<(string Words, int Line)> Of(Document document) =>
        document.Body.Blocks.SelectMany(block => BlockWords.Of(block).Select(words => (words, block.Line)))
            .Concat(FieldWords.Of(document).Concat(document.Texts.Values.Select(text => text.Plain)).Select(words => (words, 0)));
}
