namespace Portal.Cms.Hosting;

/// <summary>Why the CMS does not start or a command does nothing. The message is all that whoever runs it needs to read.</summary>
public sealed class StartException : Exception
{
    public StartException()
    {
    }

    public StartException(string message)
        : base(message)
    {
    }

    public StartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
