using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Portal.Site.Feeds;

/// <summary>XML as UTF-8 bytes without a byte-order mark, the same every time.</summary>
internal static class Xml
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    public static byte[] Bytes(XDocument document) => Bytes(document.Save);

    /// <summary>The same of a document too long to be held as a tree.</summary>
    public static byte[] Bytes(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings)) write(writer);
        return stream.ToArray();
    }
}
