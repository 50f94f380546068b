namespace Portal.Content.Text;

/// <summary>The field holds words: a translation gives its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TranslatedAttribute : Attribute;

/// <summary>The text is Markdown of the cut-down kind, not plain words.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MarkdownAttribute : Attribute;

/// <summary>The text is a segment of an address: lower-case letters, digits and single hyphens.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SlugAttribute : Attribute;

/// <summary>The property is not a field of the front matter: it comes from the file's place or from the body.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAFieldAttribute : Attribute;

/// <summary>The field is for the editors: the headless interface leaves it out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ForEditorsAttribute : Attribute;
