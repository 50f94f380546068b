namespace Portal.Theme.Components;

/// <summary>
/// One sentence with a number, <c>{n}</c>, in the plural forms of its language (Unicode plural categories). The script
/// chooses the form; a form that is left out falls back to <see cref="Other"/>.
/// </summary>
public sealed record PluralPattern
{
    public string? Zero { get; init; }

    public string? One { get; init; }

    public string? Two { get; init; }

    public string? Few { get; init; }

    public string? Many { get; init; }

    public required string Other { get; init; }

    /// <summary>As the script reads it: <c>one=…|other=…</c>. A vertical bar in a sentence would cut it short.</summary>
    public override string ToString()
    {
        (string Name, string? Text)[] forms = [("zero", Zero), ("one", One), ("two", Two), ("few", Few), ("many", Many), ("other", Other)];
        return string.Join('|', forms.Where(form => form.Text is not null).Select(form => $"{form.Name}={form.Text}"));
    }
}
