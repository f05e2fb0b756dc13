using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public record struct Resonator(Complex Pole, double Gain);

public static partial class ComplexNumbers
{
    //? `Complex` operators
    //? z = new(0.5, -1.2), w = new(1, 0.3)
    //? z = new(0.5, -1.2), w = new(0.3, 1)
    [Differentiable]
    public static Complex ComplexOperators(Complex z, Complex w) => (z + w) * (z - w) / (w * w) + -z;

    //? `Complex` and numbers mixed
    //? z = new(0.5, -1.2), x = 0.7, n = 2
    [Differentiable]
    public static Complex MixedWithNumbers(Complex z, double x, int n)
    {
        Complex w = x;
        w += 1 / (z + n) - 2 * x + z / x;
        w *= x - z;
        return w;
    }

    //? `Abs`, `Magnitude` and `Phase`
    //? z = new(0.5, -1.2)
    [Differentiable]
    public static double MagnitudeAndPhase(Complex z) => Complex.Abs(z) * z.Phase + z.Magnitude * z.Real;

    //? `Exp`, `Log` and `Log10`
    //? z = new(0.5, -1.2)
    //? z = new(-0.5, 1.2)
    [Differentiable]
    public static Complex ExponentialAndLogarithm(Complex z) => Complex.Exp(z) * Complex.Log(z) + Complex.Log10(1 + z) * Complex.Log(z, 3);

    //? `Complex.Sqrt`, also on the real axis
    //? z = new(0.5, -1.2)
    //? z = new(-0.5, 0.2)
    //? z = new(0.5, 0)
    [Differentiable]
    public static Complex ComplexRoot(Complex z) => Complex.Sqrt(z) * z;

    //? `Complex.Pow` with complex and real exponents
    //? z = new(0.5, -1.2), p = new(1.3, 0.4), x = 2.5
    [Differentiable]
    public static Complex ComplexPowers(Complex z, Complex p, double x) => Complex.Pow(z, p) + Complex.Pow(z, x) * Complex.Pow(z, 2);

    //? a power of zero, which is zero
    //? x = 0
    [Differentiable]
    public static double PowersOfZero(double x) => (Complex.Pow(new Complex(x, 0), 1) + Complex.Pow(new Complex(x, 0), 2)).Real;

    //? `Sin`, `Cos`, `Tan`
    //? z = new(0.5, -1.2)
    //? z = new(0.5, 4.2)
    [Differentiable]
    public static Complex ComplexTrigonometry(Complex z) => Complex.Sin(z) + z * Complex.Cos(z) - Complex.Tan(z);

    //? `Sinh`, `Cosh`, `Tanh`
    //? z = new(0.5, -1.2)
    [Differentiable]
    public static Complex ComplexHyperbolic(Complex z) => Complex.Sinh(z) + z * Complex.Cosh(z) - Complex.Tanh(z);

    //? `Asin`, `Acos`, `Atan`, also on the real axis
    //? z = new(0.5, -1.2)
    //? z = new(0.5, 0)
    //? z = new(-0.9, 0.1)
    //? z = new(2, 0.3)
    [Differentiable]
    public static Complex ComplexInverses(Complex z) => Complex.Asin(z) + z * Complex.Acos(z) - Complex.Atan(z);

    //? polar coordinates, `Conjugate` and `Reciprocal`
    //? r = 1.3, angle = 0.7
    [Differentiable]
    public static double Polar(double r, double angle)
    {
        var z = Complex.FromPolarCoordinates(r, angle);
        return (Complex.Conjugate(z) * Complex.Reciprocal(z + Complex.One)).Imaginary;
    }

    //? `++` and `--` of complex numbers, and their constants
    //? z = new(0.5, -1.2)
    [Differentiable]
    public static Complex ComplexSteps(Complex z)
    {
        var w = z++ * Complex.ImaginaryOne;
        return --w * z;
    }

    //? a polynomial with complex variable by Horner's scheme
    //? c = [1.5, -0.3, 0.7, 0.2], z = new(0.5, -1.2)
    [Differentiable]
    public static double ComplexPolynomial(ReadOnlySpan<double> c, Complex z)
    {
        Complex sum = 0;
        for (int i = c.Length - 1; i >= 0; i--) sum = sum * z + c[i];
        return sum.Real * sum.Imaginary;
    }

    //? a Fourier transform on a span of complex numbers
    //? x = [new(0.5, -1.2), new(1, 0.3), new(0.2, 0.4)]
    [Differentiable]
    public static double FourierPower(ReadOnlySpan<Complex> x)
    {
        double power = 0;
        for (int k = 0; k < x.Length; k++)
        {
            var sum = Complex.Zero;
            for (int n = 0; n < x.Length; n++) sum += x[n] * Complex.Exp(new Complex(0, -2 * Math.PI * k * n / x.Length));
            power += (k + 1) * (sum * Complex.Conjugate(sum)).Real;
        }

        return power;
    }

    //? an array of complex numbers, written in place
    //? x = [new(0.5, -1.2), new(1, 0.3), new(0.2, 0.4)], turn = 0.3
    //? writes: x
    [Differentiable]
    public static void RotatePhases(Complex[] x, double turn)
    {
        for (int i = 0; i < x.Length; i++) x[i] *= Complex.FromPolarCoordinates(1, turn * i);
    }

    //? an array of complex numbers made in the method
    //? a = 0.3, b = 1.2
    [Differentiable]
    public static double ComplexArray(double a, double b)
    {
        var roots = new Complex[2];
        var d = Complex.Sqrt(a * a - b);
        roots[0] = -a + d;
        roots[1] = -a - d;
        return (roots[0] * roots[0] * roots[1]).Real + roots[1].Magnitude;
    }

    //? a struct with a complex number
    //? r = new(new(-0.2, 1.5), 0.7), w = 1.1
    [Differentiable]
    public static double Response(Resonator r, double w) => (r.Gain / (new Complex(0, w) - r.Pole)).Magnitude;

    //? complex numbers compared
    //? z = new(0.5, -1.2), w = new(1, 0.3)
    [Differentiable]
    public static Complex ComplexComparisons(Complex z, Complex w) => z == w || !Complex.IsFinite(z) ? z : Complex.MaxMagnitude(z, w) * w;

    //? a characteristic function integrated
    //? sigma = 0.3, t = 0.5
    [Differentiable]
    public static double Characteristic(double sigma, double t)
    {
        double sum = 0;
        for (int i = 1; i < 8; i++)
        {
            Complex u = new(0.25 * i, -0.5);
            var phi = Complex.Exp(Complex.ImaginaryOne * u * 0.1 - 0.5 * sigma * sigma * t * (u * u + Complex.ImaginaryOne * u));
            sum += (phi / (Complex.ImaginaryOne * u)).Real;
        }

        return sum;
    }

    //? arc functions on the real axis, inside and outside their cuts
    //? x = 1.3
    //? x = 1.2
    //? x = -1.7
    //? x = 0.4
    [Differentiable]
    public static double ArcsOfReals(double x) => Complex.Acos(x).Imaginary + Complex.Asin(x).Imaginary * Complex.Asin(x).Real + Complex.Acos(x).Real;

    //? `Tan` and `Tanh` where the hyperbolic cosine overflows
    //? x = 400.5, y = 0.3
    [Differentiable]
    public static double FarTangents(double x, double y) => (Complex.Tanh(new Complex(x, y)) * y + Complex.Tan(new Complex(y, x)) * y * y).Imaginary + y * x;
}
