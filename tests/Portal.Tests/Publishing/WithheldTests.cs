using System.Text;

using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Publishing;

/// <summary>What must never be published reaches no file of the output: not a page, a feed, an index or a calendar.</summary>
public sealed class WithheldTests
{
    private static readonly (string Path, string Text)[] Secrets =
    [
        ("pages/places/secret/en.md", A.Point("Canary confidential", Where + "confidential: true\n")),
        ("pages/places/old/en.md", A.Point("Canary historic", Where).Replace("standing: current", "standing: historic", StringComparison.Ordinal)),
        ("pages/places/somewhere/en.md", A.Point("Canary without venue", Where).Replace("standing: current", "standing: no-venue", StringComparison.Ordinal)),
        ("pages/places/closed/en.md", A.Point("Canary not published", Where).Replace("publish: yes", "publish: no", StringComparison.Ordinal)),
        ("pages/lines/recalled/en.md", A.Line("Canary recalled", "01999 000001", source: "recalled")),
        ("pages/lines/unsure/en.md", A.Line("Canary unsure", "01999 000001", confidence: "recalled")),
        ("pages/lines/unreleased/en.md", A.Line("Canary not released", "01999 000001", ready: "false")),
        ("pages/lines/day/en.md", A.Line("A day line", "01622 000002").Replace("mode: voice", "night: \"01999 000001\"\nnightSource: recalled\nmode: voice", StringComparison.Ordinal)),
        ("pages/partners/unsure/en.md", A.Text("organisation", "Canary partner", "Words.\n", "role: partner\nconfidence: low\npublishReady: true\nurl: https://canary.example\n")),
        ("pages/notices/old/en.md", A.Text("notice", "Canary notice", "Words.\n", "from: 2026-01-01\nuntil: 2026-02-01\non: [everywhere]\n")),
        ("pages/updates/later/en.md", A.Text("update", "Canary bulletin", "Words.\n", "published: 2027-01-01\n")),
    ];

    private static string Where => "address: {line1: Canary street, town: Canary town, postcode: ME99 9XX}\nverifiedOn: 2026-11-01\nverifiedBy: Canary person\nhours: {weekly: [{days: [mon], opens: \"09:00\", closes: \"10:00\"}], bankHolidays: closed, confidence: high}\n";

    [Theory]
    [InlineData("demonstration")]
    [InlineData("live")]
    public void No_file_holds_anything_that_is_withheld(string stage)
    {
        var output = A.Output(A.Site([.. Secrets, ("settings.yaml", SmallSite.Settings(stage))]));

        foreach (var (path, bytes) in output.Files)
        {
            var text = Encoding.UTF8.GetString(bytes);
            Assert.All(new[] { "canary", "01999 000001", "01999000001", "1999000001", "ME99 9XX" }, secret =>
            {
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{path} holds '{secret}'.");
                Assert.DoesNotContain(secret, path, StringComparison.OrdinalIgnoreCase);
            });
        }

        Assert.Contains("01622 000002", output.Page("lines/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_is_published_to_about_ten_metres_however_it_was_typed()
    {
        var output = A.Output(A.Site(("pages/places/hall/en.md", A.Point("Town hall", "address: {line1: Town hall, town: Maidstone}\nverifiedOn: 2026-11-01\ncoordinates: {latitude: 51.27654321, longitude: 0.51234567, confidence: high}\n"))));

        Assert.All(output.Files, file => Assert.DoesNotMatch(@"51\.27654|0\.51234\d", Encoding.UTF8.GetString(file.Value)));
        Assert.Contains("data-lat=\"51.2765\" data-lon=\"0.5123\"", output.Page("find-help/index.html"), StringComparison.Ordinal);
        Assert.Contains("\"latitude\":51.2765,\"longitude\":0.5123", output.Page("places/hall/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refuge_with_an_address_stops_the_build()
    {
        var build = A.Build(A.Site(("pages/places/safe-place/en.md", A.Point("A place to stay", "address: {line1: A street, town: Maidstone}\n", "refuge"))));

        Assert.Null(build.Output);
        Assert.Contains(build.Problems, problem => problem.File == "pages/places/safe-place/en.md" && problem.What.StartsWith("A refuge holds", StringComparison.Ordinal));
    }

    [Fact]
    public void The_starter_site_holds_no_refuge_address_and_no_recalled_number()
    {
        var library = StarterSite.Library;
        var secret = library.All<Content.Documents.Helpline>().Where(line => !line.IsPublishable).Select(line => line.Number)
            .Concat(library.All<Content.Documents.Helpline>().Where(line => line.PublishableNight is null).Select(line => line.Night)).OfType<string>().ToHashSet();
        var shown = library.All<Content.Documents.Helpline>().Where(line => line.IsPublishable).SelectMany(line => new[] { line.Number, line.PublishableNight }).OfType<string>().ToHashSet();

        Assert.All(library.All<Content.Documents.AccessPoint>().Where(point => point.Type == Content.Documents.AccessPointType.Refuge), point => Assert.False(point.HoldsPlace));
        foreach (var page in StarterSite.Pages)
            Assert.All(secret.Except(shown), number => Assert.False(page.Text.Contains(number, StringComparison.Ordinal), $"{page.Path} holds {number}."));
    }

    [Fact]
    public void Addresses_of_documents_are_known_without_a_build() =>
        Assert.Equal(["/what-helps/", "/what-helps/more/"], Addresses.Of(A.Library(A.Site()).Find(Content.Documents.DocumentId.Parse("what-helps"))!.Base));
}
