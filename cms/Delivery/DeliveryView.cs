using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

using NodaTime;
using NodaTime.Text;

using Portal.Content.Languages;

namespace Portal.Cms.Delivery;

/// <summary>A document that is delivered, without its bytes.</summary>
internal sealed record DeliveredRow(long Id, string Document, string Language, string Kind, string Topics, string District, string Tag, Instant ChangedAt, int ItemLength, long From);

/// <summary>A document that is no longer delivered.</summary>
internal sealed record GoneRow(string Document, string Language, string Kind, Instant GoneAt, long Until);

/// <summary>
/// One edition as the interface answers from it. It never changes, so an answer made once stands as long as the view
/// does; a later edition is another view.
/// </summary>
/// <param name="bytes">Gives the bytes of rows by their id, in the order asked for.</param>
internal sealed class DeliveryView(long number, Guid publication, Instant at, byte[] site, IReadOnlyList<DeliveredRow> rows, Func<IReadOnlyList<long>, CancellationToken, Task<IReadOnlyList<byte[]>>> bytes)
{
    private const int MostAnswers = 4_000;
    private const long MostBytes = 32 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, Answer> answers = new();
    private readonly FrozenDictionary<(string Document, string Language), DeliveredRow> byId = rows.ToFrozenDictionary(row => (row.Document, row.Language));
    private readonly FrozenSet<string> languages = rows.Select(row => row.Language).Append(Language.Base.Code).Concat(Named(site)).ToFrozenSet();
    private long held;

    /// <summary>The cursor.</summary>
    public long Number => number;

    public Guid Publication => publication;

    public Instant At => at;

    /// <summary>In the order of the documents.</summary>
    public IReadOnlyList<DeliveredRow> Rows => rows;

    public bool Has(string document, string language) => byId.ContainsKey((document, language));

    /// <summary>The answer kept under a key, made where there is none.</summary>
    public async ValueTask<Answer> KeptAsync(string key, Func<Task<Answer>> make)
    {
        if (answers.TryGetValue(key, out var known)) return known;
        var made = await make();
        if (made.Status != StatusCodes.Status200OK) return made;
        if (Interlocked.Add(ref held, made.Bytes.Length) > MostBytes || answers.Count >= MostAnswers)
        {
            // Whoever asks for ever new pages empties the shelf, and can do no worse.
            answers.Clear();
            Interlocked.Exchange(ref held, made.Bytes.Length);
        }

        answers[key] = made;
        return made;
    }

    public Answer Site() => number == 0 ? Answer.NotFound("Nothing was published yet.") : Answer.Of([.. site.AsSpan(0, site.Length - 1), .. ",\"cursor\":\""u8, .. Utf8(number), .. "\",\"updatedAt\":\""u8, .. System.Text.Encoding.UTF8.GetBytes(InstantPattern.ExtendedIso.Format(at)), .. "\"}"u8]);

    /// <summary>One document, whole.</summary>
    public async Task<Answer> DocumentAsync(string kind, string document, string language, CancellationToken cancel)
    {
        if (Refusal(language) is { } refusal) return refusal;
        if (byId.GetValueOrDefault((document, language)) is not { } row || row.Kind != kind) return Answer.NotFound($"Nothing is published as {kind} '{document}' in '{language}'.");
        return (await bytes([row.Id], cancel)) is [{ Length: > 0 } found] ? new(found, Answer.Json, row.Tag) : Answer.NotFound("It was just replaced. Ask again.");
    }

    /// <summary>A page of the documents of a kind in one language, put together from their bytes.</summary>
    public async Task<Answer> ListAsync(string kind, DeliveryQuery query, CancellationToken cancel)
    {
        if (Refusal(query.Language) is { } refusal) return refusal;
        var found = rows.Where(row => row.Kind == kind && row.Language == query.Language
            && (query.Topic.Length == 0 || row.Topics.Contains($" {query.Topic} ", StringComparison.Ordinal))
            && (query.District.Length == 0 || row.District == query.District || row.District == "all")
            && (query.Since is not { } since || row.ChangedAt >= since)).ToList();
        var shown = found.Skip((int)Math.Min((query.Page - 1L) * query.Size, int.MaxValue)).Take(query.Size).ToList();
        var texts = shown.Count == 0 ? [] : await bytes([.. shown.Select(row => row.Id)], cancel);
        return Answer.Of(DocumentJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteString("language", query.Language);
            json.WriteNumber("page", query.Page);
            json.WriteNumber("size", query.Size);
            json.WriteNumber("total", found.Count);
            json.WriteStartArray("items");
            foreach (var (row, text) in shown.Zip(texts).Where(pair => pair.Second.Length > 0)) json.WriteRawValue([.. text.AsSpan(0, row.ItemLength), (byte)'}'], skipInputValidation: true);
            json.WriteEndArray();
            json.WriteStartObject("links");
            json.WriteString("self", Address(kind, query, query.Page));
            if (query.Page > 1) json.WriteString("previous", Address(kind, query, query.Page - 1));
            if ((long)query.Page * query.Size < found.Count) json.WriteString("next", Address(kind, query, query.Page + 1));
            json.WriteEndObject();
            json.WriteEndObject();
        }));
    }

    /// <summary>What came and went after a cursor: documents by their address, none of their words.</summary>
    public Answer Changes(long since, IReadOnlyList<GoneRow> gone) => Answer.Of(DocumentJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("cursor", Utf8(number));
        json.WriteStartArray("changes");
        foreach (var row in rows.Where(row => row.From > since).OrderBy(row => row.From).ThenBy(row => row.Document, StringComparer.Ordinal)) Write(json, row.Document, row.Kind, row.Language, row.ChangedAt, isGone: false);
        foreach (var row in gone.Where(row => row.Until > since && row.Until <= number && !Has(row.Document, row.Language)).GroupBy(row => (row.Document, row.Language)).Select(rows => rows.MaxBy(row => row.Until)!).OrderBy(row => row.Until).ThenBy(row => row.Document, StringComparer.Ordinal))
            Write(json, row.Document, row.Kind, row.Language, row.GoneAt, isGone: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    /// <summary>The languages of the site: one may be open while no document of its own is public yet.</summary>
    private static IEnumerable<string> Named(byte[] site)
    {
        if (site.Length == 0) return [];
        using var read = JsonDocument.Parse(site);
        return [.. read.RootElement.GetProperty("languages").EnumerateArray().Select(language => language.GetProperty("language").GetString()).OfType<string>()];
    }

    private Answer? Refusal(string language) => languages.Contains(language) ? null : Answer.Wrong($"'{language}' is no language of this site. There are: {string.Join(", ", languages.Order(StringComparer.Ordinal))}.");

    private static void Write(Utf8JsonWriter json, string document, string kind, string language, Instant changed, bool isGone)
    {
        json.WriteStartObject();
        json.WriteString("id", document);
        json.WriteString("kind", kind);
        json.WriteString("language", language);
        json.WriteString("change", new Change(document, kind, language, isGone).Name);
        json.WriteString("updatedAt", InstantPattern.ExtendedIso.Format(changed));
        if (!isGone) json.WriteString("href", $"{DeliveryServices.Root}{kind}/{document}?language={language}");
        json.WriteEndObject();
    }

    private static string Address(string kind, DeliveryQuery query, int page) =>
        $"{DeliveryServices.Root}{kind}?language={query.Language}{Part("topic", query.Topic)}{Part("district", query.District)}{Part("since", query.Since is { } since ? InstantPattern.ExtendedIso.Format(since) : string.Empty)}&page={page}&size={query.Size}";

    private static string Part(string name, string value) => value.Length == 0 ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";

    private static byte[] Utf8(long number) => System.Text.Encoding.ASCII.GetBytes(number.ToString());
}
