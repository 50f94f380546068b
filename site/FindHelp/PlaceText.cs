using Portal.Content.Documents;
using Portal.Site.Layout;
using Portal.Theme.Components;

namespace Portal.Site.FindHelp;

/// <summary>What is said of an access point, in words.</summary>
internal static class PlaceText
{
    /// <summary>What it is and where: "Drop-in, Maidstone".</summary>
    public static string Kind(PageContext context, AccessPoint point)
    {
        var kind = context[point.Type switch
        {
            AccessPointType.DropIn => "places.dropIn",
            AccessPointType.CouncilOffice => "places.councilOffice",
            AccessPointType.Remote => "places.remote",
            AccessPointType.Refuge => "places.refuge",
            _ => throw new InvalidOperationException($"The type {point.Type} has no words."),
        }];
        return $"{kind}, {District(context, point)}";
    }

    /// <summary>Name of the district, or "for all of Kent and Medway".</summary>
    public static string District(PageContext context, AccessPoint point) =>
        context.Edition.Library.Data.Gazetteer.FindDistrict(point.District)?.Name ?? context["places.everywhere"];

    /// <summary>The address on one line, or null.</summary>
    public static string? Address(AccessPoint point) => point.Address is not { } address ? null :
        string.Join(", ", new[] { address.Line1, address.Line2, address.Town, address.Postcode }.OfType<string>());

    public static IReadOnlyList<IconText> Facts(PageContext context, AccessPoint point)
    {
        var facts = new List<IconText>();
        if (point.Type != AccessPointType.Remote && point.Appointment != Appointment.Unknown)
            facts.Add(new("calendar", context[point.Appointment == Appointment.Needed ? "places.appointmentNeeded" : "places.appointmentNot"]));
        if (point.OpenTo.Count > 0)
            facts.Add(new("people", $"{context["places.openTo"]}: {string.Join(", ", point.OpenTo.Select(who => context["places." + Key(who)]))}"));
        if (point.Type != AccessPointType.Remote) facts.Add(new("wheelchair", context[point.StepFree switch
        {
            YesNo.Yes => "places.stepFree",
            YesNo.No => "places.notStepFree",
            _ => "places.stepFreeUnknown",
        }]));
        if (point.Spoken.Count > 0)
            facts.Add(new("speech", $"{context["places.languages"]}: {string.Join(", ", Spoken(context, point))}"));
        if (point.Travel is { } travel) facts.Add(new("map", context["places.travel"]) { Detail = travel });
        if (point.Accessibility is { } access) facts.Add(new("door", context["places.access"]) { Detail = access });
        return facts;
    }

    public static string Key(OpenTo who) => who.ToString().ToLowerInvariant();

    private static IEnumerable<string> Spoken(PageContext context, AccessPoint point) =>
        point.Spoken.Select(code => context.Edition.Library.Languages.FirstOrDefault(language => language.Code == code)?.Endonym ?? code);
}
