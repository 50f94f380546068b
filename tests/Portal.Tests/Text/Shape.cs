using System.Collections;
using System.Reflection;
using System.Text;

using Portal.Content.Blocks;

namespace Portal.Tests.Text;

/// <summary>What a record holds, as text: two documents are equal where their shapes are, lists compared by what is in them.</summary>
internal static class Shape
{
    /// <summary>Leaves out where a thing stood (line, source): that follows from how its file is laid out.</summary>
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Add(text, value);
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or Enum or IFormattable or bool:
                text.Append('<').Append(value).Append('>');
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items) Add(text, item);
                text.Append(']');
                break;
            case var record when record.GetType().Namespace!.StartsWith("Portal.", StringComparison.Ordinal) && !record.GetType().IsValueType:
                text.Append(record.GetType().Name).Append('{');
                foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsTold))
                {
                    text.Append(property.Name).Append('=');
                    Add(text, property.GetValue(record));
                }

                text.Append('}');
                break;
            case var pair when pair.GetType().IsGenericType && pair.GetType().GetGenericTypeDefinition() == typeof(KeyValuePair<,>):
                Add(text, pair.GetType().GetProperty("Key")!.GetValue(pair));
                Add(text, pair.GetType().GetProperty("Value")!.GetValue(pair));
                break;
            default:
                text.Append('<').Append(value).Append('>');
                break;
        }
    }

    private static bool IsTold(PropertyInfo property) => property.CanWrite && property.Name is not ("Line" or "File") && !(property.Name == "Source" && property.DeclaringType == typeof(RichText))
        && property.GetIndexParameters().Length == 0;
}
