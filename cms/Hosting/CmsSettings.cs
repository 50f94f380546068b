namespace Portal.Cms.Hosting;

/// <summary>The few settings of the CMS, each <c>Portal__Name</c> in the environment.</summary>
public sealed record CmsSettings
{
    /// <summary>Folder of the database file and the published site; made where it is missing.</summary>
    public string Data { get; init; } = Path.Combine("cms", "data");

    /// <summary>Connection string of a PostgreSQL server; empty for one SQLite file in <see cref="Data"/>.</summary>
    public string Database { get; init; } = string.Empty;

    /// <summary>Folder that is imported when the database is new.</summary>
    public string Content { get; init; } = "content";

    /// <summary>Where staff reach the CMS. A name, not a number: passkeys refuse an address of digits.</summary>
    public string Url { get; init; } = "http://localhost:5080";

    /// <summary>Where the CMS listens; empty for <see cref="Url"/>. Behind a proxy that staff reach by <see cref="Url"/> it is another address.</summary>
    public string Listen { get; init; } = string.Empty;

    /// <summary>Addresses or networks of the proxies whose word counts on who asks and how, with commas between; empty for none.</summary>
    public string Proxies { get; init; } = string.Empty;

    /// <summary>File with a certificate and its private key (PEM) that encrypts the keys in the database; empty for none.</summary>
    public string KeyFile { get; init; } = string.Empty;

    /// <summary>Where the published site is served for a look; empty where another server does.</summary>
    public string SiteUrl { get; init; } = "http://127.0.0.1:5081";

    /// <summary>Where the intake of messages listens, apart from everything staff use; empty for no intake. The site names its public address in <c>settings.yaml</c>.</summary>
    public string IntakeUrl { get; init; } = "http://127.0.0.1:5082";

    /// <summary>The mail server that tells staff there is work to do; null for none.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Secret of the check for humans by reCAPTCHA; empty, as it is by default, for none. Its site key stands in <c>settings.yaml</c> (<c>humanCheck</c>).</summary>
    public string HumanCheckSecret { get; init; } = string.Empty;

    /// <summary>Folder the site is published to; empty for <c>site</c> in <see cref="Data"/>.</summary>
    public string Output { get; init; } = string.Empty;

    /// <summary>Requests a minute that one address may send to the headless interface; at least 20.</summary>
    public int ApiPerMinute { get; init; } = 600;

    /// <summary>True lets webhooks call this machine without https: for tests, never where others can add one.</summary>
    public bool WebhooksToLoopback { get; init; }

    /// <summary>The Owner made at the first start; without it a set-up link is logged.</summary>
    public OwnerSettings? Owner { get; init; }

    /// <summary>The host that each publication is deployed to; null for none.</summary>
    public NetlifySettings? Netlify { get; init; }

    public string DatabaseFile => Path.Combine(Data, "portal.db");

    public string ListensOn => Listen.Length > 0 ? Listen : Url;

    public string SiteFolder => Output.Length > 0 ? Output : Path.Combine(Data, "site");

    public bool IsPostgres => Database.Length > 0;

    public static CmsSettings From(IConfiguration configuration) => configuration.GetSection("Portal").Get<CmsSettings>() ?? new();
}

/// <summary>An Owner for a start without hands. They must enrol a second factor when they first sign in.</summary>
public sealed record OwnerSettings
{
    public string Email { get; init; } = string.Empty;

    /// <summary>Must follow the rules for passphrases; changed by its owner after the first start, the setting no longer counts.</summary>
    public string Password { get; init; } = string.Empty;
}

/// <summary>A mail server. A class, so that no text of it ever holds the password.</summary>
public sealed class MailSettings
{
    public string Host { get; init; } = string.Empty;

    /// <summary>587 for a connection that becomes encrypted, 465 for one that is from the start.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Empty for a server that asks for none.</summary>
    public string User { get; init; } = string.Empty;

    public string Password { get; init; } = string.Empty;

    /// <summary>Address that staff get their mail from.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>True sends to this machine without encryption: for tests.</summary>
    public bool ToLoopback { get; init; }
}

/// <summary>A site of Netlify, and the right to deploy to it. A class, so that no text of it ever holds the token.</summary>
public sealed class NetlifySettings
{
    /// <summary>A personal access token. Never logged, never shown.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>The site's id.</summary>
    public string Site { get; init; } = string.Empty;

    /// <summary>Where its interface is.</summary>
    public string Api { get; init; } = "https://api.netlify.com/api/v1";
}
