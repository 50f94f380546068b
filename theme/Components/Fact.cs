using Microsoft.AspNetCore.Components;

namespace Portal.Theme.Components;

/// <summary>A term and what holds for it.</summary>
public sealed record Fact(string Term, RenderFragment Content);
