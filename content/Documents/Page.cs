using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>A page with a job of its own.</summary>
public sealed record Page : Document
{
    /// <summary>What the build adds to the words.</summary>
    public PageView View { get; init; }

    /// <summary>The decision table of a triage page; the first question is the start.</summary>
    [Translated] public IReadOnlyList<Question> Questions { get; init; } = [];
}

/// <summary>What the build adds to a page's own words.</summary>
public enum PageView
{
    Standard,
    Home,
    HelpNow,
    Lines,
    FindHelp,
    Signs,
    Triage,
    Plan,
    Search,
    AToZ,
    Campaigns,
    Professionals,
    Updates,
    Status,
    Providers,
    Section,
    ContactSheet,
    Contact
}

/// <summary>One row of the decision table.</summary>
public sealed record Question
{
    /// <summary>Name of the question: last segment of its address, but for the first, which has the page's own.</summary>
    [Slug] public required string Id { get; init; }

    [Translated] public required string Ask { get; init; }

    [Translated] public string? Hint { get; init; }

    public required IReadOnlyList<Answer> Answers { get; init; }
}

/// <summary>One answer: leads to a page or to another question, never to a score.</summary>
public sealed record Answer
{
    [Translated] public required string Say { get; init; }

    /// <summary>Address of a page, such as <c>/help-now/</c>.</summary>
    public string? Go { get; init; }

    /// <summary>Id of the next question.</summary>
    public string? Then { get; init; }
}
