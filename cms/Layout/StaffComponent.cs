using Microsoft.AspNetCore.Components;

namespace Portal.Cms.Layout;

/// <summary>
/// What every component of the CMS is: drawn once, when all it asked for has come. The framework's own base draws before
/// that too, as soon as a database makes it wait (a server does, a file seldom): half a page then, without its data, and
/// with parts that ask the same database while the page is still asking.
/// </summary>
public abstract class StaffComponent : ComponentBase, IHandleEvent
{
    private bool isInitialized;

    [Inject]
    private ComponentTurn Turn { get; set; } = null!; // Set before anything else of a component.

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await Turn.TakeAsync();
        try
        {
            if (!isInitialized)
            {
                isInitialized = true;
                OnInitialized();
                await OnInitializedAsync();
            }

            OnParametersSet();
            await OnParametersSetAsync();
        }
        finally
        {
            Turn.End(); // Before it is drawn: what stands in it takes its turn then.
        }

        StateHasChanged();
    }

    /// <summary>A form that was sent: drawn anew when it has been dealt with, not before.</summary>
    public async Task HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        await item.InvokeAsync(arg);
        StateHasChanged();
    }
}
