using System.Reflection;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Rules;

/// <summary>The table of scalar functions is complete, and the methods that its rows name exist.</summary>
public class ScalarFunctionTests
{
    public static TheoryData<string> Rows
    {
        get
        {
            var rows = new TheoryData<string>();
            foreach (var code in Enum.GetNames<Opcode>()) rows.Add(code);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryOpcodeHasOneRowThatSaysAllThereIsToSay(string name)
    {
        var row = Assert.Single(ScalarFunctions.All, row => row.Code == Enum.Parse<Opcode>(name));
        Assert.NotEmpty(row.Spelling.Name);
        Assert.True(row.Derivative is null == row.ZeroReason.Length > 0, "It has a derivative, or a reason why it has none.");
        Assert.True(row.Cost is null or > 0);
        Assert.True(row.Signature.IsOpen || row.Signature.Operands.Length > 0);

        // What the platform's library computes takes far longer than saving the result.
        Assert.False(row.CallsLibrary && row.Cost is not null);
        if (row.Derivative is not { } derivative) return;
        Assert.NotEmpty(derivative.Formulas);
        Assert.True(derivative.Samples.Length > 0 || row.Code is Opcode.Select or Opcode.Replace, "no samples");
        Assert.True(derivative.Points.Length > 0 || row.Code == Opcode.Select, "no special inputs");
        Assert.All(derivative.Samples, box => Assert.Equal(row.Signature.Operands.Length, box.Inputs.Length));
        Assert.All(derivative.Points, point => Assert.Equal(row.Signature.Operands.Length, point.Inputs.Length));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TheMethodsThatARowNamesExist(string name)
    {
        var row = ScalarFunctions.Of(Enum.Parse<Opcode>(name));
        if (row.Spelling.Home is Home.Operator or Home.Form) return;
        foreach (var (type, own) in new[] { (typeof(double), ScalarType.Double), (typeof(float), ScalarType.Single), (typeof(int), ScalarType.Int32) })
        {
            var operands = row.Signature.Types(own);
            if (!row.Signature.Fits(own, operands)) continue;
            var parameters = operands.Select(operand => operand == own ? type : typeof(int)).ToList();
            if (row.Spelling.NeedsRounding) parameters.Add(typeof(MidpointRounding));
            Assert.True(Finds(row.Spelling, type, parameters), $"{own} has no {row.Spelling.Name}({string.Join(", ", parameters.Select(p => p.Name))})");
            if (row.Pair is { } pair && type != typeof(int)) Assert.True(Finds(pair.Spelling, type, parameters), pair.Spelling.Name);
        }
    }

    [Fact]
    public void PairsAreFunctionsOfOneOperand()
    {
        foreach (var row in ScalarFunctions.All.Where(row => row.Pair is not null))
        {
            Assert.Single(row.Signature.Operands);
            Assert.Equal(row.Signature, ScalarFunctions.Of(row.Pair!.Other).Signature, (a, b) => a.Works == b.Works && a.Operands.SequenceEqual(b.Operands));
        }
    }

    /// <summary>Whether the class that generated code calls has the method, and so have the interfaces that a type parameter stands for.</summary>
    private static bool Finds(Spelling spelling, Type type, IReadOnlyCollection<Type> parameters)
    {
        var owner = spelling.Home switch
        {
            Home.Math when type == typeof(float) => typeof(MathF),
            Home.Math or Home.MathOfDouble => typeof(Math),
            Home.NumberType => type,
            Home.Soft => typeof(Soft),
            Home.Partials => typeof(Partials),
            _ => typeof(Shape),
        };
        var isMember = spelling.Home is Home.Soft or Home.Partials or Home.Shape || type == typeof(int) || Has(type, spelling.Name, parameters);
        return isMember && Has(owner, owner == type || spelling.MathName is null ? spelling.Name : spelling.MathName, parameters);
    }

    private static bool Has(Type owner, string name, IReadOnlyCollection<Type> parameters) =>
        owner.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.NonPublic).Any(method => method.Name == name
            && method.GetParameters().Select(p => p.ParameterType.IsGenericMethodParameter ? parameters.First() : p.ParameterType).SequenceEqual(parameters));
}
