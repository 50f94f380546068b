using Portal.Content.Documents;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Service;

/// <summary>What is about the service itself: services, organisations, notices, bulletins and their lists.</summary>
internal static class ServicePages
{
    public static SitePage Of(Document document) => GuidePages.Of(document, document switch
    {
        Content.Documents.Service => typeof(ServiceView),
        Organisation => typeof(OrganisationView),
        Notice or Update => typeof(DatedView),
        Page { View: PageView.Updates } => typeof(UpdatesView),
        Page { View: PageView.Status } => typeof(StatusView),
        Page { View: PageView.Providers } => typeof(ProvidersView),
        _ => throw new InvalidOperationException($"{document.GetType().Name} is not about the service."),
    });
}
