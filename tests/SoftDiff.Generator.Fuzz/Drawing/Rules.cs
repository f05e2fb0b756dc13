namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Methods with rules that state their true derivative, so that the reference, which differentiates the body, agrees.</summary>
internal static class Rules
{
    public static Helper OfNumber(Sketch sketch)
    {
        string name = sketch.Fresh("Cube");
        string n = sketch.Number.Type;
        string rules = sketch.Dice.Chance(0.5) ? $"[CustomVjp(nameof({name}Backward))]" : $"[CustomVjp(nameof({name}Backward)), CustomJvp(nameof({name}Tangent))]";
        sketch.Members.Add($$"""
                {{rules}}
                private static {{n}} {{name}}({{n}} x) => x * x * x;

                private static {{n}} {{name}}Backward({{n}} x, {{n}} cotangent) => 3 * x * x * cotangent;

                private static ({{n}} Value, {{n}} Tangent) {{name}}Tangent({{n}} x, {{n}} tX) => (x * x * x, 3 * x * x * tX);
            """);
        return new Helper("rule", name);
    }

    public static Helper WithResidual(Sketch sketch)
    {
        string name = sketch.Fresh("Ratio");
        string n = sketch.Number.Type;
        sketch.Members.Add($$"""
                [CustomVjp(nameof({{name}}Forward), nameof({{name}}Backward))]
                private static {{n}} {{name}}({{n}} x, {{n}} y) => x / (1 + y * y);

                private static ({{n}} Value, ({{n}} X, {{n}} Y) Residual) {{name}}Forward({{n}} x, {{n}} y) => (x / (1 + y * y), (x, y));

                private static ({{n}} DX, {{n}} DY) {{name}}Backward(({{n}} X, {{n}} Y) residual, {{n}} cotangent)
                {
                    {{n}} d = 1 + residual.Y * residual.Y;
                    return (cotangent / d, -2 * cotangent * residual.X * residual.Y / (d * d));
                }
            """);
        return new Helper("rule with residual", name);
    }

    public static Helper OfSpan(Sketch sketch)
    {
        string name = sketch.Fresh("Energy");
        sketch.Members.Add($$"""
                [CustomVjp(nameof({{name}}Backward))]
                private static double {{name}}(ReadOnlySpan<double> x)
                {
                    double sum = 0;
                    foreach (double value in x) sum += value * value;
                    return sum;
                }

                private static void {{name}}Backward(ReadOnlySpan<double> x, double cotangent, Span<double> dX)
                {
                    for (int i = 0; i < x.Length; i++) dX[i] += 2 * x[i] * cotangent;
                }
            """);
        return new Helper("reduction rule", name);
    }

    public static Helper OfSpans(Sketch sketch)
    {
        string name = sketch.Fresh("Scale");
        sketch.Members.Add($$"""
                [CustomVjp(nameof({{name}}Backward)), CustomJvp(nameof({{name}}Tangent))]
                private static void {{name}}(ReadOnlySpan<double> x, Span<double> y, double factor)
                {
                    for (int i = 0; i < x.Length; i++) y[i] = factor * Math.Sin(x[i]);
                }

                private static double {{name}}Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double factor, ReadOnlySpan<double> cY, Span<double> dX)
                {
                    double dFactor = 0;
                    for (int i = 0; i < x.Length; i++)
                    {
                        dFactor += Math.Sin(x[i]) * cY[i];
                        dX[i] += factor * Math.Cos(x[i]) * cY[i];
                    }

                    return dFactor;
                }

                private static void {{name}}Tangent(ReadOnlySpan<double> x, Span<double> y, double factor, ReadOnlySpan<double> tX, double tFactor, Span<double> tY)
                {
                    for (int i = 0; i < x.Length; i++)
                    {
                        double sine = Math.Sin(x[i]), cosine = Math.Cos(x[i]);
                        tY[i] = factor * cosine * tX[i] + tFactor * sine;
                        y[i] = factor * sine;
                    }
                }
            """);
        return new Helper("span rule", name);
    }
}
