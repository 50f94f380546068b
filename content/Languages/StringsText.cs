using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using Portal.Content.Text;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Languages;

/// <summary>
/// A file of interface words as an editor shows it, and back. Only a text that was changed is written anew; every other
/// keeps its bytes, and so do comments and the order of the keys.
/// </summary>
public sealed partial class StringsText
{
    private readonly string yaml;
    private readonly YamlMappingNode root;
    private readonly Dictionary<string, YamlNode> nodes = [];

    private StringsText(string yaml, YamlMappingNode root)
    {
        (this.yaml, this.root) = (yaml, root);
        Flatten(root, string.Empty);
    }

    /// <summary>The texts by key (<c>leave.label</c>), in the order of the file; of a list one entry on a line.</summary>
    public IReadOnlyDictionary<string, string> Values => nodes.ToDictionary(each => each.Key, each => TextOf(each.Value));

    /// <summary>Keys whose value is a list.</summary>
    public IReadOnlySet<string> Lists => nodes.Where(each => each.Value is YamlSequenceNode).Select(each => each.Key).ToHashSet();

    /// <summary>Keys that hold the plural forms of a text: every key below them names a form.</summary>
    public IReadOnlySet<string> Plurals => nodes.Keys.GroupBy(Parent).Where(group => group.Key.Length > 0 && group.All(key => PluralRules.Forms.Contains(Last(key)))).Select(group => group.Key).ToHashSet();

    /// <summary>Reads a file; one that is no map of words has none.</summary>
    public static StringsText Parse(string yaml) => new(yaml, YamlSource.ReadMap(string.Empty, 0, yaml, []) ?? new YamlMappingNode());

    /// <summary>The placeholders of a text, such as <c>{n}</c>, each once, in alphabetical order.</summary>
    public static IReadOnlyList<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The file with other words under these keys; a key it has not is added where its neighbours stand.</summary>
    public string With(IReadOnlyDictionary<string, string> changes)
    {
        var text = new StringBuilder(yaml);
        var edits = new List<(int From, int To, string Written)>();
        var added = new List<(string Key, string Value)>();
        foreach (var (key, value) in changes)
        {
            switch (nodes.GetValueOrDefault(key))
            {
                case null:
                    added.Add((key, value));
                    break;
                case YamlScalarNode scalar:
                    edits.Add(Edit(scalar, YamlScalar.Write(OneLine(value), 0)));
                    break;
                case YamlSequenceNode list:
                    edits.AddRange(list.Children.OfType<YamlScalarNode>().Zip(value.ReplaceLineEndings("\n").Split('\n'), (item, line) => Edit(item, Item(line.Trim()))));
                    break;
            }
        }

        foreach (var (from, to, written) in edits.OrderByDescending(edit => edit.From)) text.Remove(from, to - from).Insert(from, written);
        return added.Count == 0 ? text.ToString() : added.Aggregate(Parse(text.ToString()), (file, each) => Parse(file.Added(each.Key, each.Value))).yaml;
    }

    private string Added(string key, string value)
    {
        var (map, parts) = (root, key.Split('.').ToList());
        while (parts.Count > 1 && map.Children.FirstOrDefault(child => FieldBinder.KeyOf(child.Key) == parts[0]).Value is YamlMappingNode inner)
        {
            map = inner;
            parts.RemoveAt(0);
        }

        var indent = map.Children.Count == 0 ? 0 : (int)map.Children[0].Key.Start.Column - 1;
        var lines = new StringBuilder();
        foreach (var (part, depth) in parts.Select((part, depth) => (part, depth)))
            lines.Append(' ', indent + (2 * depth)).Append(part).Append(':').Append(depth < parts.Count - 1 ? "\n" : $" {YamlScalar.Write(OneLine(value), 0)}\n");
        var at = yaml.Length;
        if (!ReferenceEquals(map, root) && yaml.IndexOf('\n', (int)map.AllNodes.OfType<YamlScalarNode>().Max(node => node.End.Index) - 1) is var end and >= 0) at = end + 1;
        return yaml.Insert(at, (at > 0 && yaml[at - 1] != '\n' ? "\n" : string.Empty) + lines);
    }

    private static (int From, int To, string Written) Edit(YamlScalarNode node, string written) => ((int)node.Start.Index, (int)node.End.Index, written);

    private static string Item(string text) => text.Length > 0 && text.All(letter => char.IsLetter(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) ? YamlScalar.Write(text, 0) : YamlScalar.Quoted(text);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static string TextOf(YamlNode node) => node is YamlSequenceNode list ? string.Join('\n', list.Children.Select(FieldBinder.KeyOf)) : FieldBinder.KeyOf(node);

    private void Flatten(YamlMappingNode map, string prefix)
    {
        foreach (var (key, value) in map.Children)
        {
            var name = prefix + FieldBinder.KeyOf(key);
            if (value is YamlMappingNode inner) Flatten(inner, name + ".");
            else nodes[name] = value;
        }
    }

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    private static string Parent(string key) => key[..Math.Max(0, key.LastIndexOf('.'))];

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Placeholder();
}
