namespace Portal.Cms.Referrals.Sealing;

/// <summary>The lengths a referral's text is padded to, so that a sealed file tells one of three lengths and no more.</summary>
internal sealed record SizeClass
{
    private SizeClass(string name, int length) => (Name, Length) = (name, length);

    public static SizeClass Small { get; } = new("small", 4 * 1024);

    public static SizeClass Medium { get; } = new("medium", 16 * 1024);

    public static SizeClass Large { get; } = new("large", 32 * 1024);

    /// <summary>From the smallest to the largest.</summary>
    public static IReadOnlyList<SizeClass> All { get; } = [Small, Medium, Large];

    public string Name { get; }

    /// <summary>Bytes of the padded text.</summary>
    public int Length { get; }

    /// <summary>The smallest that holds a text of some bytes; null where none does.</summary>
    public static SizeClass? Holding(int plain) => All.FirstOrDefault(size => plain <= size.Length);

    /// <summary>The one whose payload has exactly this many bytes; null for every other length.</summary>
    public static SizeClass? OfPayload(long length) => All.FirstOrDefault(size => Payload.LengthOf(size.Length) == length);

    /// <summary>The one whose sealed file has exactly this many bytes; null for every other length.</summary>
    public static SizeClass? OfSealed(long length, int recipients) => OfPayload(length - HeaderText.LengthFor(recipients));
}
