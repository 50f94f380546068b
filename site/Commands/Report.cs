using Portal.Content.Problems;

using Spectre.Console;

namespace Portal.Site.Commands;

/// <summary>What a run says to the person who started it.</summary>
internal static class Report
{
    private const int MostWarnings = 20;

    /// <summary>Every error, and the first warnings; all of them with <paramref name="all"/>.</summary>
    public static void Problems(IReadOnlyList<Problem> problems, bool all)
    {
        foreach (var problem in problems.Where(problem => problem.Weight == Weight.Error))
            Console.Error.WriteLine($"error: {problem}");

        var warnings = problems.Where(problem => problem.Weight == Weight.Warning).ToList();
        foreach (var warning in all ? warnings : warnings.Take(MostWarnings))
            Console.Error.WriteLine($"warning: {warning}");
        if (!all && warnings.Count > MostWarnings)
            Console.Error.WriteLine($"{warnings.Count - MostWarnings} more warnings; 'check' shows them all.");
    }

    public static int Failed(IReadOnlyList<Problem> problems)
    {
        Console.Error.WriteLine($"{problems.Count(problem => problem.Weight == Weight.Error)} errors. Nothing was written; the last good site is untouched.");
        return 1;
    }

    /// <summary>Runs a step with a spinner where there is a person to see it.</summary>
    public static T Step<T>(string what, Func<T> step) =>
        Console.IsOutputRedirected ? step() : AnsiConsole.Status().Start(what, _ => step());
}
