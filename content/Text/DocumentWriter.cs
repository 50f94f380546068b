using System.Collections;
using System.Collections.Concurrent;
using System.Text;

using NodaTime;

using Portal.Content.Blocks;
using Portal.Content.Documents;

namespace Portal.Content.Text;

/// <summary>
/// Writes a typed document in canonical form: fields in the order of <see cref="FieldMap"/>, each in its plainest safe
/// spelling, what equals the default left out. Reading it again gives the same document, writing that the same bytes.
/// A translation has its words and its state; the facts stand in the base language's file.
/// </summary>
public static class DocumentWriter
{
    private const string Fence = "---\n";
    private const int Step = 2;

    private static readonly ConcurrentDictionary<Type, object> Defaults = new();

    public static DocumentText Write(Document document)
    {
        var text = new StringBuilder(Fence);
        if (document.Translation is { } translation)
        {
            WriteFields(text, document, indent: 0, wordsOnly: true);
            WriteStatus(text, translation);
        }
        else
        {
            text.Append("kind: ").Append(Names.Kebab(document.GetType().Name)).Append('\n');
            WriteFields(text, document, indent: 0, wordsOnly: false);
        }

        return DocumentText.Parse(text.Append(Fence).Append(BodyWriter.Write(document.Body)).ToString());
    }

    private static void WriteStatus(StringBuilder text, Translation translation)
    {
        text.Append("source: ").Append(YamlScalar.Write(translation.Source, Step)).Append('\n');
        text.Append("state: ").Append(Names.Kebab(translation.State)).Append('\n');
        if (translation.Blocks is { } blocks) text.Append("blocks: ").Append(YamlScalar.Write(blocks, Step)).Append('\n');
        if (translation.Fields is { } fields) text.Append("fields: ").Append(YamlScalar.Write(fields, Step)).Append('\n');
        if (translation.ReviewedBy is { } by) text.Append("reviewedBy: ").Append(YamlScalar.Write(by, Step)).Append('\n');
        if (translation.ReviewedOn is { } on) text.Append("reviewedOn: ").Append(Scalar(on, Step)).Append('\n');
    }

    private static void WriteFields(StringBuilder text, object record, int indent, bool wordsOnly)
    {
        var margin = new string(' ', indent);
        foreach (var field in FieldMap.Of(record.GetType()).Fields)
        {
            if (field.Property.GetValue(record) is not { } value || (!field.Required && IsDefault(field, record.GetType(), value))) continue;
            if (wordsOnly && !field.HoldsWords) continue;
            text.Append(margin).Append(field.Key).Append(':');
            WriteValue(text, value, indent, wordsOnly && !field.Translated);
        }
    }

    /// <summary>What stands behind a key, from the space or newline after the colon to the newline at the end.</summary>
    private static void WriteValue(StringBuilder text, object value, int indent, bool wordsOnly)
    {
        if (value is IList list)
        {
            WriteList(text, list, indent);
        }
        else if (FieldMap.IsRecord(value.GetType()))
        {
            var fields = new StringBuilder();
            WriteFields(fields, value, indent + Step, wordsOnly);
            text.Append(fields.Length == 0 ? " {}\n" : "\n").Append(fields);
        }
        else
        {
            text.Append(' ').Append(Scalar(value, indent + Step)).Append('\n');
        }
    }

    private static void WriteList(StringBuilder text, IList list, int indent)
    {
        if (list.Cast<object>().All(item => !FieldMap.IsRecord(item.GetType()) && (item is not string word || YamlScalar.IsWord(word))))
        {
            text.Append(" [").AppendJoin(", ", list.Cast<object>().Select(item => Scalar(item, 0))).Append("]\n");
            return;
        }

        text.Append('\n');
        var margin = new string(' ', indent + Step);
        foreach (var item in list)
        {
            text.Append(margin).Append("- ");
            if (FieldMap.IsRecord(item!.GetType())) WriteItem(text, item, indent + Step + Step);
            else text.Append(Scalar(item, indent + Step + Step)).Append('\n');
        }
    }

    /// <summary>A record in a list: its first field stands behind the dash.</summary>
    private static void WriteItem(StringBuilder text, object record, int indent)
    {
        var fields = new StringBuilder();
        WriteFields(fields, record, indent, wordsOnly: false);
        text.Append(fields.Length == 0 ? "{}\n" : fields.ToString(indent, fields.Length - indent));
    }

    private static string Scalar(object value, int indent) => value switch
    {
        string words => YamlScalar.Write(words, indent),
        bool yes => yes ? "true" : "false",
        Enum choice => Names.Kebab(choice),
        LocalDate day => day.ToString("uuuu-MM-dd", null),
        LocalTime time => $"\"{time.ToString("HH:mm", null)}\"",
        _ => value.ToString()!,
    };

    private static bool IsDefault(Field field, Type type, object value) =>
        field.Property.GetValue(Defaults.GetOrAdd(type, static made => Activator.CreateInstance(made, nonPublic: true)!)) switch
        {
            ICollection { Count: 0 } => value is ICollection { Count: 0 },
            var usual => value.Equals(usual) || value is "",
        };
}
