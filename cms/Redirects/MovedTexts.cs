using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Languages;

namespace Portal.Cms.Redirects;

/// <summary>
/// Leads from where a text was edited to where it is edited since its document got another path, as the log noted it. A
/// form that was open at the time comes with its words, and is then told that the text is another now.
/// </summary>
internal sealed class MovedTexts(CmsDatabase database)
{
    private const int MostMoves = 20;
    private const string Beside = "/translations/edit/";

    private static readonly string[] Pages = ["edit", "history", "preview", "publish", "address", "share", "preview-at"];

    /// <summary>Answers for the pages of a text that moved; everything else goes on.</summary>
    public static async Task Lead(HttpContext context, RequestDelegate next)
    {
        if (await OfAsync(context) is { } address)
        {
            context.Response.Redirect(address + context.Request.QueryString, permanent: true, preserveMethod: !HttpMethods.IsGet(context.Request.Method));
            return;
        }

        await next(context);
    }

    /// <summary>Path of a text now; the same where its document never moved.</summary>
    public async Task<string> NowAsync(string path, CancellationToken cancel = default) =>
        EntryText.DocumentOf(path) is { } document && DocumentId.TryParse(document, out _) ? EntryText.PathOf(DocumentId.Parse(await DocumentNowAsync(document, cancel)), EntryText.LanguageOf(path)) : path;

    /// <summary>Path of a document now; the same where it is there, or where nobody moved it.</summary>
    public async Task<string> DocumentNowAsync(string document, CancellationToken cancel = default)
    {
        var now = document;
        for (var moves = 0; moves < MostMoves; moves++)
        {
            if (!DocumentId.TryParse(now, out var id)) return document;
            var path = EntryText.PathOf(id, Language.Base.Code);
            if (await database.Entries.AnyAsync(entry => entry.Path == path, cancel)) return now;
            if (await database.Audit.Where(row => row.Act == "document.move" && row.Subject == path).OrderByDescending(row => row.Number).Select(row => row.Detail).FirstOrDefaultAsync(cancel) is not { } next) return document;
            now = next;
        }

        return document;
    }

    /// <summary>Those of some documents that stand under another path now, as the log noted it, each with that path.</summary>
    /// <param name="documents">Documents that are not public under their own path.</param>
    /// <param name="live">Every document that is public.</param>
    public static async Task<IReadOnlyDictionary<string, string>> WhereAsync(CmsDatabase database, IReadOnlyCollection<string> documents, IReadOnlySet<string> live, CancellationToken cancel = default)
    {
        var now = documents.ToDictionary(document => document, document => document);
        for (var moves = 0; moves < MostMoves; moves++)
        {
            var away = now.Values.Where(document => !live.Contains(document)).Distinct().Select(document => EntryText.PathOf(DocumentId.Parse(document), Language.Base.Code)).ToList();
            if (away.Count == 0) break;
            var noted = await database.Audit.AsNoTracking().Where(row => away.Contains(row.Subject) && row.Act == "document.move").OrderBy(row => row.Number).Select(row => new { row.Subject, row.Detail }).ToListAsync(cancel);
            if (noted.Count == 0) break;
            var next = noted.GroupBy(row => EntryText.DocumentOf(row.Subject)!).ToDictionary(rows => rows.Key, rows => rows.Last().Detail); // Asked for by the path of a document.
            foreach (var (document, at) in now.ToList())
                if (!live.Contains(at) && next.TryGetValue(at, out var to)) now[document] = to;
        }

        return now.Where(each => each.Key != each.Value && live.Contains(each.Value)).ToDictionary();
    }

    private static async Task<string?> OfAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        var (user, moved) = (context.RequestServices.GetRequiredService<StaffUser>(), context.RequestServices.GetRequiredService<MovedTexts>());
        if (path.StartsWith(Beside, StringComparison.Ordinal))
        {
            if (path[Beside.Length..].Split('/', 2) is not [var code, var document] || !user.CanRead(code)) return null;
            var now = await moved.DocumentNowAsync(document, context.RequestAborted);
            return now == document ? null : $"{Beside}{code}/{now}";
        }

        if (path.Split('/', 4) is not ["", "documents", var page, var text] || !Pages.Contains(page) || EntryText.DocumentOf(text) is not { } old || !user.CanRead(EntryText.LanguageOf(text))) return null;
        var there = await moved.DocumentNowAsync(old, context.RequestAborted);
        return there == old ? null : $"/documents/{page}/{EntryText.PathOf(DocumentId.Parse(there), EntryText.LanguageOf(text))}";
    }
}
