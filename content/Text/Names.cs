using System.Collections.Concurrent;
using System.Text;

namespace Portal.Content.Text;

/// <summary>How C# names are spelled in the files: <c>CouncilOffice</c> is <c>council-office</c>.</summary>
public static class Names
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, object>> Enums = new();

    /// <summary>Lower case with a hyphen before each inner capital; digits stay with the word before them.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var at = 0; at < name.Length; at++)
        {
            if (at > 0 && char.IsUpper(name[at])) text.Append('-');
            text.Append(char.ToLowerInvariant(name[at]));
        }

        return text.ToString();
    }

    /// <summary>The way an enum value is written in a file.</summary>
    public static string Kebab(Enum value) => Kebab(value.ToString());

    internal static bool TryParseEnum(Type type, string text, out object? value) =>
        Enums.GetOrAdd(type, static found => Enum.GetValues(found).Cast<object>().ToDictionary(each => Kebab(each.ToString()!)))
            .TryGetValue(text, out value);

    /// <summary>Insertions, deletions and replacements between two words.</summary>
    internal static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[other.Length];
    }
}
