using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>The product of the Hessian and a direction, against differences of the gradient along it.</summary>
internal sealed class ProductForm : IDeclaredForm
{
    public string Name => "product";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared) => declared.HasGradient
        ? [declared.Primal, declared.Gradient, declared.Product] : [];

    public string? Complaint(PointCalls calls, Action onKink)
    {
        Declarations declared = calls.Declared;
        (double value, double agree, double tolerance, double step) = calls.IsSingle ? (1e-5, 2e-4, 2e-3, 5e-2) : (1e-13, 1e-7, 1e-6, 1e-2);
        var product = calls.Call(declared.Product, declared.Directions(calls, salt: 0));
        if (Numbers.Differ("product, value", calls.Call(declared.Primal)[DeclaredMethod.Returned], product[DeclaredMethod.Returned],
            value) is { } complaint) return complaint;
        if (calls.StopsGradients) return null;

        double[] actual = [.. PointCalls.Added(declared.Product, declared.Columns).SelectMany(p => product[p.Name])];
        double[] Difference(double size) => Differences.Column(along => Gradient(calls, along[0]), [0], 0, size);
        double[] coarse = Difference(step), fine = Difference(step / 2);
        for (int k = 0; k < actual.Length; k++)
        {
            if (!(Math.Abs(coarse[k] - fine[k]) <= agree * Math.Max(1, Math.Abs(fine[k])))) onKink();
            else if (Numbers.Differ($"product, entry against differences of the gradient", [fine[k]], [actual[k]],
                tolerance) is { } wrong) return wrong;
        }

        return null;
    }

    /// <summary>The gradient at a place along the direction.</summary>
    private static double[] Gradient(PointCalls calls, double along)
    {
        Dictionary<string, double[]> own = calls.Own();
        var moved = calls.Declared.Columns.Select(p =>
            (p.Name, (double[])[.. own[p.Name].Zip(calls.Direction(p.Name, 0), (x, v) => x + (along * v))]));
        DeclaredMethod gradient = calls.Declared.Gradient;
        var results = calls.Call(gradient, moved);
        return [.. PointCalls.Added(gradient, calls.Declared.Columns).SelectMany(p => results[p.Name])];
    }
}

/// <summary>The Hessian, against its products with the unit vectors.</summary>
internal sealed class HessianForm : IDeclaredForm
{
    public string Name => "Hessian";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared) => declared.HasGradient ? [declared.Product, declared.Hessian] : [];

    public string? Complaint(PointCalls calls, Action onKink)
    {
        Declarations declared = calls.Declared;
        Dictionary<string, double[]> own = calls.Own();
        (string Name, int Index)[] numbers = [.. declared.Columns.SelectMany(p => own[p.Name].Select((_, i) => (p.Name, i)))];
        double[] hessian = calls.Call(declared.Hessian, ("hessian", Repeat(double.NaN, numbers.Length * numbers.Length)))["hessian"];
        DeclaredParameter[] directions = [.. declared.Product.Parameters.Skip(declared.Primal.Parameters.Count).Take(
            declared.Columns.Count)];
        for (int column = 0; column < numbers.Length; column++)
        {
            var product = calls.Call(declared.Product,
                directions.Select(p => (p.Name, Unit(own[p.Like!].Length, p.Like == numbers[column].Name ? numbers[column].Index : -1))));
            double[] expected = [.. PointCalls.Added(declared.Product, declared.Columns).SelectMany(p => product[p.Name])];
            double[] actual = [.. Enumerable.Range(0, numbers.Length).Select(row => hessian[(row * numbers.Length) + column])];
            if (Numbers.Differ("Hessian, column against the product", expected, actual, calls.IsSingle ? 1e-4
                : 1e-13) is { } wrong) return wrong;
        }

        return null;
    }

    private static double[] Unit(int length, int at)
    {
        double[] unit = Repeat(0, length);
        if (at >= 0) unit[at] = 1;
        return unit;
    }

    private static double[] Repeat(double number, int length) => [.. Enumerable.Repeat(number, length)];
}

/// <summary>A body that calls the gradient has the derivative that the product of the Hessian and the gradient give.</summary>
internal sealed class CallerForm : IDeclaredForm
{
    public string Name => "caller";

    public IEnumerable<DeclaredMethod> Methods(Declarations declared)
    {
        if (!declared.HasGradient || Caller(declared) is not { } caller) return [];
        return [declared.Gradient, declared.Product, caller, declared.OfCaller(caller)];
    }

    public string? Complaint(PointCalls calls, Action onKink)
    {
        Declarations declared = calls.Declared;
        DeclaredMethod ofCaller = declared.OfCaller(Caller(declared)!);
        Dictionary<string, double[]> own = calls.Own();
        var weights = declared.Columns.Select((p, i) => (double[])[.. own[p.Name].Select(_ => PointCalls.Entry(i))]);
        var directions = declared.Product.Parameters.Skip(declared.Primal.Parameters.Count).Zip(weights, (p, weight) => (p.Name, weight));
        var product = calls.Call(declared.Product, directions);
        var gradient = calls.Call(declared.Gradient);
        var actual = calls.Call(ofCaller);
        foreach (ParameterShape column in declared.Columns)
        {
            double[] Of(DeclaredMethod method, Dictionary<string, double[]> results) =>
                results[PointCalls.Added(method, [column]).Single().Name];
            double[] expected = [.. Of(declared.Product, product).Zip(Of(declared.Gradient, gradient), (one, other) => one + other)];
            if (Numbers.Differ("caller, gradient", expected, Of(ofCaller, actual), calls.IsSingle ? 2e-4 : 1e-9) is { } wrong) return wrong;
        }

        return null;
    }

    private static DeclaredMethod? Caller(Declarations declared) => declared.Caller(
        declared.Gradient,
        [.. declared.Columns.Select((_, i) => PointCalls.Entry(i).ToString("R", System.Globalization.CultureInfo.InvariantCulture))]);
}
