using Microsoft.AspNetCore.Http.Metadata;

namespace Portal.Cms.Media;

/// <summary>Lets the pages that take files in have requests of that size; every other route keeps the small limit of the server.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UploadLimitAttribute : Attribute, IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => MediaType.MostUpload;
}
