using System.Text;
using System.Xml;

namespace Portal.Cms.Media;

/// <summary>
/// Copies one XML part of an Office document without who made it, when and on whose computer. It is told by what it is, not
/// by its name, which programs choose differently.
/// </summary>
internal sealed class OfficePart
{
    private const string People = "has comments or tracked changes, which name people. Accept or delete them all, then upload it again.";
    private const string Broken = "is broken: a part of the document cannot be read. Save it again and upload that.";
    private const string Local = "about:blank"; // In place of a path on somebody's computer.

    /// <summary>What a viewer tells or needs; everything else of the properties is about people and times.</summary>
    private static readonly HashSet<string> Properties = ["title", "subject", "keywords", "description", "language", "category"];

    private static readonly HashSet<string> Business = ["Company", "Manager", "HyperlinkBase", "HLinks", "Template", "TotalTime", "DigSig"];

    /// <summary>Lists of people, and of what an organisation keeps about its documents: nothing a reader sees is in them.</summary>
    private static readonly HashSet<string> Emptied = ["people", "cmAuthorLst", "authorLst", "personList", "users", "labelList"];

    /// <summary>Kinds of relation, by the end of their address, to parts that are left out.</summary>
    private static readonly HashSet<string> Unneeded = ["thumbnail", "printerSettings", "changesInfo", "revisionInfo", "attachedTemplate"];

    private readonly XmlReader reader;
    private readonly XmlWriter writer;
    private string root = string.Empty;
    private string space = string.Empty;
    private bool isAuthor;
    private bool isChanged;
    private bool namesPeople;

    private OfficePart(XmlReader reader, XmlWriter writer) => (this.reader, this.writer) = (reader, writer);

    /// <summary>True for a part that is XML; drawings of the old kind (.vml) are none by the book.</summary>
    public static bool IsXml(string name) => Path.GetExtension(name).ToLowerInvariant() is ".xml" or ".rels" or ".psmdcp";

    /// <summary>True for a part that no reader sees: a small picture of the first page as it once was, printers, and who changed what.</summary>
    public static bool IsNotNeeded(string name) => name.StartsWith("docProps/thumbnail", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ppt/revisionInfo", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/printerSettings/", StringComparison.OrdinalIgnoreCase) || name.Contains("/changesInfos/", StringComparison.OrdinalIgnoreCase);

    public static CleanFile Clean(byte[] bytes)
    {
        try
        {
            using var memory = new MemoryStream(bytes.Length);
            using var source = XmlReader.Create(new MemoryStream(bytes, writable: false), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            using var target = XmlWriter.Create(memory, new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize });
            var part = new OfficePart(source, target);
            part.Copy();
            target.Flush();
            if (part.namesPeople) return CleanFile.Refused(People);
            return CleanFile.Kept(part.isChanged ? memory.ToArray() : bytes);
        }
        catch (Exception fault) when (fault is XmlException or ArgumentException or InvalidOperationException)
        {
            return CleanFile.Refused(Broken);
        }
    }

    private bool IsWord => space.Contains("wordprocessingml", StringComparison.Ordinal);

    private bool IsSheet => space.Contains("spreadsheetml", StringComparison.Ordinal);

    /// <summary>Others may call the root of their own data "people" too.</summary>
    private bool IsOffice => space.Contains("//schemas.openxmlformats.org/", StringComparison.Ordinal) || space.Contains("//schemas.microsoft.com/", StringComparison.Ordinal) || space.Contains("//purl.oclc.org/ooxml/", StringComparison.Ordinal);

    private void Copy()
    {
        var isRead = reader.Read();
        while (isRead && !namesPeople)
        {
            if (reader is { NodeType: XmlNodeType.Element, Depth: 0 }) (root, space) = (reader.LocalName, reader.NamespaceURI);
            if (reader is { NodeType: XmlNodeType.Element, Depth: > 0 } && IsLeftOut())
            {
                isChanged = true;
                reader.Skip(); // Moves to what follows.
                isRead = !reader.EOF;
                continue;
            }

            Node();
            isRead = reader.Read();
        }
    }

    private void Node()
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Element();
                break;
            case XmlNodeType.EndElement:
                isAuthor = false;
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                namesPeople |= isAuthor && !string.IsNullOrWhiteSpace(reader.Value);
                if (reader.Depth > 0) writer.WriteString(reader.Value);
                break;
            case XmlNodeType.ProcessingInstruction:
                writer.WriteProcessingInstruction(reader.Name, reader.Value);
                break;
            case XmlNodeType.Comment:
                isChanged = true;
                break;
            default:
                break; // The writer makes the declaration by itself.
        }
    }

    private void Element()
    {
        var (name, isEmpty, isFar) = (reader.LocalName, reader.IsEmptyElement, reader.GetAttribute("TargetMode") == "External");
        namesPeople |= reader.Depth > 0 && IsRemark(name);
        isAuthor = name == "author" && root == "comments" && IsSheet && !isEmpty;
        writer.WriteStartElement(reader.Prefix, name, reader.NamespaceURI);
        while (reader.MoveToNextAttribute())
        {
            namesPeople |= reader.LocalName == "author" && reader.Value.Length > 0 && reader.NamespaceURI.Contains("wordprocessingml", StringComparison.Ordinal);
            var value = Kept(name, isFar);
            isChanged |= value != reader.Value;
            if (value is not null) writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, value);
        }

        reader.MoveToElement();
        if (isEmpty) writer.WriteEndElement();
    }

    /// <summary>A comment or a tracked change that stands in a part of its own.</summary>
    private bool IsRemark(string name) => root switch
    {
        "comments" => IsWord && name == "comment",
        "cmLst" => name == "cm",
        "ThreadedComments" => IsOffice,
        "headers" or "revisions" => IsSheet,
        _ => false,
    };

    private bool IsLeftOut()
    {
        var name = reader.LocalName;
        return root switch
        {
            "coreProperties" => reader.Depth == 1 && !Properties.Contains(name),
            "Properties" => space.Contains("custom", StringComparison.Ordinal) || Business.Contains(name),
            "properties" => space.EndsWith("/metadata/properties", StringComparison.Ordinal), // What SharePoint knows of a document: who shares it, who approved it.
            "Relationships" => Unneeded.Contains(reader.GetAttribute("Type") is { } type ? type[(type.LastIndexOf('/') + 1)..] : string.Empty),
            "Types" => IsNotNeeded((reader.GetAttribute("PartName") ?? string.Empty).TrimStart('/')),
            _ => (Emptied.Contains(root) && IsOffice) || (IsWord && name is "mailMerge" or "attachedTemplate" or "printerSettings"),
        };
    }

    /// <summary>What stays of the attribute the reader stands at; null where nothing does.</summary>
    private string? Kept(string element, bool isFar) => (element, reader.LocalName) switch
    {
        ("absPath", "url") => string.Empty, // Excel writes the folder it was saved in.
        ("fileSharing", "userName") or ("pivotCacheDefinition", "refreshedBy" or "refreshedDate" or "refreshedDateIso") => null,
        ("pageSetup", "id") when reader.NamespaceURI.Length > 0 => null, // Leads to a printer's settings.
        ("Relationship", "Target") when isFar && IsLocal(reader.Value) => Local,
        _ => reader.Value,
    };

    private static bool IsLocal(string target) => target.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || target.StartsWith(@"\\", StringComparison.Ordinal) || (target.Length > 2 && char.IsAsciiLetter(target[0]) && target[1] == ':' && target[2] is '\\' or '/');
}
