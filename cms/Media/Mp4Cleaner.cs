using System.Buffers.Binary;
using System.Text;

namespace Portal.Cms.Media;

/// <summary>
/// Cleans an MP4 film (ISO 14496-12). No byte moves, since the tables of a film hold places in its file: a box that no
/// player needs becomes free space of the same size, and times become 0, which means unknown.
/// </summary>
internal sealed class Mp4Cleaner
{
    private const string Whole = ""; // Stands for the file itself, above its boxes.
    private const int Head = 8; // Bytes of a box's size and kind.
    private const int SampleHead = 86; // Bytes of what every kind of picture sample begins with.

    private const string Broken = "is broken: the parts of the film do not fit into each other. Export it again and upload that.";
    private const string Data = "has a track of data beside picture and sound, as cameras with GPS write one. Save it without, such as by exporting it again from a video editor, and upload that.";
    private const string Places = "has captions inside it that name places, as drones write them. Export it again without captions and upload that.";

    /// <summary>The boxes a player may need, by the box they stand in. Makers of cameras invent others for place and owner.</summary>
    private static readonly Dictionary<string, HashSet<string>> Kept = new()
    {
        [Whole] = ["ftyp", "styp", "pdin", "moov", "moof", "mfra", "sidx", "ssix", "mdat"],
        ["moov"] = ["mvhd", "iods", "trak", "mvex"],
        ["trak"] = ["tkhd", "tref", "trgr", "edts", "tapt", "mdia"],
        ["mdia"] = ["mdhd", "hdlr", "elng", "minf"],
        ["minf"] = ["vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd", "hdlr", "dinf", "stbl"],
        ["dinf"] = ["dref"],
        ["stbl"] = ["stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stsh", "padb", "stdp", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio"],
        ["mvex"] = ["mehd", "trex", "leva"],
        ["moof"] = ["mfhd", "traf"],
        ["traf"] = ["tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio"],
        ["mfra"] = ["tfra", "mfro"],
    };

    private static readonly HashSet<string> Words = ["text", "subt", "sbtl", "clcp"];
    private static readonly HashSet<string> Handlers = [.. Words, "vide", "soun", "tmcd", "hint"];

    private readonly byte[] film;
    private string refusal = Broken;
    private string handler = string.Empty;
    private bool hasWords;

    private Mp4Cleaner(byte[] film) => this.film = film;

    public static CleanFile Clean(byte[] bytes)
    {
        var cleaner = new Mp4Cleaner((byte[])bytes.Clone());
        return cleaner.Walk(0, bytes.Length, Whole) && cleaner.NamesNoPlace() ? CleanFile.Kept(cleaner.film) : CleanFile.Refused(cleaner.refusal);
    }

    /// <summary>No kind of box stands in its own kind, so this is never deeper than six.</summary>
    private bool Walk(int start, int end, string parent)
    {
        var at = start;
        while (end - at >= Head)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(film.AsSpan(at));
            var (head, length) = (Head, size == 0 ? (ulong)(end - at) : size);
            if (size == 1)
            {
                if (end - at < Head + 8) return false;
                (head, length) = (Head + 8, BinaryPrimitives.ReadUInt64BigEndian(film.AsSpan(at + Head)));
            }

            if (length < (ulong)head || length > (ulong)(end - at)) return false;
            if (size == 0 && parent.Length > 0) BinaryPrimitives.WriteUInt32BigEndian(film.AsSpan(at), (uint)length); // "To the end" is said of the file alone.
            if (!Box(at, head, (int)length, parent)) return false;
            at += (int)length;
        }

        return film.AsSpan(at, end - at).IndexOfAnyExcept((byte)0) < 0;
    }

    private bool Box(int at, int head, int length, string parent)
    {
        var kind = Kind(at + 4);
        var content = film.AsSpan(at + head, length - head);
        if (!Kept[parent].Contains(kind))
        {
            "free"u8.CopyTo(film.AsSpan(at + 4));
            content.Clear();
            return true;
        }

        switch (kind)
        {
            case "mvhd" or "tkhd" or "mdhd":
                return Undated(content);
            case "hdlr":
                return Handled(content, parent);
            case "dref":
                return AtHome(content);
            case "stsd":
                return Unnamed(content);
            case "trak":
                handler = string.Empty;
                return Walk(at + head, at + length, kind) && handler.Length > 0;
            default:
                return !Kept.ContainsKey(kind) || Walk(at + head, at + length, kind);
        }
    }

    /// <summary>When it was made and changed: the first two values after the version.</summary>
    private static bool Undated(Span<byte> content)
    {
        if (content.Length < 4 || content[0] > 1) return false;
        var times = content[0] == 1 ? 16 : 8;
        if (content.Length < 4 + times) return false;
        content.Slice(4, times).Clear();
        return true;
    }

    /// <summary>What a track is; the name behind it is that of a camera or a program.</summary>
    private bool Handled(Span<byte> content, string parent)
    {
        if (content.Length < 12) return false;
        if (parent == "mdia")
        {
            handler = Encoding.Latin1.GetString(content.Slice(8, 4));
            if (!Handlers.Contains(handler))
            {
                refusal = Data;
                return false;
            }

            hasWords |= Words.Contains(handler);
        }

        content[12..].Clear();
        return true;
    }

    /// <summary>Each reference says that the samples stand in this very file, and names no other.</summary>
    private static bool AtHome(Span<byte> content)
    {
        for (var at = 8; at < content.Length;)
        {
            if (content.Length - at < 12) return false;
            var size = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (size < 12 || size > (uint)(content.Length - at) || (content[at + 11] & 1) == 0) return false;
            content.Slice(at + 12, (int)size - 12).Clear();
            at += (int)size;
        }

        return true;
    }

    /// <summary>A picture sample has 32 bytes for the name of what packed it.</summary>
    private bool Unnamed(Span<byte> content)
    {
        for (var at = 8; at < content.Length;)
        {
            if (content.Length - at < Head) return false;
            var size = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (size < Head || size > (uint)(content.Length - at)) return false;
            if (handler == "vide" && size >= SampleHead) content.Slice(at + 50, 32).Clear();
            at += (int)size;
        }

        return true;
    }

    private bool NamesNoPlace()
    {
        if (!hasWords || (film.AsSpan().IndexOf("GPS("u8) < 0 && film.AsSpan().IndexOf("GPS ("u8) < 0 && film.AsSpan().IndexOf("latitude"u8) < 0)) return true;
        refusal = Places;
        return false;
    }

    private string Kind(int at) => Encoding.Latin1.GetString(film, at, 4);
}
