using System.Collections.Immutable;

using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Emit;
using SoftDiff.Generator.Tests.Pipeline;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Simplify;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>
/// An operation that nobody knows. Passes that need the facts alone handle it by its facts. Those that need to know more refuse it: none takes it for an
/// operation without effect or without derivative.
/// </summary>
public sealed class UnknownOperationTests
{
    /// <summary>The result is the operand times something.</summary>
    private sealed record Strange(Value Result, Operand Of, DerivativeRole Part) : Op
    {
        public override ImmutableArray<Value> Results => [Result];

        public override Freedom Freedom => Freedom.None;

        public override DerivativeRole Role => Part;

        public override IEnumerable<Operand> Reads() => [Of];

        public override IEnumerable<(Operand To, Operand From)> Flows() => [(Result, Of)];

        public override Op Rebuild(Rebuilder by)
        {
            var of = by.Map(Of);
            return this with { Of = of, Result = by.Define(Result) };
        }
    }

    public static TheoryData<string> Parts => [.. Enum.GetNames<DerivativeRole>().Where(name => name != nameof(DerivativeRole.Constant))];

    [Theory]
    [MemberData(nameof(Parts))]
    public void No_mode_differentiates_it(string part)
    {
        var module = Module(Enum.Parse<DerivativeRole>(part));
        foreach (var kind in Enum.GetValues<CompanionKind>())
        {
            Assert.Throws<UnknownOperationException>(() => Differentiation.Apply(module, kind, TransformOptions.Default with { Verify = false }, default));
        }

        Assert.Throws<UnknownOperationException>(() => TaylorTransform.Apply(module, 2, TransformOptions.Default with { Verify = false }, default));
    }

    [Fact]
    public void The_verifier_refuses_it() => Assert.Throws<UnknownOperationException>(() => Verifier.Check(Function(DerivativeRole.Function)));

    [Fact]
    public void The_text_form_refuses_it() => Assert.Throws<UnknownOperationException>(() => IrText.Print(Function(DerivativeRole.Function)));

    [Fact]
    public void The_emitter_refuses_it() => Assert.Throws<UnknownOperationException>(() => Emitted.Print("", "", Function(DerivativeRole.Function)));

    [Fact]
    public void Passes_that_ask_for_facts_leave_it_where_it_is()
    {
        var function = Simplifier.Run(Function(DerivativeRole.Function), default);
        foreach (var pass in Passes.Lower.Where(pass => pass.Name != "ResolveReplacements")) function = pass.Run(function, default);
        Assert.IsType<Strange>(Assert.Single(function.Body.Ops));
    }

    [Fact]
    public void The_method_that_meets_it_is_reported_and_no_other()
    {
        Phases phases = new(CheckedLowering.Lower, (module, cancellation) => Companions.Generate(
            module.Root.Name == "Bad" ? Module(DerivativeRole.Function) : module, cancellation));
        TrackedDriver driver = new(new SoftDiffGenerator(phases), new Harness.SourceFile("Test.cs", """
            using SoftDiff;
            public static partial class C
            {
                [Differentiable] public static double Bad(double x) => x;
                [Differentiable] public static double Good(double x) => x * x;
            }
            """));
        var report = Assert.Single(driver.Result.Diagnostics);
        Assert.Equal("SD9000", report.Id);
        Assert.Contains("C.Bad", report.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("does not know the operation Strange", report.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(2, driver.Files.Count);
    }

    private static Module Module(DerivativeRole part) => new(Function(part), []);

    private static Function Function(DerivativeRole part)
    {
        var values = new ValueSource();
        var x = values.Fresh(ScalarType.Double, "x");
        var result = values.Fresh(ScalarType.Double);
        var body = new Block([new Strange(result, x, part)], [result]);
        return new Function("Bad", [new Parameter(x, ParameterMode.Value, Wrt: true)], ScalarType.Double, body);
    }
}
