using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>The Jacobian in both modes, against one pullback for each row.</summary>
internal sealed class JacobianForm : IDeclaredForm
{
    private static readonly string[] s_modes = ["Forward", "Reverse"];

    public string Name => "Jacobian";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared) => declared.HasJacobian
        ? [declared.Primal, declared.Pullback, .. s_modes.Select(declared.Jacobian)] : [];

    public string? Complaint(PointCalls calls, Action onKink)
    {
        Declarations declared = calls.Declared;
        double[][] rows = [.. Cotangents(calls).Select(cotangents => Row(calls, cotangents))];
        double[] expected = [.. rows.SelectMany(row => row)];
        var primal = calls.Call(declared.Primal);
        foreach (string mode in s_modes)
        {
            var actual = calls.Call(declared.Jacobian(mode), ("jacobian", [.. Enumerable.Repeat(double.NaN, expected.Length)]));
            foreach (string name in declared.Rows.Select(row => row.Name).Concat(primal.ContainsKey(DeclaredMethod.Returned)
                ? [DeclaredMethod.Returned] : []))
            {
                if (Numbers.Differ($"Jacobian, {mode}, value", primal[name], actual[name], calls.IsSingle ? 1e-5
                    : 1e-13) is { } value) return value;
            }

            if (Numbers.Differ($"Jacobian, {mode}, against pullbacks", expected, actual["jacobian"], calls.IsSingle ? 1e-4
                : 1e-13) is { } wrong) return wrong;
        }

        return null;
    }

    /// <summary>A unit vector for each row: the cotangents that are not zero.</summary>
    private static IEnumerable<(string Name, double[] Numbers)[]> Cotangents(PointCalls calls)
    {
        Declarations declared = calls.Declared;
        Dictionary<string, double[]> own = calls.Own();
        (string Name, int Length)[] outputs =
        [
            .. PointCalls.Added(declared.Pullback, declared.Rows).Select(p => (p.Name, own[p.Like!].Length)),
            .. declared.Primal.Result is null ? [] : (IEnumerable<(string, int)>)[(Declarations.ReturnedCotangent, 1)],
        ];
        foreach ((string name, int length) in outputs)
        {
            for (int i = 0; i < length; i++)
            {
                double[] unit = new double[length];
                unit[i] = 1;
                yield return [(name, unit)];
            }
        }
    }

    private static double[] Row(PointCalls calls, (string Name, double[] Numbers)[] cotangents)
    {
        DeclaredMethod pullback = calls.Declared.Pullback;
        var results = calls.Call(pullback, cotangents);
        return [.. PointCalls.Added(pullback, calls.Declared.Columns).SelectMany(p => results[p.Name])];
    }
}

/// <summary>The gradient by some parameters is that part of the whole gradient.</summary>
internal sealed class PartForm : IDeclaredForm
{
    public string Name => "part";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared) => declared.HasGradient
        ? [declared.Gradient, declared.PartOfGradient] : [];

    public string? Complaint(PointCalls calls, Action onKink)
    {
        Declarations declared = calls.Declared;
        var whole = calls.Call(declared.Gradient);
        var part = calls.Call(declared.PartOfGradient);
        return declared.Columns.Where((_, i) => i % 2 == 0)
            .Select(column => Numbers.Differ(
                "part, gradient", whole[PointCalls.Added(declared.Gradient, [column]).Single().Name],
                part[PointCalls.Added(declared.PartOfGradient, [column]).Single().Name], calls.IsSingle ? 1e-5 : 1e-13))
            .FirstOrDefault(complaint => complaint is not null);
    }
}

/// <summary>Derivatives of the orders 1 to 4 by one number in one go, against derivatives of derivatives.</summary>
internal sealed class SeriesForm : IDeclaredForm
{
    // The order in one go; the two orders that are nested.
    private static readonly (int Whole, int Inner, int Outer)[] s_nested = [(2, 1, 1), (3, 2, 1), (4, 2, 2)];

    public string Name => "series";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared)
    {
        if (!declared.HasGradient || declared.Variable is null) return [];
        return
        [
            declared.Gradient, .. Enumerable.Range(1, 4).Select(order => declared.Derivative(declared.Primal.Name, order)),
            .. s_nested.Select(nested => Nested(declared, nested.Inner, nested.Outer)),
        ];
    }

    public string? Complaint(PointCalls calls, Action onKink)
    {
        Declarations declared = calls.Declared;
        string gradient = PointCalls.Added(declared.Gradient, [declared.Variable!]).Single().Name;
        double tolerance = calls.IsSingle ? 2e-4 : 1e-10;
        double[] first = calls.Call(declared.Derivative(declared.Primal.Name, 1))[DeclaredMethod.Returned];
        return Numbers.Differ("series, order 1 against the gradient", calls.Call(declared.Gradient)[gradient], first, tolerance)
            ?? s_nested.Select(nested => Complaint(calls, nested, tolerance)).FirstOrDefault(complaint => complaint is not null);
    }

    private static string? Complaint(PointCalls calls, (int Whole, int Inner, int Outer) orders, double tolerance)
    {
        Declarations declared = calls.Declared;
        try
        {
            double[] nested = calls.Call(Nested(declared, orders.Inner, orders.Outer))[DeclaredMethod.Returned];
            double[] whole = calls.Call(declared.Derivative(declared.Primal.Name, orders.Whole))[DeclaredMethod.Returned];
            return Numbers.Differ($"series, order {orders.Whole} against nesting", nested, whole, tolerance);
        }
        catch (NotSupportedException) when (orders.Whole > 2)
        {
            // Some operators have two derivatives only; more are an error of the language.
            return null;
        }
    }

    private static DeclaredMethod Nested(Declarations declared, int inner, int outer) =>
        declared.Derivative(declared.Derivative(declared.Primal.Name, inner).Name, outer);
}

/// <summary>Batches of the method and of its gradient have the bits of loops of calls.</summary>
internal sealed class BatchForm : IDeclaredForm
{
    private const int Examples = 3;

    public string Name => "batch";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared) =>
        One(declared).SelectMany(one => new[] { one, declared.Batch(one) });

    public string? Complaint(PointCalls calls, Action onKink) =>
        One(calls.Declared).Select(one => Complaint(calls, one)).FirstOrDefault(complaint => complaint is not null);

    private static IEnumerable<DeclaredMethod> One(Declarations declared) => declared.HasGradient ? [declared.Primal, declared.Gradient]
        : [declared.Primal];

    private static string? Complaint(PointCalls calls, DeclaredMethod one)
    {
        DeclaredMethod batch = calls.Declared.Batch(one);
        Dictionary<string, double[]> own = calls.Own();
        List<(string Name, double[] Numbers)> all = [("batch", [Examples]), ("values", new double[Examples])];
        List<(string Name, double[] Numbers)>[] examples = [.. Enumerable.Range(0, Examples).Select(_ => new List<(string, double[])>())];
        foreach ((DeclaredParameter p, DeclaredParameter batched) in one.Parameters.Zip(batch.Parameters.Skip(1)))
        {
            double[][] rows = [.. Enumerable.Range(0, Examples).Select(e => Row(p, own, batched.IsShared ? 0 : e))];
            for (int e = 0; e < Examples; e++) examples[e].Add((p.Name, rows[e]));
            all.Add((p.Name, batched.IsShared ? rows[0] : [.. rows.SelectMany(row => row)]));
        }

        Dictionary<string, double[]>[] loop = [.. examples.Select(example => calls.Call(one, example))];
        var whole = calls.Call(batch, all);
        foreach (DeclaredParameter p in batch.Parameters.Skip(1).Where(p => !p.IsShared && whole.ContainsKey(p.Name)))
        {
            double[] expected = [.. loop.SelectMany(results => results[p.Like is null ? DeclaredMethod.Returned : p.Name])];
            if (Numbers.DifferInBits($"batch of {one.Name}, {p.Name}", expected, whole[p.Name]) is { } wrong) return wrong;
        }

        return null;
    }

    /// <summary>The numbers of an example: those of the point, or cotangents, a little larger for each. Integers are the same for
    /// all.</summary>
    private static double[] Row(DeclaredParameter p, Dictionary<string, double[]> own, int example)
    {
        double[] numbers = own.TryGetValue(p.Name, out double[]? given) ? given : [.. own[p.Like!].Select((_, i) => PointCalls.Entry(i))];
        return p.Element is "int" or "bool" ? numbers : [.. numbers.Select(number => number * (1 + (example / 1024.0)))];
    }
}
