namespace Portal.Content.Blocks;

/// <summary>How much of a picture is shown. A picture that is cut keeps its focal point in sight.</summary>
public enum PictureShape
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Twice as wide as high: a band across the text.</summary>
    Wide,

    Square,
}
