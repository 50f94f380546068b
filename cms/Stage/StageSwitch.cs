using NodaTime;

using Portal.Cms.Publishing;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;

namespace Portal.Cms.Stage;

/// <summary>
/// Something the live stage asks of the CMS beyond the texts. A slice adds its own with
/// <c>services.AddSingleton(new StageCondition(…))</c>; nothing else has to change.
/// </summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Remedy">What to do where it is not met.</param>
/// <param name="IsMet">Asks the services of the running request.</param>
public sealed record StageCondition(string Name, string Remedy, Func<IServiceProvider, CancellationToken, Task<bool>> IsMet);

/// <summary>A condition of the live stage and whether it is met now.</summary>
public sealed record StageAnswer(string Name, string Remedy, bool IsMet);

/// <summary>The only way from a demonstration to a site people rely on: every condition is asked, of the texts and of the CMS.</summary>
internal sealed class StageSwitch(IEnumerable<StageCondition> more, SiteContent content, IServiceProvider services, TimeProvider time)
{
    /// <summary>Name of the rule that asks for what the CMS has to have.</summary>
    public const string Rule = "The live stage has what it needs";

    private static readonly StageAnswer Unreadable = new("The texts can be read", "Put right what the checks name.", IsMet: false);

    /// <summary>Every condition, for a site with these settings.</summary>
    public async Task<IReadOnlyList<StageAnswer>> AskAsync(string settings, CancellationToken cancel = default)
    {
        if (ContentReader.Read(await content.WithAsync(DataTable.Settings.Path, settings, cancel)).Library is not { } library) return [Unreadable];
        var edition = new Edition(library, Instant.FromDateTimeOffset(time.GetUtcNow()));
        return [.. LiveConditions.All.Select(condition => new StageAnswer(condition.Name, condition.Remedy, condition.IsMet(edition))), .. await MoreAsync(cancel)];
    }

    /// <summary>What stands in the way of these settings; empty unless they take the site from the demonstration stage to the live one.</summary>
    public async Task<IReadOnlyList<StageAnswer>> UnmetAsync(string settings, CancellationToken cancel = default)
    {
        var wanted = ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create(DataTable.Settings.Path, settings)]));
        if (wanted is not { Stage: Content.Reading.Stage.Live } || await IsLiveAsync(cancel)) return [];
        return [.. (await AskAsync(settings, cancel)).Where(answer => !answer.IsMet)];
    }

    /// <summary>The same as problems of a text that is about to be published; what the texts lack is told by the rules.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(Edition candidate, CancellationToken cancel = default)
    {
        if (!candidate.IsLive || await IsLiveAsync(cancel)) return [];
        return [.. (await MoreAsync(cancel)).Where(answer => !answer.IsMet).Select(answer => new Problem(DataTable.Settings.Path, 0, $"The live stage needs this: {answer.Name}.", answer.Remedy))];
    }

    private async Task<bool> IsLiveAsync(CancellationToken cancel) =>
        ContentReader.Settings(await content.TextsAsync([DataTable.Settings.Path], cancel)) is { Stage: Content.Reading.Stage.Live };

    private async Task<List<StageAnswer>> MoreAsync(CancellationToken cancel)
    {
        var answers = new List<StageAnswer>();
        foreach (var condition in more) answers.Add(new(condition.Name, condition.Remedy, await condition.IsMet(services, cancel)));
        return answers;
    }
}
