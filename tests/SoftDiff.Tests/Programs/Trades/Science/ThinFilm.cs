using System.Numerics;

namespace SoftDiff.Tests.Programs.Science.ThinFilm;

public sealed record Layer(string Material, double Index, double Absorption)
{
    public Complex N => new(Index, -Absorption);
}

public static partial class ThinFilmStack
{
    private readonly record struct Transfer(Complex A, Complex B, Complex C, Complex D)
    {
        public static Transfer Identity => new(Complex.One, Complex.Zero, Complex.Zero, Complex.One);

        public static Transfer operator *(Transfer l, Transfer r) => new(
            l.A * r.A + l.B * r.C,
            l.A * r.B + l.B * r.D,
            l.C * r.A + l.D * r.C,
            l.C * r.B + l.D * r.D);
    }

    private static Transfer Of(Layer layer, double thickness, double wavelength)
    {
        Complex phase = 2 * Math.PI * layer.N * thickness / wavelength;
        Complex cos = Complex.Cos(phase), sin = Complex.Sin(phase);
        return new Transfer(cos, Complex.ImaginaryOne * sin / layer.N, Complex.ImaginaryOne * layer.N * sin, cos);
    }

    private static double Reflectance(IList<Layer> layers, double[] thicknesses, double wavelength, double substrate)
    {
        var m = Transfer.Identity;
        for (int i = 0; i < layers.Count; i++) m *= Of(layers[i], thicknesses[i], wavelength);
        Complex b = m.A + m.B * substrate;
        Complex c = m.C + m.D * substrate;
        Complex r = (b - c) / (b + c);
        return r.Magnitude * r.Magnitude;
    }

    [Differentiable(Wrt = ["thicknesses"])]
    public static double MeritFunction(double[] thicknesses, IList<Layer> layers, double substrate, params double[] wavelengths)
    {
        double merit = 0;
        foreach (double wavelength in wavelengths)
        {
            double target = wavelength switch { < 500 => 0.1, >= 500 and < 600 => 0.0, _ => 0.2 };
            merit += Math.Pow(Reflectance(layers, thicknesses, wavelength, substrate) - target, 2);
        }

        return Math.Sqrt(merit / wavelengths.Length);
    }
}
