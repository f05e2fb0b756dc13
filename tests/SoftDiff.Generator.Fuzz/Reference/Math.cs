namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>Takes the place of <see cref="System.Math"/> in reference runs.</summary>
public static class Math
{
    public static Dual<double> Sin(Dual<double> x) => Dual<double>.Sin(x);

    public static Dual<double> Cos(Dual<double> x) => Dual<double>.Cos(x);

    public static Dual<double> Tanh(Dual<double> x) => Dual<double>.Tanh(x);

    public static Dual<double> Sinh(Dual<double> x) => Dual<double>.Sinh(x);

    public static Dual<double> Atan(Dual<double> x) => Dual<double>.Atan(x);

    public static Dual<double> Exp(Dual<double> x) => Dual<double>.Exp(x);

    public static Dual<double> Log(Dual<double> x) => Dual<double>.Log(x);

    public static Dual<double> Sqrt(Dual<double> x) => Dual<double>.Sqrt(x);

    public static Dual<double> Abs(Dual<double> x) => Dual<double>.Abs(x);

    public static Dual<double> Floor(Dual<double> x) => Dual<double>.Floor(x);

    public static Dual<double> Max(Dual<double> x, Dual<double> y) => Dual<double>.Max(x, y);

    public static Dual<double> Min(Dual<double> x, Dual<double> y) => Dual<double>.Min(x, y);

    public static Dual<double> Pow(Dual<double> x, Dual<double> y) => Dual<double>.Pow(x, y);

    public static int Max(int x, int y) => int.Max(x, y);

    public static int Min(int x, int y) => int.Min(x, y);

    public static int Abs(int x) => int.Abs(x);
}

/// <summary>Takes the place of <see cref="System.MathF"/> in reference runs.</summary>
public static class MathF
{
    public static Dual<float> Sin(Dual<float> x) => Dual<float>.Sin(x);

    public static Dual<float> Cos(Dual<float> x) => Dual<float>.Cos(x);

    public static Dual<float> Tanh(Dual<float> x) => Dual<float>.Tanh(x);

    public static Dual<float> Sinh(Dual<float> x) => Dual<float>.Sinh(x);

    public static Dual<float> Atan(Dual<float> x) => Dual<float>.Atan(x);

    public static Dual<float> Exp(Dual<float> x) => Dual<float>.Exp(x);

    public static Dual<float> Log(Dual<float> x) => Dual<float>.Log(x);

    public static Dual<float> Sqrt(Dual<float> x) => Dual<float>.Sqrt(x);

    public static Dual<float> Abs(Dual<float> x) => Dual<float>.Abs(x);

    public static Dual<float> Floor(Dual<float> x) => Dual<float>.Floor(x);

    public static Dual<float> Max(Dual<float> x, Dual<float> y) => Dual<float>.Max(x, y);

    public static Dual<float> Min(Dual<float> x, Dual<float> y) => Dual<float>.Min(x, y);

    public static Dual<float> Pow(Dual<float> x, Dual<float> y) => Dual<float>.Pow(x, y);
}
