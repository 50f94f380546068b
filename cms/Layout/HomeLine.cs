namespace Portal.Cms.Layout;

/// <summary>One thing that needs somebody, told on the first page.</summary>
internal sealed record HomeLine(string Text, string Address);

/// <summary>What a slice tells this person on the first page: <c>services.AddSingleton(new HomeLines(…))</c>. It asks the services of the running request, and tells nobody what they may not know.</summary>
internal sealed record HomeLines(Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<HomeLine>>> AskAsync);
