using SoftDiff.Tests.Programs.Science.Growth;
using SoftDiff.Tests.Programs.Science.Halo;
using SoftDiff.Tests.Programs.Science.Ising;
using SoftDiff.Tests.Programs.Science.Kinetics;
using SoftDiff.Tests.Programs.Science.Sir;
using SoftDiff.Tests.Programs.Science.ThinFilm;

namespace SoftDiff.Tests.Programs.Science;

/// <summary>Simulations and fits, as one writes them without SoftDiff, against differences.</summary>
public sealed class ScienceProgramTests
{
    public static TheoryData<GrowthLaw> Laws =>
        [new Logistic(20), new Gompertz(15), new Allee(20, 1), new Allee(20, 0), new Exponential()];

    [Fact]
    public void AMechanismOfReactionsIsExact()
    {
        var mechanism = new Mechanism(
            [new("A", 1), new("B", 0.5), new("C", 0.1)], [Reaction.Parse("2A + B -> C", 1000), Reaction.Parse("C -> A + B", 3000)]);
        double[] factors = [1.2, 2.3], temperature = [300], dFactors = new double[2];

        double Cost() => mechanism.Misfit(factors, temperature[0], [0.1, 0.35], [0.2, 0.3], "C");
        mechanism.MisfitGrad(factors, temperature[0], [0.1, 0.35], [0.2, 0.3], "C", dFactors, out double dTemperature);

        Differences.AssertGradient(Cost, factors, dFactors, 1e-4);
        Differences.AssertGradient(Cost, temperature, [dTemperature], 1e-4);
    }

    [Theory]
    [InlineData(Boundary.Fixed)]
    [InlineData(Boundary.Periodic)]
    [InlineData(Boundary.Insulated)]
    public void HeatInAPlateWithAHaloIsExact(Boundary boundary)
    {
        double[] diffusivity = [0.7], source = [1, 2, 3], dSource = new double[3];
        double[,] target = { { 0.1, 0.2 }, { 0.3, 0.1 }, { 0.2, 0.4 } };

        double Cost() => HeatPlate.Misfit(diffusivity[0], source, target, boundary, 9, 0.05);
        HeatPlate.MisfitGrad(diffusivity[0], source, target, boundary, 9, 0.05, out double dDiffusivity, dSource);

        Differences.AssertGradient(Cost, diffusivity, [dDiffusivity]);
        Differences.AssertGradient(Cost, source, dSource);
    }

    [Theory]
    [MemberData(nameof(Laws), DisableDiscoveryEnumeration = true)]
    public void LawsOfGrowthAreExact(GrowthLaw law)
    {
        double[] p = [2, 0.6, 0.05];
        List<Observation> data = [new(1, 3), new(2, 5) { Note = "late" }, new(3.5, 9)];

        double Cost() => Population.SumOfSquares(p[0], p[1], p[2], law, data);
        Population.SumOfSquaresGrad(p[0], p[1], p[2], law, data, out double dInitial, out double dRate, out double dHarvest);

        Differences.AssertGradient(Cost, p, [dInitial, dRate, dHarvest], 1e-4);
    }

    [Fact]
    public void AMeanFieldIsExact()
    {
        double[] p = [1, 3], field = [0.1, 0.3, -0.2, 0.4, 0.1, -0.3, 0.2, 0.5, -0.1], dField = new double[9];
        var lattice = new Lattice(3);

        double Energy() => MeanField.FreeEnergy(p[0], p[1], field, lattice, 30);
        MeanField.FreeEnergyGrad(p[0], p[1], field, lattice, 30, out double dCoupling, out double dTemperature, dField);

        Differences.AssertGradient(Energy, p, [dCoupling, dTemperature], 1e-4);
        Differences.AssertGradient(Energy, field, dField, 1e-4);
    }

    [Fact]
    public void AStackOfThinFilmsIsExact()
    {
        double[] thicknesses = [100, 80, 120], dThicknesses = new double[3];
        Layer[] layers = [new("MgF2", 1.38, 0), new("TiO2", 2.4, 0.01), new("SiO2", 1.46, 0)];

        ThinFilmStack.MeritFunctionGrad(thicknesses, layers, 1.52, [450.0, 550, 650], dThicknesses);

        Differences.AssertGradient(() => ThinFilmStack.MeritFunction(thicknesses, layers, 1.52, 450.0, 550, 650), thicknesses, dThicknesses);
    }

    [Fact]
    public void AnEpidemicWithEventsIsExact()
    {
        double[] p = [0.4, 0.1, 5], reported = [6, 7, 9, 10, 12, 15, 18, 20, 22];
        SortedList<int, PolicyEvent> events = new()
        {
            [2] = new(EventKind.Lockdown, 0.4), [5] = new(EventKind.Vaccination, 0.1), [7] = new(EventKind.Reopening, 0.2),
        };

        double Cost() => Epidemic.Misfit(p[0], p[1], p[2], events, reported);
        Epidemic.MisfitGrad(p[0], p[1], p[2], events, reported, out double dBeta, out double dGamma, out double dInitial);

        Differences.AssertGradient(Cost, p, [dBeta, dGamma, dInitial], 1e-4);
    }
}
