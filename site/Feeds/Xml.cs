using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Portal.Site.Feeds;

/// <summary>XML as UTF-8 bytes without a byte-order mark, the same every time.</summary>
internal static class Xml
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    public static byte[] Bytes(XDocument document)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
            document.Save(writer);
        return stream.ToArray();
    }

    /// <summary>The same of a document too long to be held as a tree.</summary>
    public static byte[] Bytes(XStreamingElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings)) root.Save(writer);
        return stream.ToArray();
    }
}
