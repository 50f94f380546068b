namespace Portal.Content.Text;

/// <summary>
/// What stands in a field, as an editor shows it: words, a list, or fields of its own. It need not fit the field's type: an
/// unfinished draft holds what was typed.
/// </summary>
public abstract record FieldValue
{
    private FieldValue()
    {
    }

    /// <summary>True where nothing was entered, at any depth.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>One value as it is typed: words, a date, <c>yes</c>.</summary>
    public sealed record Words(string Text) : FieldValue
    {
        public override bool IsEmpty => string.IsNullOrWhiteSpace(Text);
    }

    /// <summary>Values one after another.</summary>
    public sealed record Items(IReadOnlyList<FieldValue> Values) : FieldValue
    {
        public override bool IsEmpty => Values.All(value => value.IsEmpty);

        public bool Equals(Items? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Count;
    }

    /// <summary>Fields by their key.</summary>
    public sealed record Fields(IReadOnlyDictionary<string, FieldValue> Values) : FieldValue
    {
        public override bool IsEmpty => Values.Values.All(value => value.IsEmpty);

        public bool Equals(Fields? other) => other is not null && Values.Count == other.Values.Count
            && Values.All(each => other.Values.TryGetValue(each.Key, out var value) && value.Equals(each.Value));

        public override int GetHashCode() => Values.Count;
    }
}
