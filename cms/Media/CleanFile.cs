namespace Portal.Cms.Media;

/// <summary>A file made fit to keep.</summary>
/// <param name="Bytes">Null where it is refused.</param>
/// <param name="Refusal">Why and what to do, to be read after the file's name; empty where it is taken.</param>
internal sealed record CleanFile(byte[]? Bytes, string Refusal)
{
    public static CleanFile Kept(byte[] bytes) => new(bytes, string.Empty);

    public static CleanFile Refused(string refusal) => new(null, refusal);
}
