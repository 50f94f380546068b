using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Filling in forms as somebody without script does: get the page, type, send.</summary>
internal static class Forms
{
    /// <summary>Sends the named form of a page with everything that stands in it already; a field given here replaces its value.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string page, string form, params (string Name, string Value)[] fields)
    {
        var document = await client.PageAsync(page);
        return await client.SubmitAsync(document, page, form, fields);
    }

    /// <summary>As above, with a page that was opened earlier.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, IHtmlDocument document, string page, string form, params (string Name, string Value)[] fields)
    {
        var element = document.Forms.SingleOrDefault(each => each.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form)
            ?? throw new InvalidOperationException($"{page} has no form '{form}': {document.Body?.TextContent}");
        var given = fields.Select(field => field.Name).ToHashSet();
        using var content = new FormUrlEncodedContent(Standing(element).Where(field => !given.Contains(field.Name)).Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(new Uri(page, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>What the page's script does while somebody types: sends all that stands in the form to where drafts are kept.</summary>
    public static async Task<HttpResponseMessage> KeepAsync(this HttpClient client, IHtmlDocument page, params (string Name, string Value)[] typed)
    {
        var form = page.QuerySelector("form[data-autosave]")!;
        var given = typed.Select(each => each.Name).ToHashSet();
        using var content = new FormUrlEncodedContent(Standing(form).Where(each => !given.Contains(each.Name)).Concat(typed).Select(each => KeyValuePair.Create(each.Name, each.Value)));
        return await client.PostAsync(new Uri(form.GetAttribute("data-autosave")!, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the form of a page that goes to an address of its own.</summary>
    public static async Task<HttpResponseMessage> SubmitAtAsync(this HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var form = (await client.PageAsync(page)).QuerySelector($"form[action='{action}']") ?? throw new InvalidOperationException($"{page} has no form to {action}.");
        using var content = new FormUrlEncodedContent(Standing(form).Where(field => fields.All(given => given.Name != field.Name)).Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(new Uri(action, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>What stands in the inputs of a form or a part of one.</summary>
    public static IEnumerable<(string Name, string Value)> Standing(IParentNode form) => form.QuerySelectorAll("input[name], textarea[name], select[name]")
        .Where(input => input is not IHtmlInputElement { Type: "checkbox", IsChecked: false })
        .Select(input => (input.GetAttribute("name")!, input switch { IHtmlInputElement line => line.Value, IHtmlTextAreaElement area => area.Value, IHtmlSelectElement choice => choice.Value ?? string.Empty, _ => string.Empty }));

    public static async Task<IHtmlDocument> PageAsync(this HttpClient client, string page)
    {
        using var response = await client.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.DocumentAsync();
    }

    public static async Task<IHtmlDocument> DocumentAsync(this HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Where a response leads, without the host; empty where it leads nowhere.</summary>
    public static string Target(this HttpResponseMessage response) => response.Headers.Location switch
    {
        null => string.Empty,
        { IsAbsoluteUri: true } address => address.PathAndQuery,
        var address => address.OriginalString,
    };

    public static async Task<HttpResponseMessage> OpenAsync(this HttpClient client, string page) =>
        await client.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
}
