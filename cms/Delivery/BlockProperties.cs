using System.Collections.Concurrent;
using System.Reflection;

using Portal.Content.Blocks;

namespace Portal.Cms.Delivery;

/// <summary>What a block of each type tells: its own properties, found once, without the line of the file it stands on.</summary>
internal static class BlockProperties
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>Every type of block.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. typeof(Block).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Block))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static IReadOnlyList<PropertyInfo> Of(Type block) => Known.GetOrAdd(block, static type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.Name != nameof(Block.Line))]);

    public static string Key(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
}
