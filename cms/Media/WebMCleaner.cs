using System.Buffers.Binary;

namespace Portal.Cms.Media;

/// <summary>
/// Cleans a WebM film (EBML, RFC 8794 and 9559). No byte moves: an element that no player needs becomes a void element of
/// the same length.
/// </summary>
internal sealed class WebMCleaner
{
    private const uint Header = 0x1A45DFA3;
    private const uint Segment = 0x18538067;
    private const uint SeekHead = 0x114D9B74;
    private const uint Info = 0x1549A966;
    private const uint Tracks = 0x1654AE6B;
    private const uint Cluster = 0x1F43B675;
    private const uint Cues = 0x1C53BB6B;
    private const uint Chapters = 0x1043A770;
    private const uint Tags = 0x1254C367;
    private const uint Attachments = 0x1941A469;
    private const uint TimestampScale = 0x2AD7B1;
    private const uint Duration = 0x4489;
    private const uint MuxingApp = 0x4D80;
    private const uint WritingApp = 0x5741;
    private const uint TrackEntry = 0xAE;
    private const uint TrackType = 0x83;
    private const uint TrackName = 0x536E;
    private const uint CodecName = 0x258688;
    private const uint CodecPrivate = 0x63A2;
    private const uint AttachmentLink = 0x7446;
    private const uint Checksum = 0xBF; // Of what stands beside it, which changes.
    private const byte Void = 0xEC;

    private const string Broken = "is broken: the parts of the film do not fit into each other. Export it again and upload that.";
    private const string Data = "has a track of data beside picture, sound and captions, which can hold places. Export it again without and upload that.";

    /// <summary>With these a cluster of unknown length ends.</summary>
    private static readonly HashSet<uint> Outside = [Header, Segment, SeekHead, Info, Tracks, Cluster, Cues, Chapters, Tags, Attachments];

    /// <summary>Time, position, length of the one before, silent tracks, and blocks of three kinds.</summary>
    private static readonly HashSet<uint> InCluster = [0xE7, 0xA7, 0xAB, 0x5854, 0xA3, 0xA0, 0xAF];

    private readonly byte[] film;
    private string refusal = Broken;

    private WebMCleaner(byte[] film) => this.film = film;

    public static CleanFile Clean(byte[] bytes)
    {
        var cleaner = new WebMCleaner((byte[])bytes.Clone());
        return cleaner.InWhole() ? CleanFile.Kept(cleaner.film) : CleanFile.Refused(cleaner.refusal);
    }

    private bool InWhole()
    {
        for (var at = 0; at < film.Length;)
        {
            if (Read(at, film.Length) is not { } element) return false;
            if (element.Id == Segment)
            {
                if (!InSegment(element)) return false;
            }
            else if (element.IsOpen) return false;
            else if (element.Id != Header) Blank(element);
            at = element.End;
        }

        return true;
    }

    private bool InSegment(Element segment)
    {
        for (var at = segment.Content; at < segment.End;)
        {
            if (Read(at, segment.End) is not { } element || (element.IsOpen && element.Id != Cluster)) return false;
            at = element.End;
            switch (element.Id)
            {
                case Cluster:
                    at = EndOfCluster(element);
                    if (at < 0) return false;
                    break;
                case Info:
                    if (!Each(element, InInfo)) return false;
                    break;
                case Tracks:
                    if (!Each(element, InTracks)) return false;
                    break;
                case SeekHead or Cues:
                    break;
                default:
                    Blank(element);
                    break;
            }
        }

        return true;
    }

    /// <summary>-1 where its parts do not fit.</summary>
    private int EndOfCluster(Element cluster)
    {
        var at = cluster.Content;
        while (at < cluster.End)
        {
            if (Read(at, cluster.End) is not { } element) return -1;
            if (cluster.IsOpen && Outside.Contains(element.Id)) return at;
            if (element.IsOpen) return -1;
            if (!InCluster.Contains(element.Id)) Blank(element);
            at = element.End;
        }

        return at;
    }

    private bool Each(Element parent, Func<Element, bool> act)
    {
        for (var at = parent.Content; at < parent.End;)
        {
            if (Read(at, parent.End) is not { IsOpen: false } element || !act(element)) return false;
            at = element.End;
        }

        return true;
    }

    private bool InInfo(Element element)
    {
        if (element.Id is MuxingApp or WritingApp) Content(element).Fill((byte)' '); // Both must be there.
        else if (element.Id is not (TimestampScale or Duration)) Blank(element);
        return true;
    }

    private bool InTracks(Element element)
    {
        if (element.Id == TrackEntry) return Each(element, InTrack);
        Blank(element);
        return true;
    }

    private bool InTrack(Element element)
    {
        switch (element.Id)
        {
            case TrackName or CodecName or AttachmentLink or Checksum or Void:
                Blank(element);
                return true;
            case TrackType when Content(element) is not [1 or 2 or 3 or 0x11]: // Picture, sound, both, captions.
                refusal = Data;
                return false;
            case CodecPrivate:
                return WithoutComments(Content(element));
            default:
                return true;
        }
    }

    /// <summary>Vorbis keeps remarks, such as artist and place, between the two heads that its decoder needs.</summary>
    private static bool WithoutComments(Span<byte> head)
    {
        var at = head.IndexOf("\u0003vorbis"u8);
        if (at < 0) return true;
        at += 7;
        var left = 1; // The maker's name first; then a number, and as many remarks.
        for (var isMaker = true; left > 0; left--)
        {
            if (!Remark(head, ref at)) return false;
            if (!isMaker) continue;
            if (head.Length - at < 4) return false;
            var count = BinaryPrimitives.ReadUInt32LittleEndian(head[at..]);
            if (count > (uint)(head.Length / 4)) return false;
            (isMaker, left, at) = (false, (int)count + 1, at + 4);
        }

        return true;
    }

    private static bool Remark(Span<byte> head, ref int at)
    {
        if (head.Length - at < 4) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head[at..]);
        if (length > (uint)(head.Length - at - 4)) return false;
        head.Slice(at + 4, (int)length).Fill((byte)' ');
        at += 4 + (int)length;
        return true;
    }

    private Span<byte> Content(Element element) => film.AsSpan(element.Content, element.End - element.Content);

    private void Blank(Element element)
    {
        var all = film.AsSpan(element.Start, element.End - element.Start);
        all.Clear();
        all[0] = Void;
        if (all.Length < 9)
        {
            all[1] = (byte)(0x80 | (all.Length - 2));
            return;
        }

        BinaryPrimitives.WriteUInt64BigEndian(all[1..], (1UL << 56) | (uint)(all.Length - 9));
    }

    /// <summary>The element at a place; null where it reaches beyond its parent or is none.</summary>
    private Element? Read(int at, int end)
    {
        var (start, id, size) = (at, 0U, 0UL);
        if (at >= end || film[at] < 0x10) return null;
        for (var left = System.Numerics.BitOperations.LeadingZeroCount((uint)film[at]) - 23; left > 0; left--, at++)
        {
            if (at >= end) return null;
            id = (id << 8) | film[at];
        }

        if (at >= end || film[at] == 0) return null;
        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)film[at]) - 23;
        if (end - at < length) return null;
        foreach (var each in film.AsSpan(at, length)) size = (size << 8) | each;
        size &= (1UL << (7 * length)) - 1;
        at += length;
        if (size == (1UL << (7 * length)) - 1) return new(id, start, at, end, IsOpen: true);
        return size > (ulong)(end - at) ? null : new(id, start, at, at + (int)size, IsOpen: false);
    }

    /// <param name="End">Exclusive; of an open element the end of its parent.</param>
    private readonly record struct Element(uint Id, int Start, int Content, int End, bool IsOpen);
}
