using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>Waiting for something that a page says of itself.</summary>
internal static class PageWaiting
{
    private const int MillisecondsBetweenLooks = 20;
    private const int LooksBeforeLost = 500;

    /// <summary>
    /// Looks again and again until an expression is true, for ten seconds and a little. The driver's own waiting evaluates
    /// the text anew inside the page each time, which our policy forbids: it only ever worked where the first look was enough.
    /// </summary>
    public static async Task UntilAsync(this IPage page, string expression)
    {
        for (var looks = 0; looks < LooksBeforeLost; looks++)
        {
            try
            {
                if (await page.EvaluateAsync<bool>($"!!({expression})")) return;
            }
            catch (PlaywrightException error) when (error.Message.Contains("context was destroyed", StringComparison.Ordinal))
            {
                // Another page came meanwhile: it is asked next.
            }

            await Task.Delay(MillisecondsBetweenLooks, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It never came to this: {expression}");
    }
}
