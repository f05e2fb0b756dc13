using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>The facts that an operation states in several ways agree with each other, for every operation of the IR.</summary>
public sealed class OperationFactsTests
{
    private static readonly ImmutableArray<Op> Operations = [.. Samples.Everything().Body.AllOps()];

    public static TheoryData<string> Kinds => [.. typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_sample(string kind) => Assert.Contains(Operations, op => op.GetType().Name == kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rebuilding_maps_what_it_reads_and_defines_what_it_gives(string kind)
    {
        foreach (var op in Operations.Where(op => op.GetType().Name == kind))
        {
            var seen = new Recorder();
            var same = op.Rebuild(seen);
            Assert.Equal(Text(op), Text(same));
            Assert.Equal(Sorted(op.Reads().Concat(op is Loop { Exit: { } exit } ? [exit] : [])), Sorted(seen.Read));
            Assert.Equal(Sorted(op.Results.Concat(op.BlockParameters())), Sorted(seen.Defined));
            Assert.Equal(op.Blocks(), seen.Blocks);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_blocks_can_be_replaced(string kind)
    {
        foreach (var op in Operations.Where(op => op.GetType().Name == kind))
        {
            var marks = op.Blocks().Select((_, i) => new Block([], [new IntegerConstant(ScalarType.Int32, i)])).ToArray();
            var next = 0;
            var replaced = op.MapBlocks(_ => marks[next++]);
            Assert.Equal(marks, replaced.Blocks());
            Assert.Equal(op.Reads(), replaced.Reads());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_it_touches_is_among_what_it_reads(string kind)
    {
        foreach (var op in Operations.Where(op => op.GetType().Name == kind))
        {
            Assert.Subset(op.Reads().ToHashSet(), op.ElementsRead().Concat(op.ElementsWritten()).ToHashSet());
            if (op.Viewed is { } viewed) Assert.Contains(viewed, op.Reads());
            if (op.ElementsWritten().Any()) Assert.Equal(Freedom.None, op.Freedom);
            if (op.Freedom.HasFlag(Freedom.Move)) Assert.Empty(op.ElementsRead());
            if (op.Role == DerivativeRole.Constant) Assert.Empty(op.Flows());
        }
    }

    private static IEnumerable<string> Sorted(IEnumerable<Operand> operands) => operands.Select(o => o.ToString()).Distinct().Order(StringComparer.Ordinal);

    private static string Text(Op op) => IrText.Print(Samples.Everything() with { Body = new Block([op], []) });

    /// <summary>Replaces nothing, and notes what it is asked for.</summary>
    private sealed class Recorder : Rebuilder
    {
        public List<Operand> Read { get; } = [];

        public List<Operand> Defined { get; } = [];

        public List<Block> Blocks { get; } = [];

        public override Operand Map(Operand operand)
        {
            Read.Add(operand);
            return operand;
        }

        public override Value Define(Value value)
        {
            Defined.Add(value);
            return value;
        }

        public override Block Map(Block block)
        {
            Blocks.Add(block);
            return block;
        }
    }
}
