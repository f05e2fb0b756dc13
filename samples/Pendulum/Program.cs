using Pendulum;
using Samples;

// A pendulum's length, damping and drive from noisy angles. The misfit runs 10 000 steps of a simulation in plain C#. Its gradient and its
// second derivatives are declared, and SoftDiff writes their bodies at build time; once with all residuals stored and once with checkpoints.

double[] measured = Measurements.Take(seed: 1);
Console.WriteLine($"{"steps",6} {"tries",6} {"misfit",9} {"length",10} {"damping",10} {"drive",10}");
Fit last = null!;
foreach (var (count, fit) in Measurements.Fits(measured))
{
    int steps = count * DrivenPendulum.StepsPerMeasurement;
    Console.WriteLine($"{steps,6} {fit.Evaluations,6} {fit.Misfit,9:F3}{Columns(fit.Parameters)}");
    last = fit;
}

Console.WriteLine($"{"standard errors",-23}{Columns(last.StandardErrors)}");
Console.WriteLine($"{"truth",-23}{Columns(Measurements.Truth)}");
Console.WriteLine();

var (guessed, fitted) = (new double[Measurements.Count], new double[Measurements.Count]);
DrivenPendulum.Simulate(Measurements.Guess, guessed);
DrivenPendulum.Simulate(last.Parameters, fitted);
Console.WriteLine("Angles in radians over 20 seconds");
Console.WriteLine(new TextPlot(width: 100, height: 20)
    .Add('.', "first guess", Seconds(guessed)).Add('o', "measured", Seconds(measured)).Add('+', "fitted", Seconds(fitted)));

var (gradient, hessian, parameters) = (new double[3], new double[9], last.Parameters);
double plain = Timing.Milliseconds(() => DrivenPendulum.Misfit(parameters, measured));
Console.WriteLine($"10 000 steps take {plain:F2} ms. Their derivatives, with all residuals stored and with checkpoints:");
Cost("gradient, stored", () => DrivenPendulum.MisfitGradient(parameters, measured, gradient));
Cost("gradient, checkpoints", () => DrivenPendulum.MisfitGradientInLittleMemory(parameters, measured, gradient));
Cost("Hessian, stored", () => DrivenPendulum.MisfitHessian(parameters, measured, gradient, hessian));
Cost("Hessian, checkpoints", () => DrivenPendulum.MisfitHessianInLittleMemory(parameters, measured, gradient, hessian));
var again = Measurements.Fits(measured, DrivenPendulum.MisfitHessianInLittleMemory).Last().Fit;
Console.WriteLine($"{"fitted with checkpoints",-23}{Columns(again.Parameters)}");

static void Cost(string name, Action run) =>
    Console.WriteLine($"  {name,-22} {Timing.Milliseconds(run):F2} ms, {PooledMemory.Of(run).Peak / 1024.0:F0} KiB of scratch");

static string Columns(double[] values) => string.Concat(values.Select(value => $" {value,10:F5}"));

static IEnumerable<(double X, double Y)> Seconds(double[] angles) =>
    angles.Select((angle, i) => ((i + 1) * DrivenPendulum.StepsPerMeasurement * DrivenPendulum.Step, angle));
