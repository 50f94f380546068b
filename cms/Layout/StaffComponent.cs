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

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!isInitialized)
        {
            isInitialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }

    /// <summary>A form that was sent: drawn anew when it has been dealt with, not before.</summary>
    public async Task HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        await item.InvokeAsync(arg);
        StateHasChanged();
    }
}
