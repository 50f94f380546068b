using System.Text;

using CsCheck;

using Portal.Cms.Delivery;
using Portal.Content.Documents;
using Portal.Content.Publishing;
using Portal.Content.Text;
using Portal.Site.Building;
using Portal.Site.Map;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Values that are protected wherever they stand: no document of the interface holds one, whatever else is true of it.</summary>
public sealed class DeliveryProtectionTests
{
    private const string Checker = "Zzchecker";
    private const string Team = "Zzteam";
    private const string Street = "Zzstreet";
    private const string Recalled = "Zzrecalled";
    private const string Night = "020 7946 0987";

    private static readonly Gen<string> Place =
        from type in One("drop-in", "council-office", "remote", "refuge")
        from standing in One("current", "historic", "no-venue")
        from confidential in Gen.Bool
        from publish in One("yes", "after-phone-check", "no")
        from sure in One("high", "medium", "low", "recalled")
        from sureOfPoint in One("high", "medium", "low", "recalled")
        from verified in One("2026-11-20", "2026-01-01", "2027-01-01")
        select A.Text("access-point", "A place", string.Empty, $$"""
            type: {{type}}
            district: maidstone
            standing: {{standing}}
            confidential: {{(confidential ? "true" : "false")}}
            publish: {{publish}}
            confidence: {{sure}}
            verifiedOn: {{verified}}
            verifiedBy: {{Checker}}
            owner: {{Team}}
            reviewed: 2026-11-01
            helplines: [main]
            address: {line1: {{Street}}, town: Maidstone, postcode: ME14 1XX}
            coordinates: {latitude: 51.987654, longitude: 0.5, confidence: {{sureOfPoint}}}
            sources:
              - {name: {{Recalled}}, confidence: recalled}

            """);

    [Fact]
    public void No_document_holds_a_protected_value() => Gen.Select(Place, One("demonstration", "live")).Sample(
        (place, stage) =>
        {
            var files = A.Site([("settings.yaml", SmallSite.Settings(stage)), ("pages/places/secret/en.md", place),
                ("pages/lines/night/en.md", A.Line("A night line", "020 7946 0111").Replace("mode: voice", $"mode: voice\nnight: \"{Night}\"\nnightSource: recalled\naudience: [women]", StringComparison.Ordinal))]);
            var edition = A.Edition(files);
            var point = (AccessPoint)edition.Library.Find(DocumentId.Parse("places/secret"))!.Base;
            var isPublic = edition.Find(point.Id, Content.Languages.Language.Base) is not null;
            var told = Told(edition);

            Assert.DoesNotContain(Checker, told, StringComparison.Ordinal);
            Assert.DoesNotContain(Team, told, StringComparison.Ordinal);
            Assert.DoesNotContain(Recalled, told, StringComparison.Ordinal);
            Assert.DoesNotContain(Night, told, StringComparison.Ordinal);
            Assert.DoesNotContain("audience\":[\"women", told, StringComparison.Ordinal);
            Assert.Equal(isPublic && point.Type != AccessPointType.Refuge, told.Contains(Street, StringComparison.Ordinal));
            Assert.Equal(isPublic && point.Type != AccessPointType.Refuge && point.PublishableCoordinates is not null, told.Contains("51.9877,", StringComparison.Ordinal));
            Assert.DoesNotContain("51.98765", told, StringComparison.Ordinal);
            Assert.Equal(isPublic, told.Contains("places/secret", StringComparison.Ordinal));
        }, iter: 60);

    [Fact]
    public void Fields_for_the_editors_are_these_and_no_key_of_theirs_is_told()
    {
        var marked = DocumentKind.All.SelectMany(kind => FieldMap.Of(kind.Type).Fields.Where(field => field.IsForEditors).Select(field => $"{field.Property.DeclaringType!.Name}.{field.Key}")).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
        [
            "AccessPoint.confidential", "AccessPoint.publish", "AccessPoint.verifiedBy", "Campaign.channels", "Document.owner", "Helpline.audience", "Helpline.nightSource", "Helpline.numberSource",
            "Helpline.publishReady", "Organisation.area", "Organisation.from", "Organisation.publishReady", "Organisation.tags",
        ], marked);
        var told = Told(A.Edition(A.Site()));
        Assert.DoesNotContain("\"owner\":", told, StringComparison.Ordinal);
        Assert.DoesNotContain("\"publishReady\":", told, StringComparison.Ordinal);
        Assert.DoesNotContain("reviewedBy", told, StringComparison.Ordinal);
    }

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    /// <summary>Everything the interface would tell of an edition.</summary>
    private static string Told(Edition edition)
    {
        var assets = AssetBuilder.Add(edition, new SiteOutput(), Path.Combine(A.Repository, "site", "output.cache"), [])!;
        return Encoding.UTF8.GetString([.. DocumentJson.All(new SiteMap(edition), assets).SelectMany(text => text.Head.Concat(text.Body)), .. SiteJson.Of(edition)]);
    }
}
