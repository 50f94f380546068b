using Portal.Content.Documents;

namespace Portal.Cms.Delivery;

/// <summary>The headless interface: its addresses, and what stands behind each.</summary>
internal static class DeliveryServices
{
    public const string Root = "/api/v1/";

    /// <summary>The OpenAPI document.</summary>
    public const string Description = "/openapi/v1.json";

    /// <summary>The page for people.</summary>
    public const string HelpPage = "/api";

    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton<DeliveryFeed>().AddSingleton<DeliveryLimit>().AddSingleton<DeliveryHelp>().AddSingleton<DeliveryEndpoint>().AddScoped<DeliveryPreview>().AddScoped<DeliveryTokens>();
        return services.AddScoped<Webhooks>().AddSingleton<WebhookClient>().AddSingleton<WebhookSender>().AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
    }

    public static void MapDelivery(this IEndpointRouteBuilder app)
    {
        var endpoint = app.ServiceProvider.GetRequiredService<DeliveryEndpoint>();
        Map(HelpPage, (_, _) => new(endpoint.Help.Page));
        Map(Description, (_, _) => new(endpoint.Help.Description));
        Map(Root + "site", (context, view) => DeliveryEndpoint.SiteAsync(context, view));
        Map(Root + "changes", (context, view) => endpoint.ChangesAsync(context, view));
        Map(Root + "{kind}", (context, view) => DeliveryEndpoint.ListAsync(context, view, Value(context, "kind")));
        Map(Root + "{kind}/{**id}", (context, view) => DeliveryEndpoint.DocumentAsync(context, view, Value(context, "kind"), Value(context, "id")));
        app.Map(Root + "export", context => endpoint.RunAsync(context, DeliveryLimit.ExportCosts, endpoint.ExportAsync)).AllowAnonymous().ShortCircuit();

        // Short circuit: none of what staff need (session, form token, error page) is worked through, and no cookie is ever set.
        void Map(string pattern, Func<HttpContext, DeliveryView, ValueTask<Answer>> make) =>
            app.Map(pattern, context => endpoint.RunAsync(context, 1, async (asking, view) => await DeliveryEndpoint.SendAsync(asking, await make(asking, view)))).AllowAnonymous().ShortCircuit();
    }

    private static string Value(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? string.Empty;

    public static bool IsKind(string name) => DocumentKind.Find(name) is not null;
}
