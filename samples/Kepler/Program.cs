using System.Globalization;
using Kepler;

// Derivatives of solvers. Newton's method finds the solution of an equation; SoftDiff does not differentiate its steps. The derivative follows from
// the equation at the solution (docs/implicit-functions.md).

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool right = true;

Console.WriteLine("Kepler's equation x - e sin x = m. Derivatives of x, and how far differences of x are from them:");
Console.WriteLine();
Console.WriteLine("     m      e        x         dx/dm     differ       dx/de     differ");
foreach (double e in new[] { 0.1, 0.5, 0.9 })
{
    foreach (double m in new[] { 0.3, 1.5, 2.8 })
    {
        double x = Orbit.EccentricAnomalyGrad(m, e, out double dM, out double dE);
        const double H = 1e-6;
        double byM = (Orbit.EccentricAnomaly(m + H, e) - Orbit.EccentricAnomaly(m - H, e)) / (2 * H);
        double byE = (Orbit.EccentricAnomaly(m, e + H) - Orbit.EccentricAnomaly(m, e - H)) / (2 * H);
        right &= Math.Abs(byM - dM) < 1e-7 && Math.Abs(byE - dE) < 1e-7;
        Console.WriteLine($"{m,6:F1} {e,6:F1} {x,12:F8} {dM,11:F8} {Math.Abs(byM - dM),10:E1} {dE,11:F8} {Math.Abs(byE - dE),10:E1}");
    }
}

Console.WriteLine();
Console.WriteLine("An orbit fitted to 24 noisy positions (o) by Gauss-Newton steps through the equation:");
Console.WriteLine();
var fit = new OrbitFit();
Console.WriteLine("  step     error      axis   eccentricity  direction   anomaly");
Report(0, fit.Error(fit.Elements), fit.Elements);
double error = 0;
for (int step = 1; step <= 12; step++)
{
    error = fit.Step();
    if (step % 2 == 0) Report(step, error, fit.Elements);
}

Console.WriteLine($"  truth  {fit.Error(fit.Truth),8:F5} {Columns(fit.Truth)}");
right &= error <= fit.Error(fit.Truth);
Console.WriteLine();
Console.WriteLine(fit.Plot());
Console.WriteLine();

const int Nodes = 100;
Console.WriteLine($"A ladder of {Nodes} resistors and diodes, whose {Nodes} voltages are solved together; linear systems by MathNet.Numerics:");
Console.WriteLine();
double[] resistances = [.. Enumerable.Range(0, Nodes).Select(i => 100 + 10.0 * (i % 7))], gradient = new double[Nodes];
double last = Circuit.LastVoltageGrad(resistances, gradient);
Console.WriteLine($"  last voltage {last:F8} V. Derivatives by single resistors, in V per MOhm, and differences:");
foreach (int i in new[] { 0, 1, 5, 20, 99 })
{
    double Moved(double by)
    {
        double[] moved = [.. resistances];
        moved[i] += by;
        return Circuit.LastVoltage(moved);
    }

    double difference = (Moved(0.5) - Moved(-0.5)) * 1e6;
    right &= Math.Abs(difference - 1e6 * gradient[i]) < 1e-4 * Math.Max(1, Math.Abs(difference));
    Console.WriteLine($"  resistor {i,3}: {1e6 * gradient[i],14:F6} {difference,14:F6}");
}

return right ? 0 : 1;

static void Report(int step, double error, double[] elements) => Console.WriteLine($"  {step,5}  {error,8:F5} {Columns(elements)}");

static string Columns(double[] elements) => string.Join("   ", elements.Select(value => $"{value,9:F5}"));
