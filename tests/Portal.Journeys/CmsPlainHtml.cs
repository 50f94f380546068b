using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Portal.Journeys;

/// <summary>Reads a staff page as the server sends it, without any script: whatever can be pressed or typed into must work so.</summary>
internal static class CmsPlainHtml
{
    private const string Token = "__RequestVerificationToken";

    private const string Handler = "_handler";

    /// <summary>What would not work, each as the end of a sentence that the page's name begins.</summary>
    public static IEnumerable<string> Faults(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        return page.Forms.SelectMany(Faults).Concat(page.QuerySelectorAll("button").Cast<IHtmlButtonElement>().SelectMany(Faults))
            .Concat(page.QuerySelectorAll("input, select, textarea").SelectMany(FieldFaults))
            .Concat(page.QuerySelectorAll("a").Where(link => link.GetAttribute("href") is null or "" or "#" || link.GetAttribute("href")!.StartsWith("javascript:", StringComparison.Ordinal)).Select(link => $"has a link that leads nowhere: {Short(link)}"))
            .Concat(page.QuerySelectorAll("a[href^='#']").Where(link => page.GetElementById(link.GetAttribute("href")![1..]) is null).Select(link => $"has a link to a part that is not there: {Short(link)}"))
            .Concat(page.QuerySelectorAll("[role=button]:not(button), [role=tab], [contenteditable], dialog:not([id])").Select(each => $"has what only a script can work: {Short(each)}"))
            .Concat(page.QuerySelectorAll("main [hidden]").Where(each => each is not (IHtmlFormElement or IHtmlInputElement)).Select(each => $"hides what only a script can show: {Short(each)}"));
    }

    private static IEnumerable<string> Faults(IHtmlFormElement form)
    {
        var isForScript = form.HasAttribute("data-passkey") || form.HasAttribute("data-key");
        if (form.HasAttribute("hidden") != isForScript) yield return $"{(isForScript ? "shows a form for passkeys or keys before its script is there" : "hides a form that only a script can show")}: {Short(form)}";
        var submits = form.Elements.OfType<IHtmlButtonElement>().Where(button => button.Type == "submit").ToList();
        if (submits.Count == 0) yield return $"has a form without a button that sends it: {Short(form)}";
        if (submits.Count > 1 && submits.Any(button => string.IsNullOrEmpty(button.Name))) yield return $"has a form with several buttons of which one says nothing: {Short(form)}";
        if (form.Method != "post") yield break;
        if (form.Elements.OfType<IHtmlInputElement>().All(input => input.Name != Token)) yield return $"has a form without the token against forged requests: {Short(form)}";
        if (!form.HasAttribute("action") && !form.HasAttribute("data-key") && form.Elements.OfType<IHtmlInputElement>().All(input => input.Name != Handler)) yield return $"has a form that nobody takes: {Short(form)}";
        if (form.QuerySelector("input[type=file]") is not null && form.Enctype != "multipart/form-data") yield return $"has a form that loses its file: {Short(form)}";
    }

    private static IEnumerable<string> Faults(IHtmlButtonElement button)
    {
        var opens = button.GetAttribute("popovertarget") ?? button.GetAttribute("commandfor");
        if (opens is not null && button.Owner!.GetElementById(opens) is null) yield return $"has a button that opens what is not there: {Short(button)}";
        if (opens is null && (button.Form is null || button.Type != "submit")) yield return $"has a button that only a script can work: {Short(button)}";
    }

    private static IEnumerable<string> FieldFaults(IElement field)
    {
        if (field.HasAttribute("readonly")) yield break;
        var isSecret = field.Closest("form[data-key]") is not null && field is not IHtmlInputElement { Type: "hidden" };
        if (isSecret && field.HasAttribute("name")) yield return $"has a secret that a form would send: {Short(field)}";
        if (!isSecret && string.IsNullOrEmpty(field.GetAttribute("name"))) yield return $"has a field that is not sent: {Short(field)}";
        if (field is IHtmlInputElement { Form: null } or IHtmlSelectElement { Form: null } or IHtmlTextAreaElement { Form: null }) yield return $"has a field outside a form: {Short(field)}";
    }

    private static string Short(IElement element) => element.OuterHtml.ReplaceLineEndings(" ") is { Length: > 120 } html ? html[..120] : element.OuterHtml;
}
