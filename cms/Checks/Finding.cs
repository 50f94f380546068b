using Portal.Content.Problems;
using Portal.Content.Text;

namespace Portal.Cms.Checks;

/// <summary>What a rule says of a text.</summary>
/// <param name="Rule">Name of the rule; <see cref="Reading"/> where the text could not even be read.</param>
public sealed record Finding(string Rule, Problem Problem)
{
    public const string Reading = "The text can be read";

    /// <summary>Names of the rules that only warn, each once: what whoever approves lets pass.</summary>
    public static IReadOnlyList<string> Accepted(IEnumerable<Finding> findings) => [.. findings.Where(finding => !finding.Blocks).Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The same in a line, as a form carries what its reader saw.</summary>
    public static string Warnings(IEnumerable<Finding> findings) => string.Join("; ", Accepted(findings));

    /// <summary>True where nothing is published until it is mended.</summary>
    public bool Blocks => Problem.Weight == Weight.Error;

    /// <summary>Id of the field or block of the editor's form that it concerns; null where it concerns the whole text or another.</summary>
    /// <param name="path">The text being edited.</param>
    public string? Target(string path, DocumentText text)
    {
        if (Problem.File != path) return null;
        if (Problem.Field is { } key) return "f." + key;
        if (Problem.Line == 0) return null;
        var at = text.Blocks.Where(block => !string.IsNullOrWhiteSpace(block.Source)).ToList().FindLastIndex(block => block.Line <= Problem.Line);
        if (at >= 0) return $"b.{at}";

        var line = 1; // The opening fence.
        foreach (var field in text.Fields)
        {
            line += field.Source.Count(letter => letter == '\n');
            if (line >= Problem.Line) return field.Key is { Length: > 0 } named ? "f." + named : null;
        }

        return null;
    }
}
