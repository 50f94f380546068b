using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Text;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Reading;

/// <summary>
/// What is known about a media file, from the text beside it: <c>media/pictures/lamp.png.yaml</c> for
/// <c>media/pictures/lamp.png</c>. All of it may be left out, and so may the text.
/// </summary>
public sealed record MediaNotes
{
    /// <summary>Ending of the text beside a file, behind the file's own.</summary>
    public const string Ending = ".yaml";

    public static MediaNotes None { get; } = new();

    /// <summary>What the file is and where it came from, for the editors; shown nowhere.</summary>
    public string? About { get; init; }

    /// <summary>The point of a picture that stays in sight where the picture is cut; its middle where none is set.</summary>
    public FocalPoint Focus { get; init; } = FocalPoint.Middle;

    /// <summary>What a picture shows, by language code: offered where the picture is used. Each use has words of its own.</summary>
    [NotAField]
    public IReadOnlyDictionary<string, string> Alt { get; init; } = new Dictionary<string, string>();

    /// <summary>True for the path of such a text.</summary>
    public static bool IsNotes(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Null where the text is wrong; each mistake is told.</summary>
    /// <param name="file">Path below the content folder, for the problems.</param>
    public static MediaNotes? Read(string file, string text, ICollection<Problem> problems)
    {
        if (YamlSource.ReadMap(file, 0, text, problems) is not { } map) return null;
        var source = new YamlSource(file, 0, map);
        var entries = map.Children.Select(child => (Key: FieldBinder.KeyOf(child.Key), Value: source.At(child.Value))).ToList();
        var alt = new Dictionary<string, string>();
        foreach (var (_, value) in entries.Where(entry => entry.Key == "alt"))
        {
            if (value.Node is YamlMappingNode languages && languages.Children.All(child => child.Value is YamlScalarNode { Value.Length: > 0 }))
                foreach (var (code, words) in languages.Children) alt[FieldBinder.KeyOf(code)] = FieldBinder.KeyOf(words).Trim();
            else problems.Add(value.Problem("'alt' holds no words by language.", "Write 'alt:' and below it a line for each language, such as '  en: A lamp in a window'."));
        }

        if (new FieldBinder(problems).Bind(typeof(MediaNotes), source, [.. entries.Where(entry => entry.Key != "alt")]) is not MediaNotes read) return null;
        if (read.Focus is { X: >= 0 and <= 100, Y: >= 0 and <= 100 }) return read with { Alt = alt };
        problems.Add(source.Problem("The focal point lies outside the picture.", "Write x and y in percent of the width and the height, 0 to 100."));
        return null;
    }

    /// <summary>The text that is read as these notes; empty where there is nothing to note.</summary>
    public override string ToString()
    {
        var lines = new List<string>();
        if (!string.IsNullOrWhiteSpace(About)) lines.Add($"about: {YamlScalar.Write(About.Trim(), 2)}");
        if (Focus != FocalPoint.Middle) lines.Add($"focus: {{ x: {Focus.X}, y: {Focus.Y} }}");
        var alt = Alt.Where(words => words.Value.Length > 0).OrderBy(words => words.Key != Language.Base.Code).ThenBy(words => words.Key, StringComparer.Ordinal).ToList();
        if (alt.Count > 0) lines.Add("alt:");
        lines.AddRange(alt.Select(words => $"  {words.Key}: {YamlScalar.Write(words.Value, 4)}"));
        return string.Concat(lines.Select(line => line + "\n"));
    }

    public bool Equals(MediaNotes? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}

/// <summary>A point in a picture, in percent of its width from the left and of its height from the top; 0 to 100.</summary>
public sealed record FocalPoint
{
    public static FocalPoint Middle { get; } = new() { X = 50, Y = 50 };

    public required int X { get; init; }

    public required int Y { get; init; }
}
