using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>The kinds of document there are: one sealed record each, its name in a file its C# name in kebab case.</summary>
/// <param name="Name">As written after <c>kind:</c>.</param>
/// <param name="Type">The record.</param>
public sealed record DocumentKind(string Name, Type Type)
{
    /// <summary>All kinds, by name.</summary>
    public static IReadOnlyList<DocumentKind> All { get; } =
        [.. typeof(Document).Assembly.GetTypes()
            .Where(type => type.IsSealed && type.IsSubclassOf(typeof(Document)))
            .Select(type => new DocumentKind(Names.Kebab(type.Name), type))
            .OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    private static readonly Dictionary<string, DocumentKind> ByName = All.ToDictionary(kind => kind.Name);

    /// <summary>The kind of that name, or null.</summary>
    public static DocumentKind? Find(string name) => ByName.GetValueOrDefault(name);
}
