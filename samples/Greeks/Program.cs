using Greeks;
using SoftDiff;

// The Greeks of options. Prices are plain C# with [Differentiable] on them, and each Greek is a declaration, whose body SoftDiff writes at
// build time.

Console.WriteLine("A call by Black and Scholes: derivatives of the price up to the third");
Console.WriteLine($"{"",-8} {"generated",18} {"closed form",18} {"difference",12}");
foreach (var (name, generated, closedForm) in Market.CallGreeks())
{
    Console.WriteLine($"{name,-8} {generated,18:F12} {closedForm,18:F12} {generated - closedForm,12:E1}");
}

Console.WriteLine();

const int Count = 10_000;
var simulation = new MonteCarlo(Count, steps: 12, seed: 5);
string[] names = ["price", "delta", "rho", "vega", "gamma"];

var call = new ClosedForms(Market.Spot, Market.Time, Market.Rate, Market.Volatility, Market.Strike, Market.Maturity);
Print(
    "The call",
    [call.Price, call.Delta, call.Rho, call.Vega, call.Gamma],
    simulation.Run(Paths.CallGreeks, Paths.CallGamma, softness: 1, SoftMode.Hard),
    simulation.Run(Paths.CallGreeks, Paths.CallGamma, softness: 1, SoftMode.Smooth));

double digital = European.DigitalGreeks(
    Market.Spot, Market.Rate, Market.Volatility, Market.Strike, Market.Maturity, out double delta, out double rho, out double vega);
double gamma = European.DigitalGamma(Market.Spot, Market.Rate, Market.Volatility, Market.Strike, Market.Maturity);
Print(
    "A digital option",
    [digital, delta, rho, vega, gamma],
    simulation.Run(Paths.DigitalGreeks, Paths.DigitalGamma, softness: 2, SoftMode.Hard),
    simulation.Run(Paths.DigitalGreeks, Paths.DigitalGamma, softness: 2, SoftMode.Smooth));

void Print(string title, double[] closedForm, Estimate[] hard, Estimate[] soft)
{
    Console.WriteLine($"{title} by {Count} simulated paths: derivatives of the exact payoff, and of one that is rounded off");
    Console.WriteLine($"{"",-8} {"exact payoff",20} {"soft payoff",20} {"closed form",12}");
    for (int i = 0; i < names.Length; i++) Console.WriteLine($"{names[i],-8} {hard[i],20} {soft[i],20} {closedForm[i],12:F5}");
    Console.WriteLine();
}
