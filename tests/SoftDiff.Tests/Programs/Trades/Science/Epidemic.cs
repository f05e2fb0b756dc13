namespace SoftDiff.Tests.Programs.Science.Sir;

public enum EventKind { Lockdown, Vaccination, Reopening }

public sealed record PolicyEvent(EventKind Kind, double Strength);

public struct Compartments
{
    public double S, I, R;

    public readonly double Total => S + I + R;
}

public sealed class SirModel
{
    private Compartments _state;

    public SirModel(double population, double infected)
    {
        _state.S = population - infected;
        _state.I = infected;
    }

    public Compartments State => _state;
    public double Contact { get; set; } = 1;
    public double Peak { get; private set; }

    public void Handle(PolicyEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Lockdown:
                Contact *= 1 - e.Strength;
                break;
            case EventKind.Reopening:
                Contact = Math.Min(1, Contact + e.Strength);
                break;
            case EventKind.Vaccination:
                double moved = e.Strength * _state.S;
                _state.S -= moved;
                _state.R += moved;
                break;
        }
    }

    public void Advance(double beta, double gamma, double dt)
    {
        double infections = beta * Contact * _state.S * _state.I / _state.Total * dt;
        double recoveries = gamma * _state.I * dt;
        _state.S -= infections;
        _state.I += infections - recoveries;
        _state.R += recoveries;
        if (_state.I > Peak) Peak = _state.I;
    }
}

public static partial class Epidemic
{
    [Differentiable(Wrt = ["beta", "gamma", "initial"])]
    public static double Misfit(double beta, double gamma, double initial, SortedList<int, PolicyEvent> events, double[] reported)
    {
        var model = new SirModel(1000, initial);
        double misfit = 0;
        for (int day = 0; day < reported.Length; day++)
        {
            if (events.TryGetValue(day, out var policy)) model.Handle(policy);
            for (int k = 0; k < 4; k++) model.Advance(beta, gamma, 0.25);
            double residual = (model.State.I - reported[day]) / Math.Sqrt(reported[day] + 1);
            misfit += residual * residual;
        }

        foreach (KeyValuePair<int, PolicyEvent> pair in events)
            misfit += pair.Key >= reported.Length ? 1 : 0;
        return misfit + 1e-4 * model.Peak;
    }
}
