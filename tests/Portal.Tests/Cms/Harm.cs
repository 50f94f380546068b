using AngleSharp.Dom;
using AngleSharp.Html.Dom;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Looks for anything on a page that came there through a field and is more than words.</summary>
internal static class Harm
{
    private static readonly string[] Running = ["href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href", "content"];
    private static readonly string[] Foreigners = ["//evil.example", "https://evil.example", "http://evil.example"];
    private static readonly string[] Foreign = ["iframe", "object", "embed", "base", "style", "applet", "frame", "animate", "mglyph"];

    /// <summary>Fails where a page has an element, an attribute or an address that no page of ours has.</summary>
    /// <param name="because">What was typed, or which page it is: told with the failure.</param>
    public static void None(IHtmlDocument page, string because)
    {
        foreach (var element in page.All)
        {
            if (element.LocalName.StartsWith("x-", StringComparison.Ordinal) || Foreign.Contains(element.LocalName)) Tell("the element", element);
            if (element is IHtmlScriptElement script && (script.Source?.StartsWith("/assets/", StringComparison.Ordinal) != true || script.TextContent.Length > 0)) Tell("the script", element);
            foreach (var attribute in element.Attributes)
            {
                if (attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.LocalName.Contains("mark", StringComparison.OrdinalIgnoreCase)) Tell("an attribute of", element);
                if (!Running.Contains(attribute.Name)) continue;
                var value = string.Concat(attribute.Value.Where(letter => letter > ' ')).ToLowerInvariant();
                if (Foreigners.Concat(["javascript:", "vbscript:", "data:text"]).Any(start => value.StartsWith(start, StringComparison.Ordinal))) Tell("the address of", element);
            }
        }

        // Writing an element out costs more than looking at it: only for what is wrong.
        void Tell(string what, IElement element) => Assert.Fail($"{because}\nmade {what} {(element.OuterHtml is { Length: > 300 } text ? text[..300] : element.OuterHtml)}");
    }
}
