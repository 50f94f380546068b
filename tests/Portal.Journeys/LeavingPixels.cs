using Microsoft.Playwright;

namespace Portal.Journeys;

/// <summary>Counts colours in a screenshot. The browser decodes it: no image library is needed for that.</summary>
internal sealed class LeavingPixels : IAsyncDisposable
{
    private const string Count = """
        async ([image, type, wanted]) => {
          const picture = new Image();
          picture.src = `data:image/${type};base64,${image}`;
          await picture.decode();
          const canvas = new OffscreenCanvas(picture.width, picture.height);
          const brush = canvas.getContext("2d");
          brush.drawImage(picture, 0, 0);
          const pixels = new Uint32Array(brush.getImageData(0, 0, picture.width, picture.height).data.buffer);
          return wanted === null ? new Set(pixels).size : pixels.reduce((sum, pixel) => sum + (pixel === wanted), 0);
        }
        """;

    private readonly IPage page;

    private LeavingPixels(IPage page) => this.page = page;

    public static async Task<LeavingPixels> OpenAsync(IBrowser browser) => new(await browser.NewPageAsync());

    public async ValueTask DisposeAsync() => await page.CloseAsync();

    /// <summary>How many different colours it has: one where it is blank.</summary>
    public Task<int> ColoursAsync(string image) => page.EvaluateAsync<int>(Count, new object?[] { image, "png", null });

    /// <summary>How many of its pixels are pure magenta, a colour the site does not use.</summary>
    public Task<int> MagentaAsync(string image) => page.EvaluateAsync<int>(Count, new object?[] { image, "png", 0xffff00ffL });
}
