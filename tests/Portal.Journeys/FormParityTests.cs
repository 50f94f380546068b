using System.Text.Json;

using CsCheck;

using Portal.Content.Languages;
using Portal.Content.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>The page's script and the server refuse and keep the same: thousands of made-up posts, each looked at by both.</summary>
[Collection(FormOrder.Name)]
public sealed class FormParityTests(BrowserFixture browsers, FormFixture form)
{
    private const int Cases = 3000;

    /// <summary>Texts at which two implementations part: spaces of all kinds, line ends, control signs, digits of other scripts, long ones.</summary>
    private static readonly string[] Awkward =
    [
        "", " ", "\n", "\u00a0", "\u0085", "\ufeff", "\u2003x\u2003", "\u0001", "\u000b", "\t", "a\tb", "a\nb\r\nc\rd\fe\u0085f\u2028g\u2029h", "\u001fx\u007f\u009f", "yes", "no", "Yes", "on", "under16", "16to17", "18over", "unsure",
        "police", "other", "moving", "outside", "thanet", "Thanet", "ne", "en", "en-simple", "toString", "__proto__", "me", "work", "07700 900461", "+44 (0)1622 12-34/56 x7#", "12", "123", "12345678901234567890", "123456789012345678901",
        "٠٧٧٠٠ ٩٠٠٤٦١", "۰۷۷۰۰", "०९८१२", "০৯৮১২", "੦੯੮੧੨", "๐๑๒๓", "07700\n900461", "0".PadLeft(41, '0'), "123".PadRight(40, '-'), "123".PadRight(41, '-'), "+", "++441", "a@b.c", "a@b", "a@b.", "a@@b.c", "a b@c.de", "ა@მ.გე", "a@b.c.", "a@b..c", "\ufeffa@b.cd", "a@b\ufeff.cd",
        "Ann", "😀", "x".PadLeft(40, 'x'), "x".PadLeft(41, 'x'), "y".PadLeft(80, 'y'), "y".PadLeft(81, 'y'), "z".PadLeft(120, 'z'), "z".PadLeft(200, 'z'), "z".PadLeft(201, 'z'), "ک".PadLeft(500, 'ک'), "ک".PadLeft(501, 'ک'), "w".PadLeft(1000, 'w'), " " + "w".PadLeft(1001, 'w') + " ",
    ];

    [Fact]
    public async Task Page_and_server_agree_on_every_post()
    {
        var words = form.Site.Map.Edition.Library.WordsOf(Language.Base);
        var districts = form.Site.Map.Edition.Library.Data.Gazetteer.Districts.Select(district => district.Id).Concat(ReferralForm.AreasBeside).ToHashSet();
        var languages = form.Languages.Append(ReferralForm.OtherLanguage).ToHashSet();
        var posts = Posts();
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);

        var said = JsonSerializer.Deserialize<List<Verdict>>(await visitor.Page.EvaluateAsync<string>("""
            async posts => {
              const ask = document.querySelector('[data-ask]');
              const tool = await import(ask.dataset.module);
              const [steps, told] = [tool.read(ask), await tool.rest(ask.dataset.rest)];
              return JSON.stringify(JSON.parse(posts).map(post => {
                const checked = tool.checkValues(steps, told, post);
                const text = checked.mistakes.length ? null : tool.textOf(checked, 'en', '1');
                return { mistakes: checked.mistakes.map(each => each.field + ': ' + each.text), answers: checked.answers, urgent: !!checked.isUrgent, lead: !!checked.isForLead, text };
              }));
            }
            """, JsonSerializer.Serialize(posts)), JsonSerializerOptions.Web)!;

        Assert.Equal(Cases, said.Count);
        Assert.InRange(said.Count(verdict => verdict.Mistakes.Count == 0), Cases / 10, Cases);
        foreach (var (post, verdict) in posts.Zip(said))
        {
            var expected = ReferralAnswers.Check(post, districts, languages);
            var told = JsonSerializer.Serialize(post);
            Assert.True(expected.Mistakes.Select(mistake => $"{mistake.Field}: {words.Fill(mistake.Text, ("n", $"{mistake.Limit}"))}").SequenceEqual(verdict.Mistakes), $"{told}\nserver: {string.Join("; ", expected.Mistakes)}\npage: {string.Join("; ", verdict.Mistakes)}");
            Assert.True(expected.Given.OrderBy(answer => answer.Key, StringComparer.Ordinal).SequenceEqual(verdict.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal)), told);
            Assert.Equal((expected.IsUrgent, expected.IsForLead), (verdict.Urgent, verdict.Lead));
            if (verdict.Text is null) continue;
            using JsonDocument here = JsonDocument.Parse(expected.ToJson("en", "1")), there = JsonDocument.Parse(verdict.Text);
            Assert.True(JsonElement.DeepEquals(here.RootElement, there.RootElement), verdict.Text);
            Assert.Equal(here.RootElement.GetProperty("answers").EnumerateObject().Select(answer => answer.Name), there.RootElement.GetProperty("answers").EnumerateObject().Select(answer => answer.Name));
        }
    }

    /// <summary>Right answers with some of them made awkward or left out, and words that are no field.</summary>
    private static List<Dictionary<string, string>> Posts()
    {
        var posts = new List<Dictionary<string, string>>();
        var names = ReferralForm.Fields.Select(field => field.Name).Append("route").Append("unknown").ToArray();
        var change = Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[-2, Awkward.Length - 1]);
        Gen.Select(Gen.Int[0, 2], change.Array[0, 6]).Sample((route, changes) =>
        {
            var post = Right(ReferralForm.NameOf(ReferralForm.Routes[route]));
            foreach (var (name, awkward) in changes)
            {
                if (awkward < 0) post.Remove(names[name]);
                else post[names[name]] = Awkward[awkward];
            }

            lock (posts)
                if (posts.Count < Cases) posts.Add(post);
        }, iter: Cases, threads: 1);
        return posts;
    }

    private static Dictionary<string, string> Right(string route) =>
        "worker=Sam;organisation=School;source=education;workPhone=01622 1234;name=Ann;client=A.;phone=07700 900461;phoneText=yes;age=18over;consent=yes;risk=no;message=Please call.;privacy=yes"
            .Split(';').Append("route=" + route).Select(answer => answer.Split('=')).ToDictionary(answer => answer[0], answer => answer[1]);

    private sealed record Verdict(List<string> Mistakes, Dictionary<string, string> Answers, bool Urgent, bool Lead, string? Text);
}
