using System.Collections;

using CsCheck;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Tests.Text;

/// <summary>Random documents of every kind: every field of <see cref="FieldMap"/> may be filled, with words that YAML takes badly.</summary>
internal static class ADocument
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "one", "Two", "a: b", "# no", "it #1", "- dash", "? what", "true", "No", "null", "~", "12", "0800 11 11", "2026-11-22", "08:00", "1e3", "'single'", "\"double\"", "[list]", "{map}",
        "& anchor", "*star", "!tag", "|", ">", "%", "@at", "`tick`", "back\\slash", "back\\", "tab\there", " lead", "trail ", "colon:", "---", "...", ":::", "آپ فیصلہ", "zażółć", "🙂 smile",
        "\u00A0", "\u2028line", "\u0085next", "\u0007bell", "\uFEFFmark", "a\rb", "/path/", "x=y", "say \"hi\" and \\\"");

    /// <summary>Of one line; newlines at the end are not kept by the format, so they are not made.</summary>
    private static readonly Gen<string> Line = Word.Array[1, 4].Select(words => string.Join(' ', words)).Where(line => !string.IsNullOrWhiteSpace(line));

    private static readonly Gen<string> Lines = Gen.OneOf(Line, Gen.Select(Line, Gen.OneOf("\n", "\n\n", "\n  ", "\n \n"), Line).Select((first, between, last) => first + between + last));

    private static readonly Gen<string> Markdown = Gen.OneOf("Words.", "Two lines\nof words.", "One.\n\n- a\n- b\n\n[Help](/help-now/)", "1. Ring [](line:main).\n2. \"Wait\": # a minute.", "**a** *b*", "> said");

    /// <summary>A document as its front matter holds it, without a body.</summary>
    public static Gen<Document> Any { get; } = Gen.OneOf([.. DocumentKind.All.Select(kind => Record(kind.Type).Select(record => (Document)record))]);

    private static Gen<object> Record(Type type)
    {
        var fields = FieldMap.Of(type).Fields;
        return Gen.Select(Gen.Int[0, int.MaxValue - 1], Together(fields.Select(Value)), (mask, values) =>
        {
            var made = Activator.CreateInstance(type, nonPublic: true)!;
            for (var at = 0; at < fields.Count; at++)
                if (fields[at].Required || (mask >> (at % 30) & 1) == 1) fields[at].Property.SetValue(made, values[at]);
            return made;
        });
    }

    private static Gen<object> Value(Field field) => field.IsSlug ? Gen.OneOf("start", "at-home", "2nd").Select(slug => (object)slug) : field.IsMarkdown
        ? Markdown.Select(words => (object)words)
        : Value(Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType);

    private static Gen<object> Value(Type type)
    {
        if (type == typeof(string)) return Lines.Select(words => (object)words);
        if (type == typeof(bool)) return Gen.Bool.Select(yes => (object)yes);
        if (type == typeof(int)) return Gen.Int[-5, 400].Select(number => (object)number);
        if (type == typeof(double)) return Gen.Int[-1_800_000, 1_800_000].Select(number => (object)(number / 10_000.0));
        if (type == typeof(LocalDate)) return Gen.Int[0, 4000].Select(days => (object)new LocalDate(2020, 1, 1).PlusDays(days));
        if (type == typeof(LocalTime)) return Gen.Int[0, 1439].Select(minutes => (object)LocalTime.FromMinutesSinceMidnight(minutes));
        if (type == typeof(DocumentId)) return Gen.OneOf("home", "guides/leaving-home").Select(path => (object)DocumentId.Parse(path));
        if (type.IsEnum)
        {
            var choices = Enum.GetValues(type);
            return Gen.Int[0, choices.Length - 1].Select(at => choices.GetValue(at)!);
        }

        return type.IsGenericType ? ListOf(type.GenericTypeArguments[0]) : Record(type);
    }

    /// <summary>One of each.</summary>
    private static Gen<object[]> Together(IEnumerable<Gen<object>> each) =>
        each.Aggregate(Gen.Const(Array.Empty<object>()), (all, next) => Gen.Select(all, next, (before, value) => (object[])[.. before, value]));

    private static Gen<object> ListOf(Type element) => Value(element).Array[0, 3].Select(items =>
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in items) list.Add(item);
        return (object)list;
    });
}
