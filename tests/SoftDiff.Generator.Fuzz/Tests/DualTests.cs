using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Reference;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>The reference against differences, and what all runs rely on.</summary>
public sealed class DualTests
{
    public static TheoryData<string> Functions() =>
        ["Sin", "Cos", "Tanh", "Atan", "Exp", "Log", "Sqrt", "Abs", "Pow", "Max", "Min", "Divide", "Multiply"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_have_the_slopes_of_differences(string name)
    {
        Func<Dual<double>, Dual<double>> function = name switch
        {
            "Sin" => Dual<double>.Sin,
            "Cos" => Dual<double>.Cos,
            "Tanh" => Dual<double>.Tanh,
            "Atan" => Dual<double>.Atan,
            "Exp" => Dual<double>.Exp,
            "Log" => Dual<double>.Log,
            "Sqrt" => Dual<double>.Sqrt,
            "Abs" => x => Dual<double>.Abs(-x),
            "Pow" => x => Dual<double>.Pow(x, x + 1.5),
            "Max" => x => Dual<double>.Max(x * x, 0.1) + Dual<double>.Max(0.1, x),
            "Min" => x => Dual<double>.Min(x * x, 7) + Dual<double>.Min(7, x),
            "Divide" => x => (x + 1) / (x * x + 1),
            _ => x => (x + 1) * (x - 3) * x,
        };
        foreach (double x in (double[])[0.3, 0.8, 1.7])
        {
            const double h = 1e-5;
            double slope = (function(x + h).Value - function(x - h).Value) / (2 * h);
            Assert.Equal(slope, function(new Dual<double>(x, 1)).Tangent, 1e-8);
        }
    }

    [Fact]
    public void Every_switch_is_off_in_one_setting_and_all_are_in_another()
    {
        Assert.Equal(TransformVariant.Switches.Count + 2, TransformVariant.All.Select(variant => variant.Options).Distinct().Count());
    }

    [Fact]
    public void Every_setting_comes_in_turn() =>
        Assert.Equal(
            TransformVariant.All.Count,
            Enumerable.Range(0, TransformVariant.All.Count).SelectMany(TransformVariant.InTurn).Distinct().Count());

    [Fact]
    public void A_seed_gives_the_same_programs_again_and_another_gives_others()
    {
        Assert.Equal(Drawer.Draw(5, 17), Drawer.Draw(5, 17));
        Assert.NotEqual(Drawer.Draw(5, 17).Members, Drawer.Draw(6, 17).Members);
    }

    /// <summary>An emphasis that names nothing would have no effect.</summary>
    [Fact]
    public void Kinds_emphasise_what_exists()
    {
        string[] names = [.. Statements.All.Select(statement => statement.Name), .. Terms.All.Select(term => term.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Subset(names.ToHashSet(), Kind.All.SelectMany(kind => kind.Emphasis).ToHashSet());
        Assert.Subset(names.ToHashSet(), Avoided.Names.ToHashSet());
    }
}
