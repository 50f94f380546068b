using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Languages;

namespace Portal.Cms.Translations;

/// <summary>The interface words of one language as they are saved now.</summary>
/// <param name="Entry">Null while the language has no file.</param>
/// <param name="Number">Its newest revision; 0 while it has none.</param>
internal sealed record StringsWork(Language Language, StringsText English, Entry? Entry, int Number, StringsForm Form)
{
    public string Path => StringsDesk.PathOf(Language.Code);

    /// <summary>The words of another text of this language beside the English ones.</summary>
    public StringsForm FormOf(string text) => StringsForm.Of(English, StringsText.Parse(text), Language.Code);
}

/// <summary>Interface words: texts of the kind <c>strings</c>, saved, reviewed and published as any other.</summary>
internal sealed class StringsDesk(CmsDatabase database, DocumentStore documents, ContentLanguages languages)
{
    private const string Kind = "strings";

    public static string PathOf(string code) => $"{Kind}/{code}.yaml";

    /// <summary>The English words belong to whoever leads communications, the others to their translators.</summary>
    public static bool MayWrite(StaffUser user, string code) => code == Language.Base.Code ? user.Can(Permissions.Lead) : user.CanWrite(code);

    /// <summary>Null where the site has no such language; the simple version uses the English words.</summary>
    public async Task<StringsWork?> OpenAsync(string code, CancellationToken cancel = default)
    {
        if ((await languages.AllAsync(cancel)).FirstOrDefault(each => each.Code == code) is not { IsSimple: false } language) return null;
        var english = StringsText.Parse((await HeadAsync(await documents.FindAsync(PathOf(Language.Base.Code), cancel), cancel))?.Text ?? string.Empty);
        var entry = await documents.FindAsync(PathOf(code), cancel);
        var head = await HeadAsync(entry, cancel);
        return new(language, english, entry, head?.Number ?? 0, StringsForm.Of(english, StringsText.Parse(head?.Text ?? string.Empty), code));
    }

    /// <summary>Saves; what somebody else saved meanwhile is returned, and nothing was written.</summary>
    public async Task<Revision?> SaveAsync(StringsWork work, string text, long version, Actor actor, CancellationToken cancel = default)
    {
        if (work.Entry is not null) return (await documents.SaveAsync(work.Path, text, version, actor, cancel: cancel)).Conflict;
        if (await documents.CreateAsync(work.Path, Kind, text, actor, cancel: cancel) is null) return await documents.HeadAsync((await documents.FindAsync(work.Path, cancel))!, cancel); // It is there: made meanwhile.
        await database.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>
    /// What one person typed and did not save, by input, of every part: that alone which differs from the revision it was
    /// typed over. So it can be laid over words that somebody else saved meanwhile, and takes back none of theirs.
    /// </summary>
    /// <param name="posted">What a form brings now, over what was kept of earlier typing.</param>
    public async Task<Dictionary<string, StringValues>> TypedAsync(StringsWork work, Guid account, IReadOnlyDictionary<string, StringValues>? posted = null, CancellationToken cancel = default)
    {
        var typed = new Dictionary<string, StringValues>();
        if (await documents.DraftAsync(work.Path, account, cancel) is { } draft)
        {
            var basis = draft.BasedOn is { } id ? await database.Revisions.Where(each => each.Id == id).Select(each => each.Text).FirstOrDefaultAsync(cancel) : null;
            foreach (var (was, now) in work.FormOf(basis ?? string.Empty).Sides.Zip(work.FormOf(draft.Text).Sides))
                if (was.Own != now.Own) typed[now.Input] = now.Own;
        }

        if (posted is null) return typed;
        foreach (var side in work.FormOf((await BeganAsync(work, posted, cancel))?.Text ?? string.Empty).Sides)
        {
            if (!posted.TryGetValue(side.Input, out var value)) continue;
            if (value.ToString().ReplaceLineEndings("\n").Trim() == side.Own.Trim()) typed.Remove(side.Input);
            else typed[side.Input] = value;
        }

        return typed;
    }

    /// <summary>Keeps what is being typed, until all of it is typed back; mistakes are told when it is saved.</summary>
    public async Task KeepAsync(StringsWork work, Guid account, IReadOnlyDictionary<string, StringValues> posted, CancellationToken cancel = default)
    {
        var began = await BeganAsync(work, posted, cancel);
        var typed = await TypedAsync(work, account, posted, cancel);
        if (typed.Count == 0) await documents.DropDraftAsync(work.Path, account, cancel);
        else await documents.KeepDraftAsync(work.Path, work.FormOf(began?.Text ?? string.Empty).Read(typed).Text, began?.Id, account, cancel);
    }

    /// <summary>The revision that a form shows; null where there was none.</summary>
    private async Task<Revision?> BeganAsync(StringsWork work, IReadOnlyDictionary<string, StringValues> posted, CancellationToken cancel) =>
        int.TryParse(posted.GetValueOrDefault("revision"), out var number) ? await database.Revisions.AsNoTracking().FirstOrDefaultAsync(each => each.Path == work.Path && each.Number == number, cancel) : null;

    private async Task<Revision?> HeadAsync(Entry? entry, CancellationToken cancel) => entry is null ? null : await documents.HeadAsync(entry, cancel);
}
