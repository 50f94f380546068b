using System.Text;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Benchmarks;

/// <summary>
/// A content folder of any size with the shape of the starter's: the starter itself, and beside it guides of about 350
/// words in every language, each with headings, lists, a table, a callout, a contact card and links. The sentences are
/// the starter's own, so that scripts and directions are real. The same size gives the same bytes.
/// </summary>
internal sealed class Corpus
{
    private const int WordsOnAPage = 350;
    private const int GuidesInAFolder = 40;

    private readonly Edition edition;
    private readonly Dictionary<string, IReadOnlyList<string>> sentences;
    private int guides;

    public Corpus(Edition edition)
    {
        this.edition = edition;
        sentences = edition.Languages.Where(language => !language.IsSimple).ToDictionary(language => language.Code, Sentences);
    }

    /// <summary>Writes a corpus of at least <paramref name="count"/> pages, or texts, below <paramref name="folder"/>, which must be empty or missing: a guide is one of either in each language.</summary>
    /// <param name="ofStarter">How many of them the starter alone gives.</param>
    public void Write(string folder, int count, int ofStarter)
    {
        var files = edition.Library.Files;
        foreach (var path in files.Paths) Put(folder, path, files.Bytes(path));

        guides = (Math.Max(0, count - ofStarter) + sentences.Count - 1) / sentences.Count;
        for (var guide = 0; guide < guides; guide++)
        {
            var basis = Text(Language.Base.Code, guide, stamp: null);
            var stamp = Stamp.Of(DocumentText.Parse(basis), typeof(Guidance));
            foreach (var code in sentences.Keys)
                Put(folder, $"pages/{IdOf(guide)}/{code}.md", Encoding.UTF8.GetBytes(code == Language.Base.Code ? basis : Text(code, guide, stamp)));
        }
    }

    private static void Put(string folder, string path, byte[] bytes)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, bytes);
    }

    private static string IdOf(int guide) => $"guides/set-{guide / GuidesInAFolder}/topic-{guide}";

    private string Text(string code, int guide, string? stamp)
    {
        var draw = new Draw(sentences[code], (guide * 31) + code.Sum(letter => letter));
        var text = new StringBuilder("---\n");
        if (stamp is null)
        {
            text.Append("kind: guidance\nowner: Content team\nreviewed: 2026-11-22\nreviewBy: 2027-05-22\ntopics: [family]\n")
                .Append($"related: [{IdOf((guide + 1) % guides)}, {IdOf((guide + 7) % guides)}]\n")
                .Append("sources:\n  - name: A public page\n    url: https://www.legislation.gov.uk/\n    seen: 2026-11\n    confidence: high\n");
        }

        text.Append($"title: {Quoted(draw.Next(), 70)}\ntabTitle: \"{code.ToUpperInvariant()} {guide}\"\nsummary: {Quoted(draw.Next(), 150)}\nclosing: {Quoted(draw.Next(), 150)}\n");
        if (stamp is not null) text.Append($"source: {stamp}\nstate: machine-draft\n");
        text.Append("---\n");
        while (draw.Words < WordsOnAPage) Section(text, draw, guide);
        return text.Append("\n::: contact line=vs-24h\n:::\n").ToString();
    }

    private void Section(StringBuilder text, Draw draw, int guide)
    {
        text.Append($"\n## {Cut(draw.Next(), 60)}\n\n{draw.Next()} {draw.Next()}\n\n");
        text.Append($"{draw.Next()} [{Cut(draw.Next(), 40)}](/{IdOf((guide + draw.Words) % guides)}/). [{Cut(draw.Next(), 40)}](/help-now/)\n\n");
        for (var item = 0; item < 4; item++) text.Append($"- **{Cut(draw.Next(), 30)}** {draw.Next()}\n");
        text.Append($"\n::: table caption=\"{Cut(draw.Next(), 40)}\"\n| {Cut(draw.Next(), 20)} | {Cut(draw.Next(), 20)} |\n|---|---|\n");
        for (var row = 0; row < 3; row++) text.Append($"| {Cut(draw.Next(), 40)} | {Cut(draw.Next(), 40)} |\n");
        text.Append($":::\n\n::: callout tone=calm title=\"{Cut(draw.Next(), 40)}\"\n{draw.Next()}\n:::\n");
    }

    private static string Quoted(string text, int longest) => $"\"{Cut(text, longest)}\"";

    /// <summary>At most so many characters, ending at a word.</summary>
    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(text.LastIndexOf(' ', longest) is var at and > 0 ? at : longest)].TrimEnd();

    /// <summary>Sentences of a language without a letter that Markdown or YAML would read as its own.</summary>
    private IReadOnlyList<string> Sentences(Language language)
    {
        var found = edition.Documents.Select(document => edition.Find(document.Id, language)).OfType<Document>()
            .SelectMany(document => document.Body.Texts).SelectMany(text => text.Plain.Split('\n')).Select(line => line.Trim())
            .Where(line => line.Length is > 12 and < 160 && char.IsLetter(line[0]) && line.IndexOfAny(['*', '_', '[', ']', '<', '>', '|', '`', '"', '\\', '&', '#', ':', '%', '@']) < 0 && !line.Any(char.IsDigit))
            .Distinct().ToList();
        return found.Count > 0 ? found : throw new InvalidOperationException($"The starter has no sentence in {language.Code} to draw from.");
    }

    /// <summary>Sentences in an order that looks mixed and is the same every time.</summary>
    private sealed class Draw(IReadOnlyList<string> pool, int start)
    {
        private uint state = (uint)start + 1;

        /// <summary>Words drawn up to now.</summary>
        public int Words { get; private set; }

        public string Next()
        {
            state = (state * 1664525) + 1013904223; // Numerical Recipes' constants: any full-period generator would do.
            var sentence = pool[(int)((state >> 8) % (uint)pool.Count)];
            Words += sentence.Count(letter => letter == ' ') + 1;
            return sentence;
        }
    }
}
