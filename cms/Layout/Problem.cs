namespace Portal.Cms.Layout;

/// <summary>Something in a form that has to be put right.</summary>
/// <param name="Field">Id of the field it stands by.</param>
public sealed record Problem(string Field, string Text);
