using System.Collections.Frozen;
using System.Runtime.ExceptionServices;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Site.Rendering;

/// <summary>
/// Renders a Razor component to the UTF-8 bytes of a page. The framework's own HtmlRenderer keeps every root component
/// until it is disposed and turns every letter beyond ASCII into an entity; this one walks the frames straight into a
/// buffer and lets the component go. One renderer per worker: it is not thread-safe.
/// </summary>
internal sealed class PageRenderer() : Renderer(Services, NullLoggerFactory.Instance)
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    /// <summary>HTML elements without an end tag (HTML Standard, void elements).</summary>
    private static readonly FrozenSet<string> Void =
        FrozenSet.Create("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private readonly Utf8Buffer page = new();

    public override Dispatcher Dispatcher { get; } = new InlineDispatcher();

    /// <summary>The bytes of a component rendered with its parameters.</summary>
    /// <exception cref="InvalidOperationException">A component waited for something: pages are made of what is at hand.</exception>
    public byte[] Render(Type component, IDictionary<string, object?> parameters)
    {
        page.Clear();
        var id = AssignRootComponentId(InstantiateComponent(component));
        try
        {
            var rendered = RenderRootComponentAsync(id, ParameterView.FromDictionary(parameters));
            if (!rendered.IsCompleted) throw new InvalidOperationException($"{component.Name} did not render at once.");
            rendered.GetAwaiter().GetResult();
            WriteComponent(id);
            return page.Written.ToArray();
        }
        finally
        {
            RemoveRootComponent(id);
        }
    }

    protected override void HandleException(Exception exception) => ExceptionDispatchInfo.Capture(exception).Throw();

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch) => Task.CompletedTask;

    private void WriteComponent(int id)
    {
        var frames = GetCurrentRenderTreeFrames(id);
        WriteRange(frames.Array, 0, frames.Count);
    }

    private void WriteRange(RenderTreeFrame[] frames, int start, int end)
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
                    WriteElement(frames, at);
                    at += frame.ElementSubtreeLength;
                    break;
                case RenderTreeFrameType.Component:
                    WriteComponent(frame.ComponentId);
                    at += frame.ComponentSubtreeLength;
                    break;
                default:
                    // Regions are walked through; captures and keys leave no trace in static HTML.
                    at++;
                    break;
            }
        }
    }

    private void WriteElement(RenderTreeFrame[] frames, int start)
    {
        var name = frames[start].ElementName;
        var end = start + frames[start].ElementSubtreeLength;
        page.Append("<");
        page.Append(name);

        var at = start + 1;
        for (; at < end && frames[at].FrameType == RenderTreeFrameType.Attribute; at++) WriteAttribute(ref frames[at]);

        page.Append(">");
        if (Void.Contains(name)) return;
        WriteRange(frames, at, end);
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

    /// <summary>Runs everything on the spot: a page is rendered start to end on one worker.</summary>
    private sealed class InlineDispatcher : Dispatcher
    {
        public override bool CheckAccess() => true;

        public override Task InvokeAsync(Action workItem)
        {
            workItem();
            return Task.CompletedTask;
        }

        public override Task InvokeAsync(Func<Task> workItem) => workItem();

        public override Task<TResult> InvokeAsync<TResult>(Func<TResult> workItem) => Task.FromResult(workItem());

        public override Task<TResult> InvokeAsync<TResult>(Func<Task<TResult>> workItem) => workItem();
    }
}
