using System.Collections;

using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Content.Rules;

/// <summary>Every translated text of a document's fields, nested ones included. Markdown is left out: it is read elsewhere.</summary>
internal static class FieldWords
{
    public static IEnumerable<string> Of(Document document) => In(document);

    private static IEnumerable<string> In(object record) =>
        FieldMap.Of(record.GetType()).Fields.Where(field => field is { HoldsWords: true, IsMarkdown: false })
            .SelectMany(field => Texts(field.Property.GetValue(record)));

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable items => items.Cast<object>().SelectMany(Texts),
        _ => In(value),
    };
}
