namespace Portal.Cms.Audit;

/// <summary>Who did something: an account, or the CMS itself where <see cref="Id"/> is null.</summary>
public readonly record struct Actor(Guid? Id, string Name)
{
    /// <summary>The CMS, for what happens by the clock or at start.</summary>
    public static Actor Portal { get; } = new(null, "portal");

    /// <summary>What brought the texts of a content folder in.</summary>
    public static Actor Import { get; } = new(null, "import");

    /// <summary>What goes live or ends by the clock.</summary>
    public static Actor Schedule { get; } = new(null, "schedule");

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Visitor { get; } = new(null, "not signed in");
}
