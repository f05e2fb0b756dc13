using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>Functions that between them hold every operation, operand and type.</summary>
internal static class Samples
{
    private static readonly ScalarType Opaque = new(ScalarKind.Opaque, "(double, global::A.B<int>[])");
    private static readonly ScalarType T = new(ScalarKind.Float, "T");

    private static readonly CustomRule Nested = new(
        RuleForm.Written, "global::A.Tangent", [new RuleParameter("ys", RuleRole.Destination, new ArrayType(ScalarType.Double, ArrayForm.Span), IsZeroed: true)],
        [], [], null, null, new("global::A.TangentBackward"), false, null);

    private static readonly CustomRule Written = new(
        RuleForm.Written, "global::A.Solve", ImmutableArray.Create(
            new RuleParameter("a", RuleRole.Scalar, ScalarType.Double),
            new RuleParameter("xs", RuleRole.Input, new ArrayType(ScalarType.Double, ArrayForm.ReadOnlySpan)),
            new RuleParameter("ys", RuleRole.Destination, new ArrayType(ScalarType.Double, ArrayForm.Span)),
            new RuleParameter("mode", RuleRole.Passive, new ScalarType(ScalarKind.Int, "global::A.Mode"))),
        [ScalarType.Double, ScalarType.Double], [1], new("global::A.Forward") { Missing = "words" }, Opaque, new("global::A.Backward") { Callee = "Back" }, true,
        new("global::A.Tangent") { Rule = Nested });

    /// <summary>Valid by <see cref="Verifier"/>.</summary>
    public static Function Everything()
    {
        var values = new ValueSource();
        var x = values.Fresh(ScalarType.Double, "x") with { IsUserNamed = true };
        var n = values.Fresh(ScalarType.Int32, "n") with { IsUserNamed = true };
        var xs = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.ReadOnlySpan), "xs");
        var ys = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Array), "größe");
        var tensor = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.ReadOnlyTensor), "t");
        var jagged = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Jagged), "rows");
        var matrix = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Matrix) { Rank = 3 }, "m");
        var state = values.Fresh(ScalarType.Double, "state");
        var count = values.Fresh(ScalarType.Int64, "count");
        var generic = values.Fresh(T, "inf");
        var body = new BlockBuilder(values);

        body.Line = 1;
        var tape = values.Fresh(TapeType.Instance, "tape");
        body.Add(new OpenTape(tape));
        var a = values.Fresh(ScalarType.Double, "a\"\\\n\t\u0001\u2028") with { IsUserNamed = true };
        body.Add(new Compute(a, Opcode.Multiply, ImmutableArray.Create<Operand>(x, new NumberConstant(ScalarType.Double, 0.1, "1e-1"))));
        var sum = values.Fresh(ScalarType.Int32) with { IsUserNamed = true };
        body.Add(new Compute(sum, Opcode.Add, ImmutableArray.Create<Operand>(n, new IntegerConstant(ScalarType.Int32, -7)), null, true));
        var isNaN = values.Fresh(ScalarType.Bool);
        body.Add(new Compute(isNaN, Opcode.Pure, ImmutableArray.Create<Operand>(a), "double.IsNaN"));
        body.Compute(T, Opcode.Max, generic, new NumberConstant(T, double.NegativeInfinity));
        body.Compute(ScalarType.Single, Opcode.Convert, new NumberConstant(ScalarType.Double, -0.0));
        body.Compute(ScalarType.Single, Opcode.Exp, new NumberConstant(ScalarType.Single, 0.1f, "0.1f"));
        body.Compute(new ScalarType(ScalarKind.Int, "char"), Opcode.Add, new IntegerConstant(new ScalarType(ScalarKind.Int, "char"), 'a'), new IntegerConstant(new ScalarType(ScalarKind.Int, "char"), long.MinValue));
        body.Compute(ScalarType.Bool, Opcode.BitOr, BoolConstant.True, BoolConstant.False);
        body.Line = -1;

        body.Add(new IsNull(values.Fresh(ScalarType.Bool), xs));
        var length = body.Length(xs);
        body.Add(new RequireLength(xs, "xs", ys, "ys"));
        body.Add(new RequireDisjoint(xs, "xs", ys, "ys"));
        body.Add(new RequireMatrix(ys, "ys", n, length));
        var buffer = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span), "buffer");
        body.Add(new Allocate(buffer, length, true));
        var raw = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span));
        body.Add(new Allocate(raw, length, false));
        var tail = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.ReadOnlySpan), "tail");
        body.Add(new View(tail, xs, new IntegerConstant(ScalarType.Int32, 1), null));
        var window = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span), "window");
        body.Add(new View(window, ys, n, length));
        var row = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span), "row");
        body.Add(new Row(row, ys, n, length));
        body.Add(new RowUpdate(RowUpdateKind.Add, buffer, row, null));
        body.Add(new RowUpdate(RowUpdateKind.MultiplyAdd, buffer, row, a));
        body.Add(new ComputePair(values.Fresh(ScalarType.Double), values.Fresh(ScalarType.Double), Opcode.Sin, a));
        body.Add(new RequireRank(tensor, "t", 2));
        body.Add(new RowLength(values.Fresh(ScalarType.Int32, "each"), xs, "xs", n));
        body.Add(new RequireRows(xs, "xs", n, length, "ys"));
        body.Add(new ParallelCall("Part", n, [xs, ys]));
        body.Add(new FindPattern(values.Fresh(SparseTypes.Pattern, "pattern"), "Finder", [n, xs]));
        var lane = ScalarType.Lane(ScalarType.Double);
        body.Add(new LaneCount(values.Fresh(ScalarType.Int32, "lanes"), lane));
        var loaded = values.Fresh(lane, "several");
        body.Add(new LaneLoad(loaded, xs, n));
        body.Add(new LaneStore(ys, n, loaded, lane));
        body.Add(new LaneLoad(values.Fresh(lane), xs, n, length));
        body.Add(new LaneStore(ys, n, loaded, lane, length));
        var wide = values.Fresh(new ArrayType(lane, ArrayForm.Span), "wide");
        body.Add(new Allocate(wide, length, true));
        body.Add(new LaneDiagonal(wide, n, x));
        body.Add(new LaneColumn(values.Fresh(new ArrayType(lane, ArrayForm.Column), "column"), ys, n, length, n));
        body.Add(new LaneNumbers(values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span), "numbers"), wide));
        body.Add(new RowsToLanes(xs, n, length, wide));
        body.Add(new LanesToRows(wide, ys));
        body.Add(new LaneSum(ys, n, loaded, lane));
        body.Add(new LaneRowSum(ys, n, length, loaded, xs, n, length, lane));
        body.Add(new LaneCall("Columns", n, [xs, ys], ScalarType.Double));
        body.Add(new LaneCall("Columns", n, [xs, ys], ScalarType.Double, values.Fresh(ScalarType.Int32, "done")));
        var elements = body.Elements(tensor);
        body.Elements(matrix);
        body.Load(body.RowStarts(jagged), n);
        body.Add(new Flatten(values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span)), jagged) { IsOnlyRead = true });
        body.Add(new RequireIndices(n, body.AxisLength(matrix, 2), Inclusive: true, body.Compute(ScalarType.Int32, Opcode.Count, n, length)));
        body.Add(new RequireDisjoint(elements, "t", ys, "ys"));
        body.Add(new RequireAllDisjoint([ys, elements, xs], ["ys", "t", "xs"], 1));
        body.Arrange(buffer, body.Lengths(tensor));
        body.Arrange(raw, body.Compute(ScalarType.Int32, Opcode.CheckIndex, n, length), new IntegerConstant(ScalarType.NativeInt, 2));
        body.Arrange(raw);
        body.Add(new MakeArray(values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Array), "made"), buffer, [length]));
        body.Add(new MakeArray(values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Matrix) { Rank = 2 }), null, [n, length]));
        body.Add(new Fill(buffer, new SymbolConstant(ScalarType.Double, "global::A.Zero<\"x\">")));
        body.Add(new Copy(xs, buffer));
        body.Add(new Push(tape, a));
        body.Add(new PushArray(tape, window));
        body.Add(new PopArray(tape, window));
        body.Add(new Pop(values.Fresh(ScalarType.Double), tape));

        var thrown = new BlockBuilder(values) { Line = 3 };
        thrown.Add(new Throw("new global::System.ArgumentException($\"{0} of {1}\")", ImmutableArray.Create<Operand>(x, n)));
        var kept = new BlockBuilder(values);
        var load = kept.Load(xs, n, "x_n");
        kept.Add(new Accumulate(buffer, n, load));
        kept.Add(new Store(buffer, new IntegerConstant(ScalarType.Int32, 0), load));
        var chosen = values.Fresh(ScalarType.Double, "chosen");
        body.Line = 3;
        body.Add(new If(isNaN, thrown.Build(), kept.Build(load), ImmutableArray.Create(chosen)));
        body.Add(new If(isNaN, Block.Empty, Block.Empty, ImmutableArray<Value>.Empty));

        var loop = new BlockBuilder(values) { Line = 5 };
        var index = values.Fresh(ScalarType.Int32, "i") with { IsUserNamed = true };
        var s = values.Fresh(ScalarType.Double, "s") with { IsUserNamed = true };
        var next = loop.Compute(ScalarType.Double, Opcode.Add, s, chosen);
        var stop = loop.Compute(ScalarType.Bool, Opcode.Greater, next, new NumberConstant(ScalarType.Double, double.PositiveInfinity));
        var total = values.Fresh(ScalarType.Double, "s");
        body.Line = 4;
        body.Add(new For(index, n, new IntegerConstant(ScalarType.Int32, 0), -2, true, ImmutableArray.Create(new Carried(s, new NumberConstant(ScalarType.Double, 1e300), total)), loop.Build(next), stop, values.Fresh(ScalarType.Int32, "trips")));
        body.Add(new For(values.Fresh(ScalarType.Int64), new IntegerConstant(ScalarType.Int64, 0), new IntegerConstant(ScalarType.Int64, 3), 1, false, ImmutableArray<Carried>.Empty, Block.Empty));
        body.Add(new For(values.Fresh(ScalarType.Int32), new IntegerConstant(ScalarType.Int32, 0), n, 1, false, ImmutableArray<Carried>.Empty, Block.Empty) { IsOverDirections = true });

        var condition = new BlockBuilder(values);
        var w = values.Fresh(ScalarType.Double, "w");
        var below = condition.Compute(ScalarType.Bool, Opcode.Less, w, new NumberConstant(ScalarType.Double, double.NaN));
        var grow = new BlockBuilder(values);
        var doubled = grow.Compute(ScalarType.Double, Opcode.Add, w, w);
        var grown = values.Fresh(ScalarType.Double);
        body.Add(new While(ImmutableArray.Create(new Carried(w, total, grown)), condition.Build(below), grow.Build(doubled), BoolConstant.False, values.Fresh(ScalarType.Int32)));

        body.Add(new Call(ImmutableArray<Value>.Empty, "Helper", ImmutableArray<Operand>.Empty));
        body.Add(new Call(ImmutableArray.Create(values.Fresh(ScalarType.Double), values.Fresh(ScalarType.Double)), "not an identifier", ImmutableArray.Create<Operand>(x, xs)) { ReadOnly = [0, 1] });
        var mode = new SymbolConstant(new ScalarType(ScalarKind.Int, "global::A.Mode"), "default");
        body.Add(new RuleCall([values.Fresh(ScalarType.Double), values.Fresh(ScalarType.Double, "handed")], Written, ImmutableArray.Create<Operand>(x, xs, ys, mode)));
        var derivative = new Transformation(TransformationKind.Derivative, 3, JacobianMode.Auto, ["x", "größe"]);
        body.Add(new Transform([values.Fresh(ScalarType.Double)], derivative, "Helper", [x, xs]));
        var jacobian = new Transformation(TransformationKind.Jacobian, 1, JacobianMode.Reverse, []);
        body.Add(new Transform([], jacobian, "Helper", []));
        body.Add(new Transform([], jacobian with { Sparse = true }, "Helper", []));
        var batch = new Transformation(TransformationKind.Vmap, 0, JacobianMode.Auto, []) { Parallel = true, Shared = [0, 2] };
        body.Add(new Transform([], batch, "Helper", [n, xs]));
        body.Add(new RuleCall([], new CustomRule(RuleForm.Companion, "F", [], [], [], null, null, null, false, null), ImmutableArray<Operand>.Empty));
        var residual = values.Fresh(Opaque, "residual");
        body.Add(new Invoke(ImmutableArray.Create(values.Fresh(ScalarType.Double), residual), "global::A.Forward", ImmutableArray.Create<Operand?>(x, null, xs), ImmutableArray.Create(values.Fresh(ScalarType.Double, "o"))));
        body.Add(new Invoke(ImmutableArray<Value>.Empty, "global::A.Nothing", ImmutableArray<Operand?>.Empty, ImmutableArray<Value>.Empty));
        body.Add(new Evaluate(values.Fresh(ScalarType.Double), "{0}.Rate", [residual], ObjectEffect.None) { Hidden = new("global::A.B", "_rate", "double") });
        body.Add(new Evaluate(values.Fresh(ScalarType.Bool), "{0}.TryGet({1}, out {out0})", [residual, n], ObjectEffect.Call) { Outs = [values.Fresh(ScalarType.Double, "found")] });
        body.Add(new Evaluate(null, "global::A.Show({0})", [x], ObjectEffect.Act) { IsDisplay = true });
        body.Add(new Evaluate(null, "{0}.CopyTo({1})", [residual, ys], ObjectEffect.Read) { FillsArray = true });
        body.Add(new Invoke([], "global::A.Tangent", [ys], []) { Derivative = new("global::A.Tangent") { Rule = Nested } });

        return new Function("Everything<T>", ImmutableArray.Create(
            new Parameter(x, ParameterMode.Value, true),
            new Parameter(n, ParameterMode.In, false),
            new Parameter(xs, ParameterMode.Value, true),
            new Parameter(ys, ParameterMode.Value, false, true),
            new Parameter(tensor, ParameterMode.In, true),
            new Parameter(matrix, ParameterMode.Value, true),
            new Parameter(jagged, ParameterMode.Value, true),
            new Parameter(state, ParameterMode.Ref, true),
            new Parameter(generic, ParameterMode.Value, false),
            new Parameter(count, ParameterMode.Out, false)), ScalarType.Double, body.Build(grown, state, new IntegerConstant(ScalarType.Int64, long.MaxValue)))
        {
            Source = ImmutableArray.Create("double Everything(double x)", "{ return \"\\\"; }", ""),
        };
    }
}
