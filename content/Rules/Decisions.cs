using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// Every answer of a decision table leads to a page or to another question, every question can be reached from the first,
/// and a translated table leads where the English one does.
/// </summary>
internal static class Decisions
{
    public static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var page in Links.Variants(edition).OfType<Page>())
        {
            if (page.View == PageView.Triage != page.Questions.Count > 0)
                yield return new(page.File, 0, "A triage page has questions, and no other page has.", "Add 'questions' or change 'view'.");

            foreach (var problem in CheckTable(page)) yield return problem;

            if (page.Translation is not null && edition.Find(page.Id, Language.Base) is Page basis && !Targets(page).SequenceEqual(Targets(basis)))
                yield return new(page.File, 0, "The questions and answers do not lead where the English ones do.", "Keep every 'id', 'go' and 'then' of the English file, in its order.");
        }
    }

    private static IEnumerable<Problem> CheckTable(Page page)
    {
        var ids = page.Questions.Select(question => question.Id).ToList();
        foreach (var twice in ids.GroupBy(id => id).Where(group => group.Count() > 1))
            yield return new(page.File, 0, $"The question '{twice.Key}' stands twice.", "Give each question an id of its own.");
        foreach (var question in page.Questions.Where(question => question.Answers.Count == 0))
            yield return new(page.File, 0, $"The question '{question.Id}' has no answers.", "Write at least one, so that nobody gets stuck.");

        foreach (var (question, answer) in page.Questions.SelectMany(question => question.Answers.Select(answer => (question, answer))))
        {
            if (answer.Go is null == answer.Then is null)
                yield return new(page.File, 0, $"The answer '{answer.Say}' of '{question.Id}' needs 'go' or 'then', not both.", "Say where it leads.");
            else if (answer.Then is { } next && !ids.Contains(next))
                yield return new(page.File, 0, $"The answer '{answer.Say}' leads to the question '{next}', which does not exist.", "Write it or name another.");
        }

        var reached = Reached(page);
        foreach (var id in ids.Distinct().Where(id => !reached.Contains(id)))
            yield return new(page.File, 0, $"No answer leads to the question '{id}'.", "Lead to it or take it out.");
    }

    /// <summary>The questions one can come to from the first.</summary>
    private static HashSet<string> Reached(Page page)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(page.Questions.Take(1).Select(question => question.Id));
        while (open.TryDequeue(out var id))
        {
            if (!reached.Add(id)) continue;
            foreach (var next in page.Questions.Where(question => question.Id == id).SelectMany(question => question.Answers).Select(answer => answer.Then).OfType<string>())
                open.Enqueue(next);
        }

        return reached;
    }

    private static IEnumerable<(string Question, string? Go, string? Then)> Targets(Page page) =>
        page.Questions.SelectMany(question => question.Answers.Select(answer => (question.Id, answer.Go, answer.Then)).Prepend((question.Id, null, null)));
}
