namespace Portal.Cms.Delivery;

/// <summary>What each address of the interface answers.</summary>
internal sealed partial class DeliveryEndpoint
{
    private static readonly DeliveryView Nothing = new(0, Guid.Empty, default, [], [], (_, _) => Task.FromResult<IReadOnlyList<byte[]>>([]));

    public static async ValueTask<Answer> SiteAsync(HttpContext context, DeliveryView view) => context.Request.Query.Count > 0
        ? Answer.Wrong("This address takes no parameters.")
        : await view.KeptAsync("site", () => Task.FromResult(view.Site()));

    public static async ValueTask<Answer> ListAsync(HttpContext context, DeliveryView view, string kind)
    {
        if (!DeliveryServices.IsKind(kind)) return NoKind(kind);
        var (query, wrong) = DeliveryQuery.Read(context.Request.Query, DeliveryQuery.OfList);
        if (query is null) return Answer.Wrong(wrong);
        if (query.Preview) return await PreviewAsync(context, preview => preview.ListAsync(kind, query, context.RequestAborted));
        return await view.KeptAsync($"{kind}?{query.Key}", () => view.ListAsync(kind, query, context.RequestAborted));
    }

    public static async ValueTask<Answer> DocumentAsync(HttpContext context, DeliveryView view, string kind, string id)
    {
        if (!DeliveryServices.IsKind(kind)) return NoKind(kind);
        var (query, wrong) = DeliveryQuery.Read(context.Request.Query, DeliveryQuery.OfDocument);
        if (query is null) return Answer.Wrong(wrong);
        if (query.Preview) return await PreviewAsync(context, preview => preview.DocumentAsync(kind, id, query.Language, context.RequestAborted));
        return await view.KeptAsync($"{kind}/{id}?{query.Language}", () => view.DocumentAsync(kind, id, query.Language, context.RequestAborted));
    }

    public async ValueTask<Answer> ChangesAsync(HttpContext context, DeliveryView view)
    {
        var query = context.Request.Query;
        if (query.Keys.FirstOrDefault(key => key != "since") is { } other) return Answer.Wrong($"'{other}' is no parameter here. There is: since.");
        if (query["since"].Count > 1) return Answer.Wrong("'since' stands there twice. Give it once.");
        long since = 0;
        if (query["since"] is [{ Length: > 0 } text])
        {
            if (DeliveryQuery.TryInstant(text, out var instant)) since = await feed.NumberBeforeAsync(instant, context.RequestAborted);
            else if (!long.TryParse(text, System.Globalization.NumberStyles.None, null, out since)) return Answer.Wrong("'since' is the cursor of an earlier answer, or an instant in UTC such as 2026-11-22T12:00:00Z.");
        }

        if (since > view.Number) return Answer.Wrong($"The cursor {since} is none of ours. Take {DeliveryServices.Root}export and begin again without a cursor.");
        return await view.KeptAsync($"changes?{since}", async () => view.Changes(since, await feed.GoneAsync(since, context.RequestAborted)));
    }

    /// <summary>Every document, a line each. It is as new as the edition, so the edition's number is its tag.</summary>
    public async Task ExportAsync(HttpContext context, DeliveryView view)
    {
        var tag = $"\"{view.Number}-{view.Publication:N}\"";
        if (context.Request.Query.Count > 0)
        {
            await SendAsync(context, Answer.Wrong("This address takes no parameters."));
            return;
        }

        if (!Accepts(context.Request, Answer.Lines) || FailsMatch(context.Request, tag) || HttpMethods.IsHead(context.Request.Method))
        {
            await SendAsync(context, new([], Answer.Lines, tag));
            if (HttpMethods.IsHead(context.Request.Method)) context.Response.ContentLength = null; // Its length is known to nobody.
            return;
        }

        if (IsConditionMet(context.Request, context.Response, tag)) return;
        context.Response.ContentType = Answer.Lines;
        context.Response.Headers.ETag = tag;
        await foreach (var document in feed.ExportAsync(view, context.RequestAborted))
        {
            if (document.Length == 0) continue;
            await context.Response.Body.WriteAsync(document, context.RequestAborted);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }
    }

    private static Answer NoKind(string kind) => Answer.NotFound($"'{kind}' is no kind of document. {DeliveryServices.Root}site lists them; {DeliveryServices.HelpPage} tells more.");

    /// <summary>Answers from the newest saved texts for whoever holds a token; nothing of it is kept.</summary>
    private static async ValueTask<Answer> PreviewAsync(HttpContext context, Func<DeliveryView, Task<Answer>> make)
    {
        context.Response.Headers.CacheControl = ForNobodyElse;
        context.Response.Headers.Remove("Access-Control-Allow-Origin");
        if (!await context.RequestServices.GetRequiredService<DeliveryTokens>().IsGoodAsync(context.Request.Headers.Authorization.ToString(), context.RequestAborted))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Answer.Problem(StatusCodes.Status401Unauthorized, "Not allowed", "A preview needs a token that is still good: 'Authorization: Bearer …'. An Owner makes one in the CMS below Delivery.");
        }

        return await make(await context.RequestServices.GetRequiredService<DeliveryPreview>().ViewAsync(context.RequestAborted) ?? Nothing);
    }
}
