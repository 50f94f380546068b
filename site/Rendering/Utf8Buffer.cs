using System.Buffers;
using System.Text;

namespace Portal.Site.Rendering;

/// <summary>A growing buffer that a page is written into once, as the bytes that go to the disk. Not thread-safe.</summary>
internal sealed class Utf8Buffer
{
    private static readonly SearchValues<char> InText = SearchValues.Create("&<>");
    private static readonly SearchValues<char> InAttribute = SearchValues.Create("&<>\"");

    private byte[] bytes = new byte[32 * 1024];
    private int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Clear() => length = 0;

    /// <summary>Writes HTML as it is.</summary>
    public void Append(ReadOnlySpan<char> html)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(html.Length));
        length += Encoding.UTF8.GetBytes(html, bytes.AsSpan(length));
    }

    /// <summary>Writes words between tags.</summary>
    public void AppendText(ReadOnlySpan<char> text) => AppendEncoded(text, InText);

    /// <summary>Writes an attribute's value between double quotes.</summary>
    public void AppendAttribute(ReadOnlySpan<char> text) => AppendEncoded(text, InAttribute);

    private void AppendEncoded(ReadOnlySpan<char> text, SearchValues<char> special)
    {
        while (text.IndexOfAny(special) is var at and >= 0)
        {
            Append(text[..at]);
            Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            text = text[(at + 1)..];
        }

        Append(text);
    }

    private void Reserve(int more)
    {
        if (bytes.Length - length < more) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
    }
}
