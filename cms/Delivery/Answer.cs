namespace Portal.Cms.Delivery;

/// <summary>What the interface answers, ready to be sent.</summary>
/// <param name="Tag">Strong entity tag with its quotes; empty for a problem.</param>
internal sealed record Answer(byte[] Bytes, string Type, string Tag, int Status = StatusCodes.Status200OK)
{
    public const string Json = "application/json";

    public const string Lines = "application/x-ndjson";

    public const string Html = "text/html; charset=utf-8";

    private const string ProblemType = "application/problem+json";

    public static Answer Of(byte[] bytes, string type = Json) => new(bytes, type, DeliveryWriter.TagOf(bytes));

    /// <summary>A problem as RFC 9457 writes it.</summary>
    /// <param name="detail">What is wrong and what to do, in a sentence or two.</param>
    public static Answer Problem(int status, string title, string detail) => new(DocumentJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", title);
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    }), ProblemType, string.Empty, status);

    public static Answer Wrong(string detail) => Problem(StatusCodes.Status400BadRequest, "The request is wrong", detail);

    public static Answer NotFound(string detail) => Problem(StatusCodes.Status404NotFound, "Not found", detail);
}
