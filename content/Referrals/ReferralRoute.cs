namespace Portal.Content.Referrals;

/// <summary>Who the message is about. Its name in posts and in the sealed text is the lower case one.</summary>
[Flags]
public enum ReferralRoutes
{
    None = 0,

    /// <summary>The writer needs help.</summary>
    Me = 1,

    /// <summary>A friend or relative asks for advice; the message never leads to a call to the other person.</summary>
    Someone = 2,

    /// <summary>A professional refers somebody.</summary>
    Work = 4,

    All = Me | Someone | Work,
}
