using Microsoft.AspNetCore.Authorization;

namespace Portal.Cms.Staff;

/// <summary>What a page can ask of who opens it, besides the <see cref="Permissions"/>.</summary>
internal static class StaffPolicies
{
    /// <summary>A passphrase was given; the second factor may still be missing. For the pages that ask for it.</summary>
    public const string Begun = "begun";

    public static void Add(AuthorizationBuilder builder)
    {
        var trusted = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new StaffRequirement(null, MustBeTrusted: true)).Build();
        builder.SetFallbackPolicy(trusted).SetDefaultPolicy(trusted);
        builder.AddPolicy(Begun, policy => policy.RequireAuthenticatedUser().AddRequirements(new StaffRequirement(null, MustBeTrusted: false)));
        foreach (var permission in Permissions.All)
        {
            builder.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().AddRequirements(new StaffRequirement(permission, MustBeTrusted: true)));
        }
    }
}

internal sealed record StaffRequirement(string? Permission, bool MustBeTrusted) : IAuthorizationRequirement;

/// <summary>Asks the account as it stands in the database now, not what the cookie remembers.</summary>
internal sealed class StaffRequirementCheck(StaffUser user) : AuthorizationHandler<StaffRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        if (user.IsSignedIn && (user.IsTrusted || !requirement.MustBeTrusted) && (requirement.Permission is null || user.Can(requirement.Permission))) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
