using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Bundles;
using Portal.Cms.Checks;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Reports;
using Portal.Cms.Staff;
using Portal.Content.Languages;

namespace Portal.Cms.Review;

/// <summary>One thing that needs somebody.</summary>
/// <param name="Count">How many; the list behind <paramref name="Address"/> shows exactly these.</param>
/// <param name="One">What is said of one.</param>
/// <param name="Many">What is said of several.</param>
internal sealed record Need(int Count, string One, string Many, string Address)
{
    public string Text => $"{Count} {(Count == 1 ? One : Many)}";
}

/// <summary>A text or a bundle that came back from its reviewer, or from the clock, with the reason.</summary>
internal sealed record SentBack(string Address, string Title, string By, string Comment);

/// <summary>What goes live next by the clock.</summary>
internal sealed record NextUp(string Address, string Title, Instant At);

/// <summary>What needs this person, counted in the database: a few queries, however many documents there are.</summary>
internal sealed class StaffNeeds(CmsDatabase database, DocumentFilters filters, PublicationStore publications, ReviewInbox inbox, ContentLanguages languages, DocumentChecks checks, ClausePages clauses, StaffUser user)
{
    private const int MostShown = 10;

    /// <summary>What there is to do, with nothing of which there is none.</summary>
    public async Task<IReadOnlyList<Need>> AllAsync(CancellationToken cancel = default)
    {
        var needs = new List<Need>
        {
            new((await inbox.TextsAsync(mine: true, cancel)).Count + (await inbox.BundlesAsync(mine: true, cancel)).Count, "review waits for you", "reviews wait for you", "/reviews?mine=yes"),
            new(await filters.Due(Documents).CountAsync(cancel), "text is due for review", "texts are due for review", "/documents?needs=review"),
            new(await filters.Unverified(Documents).CountAsync(cancel), "place is to be confirmed by telephone", "places are to be confirmed by telephone", "/documents?needs=confirming"),
            new(await Documents.CountAsync(entry => entry.State == EntryState.Scheduled, cancel), "text goes live later", "texts go live later", "/documents?state=scheduled"),
            new(await Documents.CountAsync(entry => entry.State == EntryState.Draft, cancel), "draft", "drafts", "/documents?state=draft"),
        };
        needs.Add(new(await filters.Overstaying(Documents).CountAsync(cancel), "text is past its last day and stays: the site cannot be without it", "texts are past their last day and stay: the site cannot be without them", "/documents?needs=last-day"));
        needs.Add(new(await filters.Held(Documents).CountAsync(cancel), "text did not go live at its time: it no longer passes the checks", "texts did not go live at their time: they no longer pass the checks", "/documents?needs=held"));
        needs.AddRange(await StaleAsync(cancel));
        needs.Add(new((await clauses.AllAsync(cancel)).SelectMany(answer => answer.Missing).Distinct().Count(), "page that the service specification asks for is not public", "pages that the service specification asks for are not public", "/reports#clauses"));
        if (await FailureAsync(cancel) is not null)
        {
            needs.Add(new(1, "publication failed: the site is not up to date", string.Empty, "/publishing"));
            needs.Add(new((await checks.LiveAsync(cancel)).Count(finding => finding is { Blocks: true, Rule: "Every internal link resolves" }), "link of a public text leads nowhere", "links of public texts lead nowhere", "/publishing"));
        }

        var last = await publications.LastAsync(cancel);
        if (last is { RollBackOf: not null }) needs.Add(new(1, "roll back holds: what is approved waits until somebody ends it", string.Empty, "/publishing"));
        if (last is not null && await database.Deploys.AnyAsync(deploy => deploy.PublicationId == last.Id && deploy.LiveSince == null && deploy.Failure != null, cancel)) needs.Add(new(1, "publication is not live: the host does not serve it", string.Empty, "/publishing"));
        return [.. needs.Where(need => need.Count > 0)];
    }

    /// <summary>Why the newest publication was not put in place; null where it was.</summary>
    public async Task<string?> FailureAsync(CancellationToken cancel = default) =>
        await database.Publications.Where(publication => publication.Failure == null || publication.RollBackOf == null).OrderByDescending(publication => publication.Number).Select(publication => publication.Failure).FirstOrDefaultAsync(cancel);

    /// <summary>What this person submitted and a second one sent back, or took off the site meanwhile, or the clock held back: texts unchanged since, bundles not submitted since.</summary>
    public async Task<IReadOnlyList<SentBack>> SentBackAsync(CancellationToken cancel = default)
    {
        var texts = await database.Reviews.AsNoTracking()
            .Where(review => review.SubmittedById == user.Id && review.Approved == false && review.DecidedBy != null).OrderByDescending(review => review.DecidedAt)
            .Join(database.Entries.Where(entry => entry.State == EntryState.Draft || entry.State == EntryState.Withdrawn), review => review.RevisionId, entry => entry.Head, (review, entry) => new { entry.Path, entry.Title, By = review.DecidedBy!, review.Comment })
            .Take(MostShown).ToListAsync(cancel);
        var bundles = await database.Set<Bundle>().AsNoTracking().Where(bundle => bundle.SubmittedById == user.Id && bundle.State == BundleState.Draft && bundle.Comment != string.Empty).OrderByDescending(bundle => bundle.SubmittedAt).Take(MostShown).ToListAsync(cancel);
        return [.. texts.Select(text => new SentBack(EntryAccess.EditorOf(text.Path), text.Title, text.By, text.Comment)), .. bundles.Select(bundle => new SentBack($"/bundles/{bundle.Id}", bundle.Name, "bundle", bundle.Comment))];
    }

    /// <summary>The next texts and bundles that go live by the clock.</summary>
    public async Task<IReadOnlyList<NextUp>> NextAsync(CancellationToken cancel = default)
    {
        var texts = await Documents.Where(entry => entry.State == EntryState.Scheduled && entry.PublishAt != null).OrderBy(entry => entry.PublishAt).Take(MostShown).Select(entry => new { entry.Path, entry.Title, entry.PublishAt }).ToListAsync(cancel);
        var bundles = await database.Set<Bundle>().Where(bundle => bundle.State == BundleState.Scheduled && bundle.PublishAt != null).OrderBy(bundle => bundle.PublishAt).Take(MostShown).Select(bundle => new { bundle.Id, bundle.Name, bundle.PublishAt }).ToListAsync(cancel);
        return [.. texts.Select(text => new NextUp("/documents/publish/" + text.Path, text.Title, text.PublishAt!.Value)).Concat(bundles.Select(bundle => new NextUp($"/bundles/{bundle.Id}", bundle.Name, bundle.PublishAt!.Value))).OrderBy(next => next.At).Take(MostShown)];
    }

    /// <summary>What this person sees: a translator English and their own languages.</summary>
    private IQueryable<Entry> Documents => user.Languages is { } own
        ? database.Entries.Where(entry => entry.Document != null && (entry.Language == Language.Base.Code || own.Contains(entry.Language)))
        : database.Entries.Where(entry => entry.Document != null);

    /// <summary>A translator's languages each by itself; for everybody else all in one.</summary>
    private async Task<IReadOnlyList<Need>> StaleAsync(CancellationToken cancel)
    {
        var counts = await filters.Stale(Documents).GroupBy(entry => entry.Language).Select(group => new { Language = group.Key, Count = group.Count() }).ToDictionaryAsync(each => each.Language, each => each.Count, cancel);
        if (!user.Can(Permissions.Translate)) return [new(counts.Values.Sum(), "translation is behind its English text", "translations are behind their English texts", "/documents?needs=translation")];
        return [.. (await languages.AllAsync(cancel)).Where(language => language != Language.Base && user.CanWrite(language.Code) && counts.ContainsKey(language.Code))
            .Select(language => new Need(counts[language.Code], $"text in {language.English} is behind the English", $"texts in {language.English} are behind the English", $"/documents?needs=translation&language={language.Code}"))];
    }
}
