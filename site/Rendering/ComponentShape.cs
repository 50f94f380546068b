using System.Collections.Concurrent;
using System.Reflection;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Site.Rendering;

/// <summary>How to make a component of one type, hand it its parameters and have it build its frames. Looked up once for each type.</summary>
internal sealed class ComponentShape
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic;

    // ComponentBase keeps its steps to itself and its heirs; a delegate without a target calls whatever an heir made of them.
    private static readonly Action<ComponentBase, RenderTreeBuilder> BuildTree = Step<Action<ComponentBase, RenderTreeBuilder>>("BuildRenderTree");
    private static readonly Action<ComponentBase> Initialized = Step<Action<ComponentBase>>("OnInitialized");
    private static readonly Func<ComponentBase, Task> InitializedLater = Step<Func<ComponentBase, Task>>("OnInitializedAsync");
    private static readonly Action<ComponentBase> ParametersSet = Step<Action<ComponentBase>>("OnParametersSet");
    private static readonly Func<ComponentBase, Task> ParametersSetLater = Step<Func<ComponentBase, Task>>("OnParametersSetAsync");

    private static readonly ConcurrentDictionary<Type, ComponentShape> Known = new();

    private readonly Type type;
    private readonly Dictionary<string, Action<object, object?>> setters = new(StringComparer.OrdinalIgnoreCase);
    private readonly PropertyInfo? rest;

    private ComponentShape(Type type)
    {
        this.type = type;
        if (!type.IsSubclassOf(typeof(ComponentBase))) throw new InvalidOperationException($"{type.Name} is no {nameof(ComponentBase)}: a page is drawn of components that need no browser.");
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetCustomAttribute<ParameterAttribute>() is not { } parameter) continue;
            if (parameter.CaptureUnmatchedValues) rest = property;
            else setters[property.Name] = Setter(property);
        }
    }

    /// <exception cref="InvalidOperationException">The type is no component that draws without a browser.</exception>
    public static ComponentShape Of(Type type) => Known.GetOrAdd(type, static each => new(each));

    public ComponentBase Make() => (ComponentBase)Activator.CreateInstance(type)!;

    /// <summary>Sets one parameter; what the component does not name goes where it collects the rest.</summary>
    /// <exception cref="InvalidOperationException">The component has no such parameter.</exception>
    public void Set(ComponentBase component, string name, object? value)
    {
        if (setters.TryGetValue(name, out var set)) set(component, value);
        else if (rest is not null) Collect(component, name, value);
        else throw new InvalidOperationException($"{type.Name} has no parameter '{name}'.");
    }

    /// <summary>Has the component build its frames, once its parameters are set.</summary>
    /// <exception cref="InvalidOperationException">It waits for something: pages are made of what is at hand.</exception>
    public void Build(ComponentBase component, RenderTreeBuilder builder)
    {
        Initialized(component);
        AtOnce(InitializedLater(component));
        ParametersSet(component);
        AtOnce(ParametersSetLater(component));
        BuildTree(component, builder);
    }

    private void Collect(ComponentBase component, string name, object? value)
    {
        if (rest!.GetValue(component) is not Dictionary<string, object> collected) rest.SetValue(component, collected = []);
        if (value is not null) collected[name] = value;
    }

    private void AtOnce(Task step)
    {
        if (!step.IsCompleted) throw new InvalidOperationException($"{type.Name} did not render at once.");
        step.GetAwaiter().GetResult();
    }

    private static T Step<T>(string name) where T : Delegate => typeof(ComponentBase).GetMethod(name, Own)!.CreateDelegate<T>();

    private static Action<object, object?> Setter(PropertyInfo property) =>
        (Action<object, object?>)typeof(ComponentShape).GetMethod(nameof(Typed), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(property.DeclaringType!, property.PropertyType).Invoke(null, [property])!;

    /// <summary>A setter without reflection at each call: a page sets a thousand parameters.</summary>
    private static Action<object, object?> Typed<TComponent, TValue>(PropertyInfo property)
    {
        var set = property.GetSetMethod(nonPublic: true)!.CreateDelegate<Action<TComponent, TValue?>>();
        return (component, value) => set((TComponent)component, (TValue?)value);
    }
}
