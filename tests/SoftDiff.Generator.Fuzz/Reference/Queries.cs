namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>Takes the place of those members of <see cref="Enumerable"/> that add and compare numbers, in reference runs.</summary>
public static class Queries
{
    public static Dual<double> Sum(this IEnumerable<Dual<double>> numbers) => numbers.Aggregate(Dual<double>.Zero, (sum, x) => sum + x);

    public static Dual<double> Sum<T>(this IEnumerable<T> items, Func<T, Dual<double>> number) => items.Select(number).Sum();

    public static Dual<double> Average<T>(this IEnumerable<T> items, Func<T, Dual<double>> number) => items.Sum(number) / items.Count();

    public static Dual<double> Max(this IEnumerable<Dual<double>> numbers) => numbers.Aggregate(Dual<double>.Max);

    public static Dual<double> Min(this IEnumerable<Dual<double>> numbers) => numbers.Aggregate(Dual<double>.Min);
}
