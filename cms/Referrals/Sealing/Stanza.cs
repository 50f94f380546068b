namespace Portal.Cms.Referrals.Sealing;

/// <summary>One part of a header: the file key, wrapped for one recipient.</summary>
internal sealed class Stanza
{
    /// <exception cref="ArgumentException">There is no argument, or one that is empty or holds more than visible ASCII.</exception>
    public Stanza(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> body)
    {
        if (arguments.Count == 0 || arguments.Any(argument => argument.Length == 0 || argument.AsSpan().ContainsAnyExceptInRange('!', '~')))
            throw new ArgumentException("A stanza has arguments of visible ASCII.", nameof(arguments));
        (Arguments, Body) = (arguments, body);
    }

    /// <summary>The first says of what type it is.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public string Type => Arguments[0];

    public ReadOnlyMemory<byte> Body { get; }
}
