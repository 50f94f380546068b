using System.Collections.Frozen;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;

namespace Portal.Site.Rendering;

/// <summary>
/// Draws a Razor component as the UTF-8 bytes of a page. The framework's renderers keep each component, compare it with
/// its last state and wait for events; a static page has none of these, so this one makes a component, hands it its
/// parameters, walks what it built straight into a buffer, and lets it go. One renderer per worker: it is not thread-safe.
/// </summary>
/// <remarks>
/// Components derive from <see cref="ComponentBase"/> and draw at once: cascading values, injected services, keys, captured
/// references and events mean nothing here.
/// </remarks>
internal sealed class PageRenderer : IDisposable
{
    /// <summary>HTML elements without an end tag (HTML Standard, void elements).</summary>
    private static readonly FrozenSet<string> Void =
        FrozenSet.Create("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private readonly Utf8Buffer page = new();
    private readonly List<RenderTreeBuilder> builders = []; // One for each depth of components within components, used again and again.

    /// <summary>The bytes of a component drawn with its parameters.</summary>
    /// <exception cref="InvalidOperationException">A component waited for something, or is not known to draw without a browser.</exception>
    public byte[] Render(Type component, IReadOnlyDictionary<string, object?> parameters)
    {
        page.Clear();
        var shape = ComponentShape.Of(component);
        var made = shape.Make();
        foreach (var (name, value) in parameters) shape.Set(made, name, value);
        WriteComponent(shape, made, 0);
        return page.Written.ToArray();
    }

    public void Dispose()
    {
        foreach (var builder in builders) builder.Dispose();
        builders.Clear();
    }

    private void WriteComponent(ComponentShape shape, ComponentBase component, int depth)
    {
        if (depth == builders.Count) builders.Add(new());
        var builder = builders[depth];
        builder.Clear(); // What a component that failed had begun is forgotten here.
        shape.Build(component, builder);
        var frames = builder.GetFrames();
        WriteRange(frames.Array, 0, frames.Count, depth);
        builder.Clear();
    }

    private void WriteRange(RenderTreeFrame[] frames, int start, int end, int depth)
    {
        for (var at = start; at < end;)
        {
            ref var frame = ref frames[at];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Text:
                    page.AppendText(frame.TextContent);
                    at++;
                    break;
                case RenderTreeFrameType.Markup:
                    page.Append(frame.MarkupContent);
                    at++;
                    break;
                case RenderTreeFrameType.Element:
                    WriteElement(frames, at, depth);
                    at += frame.ElementSubtreeLength;
                    break;
                case RenderTreeFrameType.Component:
                    WriteChild(frames, at, depth + 1);
                    at += frame.ComponentSubtreeLength;
                    break;
                default:
                    // Regions are walked through; captures and keys leave no trace in static HTML.
                    at++;
                    break;
            }
        }
    }

    private void WriteChild(RenderTreeFrame[] frames, int start, int depth)
    {
        var shape = ComponentShape.Of(frames[start].ComponentType);
        var child = shape.Make();
        var end = start + frames[start].ComponentSubtreeLength;
        for (var at = start + 1; at < end && frames[at].FrameType == RenderTreeFrameType.Attribute; at++)
            shape.Set(child, frames[at].AttributeName, frames[at].AttributeValue);
        WriteComponent(shape, child, depth);
    }

    private void WriteElement(RenderTreeFrame[] frames, int start, int depth)
    {
        var name = frames[start].ElementName;
        var end = start + frames[start].ElementSubtreeLength;
        page.Append("<");
        page.Append(name);

        var at = start + 1;
        for (; at < end && frames[at].FrameType == RenderTreeFrameType.Attribute; at++) WriteAttribute(ref frames[at]);

        page.Append(">");
        if (Void.Contains(name)) return;
        WriteRange(frames, at, end, depth);
        page.Append("</");
        page.Append(name);
        page.Append(">");
    }

    private void WriteAttribute(ref RenderTreeFrame frame)
    {
        if (frame.AttributeValue is null or false) return;
        page.Append(" ");
        page.Append(frame.AttributeName);
        if (frame.AttributeValue is true) return;
        page.Append("=\"");
        page.AppendAttribute(frame.AttributeValue.ToString());
        page.Append("\"");
    }
}
