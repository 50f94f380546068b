namespace Portal.Content.Hours;

/// <summary>A day of the week as authors write it. Monday is 0, as in the table the page's script reads.</summary>
public enum Weekday
{
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun
}
