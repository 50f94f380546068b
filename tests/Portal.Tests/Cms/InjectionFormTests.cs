using System.Net;
using System.Net.Http.Headers;
using System.Text;

using AngleSharp.Html.Dom;

using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Bundles;
using Portal.Cms.Referrals;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Whatever form stands on a staff screen, by the routes of the running host, and what is brought in as a file.</summary>
public sealed class InjectionFormTests : IAsyncLifetime
{
    private const string Waiting = "pages/guides/girls-health/en.md";
    private const string Guide = "pages/guides/relationships/en.md";

    private static readonly Guid Id = new("0193a5b0-0000-7000-8000-000000000001");

    /// <summary>Addresses of a route with parameters; none where a test of its own fills it in or it takes nothing.</summary>
    private static readonly Dictionary<string, string[]> Addresses = new()
    {
        ["/documents/address/{*Path}"] = [$"/documents/address/{Guide}"],
        ["/documents/edit/{*Path}"] = [],
        ["/documents/history/{*Path}"] = [$"/documents/history/{Guide}"],
        ["/documents/preview-at/{*Path}"] = [$"/documents/preview-at/{Guide}"],
        ["/documents/publish/{*Path}"] = [$"/documents/publish/{Guide}", $"/documents/publish/{Waiting}"],
        ["/documents/share/{*Path}"] = [$"/documents/share/{Waiting}"],
        ["/media/file/{*Path}"] = ["/media/file/kit/words.txt"],
        ["/data/{*File}"] = ["/data/tone.yaml", "/data/navigation.yaml"],
        ["/bundles/{Id:guid}"] = [$"/bundles/{Id}"],
        ["/staff/{Id:guid}"] = [],
        ["/referrals/{Id:guid}"] = [],
        ["/referrals/{Id:guid}/acts"] = [$"/referrals/{Id}/acts"],
        ["/translations/edit/{Code}/{*Document}"] = ["/translations/edit/pl/home"],
        ["/translations/strings/{Code}"] = ["/translations/strings/pl?part=form"],
    };

    /// <summary>Forms that must be among those that are filled in: a page of each room.</summary>
    private static readonly string[] Known =
    [
        "/account rename", "/staff invite", "/documents/new new", "/bundles new", "/translations/edit/pl/home edit", "/translations/strings/pl?part=form edit", "/data/tone.yaml edit", "/settings edit",
        "/media/file/kit/words.txt describe", "/redirects add", "/delivery webhook", "/delivery token", $"/documents/publish/{Guide} submit", $"/documents/publish/{Guide} withdraw", $"/documents/publish/{Waiting} decide", $"/bundles/{Id} change",
    ];

    private CmsFixture cms = null!; // Set before each test.
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsContent.TakeInAsync(A.Site());
        using var author = await cms.ClientAsync(Role.Author);
        foreach (var path in new[] { Guide, Waiting }) Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync("/documents/edit/" + path, "edit", ("f.summary", "Other words."), ("act", "save"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync("/documents/publish/" + Waiting, "submit")).StatusCode);
        await using var database = cms.Database();
        database.Add(new Bundle { Id = Id, Name = "Winter" });
        database.Add(new Referral { Id = Id, Reference = "7K3M9QWX", KeySet = "set", Readers = string.Empty, Received = cms.Now, SizeClass = 4, Group = ReferralGroup.Team, Urgent = true, State = ReferralState.InProgress, OpenedAt = cms.Now });
        await database.SaveChangesAsync(Cancel);
        client = await cms.SignInAsync(await cms.PersonAsync(roles: [.. Enum.GetValues<Role>().Select(role => (role, role == Role.Translator ? "pl" : string.Empty))]));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await cms.DisposeAsync();
    }

    [Fact]
    public async Task A_script_in_any_field_of_any_form_stays_words()
    {
        var filled = new HashSet<string>();
        foreach (var address in Pages())
            foreach (var form in Forms(await client.PageAsync(address)).Select(Name).ToList())
                foreach (var injection in Injections.By(12))
                {
                    if (Forms(await client.PageAsync(address)).FirstOrDefault(each => Name(each) == form) is not { } again) break; // What was sent took the form away.
                    filled.Add($"{address} {form}");
                    await SendAsync(address, again, injection);
                    Harm.None(await client.PageAsync(address), injection);
                }

        Assert.Equal(string.Empty, string.Join("; ", Known.Except(filled)));
        foreach (var list in new[] { "/", "/audit", "/staff", "/publishing", "/reviews", "/bundles", "/calendar", "/reports", "/documents", "/translations" }) Harm.None(await client.PageAsync(list), list);
    }

    [Fact]
    public async Task A_script_in_a_table_that_is_imported_stays_words()
    {
        const string head = "path,title,tabTitle,summary,type,district,standing,helplines,confidence,publish,address.line1,address.town,openTo";
        var rows = Injections.All.Select(each => string.Join(',', Enumerable.Repeat($"\"{each.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", head.Count(letter => letter == ',') + 1)));

        var table = $"{head}\n{string.Join('\n', rows)}\n";
        var answer = await UploadAsync("/places/import", ("file", "places.csv", table), ("act", "check"));

        Assert.True(answer.QuerySelectorAll("table.list tbody tr").Length >= Injections.All.Count);
        Harm.None(answer, "/places/import");
    }

    [Fact]
    public async Task A_script_in_a_translation_file_stays_words()
    {
        var file = await client.GetStringAsync(new Uri("/translations/xliff/chosen?language=pl&documents=home", UriKind.Relative), Cancel);
        var changed = file.Replace(">Ty decydujesz.<", $">{WebUtility.HtmlEncode(string.Join(' ', Injections.All))}<", StringComparison.Ordinal);
        Assert.NotEqual(file, changed);

        foreach (var act in new[] { "try", "take" }) Harm.None(await UploadAsync("/translations/xliff", ("file", "pl.xlf", changed), ("language", "pl"), ("act", act)), act);

        Harm.None(await client.PageAsync("/translations/edit/pl/home"), "The taken file");
    }

    /// <summary>Every screen there is, once; a route with a parameter that nobody gave an address for ends the test.</summary>
    private IEnumerable<string> Pages() => cms.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal)
        .SelectMany(route => route.Contains('{', StringComparison.Ordinal) ? Addresses[route] : [route]);

    /// <summary>Forms of a page that take words.</summary>
    private static IEnumerable<IHtmlFormElement> Forms(IHtmlDocument page) => page.Forms.Where(form => form.Method == "post" && Words(form).Any());

    private static IEnumerable<string> Words(IHtmlFormElement form) => form.QuerySelectorAll("input[name]:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=password]), textarea[name]").Select(each => each.GetAttribute("name")!);

    private static string Name(IHtmlFormElement form) => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") ?? form.GetAttribute("action") ?? string.Empty;

    private async Task SendAsync(string address, IHtmlFormElement form, string injection)
    {
        var words = Words(form).ToHashSet();
        // A button's value goes along where it has one: the first of them is what the form is for.
        var act = form.QuerySelector("button[name]") is { } button ? [(button.GetAttribute("name")!, button.GetAttribute("value") ?? string.Empty)] : Array.Empty<(string, string)>();
        var fields = Cms.Forms.Standing(form).Where(each => !words.Contains(each.Name)).Concat(words.Select(name => (name, injection))).Concat(act);
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await client.PostAsync(new Uri(form.GetAttribute("action") is { Length: > 0 } action ? action : address, UriKind.Relative), content, Cancel);
        if (answer.Content.Headers.ContentType?.MediaType == "text/html") Harm.None(await answer.DocumentAsync(), injection);
    }

    private async Task<IHtmlDocument> UploadAsync(string address, (string Field, string Name, string Text) file, params (string Name, string Value)[] fields)
    {
        var form = (await client.PageAsync(address)).Forms.Single(each => each.QuerySelector("input[type=file]") is not null);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in Cms.Forms.Standing(form).Where(each => each.Name != file.Field && fields.All(field => field.Name != each.Name)).Concat(fields)) content.Add(new StringContent(value), name);
        using var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(file.Text));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        content.Add(bytes, file.Field, file.Name);
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content, Cancel);
        return await answer.DocumentAsync();
    }
}
