namespace Portal.Site.Layout;

/// <summary>What a page is made of, beside the settings, strings and tables that concern every page.</summary>
/// <param name="Name">A document's id, the name of a kind's type, a neutral address, or a name among the site's files.</param>
public readonly record struct Dependency(DependencyKind Kind, string Name);

public enum DependencyKind
{
    /// <summary>One document in all its languages.</summary>
    Document,

    /// <summary>Every document of a kind: one that is added, changed or withdrawn concerns the page.</summary>
    Kind,

    /// <summary>Whether pages stand at a neutral address, and in which languages.</summary>
    Address,

    /// <summary>The address of a file, which changes with its bytes.</summary>
    File,
}
