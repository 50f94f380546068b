using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>A rule across documents.</summary>
/// <param name="Name">What it asks, in a few words; a test that breaks it carries the same name.</param>
/// <param name="Check">Tells every breach.</param>
public sealed record Rule(string Name, Func<Edition, IEnumerable<Problem>> Check);

/// <summary>Every rule across documents, in one list. A breach of weight <see cref="Weight.Error"/> stops a publication.</summary>
public static class RuleBook
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("Tab titles, paths and file names are neutral", NeutralNames.Check),
        new("Tab titles are distinct in each language", DistinctNames.CheckTabTitles),
        new("No two documents claim one address", DistinctNames.CheckAddresses),
        new("A redirect leads from an old address to a page", Redirects.Check),
        new("The navigation is short and leads to pages", Navigation.Check),
        new("Every internal link resolves", Links.CheckTargets),
        new("Links to other sites are https", Links.CheckExternal),
        new("A telephone number is written in its helpline alone", PhoneNumbers.CheckProse),
        new("Only publishable lines are referred to", PhoneNumbers.CheckReferences),
        new("A refuge holds no place", SafePlaces.CheckRefuges),
        new("Places name a known district and their hours make sense", SafePlaces.CheckFacts),
        new("Media that a document names exists", MediaUse.Check),
        new("Every translation has every interface string", Words.CheckStrings),
        new("Tab titles and summaries have their length", Words.CheckLengths),
        new("Wording is trauma-informed", Words.CheckTone),
        new("A link says where it leads", LinkWords.Check),
        new("English is easy to read", ReadingGrade.Check),
        new("No personal data stands in the words", PersonalData.Check),
        new("Guidance says who helps now", HelpNow.Check),
        new("Every clause has its pages", Clauses.Check),
        new("The five topics of clause 1.4 are reviewed in English", Clauses.CheckReviewed),
        new("Review dates are kept", Dates.CheckReviews),
        new("What has ended is taken off", Dates.CheckEnds),
        new("Campaigns and notices run forwards", Dates.CheckPeriods),
        new("A decision table leads somewhere", Decisions.Check),
        new("Translations follow their English text", Translations.Check),
        new("Advice on devices begins with its caveat", DeviceCaveat.Check),
        new("The leave button leads to an allowed page", Settings.CheckLeave),
        new("The live stage has what it needs", Settings.CheckLive),
    ];

    /// <summary>What a change of redirects alone can break: the redirects themselves, and links that lean on them.</summary>
    public static IReadOnlyList<Problem> CheckAddresses(Edition edition) =>
        [.. Redirects.Check(edition).Concat(Links.CheckTargets(edition)).Concat(Clauses.Check(edition)).Where(problem => problem.Weight == Weight.Error)];

    /// <summary>Every breach of every rule, in the order of the files.</summary>
    public static IReadOnlyList<Problem> Check(Edition edition) => [.. Breaches(edition).Select(breach => breach.Problem)];

    /// <summary>The same, each with the name of its rule.</summary>
    public static IReadOnlyList<(string Rule, Problem Problem)> Breaches(Edition edition) =>
        [.. All.AsParallel().AsOrdered().SelectMany(rule => rule.Check(edition).Select(problem => (Rule: rule.Name, Problem: problem))).AsSequential()
            .OrderBy(breach => breach.Problem.File, StringComparer.Ordinal).ThenBy(breach => breach.Problem.Line)];
}
