namespace Portal.Benchmarks;

/// <summary>Figures in columns on the console.</summary>
internal static class Table
{
    private const int NameWidth = 60;
    private const int FigureWidth = 10;

    public static void Heading(string name, params ReadOnlySpan<string> columns)
    {
        Console.WriteLine();
        Console.Write(name.PadRight(NameWidth));
        foreach (var column in columns) Console.Write(column.PadLeft(FigureWidth));
        Console.WriteLine();
    }

    public static void Row(string name, Cost cost, string goal = "") =>
        Console.WriteLine($"{name,-NameWidth}{cost.Wall,FigureWidth:0.00}{Optional(cost.Cpu, "0.00")}{Optional(cost.Peak, "0")}  {goal}".TrimEnd());

    public static void Row(string name, double figure) => Console.WriteLine($"{name,-NameWidth}{figure,FigureWidth:0.##}");

    public static void Row(string name, double best, double middle, string goal) => Console.WriteLine($"{name,-NameWidth}{best,FigureWidth:0.0}{middle,FigureWidth:0.0}{goal,FigureWidth}".TrimEnd());

    public static void Line(string text) => Console.WriteLine(text);

    private static string Optional(double figure, string format) => (figure > 0 ? figure.ToString(format) : string.Empty).PadLeft(FigureWidth);
}
