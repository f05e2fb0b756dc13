namespace SoftGallery;

/// <summary>A point of a curve. After a jump the pen is lifted.</summary>
internal readonly record struct Point(double X, double Y, bool Lifted = false);

/// <summary>Turns a function into few points that look like it.</summary>
internal static class Sampling
{
    private const int Steps = 240;

    /// <summary>
    /// The function between two ends. An interval in which it moves by more than a hundredth of its range is halved until it moves less, or until the
    /// interval is so small that the function must jump in it.
    /// </summary>
    public static List<Point> Sample(Func<double, double> function, double from, double to)
    {
        var grid = Enumerable.Range(0, Steps + 1).Select(i => from + ((to - from) * i / Steps)).Select(x => (X: x, Y: function(x))).ToList();
        var finite = grid.Where(p => double.IsFinite(p.Y)).Select(p => p.Y).ToList();
        var step = finite.Count == 0 ? 1 : Math.Max((finite.Max() - finite.Min()) / 100, 1e-9);
        var points = new List<Point>();
        for (var i = 0; i < grid.Count; i++)
        {
            if (i > 0) Between(function, grid[i - 1], grid[i], step, (to - from) * 1e-7, points);
            Add(points, grid[i].X, grid[i].Y, lifted: false);
        }

        return points;
    }

    /// <summary>
    /// Leaves out the points that are nearer than <paramref name="tolerance"/> to the line between those that stay (Douglas and Peucker), in each
    /// piece between two jumps.
    /// </summary>
    public static List<Point> Simplify(IReadOnlyList<Point> points, double tolerance)
    {
        var kept = new List<Point>();
        var start = 0;
        for (var end = 1; end <= points.Count; end++)
        {
            if (end < points.Count && !points[end].Lifted) continue;
            kept.Add(points[start]);
            Piece(points, start, end - 1, tolerance, kept);
            start = end;
        }

        return kept;
    }

    private static void Between(
        Func<double, double> function, (double X, double Y) a, (double X, double Y) b, double step, double width, List<Point> points)
    {
        if (!(Math.Abs(b.Y - a.Y) > step)) return;
        if (b.X - a.X <= width)
        {
            Add(points, a.X, a.Y, lifted: false);
            Add(points, b.X, b.Y, lifted: true);
            return;
        }

        var middle = (a.X + b.X) / 2;
        var m = (middle, function(middle));
        Between(function, a, m, step, width, points);
        Add(points, m.middle, m.Item2, lifted: false);
        Between(function, m, b, step, width, points);
    }

    private static void Add(List<Point> points, double x, double y, bool lifted)
    {
        if (!double.IsFinite(y)) return;
        if (points.Count > 0 && points[^1].X == x && points[^1].Y == y) return;
        points.Add(new Point(x, y, lifted || points.Count == 0));
    }

    private static void Piece(IReadOnlyList<Point> points, int first, int last, double tolerance, List<Point> kept)
    {
        if (last <= first) return;
        var (farthest, distance) = (first, 0.0);
        for (var i = first + 1; i < last; i++)
        {
            if (Distance(points[i], points[first], points[last]) is var d && d > distance) (farthest, distance) = (i, d);
        }

        if (distance > tolerance)
        {
            Piece(points, first, farthest, tolerance, kept);
            Piece(points, farthest, last, tolerance, kept);
        }
        else
        {
            kept.Add(points[last]);
        }
    }

    private static double Distance(Point p, Point a, Point b)
    {
        var (x, y) = (b.X - a.X, b.Y - a.Y);
        var length = Math.Sqrt((x * x) + (y * y));
        return length == 0
            ? Math.Sqrt(((p.X - a.X) * (p.X - a.X)) + ((p.Y - a.Y) * (p.Y - a.Y)))
            : Math.Abs((x * (p.Y - a.Y)) - (y * (p.X - a.X))) / length;
    }
}
