namespace Portal.Content.Referrals;

/// <summary>
/// The contact form: every question it asks, once. The page draws it, the browser's checks read what the page says, and
/// the intake checks a post without JavaScript by it. What it must never ask stands in the rules of the field: no name,
/// address or number of the abuser, no home address, place of a refuge, immigration status, national insurance or NHS
/// number, medical detail, account of assaults, files, date of birth, employer, bank, position, how they heard of us, nor
/// children's names or counts.
/// </summary>
public static class ReferralForm
{
    /// <summary>Version of the sealed text's shape.</summary>
    public const int Version = 1;

    private const ReferralRoutes Own = ReferralRoutes.Me | ReferralRoutes.Someone;

    /// <summary>Whoever asks for help for somebody. A friend gets advice, so no more is asked than their age (the minimal form).</summary>
    private const ReferralRoutes ForHelp = ReferralRoutes.Me | ReferralRoutes.Work;

    /// <summary>Answers of the age field. Under 16 is shown Childline and children's services, and never turned away (clause 7).</summary>
    public const string Under16 = "under16";

    /// <summary>Beside Childline, lines that whoever is under 16 is shown where they are public: id, and the area as everybody writes it.</summary>
    public static IReadOnlyList<(string Line, string Area)> ChildrensServices { get; } = [("kent-csc", "Kent"), ("medway-csc", "Medway")];

    /// <summary>Answers of the area beside the districts' ids, in the order of the list.</summary>
    public static IReadOnlyList<string> AreasBeside { get; } = ["moving", "outside", "unsure"];

    /// <summary>Answer of the language beside the codes of the site's languages.</summary>
    public const string OtherLanguage = "other";

    /// <summary>In the order they are asked. Danger and device come before, and are never sent.</summary>
    public static IReadOnlyList<ReferralStep> Steps { get; } =
    [
        new("work", "form.work.title",
        [
            new("worker", ReferralControl.Line, "form.work.name") { Limit = 80, Asked = ReferralRoutes.Work, Required = ReferralRoutes.Work, Mistake = "form.errors.worker", Autocomplete = "name" },
            new("organisation", ReferralControl.Line, "form.work.organisation") { Limit = 120, Asked = ReferralRoutes.Work, Required = ReferralRoutes.Work, Mistake = "form.errors.organisation", Autocomplete = "organization" },
            new("source", ReferralControl.Select, "form.work.source")
            {
                Asked = ReferralRoutes.Work, Required = ReferralRoutes.Work, Mistake = "form.errors.source",
                Choices = [("police", "form.work.police"), ("housing", "form.work.housing"), ("children", "form.work.children"), ("adults", "form.work.adults"), ("health", "form.work.health"), ("education", "form.work.education"), ("voluntary", "form.work.voluntary"), ("other", "form.work.other")],
            },
            new("job", ReferralControl.Line, "form.work.role") { Limit = 80, Asked = ReferralRoutes.Work, Autocomplete = "organization-title" },
            new("workPhone", ReferralControl.Phone, "form.work.phone") { Limit = 40, Asked = ReferralRoutes.Work, Mistake = "form.errors.phone", Autocomplete = "work tel" },
            new("workEmail", ReferralControl.Email, "form.work.email") { Limit = 120, Asked = ReferralRoutes.Work, Mistake = "form.errors.email", Autocomplete = "work email" },
        ]) { Asked = ReferralRoutes.Work, Hint = "form.work.contactHint", OneOf = [new("workPhone", []), new("workEmail", [])], Mistake = "form.errors.workReach" },

        new("name", "form.name.title",
        [
            new("name", ReferralControl.Line, "form.name.label") { Limit = 80, Hint = "form.name.hint", Asked = Own, Required = Own, Mistake = "form.errors.name" },
        ]) { Asked = Own },

        new("client", "form.client.title",
        [
            new("client", ReferralControl.Line, "form.client.label") { Limit = 40, Hint = "form.client.hint", Asked = ReferralRoutes.Work, Required = ReferralRoutes.Work, Mistake = "form.errors.client" },
        ]) { Asked = ReferralRoutes.Work },

        new("reach", "form.reach.title",
        [
            new("phone", ReferralControl.Phone, "form.reach.phone") { Limit = 40, Mistake = "form.errors.phone" },
            new("phoneCall", ReferralControl.Tick, "form.reach.call"),
            new("phoneVoicemail", ReferralControl.Tick, "form.reach.voicemail"),
            new("phoneText", ReferralControl.Tick, "form.reach.text"),
            new("email", ReferralControl.Email, "form.reach.email") { Limit = 120, Mistake = "form.errors.email" },
            new("emailSafe", ReferralControl.Tick, "form.reach.mail"),
            new("other", ReferralControl.Line, "form.reach.other") { Limit = 200, Hint = "form.reach.otherHint" },
            new("times", ReferralControl.Line, "form.reach.times") { Limit = 200, Hint = "form.reach.timesHint" },
        ])
        {
            TitleAtWork = "form.reach.titleWork", Hint = "form.reach.hint", Mistake = "form.errors.reach",
            OneOf = [new("phone", ["phoneCall", "phoneText"]), new("email", ["emailSafe"]), new("other", [])],
        },

        new("about", "form.about.title",
        [
            new("age", ReferralControl.Choice, "form.about.age") { Required = ReferralRoutes.All, Mistake = "form.errors.age", Choices = [(Under16, "form.about.under16"), ("16to17", "form.about.young"), ("18over", "form.about.adult")] },
            new("district", ReferralControl.Select, "form.about.district") { Asked = ForHelp, Table = ReferralTable.Districts },
            new("language", ReferralControl.Select, "form.about.language") { Asked = ForHelp, Table = ReferralTable.Languages },
            new("otherLanguage", ReferralControl.Line, "form.about.otherLanguage") { Asked = ForHelp, Limit = 60 },
            new("interpreter", ReferralControl.Tick, "form.about.interpreter") { Asked = ForHelp },
            new("access", ReferralControl.Line, "form.about.access") { Asked = ForHelp, Limit = 200, Hint = "form.about.accessHint" },
        ]) { TitleAtWork = "form.about.titleWork" },

        new("consent", "form.consent.title",
        [
            new("consent", ReferralControl.Choice, "form.consent.label") { Asked = ReferralRoutes.Work, Required = ReferralRoutes.Work, Mistake = "form.errors.consent", Choices = [("yes", "form.consent.yes"), ("no", "form.consent.no")] },
            new("basis", ReferralControl.Text, "form.consent.basis") { Limit = 200, Hint = "form.consent.basisHint", Asked = ReferralRoutes.Work, Mistake = "form.errors.basis" },
        ]) { Asked = ReferralRoutes.Work },

        new("risk", "form.risk.title",
        [
            new("risk", ReferralControl.Choice, "form.risk.label") { Hint = "form.risk.help", Asked = ReferralRoutes.Work, Required = ReferralRoutes.Work, Mistake = "form.errors.risk", Choices = [("yes", "form.risk.yes"), ("no", "form.risk.no"), ("unsure", "form.risk.unsure")] },
        ]) { Asked = ReferralRoutes.Work },

        new("message", "form.message.title",
        [
            new("message", ReferralControl.Text, "form.message.label") { Limit = 500, LimitAtWork = 1000, Hint = "form.message.hint", HintAtWork = "form.message.hintWork" },
            new("worksHere", ReferralControl.Tick, "form.message.here") { Hint = "form.message.hereHint" },
        ]),

        new("privacy", "form.privacy.title",
        [
            new("privacy", ReferralControl.Tick, "form.privacy.tick") { Required = ReferralRoutes.All, Mistake = "form.errors.privacy" },
        ]),
    ];

    /// <summary>Every field, in the order of the page.</summary>
    public static IReadOnlyList<ReferralField> Fields { get; } = [.. Steps.SelectMany(step => step.Fields)];

    /// <summary>The routes, one by one, in the order they are offered.</summary>
    public static IReadOnlyList<ReferralRoutes> Routes { get; } = [ReferralRoutes.Me, ReferralRoutes.Someone, ReferralRoutes.Work];

    /// <summary>The name of a route in a post and in the sealed text.</summary>
    public static string NameOf(ReferralRoutes route) => route switch
    {
        ReferralRoutes.Me => "me",
        ReferralRoutes.Someone => "someone",
        ReferralRoutes.Work => "work",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "Not one route."),
    };

    /// <summary>The route of a name; <see cref="ReferralRoutes.None"/> for any other word.</summary>
    public static ReferralRoutes RouteOf(string? name) => name switch
    {
        "me" => ReferralRoutes.Me,
        "someone" => ReferralRoutes.Someone,
        "work" => ReferralRoutes.Work,
        _ => ReferralRoutes.None,
    };
}
