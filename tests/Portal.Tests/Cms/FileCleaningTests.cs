using System.Text;

using CsCheck;

using Portal.Cms.Media;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What a film or a recording says of its maker is gone; what is seen and heard in it is not.</summary>
public sealed class FileCleaningTests
{
    private static readonly byte[] Dated = [0xDE, 0xAD, 0xBE, 0xEF];

    public static TheoryData<string> Hostile => ["/Author(", "/Author 1 0 R 1 0 obj", "/Info 1 0 R 1 0 obj /T(", "/T<", "stream\n", "/FlateDecode stream\n", "/FlateDecode stream\nx\u009Cendstream", "<rdf:RDF", "<rdf:RDF a='", "<dc:creator", "<dc:title></dc:title>", "\u00FF\u00D8\u00FF\u00E0\0\u0002", "(((", "\\/#41", "\0\0\0\u0008moov", "\0\0\0\u0008free", "\u0018\u0053\u0080\u0067\u00FF", "\u00EC\u0080", "\u00FF\u00FB\u0090\0", "ID3", "APETAGEX"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_film_of_a_phone_says_neither_where_nor_when_nor_who(bool late)
    {
        var film = CleaningSamples.Mp4(late: late);

        var kept = Kept(film);

        Assert.Equal(film.Length, kept.Length);
        Assert.Equal(-1, kept.AsSpan().IndexOf(Dated));
        Assert.Equal(CleaningSamples.FirstChunk(film), CleaningSamples.FirstChunk(kept));
        Assert.Equal(CleaningSamples.Payload, kept.AsSpan(CleaningSamples.FirstChunk(kept), CleaningSamples.Payload.Length));
    }

    [Theory]
    [InlineData("meta", "", "has a track of data beside picture and sound, as cameras with GPS write one. Save it without, such as by exporting it again from a video editor, and upload that.")]
    [InlineData("gpmd", "", "has a track of data beside picture and sound")]
    [InlineData("sbtl", "GPS (0.52, 51.27)", "has captions inside it that name places, as drones write them. Export it again")]
    public void A_film_with_a_track_of_places_is_refused(string handler, string words, string refusal) => Assert.StartsWith(refusal, Refused(CleaningSamples.Mp4(handler, words: words)), StringComparison.Ordinal);

    [Fact]
    public void A_film_with_captions_inside_it_is_taken() => Kept(CleaningSamples.Mp4("sbtl", words: "Hello"));

    [Fact]
    public void A_film_whose_parts_do_not_fit_is_refused()
    {
        byte[] head = CleaningSamples.Box("ftyp", "isom"u8.ToArray(), new byte[4]);

        Assert.All<byte[]>([CleaningSamples.Box("moov", CleaningSamples.Box("trak")), [0, 0, 0, 9, .. "free"u8], [0, 0, 0, 1, .. "free"u8, .. new byte[7], 4], [0, 0, 0, 1, .. "free"u8, 255, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 4, .. "free"u8], [.. "SEFT"u8], CleaningSamples.Box("moov", CleaningSamples.Box("mvhd", [2, 0, 0, 0]))],
            rest => Assert.Contains("do not fit into each other. Export it again", Refused([.. head, .. rest]), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_web_film_loses_its_tags_and_keeps_its_length(bool isLive)
    {
        var film = CleaningSamples.WebM(isLive);

        var kept = Kept(film);

        Assert.Equal(film.Length, kept.Length);
        Assert.Equal(film.AsSpan().IndexOf(CleaningSamples.Payload), kept.AsSpan().IndexOf(CleaningSamples.Payload));
        Assert.NotEqual(-1, kept.AsSpan().IndexOf(CleaningSamples.Payload));
        Assert.Equal(-1, kept.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x12, 0x54, 0xC3, 0x67]));
        Assert.NotEqual(-1, kept.AsSpan().IndexOf("\u0001vorbis"u8));
    }

    [Fact]
    public void A_web_film_with_a_track_of_data_is_refused()
    {
        Assert.Contains("has a track of data", Refused(CleaningSamples.WebM(trackType: 0x21)), StringComparison.Ordinal);
        Assert.Contains("do not fit into each other", Refused(CleaningSamples.WebM()[..^40]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_recording_the_sound_stays_alone() => Assert.Equal(CleaningSamples.Sound(5), Kept(CleaningSamples.Mp3()));

    [Fact]
    public void A_recording_without_sound_is_refused() => Assert.Contains("no sound can be found", Refused([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0]), StringComparison.Ordinal);

    [Fact]
    public void Plain_text_stays_to_the_byte()
    {
        var words = Encoding.UTF8.GetBytes("Words – to share\n");

        Assert.Same(words, FileCleaner.Clean(words, MediaType.Text).Bytes);
    }

    [Fact]
    public void Damaged_files_are_refused_or_of_the_same_kind_and_clean_at_once()
    {
        byte[][] whole = [CleaningSamples.Mp4(), CleaningSamples.Mp4(late: true), CleaningSamples.WebM(), CleaningSamples.WebM(isLive: true), CleaningSamples.Mp3(), DocumentCleaningTests.Pdf(), DocumentCleaningTests.Word()];
        var damage = Gen.Select(Gen.Double[0, 1], Gen.Byte, Gen.Int[0, 4]).Array[1, 6];
        Gen.Select(Gen.Int[0, whole.Length - 1].Select(at => whole[at]), damage, Gen.Double[0.2, 2]).Sample((bytes, faults, length) =>
        {
            var damaged = bytes[..(int)(bytes.Length * Math.Min(1, length))].ToList();
            foreach (var (at, value, width) in faults)
            {
                var index = (int)(at * (damaged.Count - 5));
                if (width == 0) damaged.Insert(index, value);
                else if (width == 1) damaged[index] = value;
                else damaged.RemoveRange(index, width);
            }

            return Holds([.. damaged]);
        }, iter: 2000);
    }

    /// <summary>Whatever looks through a file again and again from every place would not come to an end here.</summary>
    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_file_is_looked_through_to_its_end(string piece)
    {
        var many = MediaSamples.Text(string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length)));

        Assert.All<byte[]>([[.. "%PDF-1.4\n"u8, .. many], [.. CleaningSamples.Box("ftyp", "isom"u8.ToArray()), .. many], [.. MediaSamples.WebM(), .. many], [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. many]], file => Assert.True(Holds(file)));
    }

    internal static byte[] Kept(byte[] bytes)
    {
        var clean = FileCleaner.Clean(bytes, MediaSniffer.Of(bytes).Type!);

        Assert.Equal(string.Empty, clean.Refusal);
        Assert.True(Says(bytes, CleaningSamples.Name) || Says(bytes, CleaningSamples.Place) || bytes.Length < 2000, "The sample has nothing to clean.");
        Assert.False(Says(clean.Bytes!, CleaningSamples.Name), "It still names somebody.");
        Assert.False(Says(clean.Bytes!, CleaningSamples.Place), "It still names a place.");
        return clean.Bytes!;
    }

    internal static string Refused(byte[] bytes)
    {
        var clean = FileCleaner.Clean(bytes, MediaSniffer.Of(bytes).Type!);

        Assert.Null(clean.Bytes);
        Assert.EndsWith(".", clean.Refusal, StringComparison.Ordinal);
        return clean.Refusal;
    }

    internal static bool Says(byte[] bytes, string words) => bytes.AsSpan().IndexOf(MediaSamples.Text(words)) >= 0;

    private static bool Holds(byte[] bytes)
    {
        if (MediaSniffer.Of(bytes).Type is not { } type || type.Group == MediaGroup.Picture) return true;
        FileTitles.Of(bytes, type);
        return FileCleaner.Clean(bytes, type).Bytes is not { } kept || (MediaSniffer.Of(kept).Type == type && kept.AsSpan().SequenceEqual(FileCleaner.Clean(kept, type).Bytes));
    }
}
