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

    private async Task<Revision?> HeadAsync(Entry? entry, CancellationToken cancel) => entry is null ? null : await documents.HeadAsync(entry, cancel);
}
