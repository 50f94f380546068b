using Portal.Content.Languages;
using Portal.Theme.Components;

namespace Portal.Site.Layout;

/// <summary>Plural forms as a script of the theme takes them.</summary>
internal static class PluralText
{
    public static PluralPattern Of(InterfaceStrings words, string key) => new()
    {
        Zero = Form(words, key + ".zero"),
        One = Form(words, key + ".one"),
        Two = Form(words, key + ".two"),
        Few = Form(words, key + ".few"),
        Many = Form(words, key + ".many"),
        Other = words[key + ".other"],
    };

    private static string? Form(InterfaceStrings words, string key) => words.Has(key) ? words[key] : null;
}
