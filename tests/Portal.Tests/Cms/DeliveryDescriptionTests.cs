using System.Text.Json.Nodes;

using Portal.Cms.Delivery;
using Portal.Content.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The description for programs and the page for people.</summary>
public sealed class DeliveryDescriptionTests(DeliveredSite site) : IClassFixture<DeliveredSite>
{
    private static readonly string Approved = Path.Combine(A.Repository, "tests", "Portal.Tests", "Cms", "openapi.approved.json");

    private CmsFixture Cms => site.Cms;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Others have programmed against it: what is taken away or renamed breaks them.</summary>
    [Fact]
    public async Task The_description_is_the_one_that_was_approved()
    {
        var served = (await Cms.Visitor().JsonAsync("/openapi/v1.json")).GetRawText().ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.Exists(Approved) ? (await File.ReadAllTextAsync(Approved, Cancel)).ReplaceLineEndings("\n") : string.Empty;
        if (served == approved) return;

        var got = Path.ChangeExtension(Approved, null)[..^".approved".Length] + ".received.json";
        await File.WriteAllTextAsync(got, served, Cancel);
        Assert.Fail($"The interface is described otherwise than was approved. Where that is right: mv {got} {Approved}");
    }

    [Fact]
    public void Every_reference_in_the_description_leads_somewhere()
    {
        var root = JsonNode.Parse(OpenApi.Write())!;
        var references = Descendants(root).OfType<JsonObject>().Select(node => node["$ref"]?.GetValue<string>()).OfType<string>().Distinct().ToList();

        Assert.True(references.Count > 20);
        Assert.Equal([], references.Where(reference => reference.Split('/')[1..].Aggregate((JsonNode?)root, (node, part) => node?[part]) is null));
        Assert.Equal([], DocumentKind.All.Where(kind => root["components"]!["schemas"]![kind.Type.Name] is null).Select(kind => kind.Name));
    }

    /// <summary>What is delivered, of every kind, holds no key the description does not know, and each that it promises.</summary>
    [Fact]
    public async Task Every_document_is_as_described()
    {
        var schemas = JsonNode.Parse(OpenApi.Write())!["components"]!["schemas"]!.AsObject();
        using var response = await Cms.Visitor().AskAsync("/api/v1/export");
        var wrong = new List<string>();
        foreach (var line in (await response.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var document = JsonNode.Parse(line)!.AsObject();
            var kind = DocumentKind.Find(document["kind"]!.GetValue<string>())!.Type.Name;
            var common = schemas["Document"]!;
            wrong.AddRange(Unknown(document, common, "body").Select(key => $"{document["id"]}: {key}"));
            wrong.AddRange(Unknown(document["facts"]!.AsObject(), schemas[kind + "Facts"]!).Select(key => $"{document["id"]}: facts.{key}"));
            wrong.AddRange(common["required"]!.AsArray().Select(key => key!.GetValue<string>()).Where(key => !document.ContainsKey(key)).Select(key => $"{document["id"]} lacks {key}"));
            foreach (var block in document["body"]!["blocks"]!.AsArray())
            {
                var described = schemas.Where(schema => schema.Key.EndsWith("Block", StringComparison.Ordinal)).First(schema => schema.Value?["properties"]?["block"]?["const"]?.GetValue<string>() == block!["block"]!.GetValue<string>());
                wrong.AddRange(Unknown(block!.AsObject(), described.Value!).Select(key => $"{document["id"]}: {described.Key}.{key}"));
            }
        }

        Assert.Equal([], wrong.Distinct());
    }

    [Fact]
    public async Task The_page_for_people_needs_no_script_and_no_cookie()
    {
        using var response = await Cms.Visitor().OpenAsync("/api");
        var page = await response.DocumentAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(page.Scripts);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("[style], th:not([scope]), table:not(:has(caption))"));
        Assert.Equal(DocumentKind.All.Select(kind => "/api/v1/" + kind.Name), page.QuerySelectorAll("li a").Select(link => link.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll("tbody code").Select(code => code.TextContent), address => Assert.Contains(address, OpenApi.Write(), StringComparison.Ordinal));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static IEnumerable<string> Unknown(JsonObject told, JsonNode schema, params string[] beside) =>
        told.Select(property => property.Key).Where(key => schema["properties"]![key] is null && !beside.Contains(key));

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => new[] { node }.Concat(node switch
    {
        JsonObject map => map.Select(property => property.Value).OfType<JsonNode>().SelectMany(Descendants),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Descendants),
        _ => [],
    });
}
