using Portal.Site.Rendering;

namespace Portal.Cms.Delivery;

/// <summary>What tells of the interface: a page for people and a description for programs. Both are made once, when first asked for.</summary>
internal sealed class DeliveryHelp
{
    private readonly Lazy<Answer> page = new(() =>
    {
        using var renderer = new PageRenderer();
        return Answer.Of(renderer.Render(typeof(ApiHelp), new Dictionary<string, object?>()), Answer.Html);
    });

    private readonly Lazy<Answer> description = new(() => Answer.Of(System.Text.Encoding.UTF8.GetBytes(OpenApi.Write())));

    public Answer Page => page.Value;

    public Answer Description => description.Value;
}
