using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>QE11, QE12: the control can be seen and hit on every kind of page, in every state of it and of the window.</summary>
public sealed class LeavingControlTests(BrowserFixture browsers, SiteFixture site)
{
    private const float Half = 0.5f;

    // Empty where all is well; else what is wrong.
    private const string Faults = """
        () => {
          const link = document.getElementById("leave");
          const box = link.getBoundingClientRect();
          const faults = [];
          if (box.width < 44 || box.height < 44) faults.push(`is ${box.width} by ${box.height}`);
          if (box.top < -0.5 || box.left < -0.5 || box.bottom > innerHeight + 0.5 || box.right > innerWidth + 0.5) faults.push(`lies at ${box.left}, ${box.top} to ${box.right}, ${box.bottom}`);
          for (const [x, y] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]]) {
            const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
            if (!link.contains(top)) faults.push(`is under ${top ? top.outerHTML.slice(0, 90) : "nothing"}`);
          }
          return faults.join("; ");
        }
        """;

    private const string EverySize = "() => { const look = " + Faults + """
        ; const root = document.documentElement;
          const told = [];
          for (const size of ["", "200%"]) {
            root.style.fontSize = size;
            for (const end of [0, root.scrollHeight]) {
              scrollTo(0, end);
              const faults = look();
              if (faults) told.push(`(text ${size || "100%"}, scrolled to ${Math.round(scrollY)}) ${faults}`);
            }
          }
          root.style.fontSize = "";
          scrollTo(0, 0);
          return told.join(" | ");
        }
        """;

    // Name, width, height, forced colours, dark. A zoom of 400 % on a desktop is a window of 320 by 256.
    private static readonly (string Name, int Width, int Height, ForcedColors Forced, ColorScheme Scheme)[] Windows =
    [
        ("a desktop", 1280, 720, ForcedColors.None, ColorScheme.Light),
        ("a small phone", 320, 568, ForcedColors.None, ColorScheme.Dark),
        ("a small phone in forced colours", 320, 568, ForcedColors.Active, ColorScheme.Dark),
        ("a desktop at 400 %", 320, 256, ForcedColors.None, ColorScheme.Light),
        ("a phone with the keyboard open", 390, 422, ForcedColors.None, ColorScheme.Light),
        ("a phone on its side with the keyboard open", 844, 195, ForcedColors.None, ColorScheme.Light),
    ];

    /// <summary>QE11, QE12: also from right to left, after scrolling to the end, and with text of twice the size.</summary>
    [Fact]
    public async Task The_control_can_be_seen_and_hit_on_every_kind_of_page_in_every_window()
    {
        await using var context = await ContextAsync(1280, 720);
        var page = await context.NewPageAsync();
        var faults = new List<string>();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu))
        {
            await page.GotoAsync(site.Url + address);
            foreach (var window in Windows)
            {
                await page.SetViewportSizeAsync(window.Width, window.Height);
                await page.EmulateMediaAsync(new() { ForcedColors = window.Forced, ColorScheme = window.Scheme });
                Note(faults, $"{address} on {window.Name}", await page.EvaluateAsync<string>(EverySize));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>QE11: where the writing turns, the control turns with it.</summary>
    [Fact]
    public async Task From_right_to_left_the_control_is_mirrored()
    {
        await using var context = await ContextAsync(1280, 720);
        var page = await context.NewPageAsync();

        await page.GotoAsync(site.Url + "/");
        var english = (await page.Locator("#leave").BoundingBoxAsync())!;
        await page.GotoAsync(site.Url + "/ur/");
        var urdu = (await page.Locator("#leave").BoundingBoxAsync())!;

        Assert.True(english.X > 1280 * Half, $"English at {english.X}");
        Assert.True(urdu.X + urdu.Width < 1280 * Half, $"Urdu at {urdu.X}");
    }

    /// <summary>QE11: in forced colours it keeps an edge that tells it from the page.</summary>
    [Fact]
    public async Task In_forced_colours_the_control_has_a_visible_edge()
    {
        await using var context = await ContextAsync(1280, 720, ForcedColors.Active);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/");

        var edge = await page.Locator("#leave").EvaluateAsync<string[]>(
            "link => { const style = getComputedStyle(link); return [style.borderTopWidth, style.borderTopColor, style.backgroundColor, getComputedStyle(document.body).backgroundColor]; }");

        Assert.NotEqual("0px", edge[0]);
        Assert.NotEqual(edge[3], edge[1]);
    }

    /// <summary>QE11: on iOS the keyboard lies over the page without making it smaller.</summary>
    [Fact]
    public async Task A_keyboard_that_covers_the_page_lifts_the_control_above_it()
    {
        await using var context = await ContextAsync(390, 700);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/my-plan/");

        await page.EvaluateAsync("""
            () => {
              Object.defineProperty(visualViewport, "height", { get: () => innerHeight / 2 });
              visualViewport.dispatchEvent(new Event("resize"));
            }
            """);
        var lifted = (await page.Locator("#leave").BoundingBoxAsync())!;

        Assert.InRange(lifted.Y + lifted.Height, 300, 350.5);
    }

    /// <summary>QE12: whatever is open, found or wrong on the page.</summary>
    [Theory, InlineData(320, 568), InlineData(390, 422), InlineData(1280, 720)]
    public async Task Nothing_on_the_page_ever_covers_the_control(int width, int height)
    {
        await using var context = await ContextAsync(width, height);
        var page = await context.NewPageAsync();
        var faults = new List<string>();

        async Task LookAsync(string state) => Note(faults, state, await page.EvaluateAsync<string>(Faults));

        foreach (var address in new[] { "/", "/ur/" })
        {
            await page.GotoAsync(site.Url + address);
            await page.ClickAsync(".p-languages summary");
            await LookAsync(address + " with the language menu open");
        }

        await page.GotoAsync(site.Url + "/find-help/");
        await page.FillAsync("#finder-where", "Deal");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".p-finder__distance:not([hidden])");
        await LookAsync("finder with places found");
        await page.FillAsync("#finder-where", "Atlantis");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#finder-where[aria-invalid]");
        await LookAsync("finder with a town it does not know");

        await page.GotoAsync(site.Url + "/search/");
        await page.FillAsync("#search-words", "home");
        await page.WaitForSelectorAsync(".p-search__results a");
        await LookAsync("search with results");

        await page.GotoAsync(site.Url + "/help-now/");
        await page.EvaluateAsync("() => { for (const part of document.querySelectorAll('details')) part.open = true; }");
        await LookAsync("all parts unfolded, and the menu");
        await page.EvaluateAsync("() => document.querySelector('main details').scrollIntoView()");
        await LookAsync("all parts unfolded, and scrolled to");

        await page.GotoAsync(site.Url + "/my-plan/");
        await page.Locator("textarea").First.FillAsync(string.Join('\n', Enumerable.Repeat("Ann", 60)));
        await LookAsync("a very long text");

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static void Note(List<string> faults, string where, string fault)
    {
        if (fault.Length > 0) faults.Add($"{where}: {fault}");
    }

    private Task<IBrowserContext> ContextAsync(int width, int height, ForcedColors forced = ForcedColors.None) =>
        browsers.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ForcedColors = forced,
            ReducedMotion = ReducedMotion.Reduce,
        });
}
