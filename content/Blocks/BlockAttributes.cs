using System.Text;

using Portal.Content.Problems;
using Portal.Content.Text;

namespace Portal.Content.Blocks;

/// <summary>
/// What stands behind <c>:::</c>: the block's name and its attributes, <c>key=value</c> or <c>key="a value"</c>. Each
/// attribute is asked for by name; what nobody asked for is reported at the end.
/// </summary>
internal sealed class BlockAttributes
{
    private readonly Dictionary<string, string> values = [];
    private readonly HashSet<string> asked = [];
    private readonly string file;
    private readonly int line;
    private readonly ICollection<Problem> problems;

    public BlockAttributes(string header, string file, int line, ICollection<Problem> problems)
    {
        (this.file, this.line, this.problems) = (file, line, problems);
        var rest = header.TrimStart(':').Trim();
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        Name = space < 0 ? rest : rest[..space];
        if (space >= 0) Read(rest[space..]);
    }

    public string Name { get; }

    /// <summary>Every attribute as it was read.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    public string Required(string key)
    {
        if (Optional(key) is { Length: > 0 } value) return value;
        Report($"The block '{Name}' has no '{key}'.", $"Write ::: {Name} {key}=\"…\".");
        return string.Empty;
    }

    public string? Optional(string key)
    {
        asked.Add(key);
        return values.GetValueOrDefault(key);
    }

    public bool Flag(string key) => Optional(key) is "yes" or "true";

    public int Number(string key, int fallback, int least, int most)
    {
        if (Optional(key) is not { } text) return fallback;
        if (int.TryParse(text, out var number) && number >= least && number <= most) return number;
        Report($"'{key}' of the block '{Name}' is not a number from {least} to {most}.", $"Write {key}={fallback}.");
        return fallback;
    }

    public T Choice<T>(string key, T fallback) where T : struct, Enum
    {
        if (Optional(key) is not { } text) return fallback;
        if (Names.TryParseEnum(typeof(T), text, out var value)) return (T)value!;
        Report($"'{text}' is no {key} of the block '{Name}'.", $"Use one of {string.Join(", ", Enum.GetNames<T>().Select(Names.Kebab))}.");
        return fallback;
    }

    /// <summary>Reports attributes that the block does not have.</summary>
    public void Close()
    {
        foreach (var key in values.Keys.Where(key => !asked.Contains(key)))
            Report($"The block '{Name}' has no attribute '{key}'.", $"Take it out; it has {(asked.Count == 0 ? "none" : string.Join(", ", asked))}.");
    }

    public void Report(string what, string remedy) => problems.Add(new(file, line, what, remedy));

    /// <summary>An attribute as it is written, quoted where it must be. The value is one line.</summary>
    public static string Write(string key, string value) =>
        value.Length > 0 && !value.Any(letter => char.IsWhiteSpace(letter) || letter is '"' or '=' or '\\')
            ? $"{key}={value}"
            : $"{key}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private void Read(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var equals = text.IndexOf('=', at);
            var key = equals < 0 ? text[at..].Trim() : text[at..equals].Trim();
            if (equals < 0 || key.Length == 0 || key.Contains(' ', StringComparison.Ordinal))
            {
                Report($"'{text[at..].Trim()}' is not an attribute.", "Write key=value or key=\"a value\".");
                return;
            }

            at = equals + 1;
            if (!values.TryAdd(key, ReadValue(text, ref at))) Report($"'{key}' stands twice.", "Keep one.");
        }
    }

    private string ReadValue(string text, ref int at)
    {
        var value = new StringBuilder();
        if (at >= text.Length || text[at] != '"')
        {
            while (at < text.Length && text[at] != ' ') value.Append(text[at++]);
            return value.ToString();
        }

        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            value.Append(text[at]);
        }

        if (at >= text.Length) Report("A quotation mark is not closed.", "End the value with '\"'.");
        at++;
        return value.ToString();
    }
}
