using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>The redirects of the settings, changed so that each leads in one step to where it ends.</summary>
public static class RedirectTable
{
    private const string Key = "redirects";

    /// <summary>The redirects with one more. Those that led to its source lead to its target at once, and the new one to where that leads.</summary>
    /// <param name="redirects">What there is.</param>
    /// <param name="from">Address that leads elsewhere from now on; a redirect it had is replaced.</param>
    /// <param name="to">Where it leads. A redirect from there is taken out where it would lead back.</param>
    /// <param name="forNow">The page at the source may come back; then whatever led to it leads on for now as well.</param>
    public static IReadOnlyList<RedirectSetting> With(IReadOnlyList<RedirectSetting> redirects, string from, string to, bool forNow = false)
    {
        var next = redirects.FirstOrDefault(redirect => Same(redirect.From, to) && !Same(redirect.To, from));
        var end = next?.To ?? to;
        return
        [
            .. redirects.Where(redirect => !Same(redirect.From, from) && !(Same(redirect.From, end) && Same(redirect.To, from)))
                .Select(redirect => Same(redirect.To, from) ? redirect with { To = end, ForNow = redirect.ForNow || forNow } : redirect),
            new() { From = from, To = end, ForNow = forNow || next?.ForNow == true },
        ];
    }

    /// <summary>The settings with other redirects; every line that need not change keeps its bytes.</summary>
    public static string Write(string settings, IReadOnlyList<RedirectSetting> redirects)
    {
        var rows = redirects.Select(redirect =>
        {
            var row = new Dictionary<string, FieldValue> { ["from"] = new FieldValue.Words(redirect.From), ["to"] = new FieldValue.Words(redirect.To) };
            if (redirect.ForNow) row["forNow"] = new FieldValue.Words("true");
            return (FieldValue)new FieldValue.Fields(row);
        });
        return DataTable.Settings.Close(FieldValues.Apply(DataTable.Settings.Open(settings), typeof(SiteSettings), new Dictionary<string, FieldValue> { [Key] = new FieldValue.Items([.. rows]) }));
    }

    /// <summary>Addresses are told apart without regard to case: a host may take two spellings for one.</summary>
    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
