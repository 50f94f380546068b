using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>Each step, each way to fail and the thanks, looked at with axe; and every page about the form is valid HTML.</summary>
[Collection(FormOrder.Name)]
public sealed class FormLookTests(BrowserFixture browsers, FormFixture form)
{
    [Theory]
    [InlineData("work", "/contact/write/", 320, ColorScheme.Light, ForcedColors.None)]
    [InlineData("me", "/ur/contact/write/", 1280, ColorScheme.Dark, ForcedColors.None)]
    [InlineData("someone", "/contact/write/", 1280, ColorScheme.Dark, ForcedColors.Active)]
    public async Task No_step_breaks_a_rule(string route, string address, int width, ColorScheme colours, ForcedColors forced)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, address, options: new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colours, ForcedColors = forced, ReducedMotion = ReducedMotion.Reduce });
        var broken = new List<string>();
        await visitor.Page.CheckAsync("[name=danger][value=yes]");
        await LookAsync("danger");
        await visitor.GoToAsync("who");
        await visitor.Next.ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#errors")).ToBeVisibleAsync();
        await LookAsync("who, with its mistake");
        await visitor.BeginAgainAsync(route);
        foreach (var step in FormVisitor.Steps(route))
        {
            await Assertions.Expect(visitor.Page.Locator($"[data-step={step.Name}]")).ToBeVisibleAsync();
            if (step.Name is "reach" or "about") await visitor.Next.ClickAsync();
            if (step.Name is "reach" or "about") await Assertions.Expect(visitor.Page.Locator("#errors")).ToBeVisibleAsync();
            await visitor.AnswerAllAsync(step, route, "Ann");
            await LookAsync(step.Name);
            if (step.Name != "privacy") await visitor.Next.ClickAsync();
        }

        form.Intake.Answers.Enqueue(new(503));
        await visitor.FailAsync("network");
        await LookAsync("not sent");
        await visitor.SendAsync();
        await LookAsync("sent");

        Assert.True(broken.Count == 0, string.Join("\n", broken));

        // In forced colours the browser sets the colours, and axe compares those of the sheet with them.
        async Task LookAsync(string what) => broken.AddRange((await AxeRun.ViolationsAsync(visitor.Page)).Where(violation => forced == ForcedColors.None || !violation.StartsWith("color-contrast", StringComparison.Ordinal)).Select(violation => $"{what}: {violation}"));
    }

    [Fact]
    public async Task Every_page_about_the_form_is_valid()
    {
        var run = await HtmlTools.RunScriptAsync("validate.mjs", form.Output);

        Assert.True(run.ExitCode == 0, run.Said + run.Complained);
    }
}
