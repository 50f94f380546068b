using Microsoft.AspNetCore.Components;

namespace Portal.Theme.Components;

/// <summary>A headed part of a <see cref="PathwaySheet"/>. <paramref name="HighRisk"/> sets it apart.</summary>
public sealed record SheetSection(string Title, RenderFragment Content, bool HighRisk = false);
