using Portal.Content.Problems;
using Portal.Content.Reading;

namespace Portal.Tests.Rules;

/// <summary>One thing made wrong: which rule tells it, in which file, and how.</summary>
/// <param name="Rule">Name of the rule in the rule book.</param>
/// <param name="Files">The small site with that one mistake.</param>
/// <param name="File">File the problem names.</param>
/// <param name="What">A piece of what it says.</param>
/// <param name="Line">Line it names; 0 where the whole file is meant.</param>
/// <param name="Weight">Whether it stops a publication.</param>
internal sealed record Breach(string Rule, ContentFiles Files, string File, string What, int Line = 0, Weight Weight = Weight.Error);
