using System.Text.RegularExpressions;

using Portal.Cms.Referrals.Inbox;

using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>Messages and documents know nothing of each other: neither could leak into the other's pages, log or preview.</summary>
public sealed partial class ReferralRoomTests
{
    /// <summary>Slices that texts are written, checked, reviewed and delivered in.</summary>
    private static readonly string[] Documents = ["Bundles", "Calendar", "Checks", "Delivery", "Documents", "Leave", "Media", "Places", "Redirects", "Reports", "Review", "Revisions", "Sharing", "Tables", "Translations"];

    [Fact]
    public void No_slice_of_documents_names_the_messages() => Assert.Equal([], Sources.In("cms")
        .Where(file => Documents.Any(slice => file.Path.StartsWith($"cms/{slice}/", StringComparison.Ordinal)) && file.Text.Contains("Referral", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void The_messages_name_no_slice_of_documents()
    {
        var rooms = Sources.In("cms").Where(file => file.Path.StartsWith("cms/Referrals/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(rooms);
        Assert.Equal([], rooms.Where(file => Documents.Any(slice => file.Text.Contains($"Portal.Cms.{slice}", StringComparison.Ordinal))).Select(file => file.Path));
    }

    [Fact]
    public void Every_slice_is_of_one_kind_or_named_here()
    {
        string[] shared = ["Audit", "Backup", "Database", "Hosting", "Layout", "Publishing", "Referrals", "Staff", "Stage"];

        Assert.Equal(Documents.Concat(shared).Order(StringComparer.Ordinal), Sources.In("cms").Select(file => file.Path.Split('/')).Where(path => path.Length > 2).Select(path => path[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_act_on_messages_has_words_in_their_log()
    {
        var acts = Sources.In("cms").SelectMany(file => Act().Matches(file.Text)).Select(found => found.Groups["act"].Value).Distinct().ToList();

        Assert.True(acts.Count > 20, $"{acts.Count} acts.");
        Assert.Equal([], acts.Except(MessageLogPage.Acts.Select(act => act.Name)).Order(StringComparer.Ordinal));
    }

    /// <summary>What a key unlocks stays in its page: no storage, no address, no title, no log.</summary>
    [Fact]
    public void The_reader_keeps_and_tells_nothing()
    {
        string[] forbidden = ["localStorage", "sessionStorage", "indexedDB", "cookie", "history.", "pushState", "replaceState", "document.title", "console.", "innerHTML", "outerHTML", "insertAdjacentHTML", "postMessage", "sendBeacon", "WebSocket", "caches"];
        var scripts = Sources.In("theme").Where(file => file.Path == "theme/assets/reader.js" || file.Path.StartsWith("theme/assets/reader/", StringComparison.Ordinal)).ToList();

        Assert.True(scripts.Count > 5, $"{scripts.Count} scripts.");
        Assert.Equal([], scripts.SelectMany(file => forbidden.Where(word => file.Text.Contains(word, StringComparison.Ordinal)).Select(word => $"{file.Path}: {word}")));
    }

    [GeneratedRegex(@"""(?<act>referral\.[a-z.-]*[a-z])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Act();
}
