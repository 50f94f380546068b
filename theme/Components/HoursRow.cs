namespace Portal.Theme.Components;

/// <summary>Days and hours, both in words.</summary>
public sealed record HoursRow(string Days, string Hours);
