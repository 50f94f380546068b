using System.Text;

using NodaTime;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Stage;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;

namespace Portal.Cms.Checks;

/// <summary>What the rules say of texts if they were public now: the very rules that a publication asks.</summary>
internal sealed class DocumentChecks(SiteContent content, SiteMemory memory, StageSwitch stage, TimeProvider time)
{
    /// <summary>What is wrong in one text itself; cheap enough to ask after every pause of the writer.</summary>
    public async Task<IReadOnlyList<Finding>> WithinAsync(string path, string text, CancellationToken cancel = default)
    {
        var live = await content.LiveAsync(cancel);
        var reading = ContentReader.Read(live.With((path, Encoding.UTF8.GetBytes(text))), memory.Read(live));
        return [.. Ordered(Of(reading, out _).Where(finding => finding.Problem.File == path))];
    }

    /// <summary>What is wrong in some texts, and what putting them on the site together would break elsewhere.</summary>
    /// <param name="changes">Texts by their paths; null for one that is taken off the site.</param>
    public async Task<IReadOnlyList<Finding>> OfAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancel = default)
    {
        var state = await content.StateAsync(cancel);
        var live = await content.FilesAsync(state, cancel);
        var standing = memory.Read(live);
        var before = Of(standing, out _).Where(finding => !changes.ContainsKey(finding.Problem.File)).ToHashSet();
        var coming = changes.Where(change => change.Value is not null && EntryText.LanguageOf(change.Key) == Language.Base.Code).Select(change => EntryText.DocumentOf(change.Key)).OfType<string>().ToList();
        var back = state.WithBack(coming);
        var after = Of(ContentReader.Read(Changed(back == state ? live : await content.FilesAsync(back, cancel), changes), standing), out var edition);
        if (edition is not null) after.AddRange((await stage.CheckAsync(edition, cancel)).Select(problem => new Finding(StageSwitch.Rule, problem)));
        return [.. Ordered(after.Where(finding => !before.Contains(finding)))];
    }

    /// <summary>What is wrong with the texts that are public now.</summary>
    public async Task<IReadOnlyList<Finding>> LiveAsync(CancellationToken cancel = default) => Of(memory.Read(await content.LiveAsync(cancel)), out _);

    private static ContentFiles Changed(ContentFiles files, IReadOnlyDictionary<string, string?> changes)
    {
        foreach (var (path, text) in changes) files = text is null ? files.Without(path) : files.With((path, Encoding.UTF8.GetBytes(text)));
        return files;
    }

    private List<Finding> Of(ContentReading reading, out Edition? edition)
    {
        edition = null;
        var findings = reading.Problems.Select(problem => new Finding(Finding.Reading, problem)).ToList();
        if (reading.Library is not { } library) return findings;
        edition = new(library, Instant.FromDateTimeOffset(time.GetUtcNow()));
        findings.AddRange(RuleBook.Breaches(edition).Select(breach => new Finding(breach.Rule, breach.Problem)));
        return findings;
    }

    private static IEnumerable<Finding> Ordered(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Blocks).ThenBy(finding => finding.Problem.File, StringComparer.Ordinal).ThenBy(finding => finding.Problem.Line);
}
