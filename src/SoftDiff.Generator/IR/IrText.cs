using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.IR;

/// <summary>
/// The stable text form of the IR: printed for equality and tests, parsed by tests. Everything in the records is printed, so two
/// functions with the same text give the same emitted code.
/// <code>
/// function Huber -&gt; double
///   param value %0.x!: double wrt
///   source "double Huber(double x)"
/// body
///   %1.a!: double = Abs %0 @2
///   %2: bool = Less %1, 1.0 as "1.0" @3
///   %3: double = if %2 @3
///     %4: double = Multiply 0.5, %0
///     yield %4
///   else
///     yield %1
///   end
///   yield %3
/// end
/// </code>
/// A value is written in full where it is defined (<c>%id.name!: type</c>, the <c>!</c> for a name of the user's own) and as <c>%id</c>
/// where it is read, unless what is read differs from the definition.
/// </summary>
internal static class IrText
{
    /// <summary>Types written without their kind.</summary>
    public static readonly IReadOnlyDictionary<string, ScalarKind> Keywords = new Dictionary<string, ScalarKind>(StringComparer.Ordinal)
    {
        ["double"] = ScalarKind.Float, ["float"] = ScalarKind.Float, ["bool"] = ScalarKind.Bool,
        ["sbyte"] = ScalarKind.Int, ["byte"] = ScalarKind.Int, ["short"] = ScalarKind.Int, ["ushort"] = ScalarKind.Int,
        ["int"] = ScalarKind.Int, ["uint"] = ScalarKind.Int, ["long"] = ScalarKind.Int, ["ulong"] = ScalarKind.Int,
        ["char"] = ScalarKind.Int, ["nint"] = ScalarKind.Int, ["nuint"] = ScalarKind.Int,
    };

    public static bool IsNameStart(char c) => c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or '_';

    public static bool IsNamePart(char c) => IsNameStart(c) || c is >= '0' and <= '9';

    public static string Print(Function function)
    {
        var text = new StringBuilder();
        new Printer(text).Print(function);
        return text.ToString();
    }

    /// <summary>The root first, then the functions it may call.</summary>
    public static string Print(Module module)
    {
        var text = new StringBuilder();
        new Printer(text).Print(module.Root);
        foreach (var callee in module.Callees)
        {
            text.Append('\n');
            new Printer(text).Print(callee);
        }

        return text.ToString();
    }

    /// <summary>The type as the text form writes it.</summary>
    public static string Print(IrType type) => type switch
    {
        ArrayType { Form: ArrayForm.Array } array => Print(array.Element) + "[]",
        ArrayType { Form: ArrayForm.Span } array => "span<" + Print(array.Element) + ">",
        ArrayType { Form: ArrayForm.ReadOnlySpan } array => "rospan<" + Print(array.Element) + ">",
        ArrayType { Form: ArrayForm.Tensor } array => "tensor<" + Print(array.Element) + ">",
        ArrayType { Form: ArrayForm.Memory } memory => "memory<" + Print(memory.Element) + ">",
        ArrayType { Form: ArrayForm.Column } array => "column<" + Print(array.Element) + ">",
        ArrayType { Form: ArrayForm.ReadOnlyMemory } memory => "romemory<" + Print(memory.Element) + ">",
        ArrayType { Form: ArrayForm.Listed } listed => "listed<" + Print(listed.Element) + ">",
        ArrayType { IsJagged: true } jagged => Print(jagged.Element) + "[][]",
        ArrayType { IsMatrix: true } matrix => Print(matrix.Element) + "[" + new string(',', matrix.Rank - 1) + "]",
        ArrayType array => "rotensor<" + Print(array.Element) + ">",
        ScalarType { LaneOf: { } element } => "lane<" + Print(element) + ">",
        ScalarType scalar when Keywords.TryGetValue(scalar.Name, out var kind) && kind == scalar.Kind => scalar.Name,
        ScalarType scalar => scalar.Kind.ToString().ToLowerInvariant() + "(" + Quote(scalar.Name) + ")",
        TapeType => "tape",
        _ => throw new NotSupportedException(type.GetType().Name),
    };

    internal static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': quoted.Append("\\\""); break;
                case '\\': quoted.Append("\\\\"); break;
                case '\n': quoted.Append("\\n"); break;
                case '\r': quoted.Append("\\r"); break;
                case '\t': quoted.Append("\\t"); break;
                default:
                    if (c < ' ' || c is '\u007f' or '\u0085' or '\u2028' or '\u2029' || char.IsSurrogate(c))
                    {
                        quoted.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        quoted.Append(c);
                    }

                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Bare if it is an ASCII identifier, else quoted.</summary>
    internal static string Name(string name)
    {
        var bare = name.Length > 0 && IsNameStart(name[0]) && name is not ("inf" or "nan");
        foreach (var c in name) bare &= IsNamePart(c);
        return bare ? name : Quote(name);
    }

    /// <summary>Text that parses back to the same bits and is never mistaken for an integer.</summary>
    internal static string Number(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        if (double.IsNaN(number))
        {
            return bits == BitConverter.DoubleToInt64Bits(double.NaN) ? "nan" : "nan#" + bits.ToString("X16", CultureInfo.InvariantCulture);
        }

        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";

        // Older hosts print negative zero as 0, and their "R" does not always come back: hence the sign by hand and the second try.
        var sign = bits < 0 ? "-" : "";
        var magnitude = Math.Abs(number);
        var text = magnitude.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(text, CultureInfo.InvariantCulture) != magnitude) text = magnitude.ToString("G17", CultureInfo.InvariantCulture);
        return sign + text + (text.IndexOfAny(new[] { '.', 'E', 'e' }) < 0 ? ".0" : "");
    }

    private sealed class Printer
    {
        private readonly StringBuilder _text;

        // The values that the parser knows at this point of the text. Results count before the operands to their right.
        private readonly Dictionary<int, Value> _defined = new();

        // The rules of rules' methods by their text, numbered in the order in which they are printed.
        private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);

        public Printer(StringBuilder text) => _text = text;

        public void Print(Function function)
        {
            Line(0, "function " + Name(function.Name) + (function.Returns is null ? "" : " -> " + IrText.Print(function.Returns)));
            foreach (var parameter in function.Parameters)
            {
                Line(1, "param " + parameter.Mode.ToString().ToLowerInvariant() + " " + Define(parameter.Value)
                    + (parameter.Wrt ? " wrt" : "") + (parameter.Scratch ? " scratch" : "") + (parameter.MayBeNull ? " nullable" : "")
                    + (parameter.IsConsumed ? " consumed" : "") + (parameter is { IsReturned: true, Part: null } ? " returned" : "")
                    + (parameter.Part is { } part ? " part " + PartText.Print(part) : "") + (parameter.ElementsOf is { } element ? " of " + PartText.Print(element) : ""));
            }

            if (function.Checkpoint is { } checkpoint)
            {
                Line(1, "checkpoint " + (checkpoint.IsLoop ? "loop " : "") + checkpoint.Slots.ToString(CultureInfo.InvariantCulture));
            }

            foreach (var line in function.Source) Line(1, "source " + Quote(line));
            foreach (var rule in NestedRules(function)) Introduce(rule);
            Line(0, "body");
            Print(function.Body, 1);
            Line(0, "end");
        }

        private void Print(Block block, int depth)
        {
            foreach (var op in block.Ops) Print(op, depth);
            Line(depth, List("yield", block.Yields));
        }

        private void Print(Op op, int depth)
        {
            var at = op.Line == -1 ? "" : " @" + op.Line.ToString(CultureInfo.InvariantCulture);
            switch (op)
            {
                case If o:
                    Line(depth, Defines(o.Values) + "if " + Read(o.Condition) + at);
                    Print(o.Then, depth + 1);
                    Line(depth, "else");
                    Print(o.Else, depth + 1);
                    Line(depth, "end");
                    break;

                case For o:
                    Line(depth, "for " + Define(o.Index) + " = " + Read(o.Start) + (o.Inclusive ? " through " : " until ") + Read(o.End)
                        + " step " + o.Step.ToString(CultureInfo.InvariantCulture) + (o.IsOverDirections ? " directions" : "") + Trips(o) + at);
                    PrintCarried(o, depth);
                    PrintBody(o, depth);
                    break;

                case While o:
                    Line(depth, "while" + Trips(o) + at);
                    PrintCarried(o, depth);
                    Print(o.Condition, depth + 1);
                    Line(depth, "do");
                    PrintBody(o, depth);
                    break;

                default:
                    Line(depth, Defines(Returned(op)) + Body(op) + Outs(op) + at);
                    break;
            }
        }

        private void PrintCarried(Loop loop, int depth)
        {
            foreach (var carried in loop.Carried)
            {
                Line(depth + 1, "carry " + Define(carried.Param) + " = " + Read(carried.Init) + " -> " + Define(carried.Result));
            }
        }

        private void PrintBody(Loop loop, int depth)
        {
            Print(loop.Body, depth + 1);
            if (loop.Exit is not null) Line(depth + 1, "exit " + Read(loop.Exit));
            Line(depth, "end");
        }

        private string Trips(Loop loop) => loop.Trips is null ? "" : " trips " + Define(loop.Trips);

        private static ImmutableArray<Value> Returned(Op op) => op switch
        {
            Invoke invoke => invoke.Returns,
            Evaluate { Value: null } => ImmutableArray<Value>.Empty,
            Evaluate { Value: { } value } => ImmutableArray.Create(value),
            _ => op.Results,
        };

        private string Outs(Op op)
        {
            var outs = op switch { Invoke invoke => invoke.Outs, Evaluate evaluate => evaluate.Outs, _ => ImmutableArray<Value>.Empty };
            return outs.IsEmpty ? "" : " out " + string.Join(", ", outs.Select(Define));
        }

        private string Body(Op op) => op switch
        {
            Compute o => List(o.Code + (o.Checked ? ".checked" : "") + (o.Symbol is null ? "" : "[" + Quote(o.Symbol) + "]"), o.Args),
            Length o => "length " + Read(o.Array),
            IsNull o => "isNull " + Read(o.Array),
            Load o => "load " + Element(o.Array, o.Index),
            Store o => "store " + Element(o.Array, o.Index) + " = " + Read(o.Value),
            Accumulate o => "accumulate " + Element(o.Array, o.Index) + " = " + Read(o.Value),
            Allocate o => "allocate " + Read(o.Length) + (o.Cleared ? " cleared" : ""),
            MakeArray o => List("make " + (o.Elements is null ? "" : Read(o.Elements) + " ") + "as", o.Lengths)
                + (o.ElementsOf is null ? "" : " of " + PartText.Print(o.ElementsOf)),
            View o => "view " + Read(o.Array) + " from " + Read(o.Start) + (o.Count is null ? "" : " count " + Read(o.Count)),
            Row o => "row " + Read(o.Array) + " from " + Read(o.Start) + " count " + Read(o.Count),
            RowUpdate o => "update " + o.Kind.ToString().ToLowerInvariant() + " " + Read(o.Destination) + ", " + Read(o.Source) + (o.Factor is null ? "" : ", " + Read(o.Factor)),
            ComputePair o => "pair " + o.Code + " with " + ScalarFunctions.Of(o.Code).Pair!.Other + " of " + Read(o.Arg),
            Flatten o => "flatten " + Read(o.Tensor) + (o.IsOnlyRead ? " read" : ""),
            Arrange o => List("arrange " + Read(o.Array) + " as", o.Lengths),
            Lengths o => "lengths " + Read(o.Tensor),
            RowStarts o => "rowStarts " + Read(o.Jagged),
            AxisLength o => "axisLength " + Read(o.Matrix) + " " + o.Axis.ToString(CultureInfo.InvariantCulture),
            Fill o => "fill " + Read(o.Array) + " = " + Read(o.Value),
            Copy o => "copy " + Read(o.Source) + " to " + Read(o.Destination),
            Throw o => List("throw " + Quote(o.Expression), o.Args),
            RequireLength o => "requireLength " + Read(o.Array) + " " + Quote(o.Name) + " like " + Read(o.Like) + " " + Quote(o.LikeName),
            RequireMatrix o => "requireMatrix " + Read(o.Array) + " " + Quote(o.Name) + " of " + Read(o.Rows) + " by " + Read(o.Columns),
            RequireIndices o =>
                "requireIndices " + Read(o.First) + (o.Inclusive ? " through " : " until ") + Read(o.End) + " in " + Read(o.Length),
            RequireRank o => "requireRank " + Read(o.Tensor) + " " + Quote(o.Name) + " " + o.Rank.ToString(CultureInfo.InvariantCulture),
            RequireDisjoint o => "requireDisjoint " + Read(o.First) + " " + Quote(o.FirstName) + " from " + Read(o.Second) + " " + Quote(o.SecondName),
            RequireAllDisjoint o => List("requireAllDisjoint " + o.Written.ToString(CultureInfo.InvariantCulture) + " of " + Quote(string.Join(" ", o.Names)), o.Arrays),
            RowLength o => "rowLength " + Read(o.Array) + " " + Quote(o.Name) + " of " + Read(o.Batch),
            RequireRows o => "requireRows " + Read(o.Array) + " " + Quote(o.Name) + " of " + Read(o.Batch)
                + " count " + Read(o.Row) + " like " + Quote(o.LikeName),
            LaneCount o => "laneCount " + IrText.Print(o.Lane),
            LaneLoad o => "laneLoad " + Element(o.Array, o.Index) + (o.Stride is null ? "" : " stride " + Read(o.Stride)),
            LaneStore o => "laneStore " + Element(o.Array, o.Index) + " = " + Read(o.Value) + " of " + IrText.Print(o.Lane) + (o.Stride is null ? "" : " stride " + Read(o.Stride)),
            LaneColumn o => "laneColumn " + Read(o.Matrix) + " from " + Read(o.Start) + " width " + Read(o.Width) + " count " + Read(o.Rows),
            LaneDiagonal o => "laneDiagonal " + Element(o.Array, o.Index) + " = " + Read(o.Value),
            LaneNumbers o => "laneNumbers " + Read(o.Array),
            RowsToLanes o => "rowsToLanes " + Read(o.Rows) + " from " + Read(o.Start) + " stride " + Read(o.Stride) + " to " + Read(o.Lanes),
            LanesToRows o => "lanesToRows " + Read(o.Lanes) + " to " + Read(o.Rows),
            LaneSum o => "laneSum " + Element(o.Array, o.Index) + " = " + Read(o.Value) + " of " + IrText.Print(o.Lane),
            LaneRowSum o => "laneRowSum " + Element(o.Array, o.Start) + " count " + Read(o.Count) + " = " + Read(o.Factor) + " of " + IrText.Print(o.Lane)
                + " times " + Read(o.Rows) + " from " + Read(o.First) + " stride " + Read(o.Stride),
            LaneCall o => List("lanes " + Name(o.Callee) + " of " + IrText.Print(o.Element) + " until " + Read(o.Count) + " with", o.Args),
            ParallelCall o => List("parallel " + Name(o.Callee) + " until " + Read(o.Count) + " with", o.Args),
            FindPattern o => List("pattern " + Name(o.Callee) + " with", o.Args),
            Call o => List("call " + Name(o.Callee), o.Args) + (o.ReadOnly.IsEmpty ? "" : " leaving " + string.Join(", ", o.ReadOnly)),
            Transform o => List("transform " + Text(o.What) + " of " + Name(o.Target), o.Args),
            RuleCall o => List("rule " + Rule(o.Rule) + " with", o.Args),
            Invoke o => "invoke " + Quote(o.Method) + (o.Derivative is null ? "" : " ruled" + Again(o.Derivative))
                + (o.Args.Length == 0 ? "" : " " + string.Join(", ", o.Args.Select(a => a is null ? "_" : Read(a)))) + Leaving(o),
            Evaluate o => List("evaluate " + Text(o) + " " + Quote(o.Expression), o.Args),
            Push o => "push " + Read(o.Tape) + ", " + Read(o.Value),
            Pop o => "pop " + Read(o.Tape),
            PushArray o => "pushArray " + Read(o.Tape) + ", " + Read(o.Array),
            PopArray o => "popArray " + Read(o.Tape) + ", " + Read(o.Array),
            OpenTape => "openTape",
            _ => throw new UnknownOperationException("The text form", op),
        };

        private static string Text(Evaluate op) => op.Effect.ToString().ToLowerInvariant()
            + (op.IsDisplay ? " display" : "")
            + (op.FillsArray ? " fills" : "")
            + (op.Hidden is { } field ? " hidden " + Quote(field.Type) + " " + Quote(field.Name) + " " + Quote(field.FieldType) : "");

        private static string Text(Transformation what) => what.Kind.ToString().ToLowerInvariant()
            + (what.Order == 1 ? "" : " order " + what.Order.ToString(CultureInfo.InvariantCulture))
            + (what.Mode == JacobianMode.Auto ? "" : " mode " + what.Mode.ToString().ToLowerInvariant())
            + (what.Sparse ? " sparse" : "")
            + (what.Parallel ? " parallel" : "")
            + (what.Shared.IsEmpty ? "" : " shared " + string.Join(", ", what.Shared.Select(i => i.ToString(CultureInfo.InvariantCulture))))
            + (what.Wrt.IsEmpty ? "" : " wrt " + string.Join(", ", what.Wrt.Select(Name)));

        private static IEnumerable<CustomRule> NestedRules(Function function) => function.Body.AllOps()
            .SelectMany(op => op switch
            {
                RuleCall call => call.Rule.Methods,
                Invoke { Derivative: { } method } => new[] { method },
                _ => Array.Empty<RuleMethod>(),
            })
            .Select(method => method.Rule).OfType<CustomRule>();

        /// <summary>Prints the rule of a rule's method, after those of its own methods, unless it has been.</summary>
        private int Introduce(CustomRule rule)
        {
            var text = Rule(rule);
            if (_rules.TryGetValue(text, out var known)) return known;
            var number = _rules.Count + 1;
            _rules[text] = number;
            Line(1, "derivative " + number.ToString(CultureInfo.InvariantCulture) + " " + text);
            return number;
        }

        private string Rule(CustomRule rule)
        {
            var parameters = rule.Parameters.Select(p => p.Role.ToString().ToLowerInvariant() + " " + Quote(p.Name) + ": " + IrText.Print(p.Type)
                + (p.IsZeroed ? " zeroed" : "") + (p.IsStart ? " start" : ""));
            return rule.Form.ToString().ToLowerInvariant() + " " + Quote(rule.Primal) + "(" + string.Join(", ", parameters) + ")"
                + (rule.Results.IsEmpty ? "" : " -> " + string.Join(", ", rule.Results.Select(IrText.Print)))
                + (rule.Outs.IsEmpty ? "" : " outs " + string.Join(", ", rule.Outs))
                + Method("forward", rule.Forward)
                + (rule.Residual is null ? "" : " residual " + IrText.Print(rule.Residual))
                + Method("backward", rule.Backward)
                + (rule.BackwardTakesPrimal ? " takesPrimal" : "")
                + Method("tangent", rule.Tangent)
                + Method("recomputing", rule.Recomputing);
        }

        private string Method(string role, RuleMethod? method) => method is null ? "" : " " + role + " " + Quote(method.Name) + Again(method);

        /// <summary>How a rule's method is differentiated again.</summary>
        private string Again(RuleMethod method) =>
            (method.Rule is null ? "" : " by " + Introduce(method.Rule).ToString(CultureInfo.InvariantCulture))
            + (method.Callee is null ? "" : (method.IsFunction ? " function " : " lowered ") + Name(method.Callee))
            + (method.Body is null ? "" : " of " + Name(method.Body) + " " + method.Mode.ToString().ToLowerInvariant())
            + (method.Missing is null ? "" : " missing " + Quote(method.Missing));

        private string Element(Operand array, Operand index) => Read(array) + "[" + Read(index) + "]";

        private string List(string head, IEnumerable<Operand> operands)
        {
            var list = string.Join(", ", operands.Select(Read));
            return list.Length == 0 ? head : head + " " + list;
        }

        /// <summary>The arrays that a method could write by their types, but does not.</summary>
        private static string Leaving(Invoke call)
        {
            var arrays = call.ReadOnly.Where(i => call.Args[i]?.Type is ArrayType { IsReadOnly: false }).ToList();
            return arrays.Count == 0 ? "" : " leaving " + string.Join(", ", arrays);
        }

        private string Defines(IReadOnlyCollection<Value> values) =>
            values.Count == 0 ? "" : string.Join(", ", values.Select(Define)) + " = ";

        private string Define(Value value)
        {
            _defined[value.Id] = value;
            return Full(value);
        }

        private static string Full(Value value) =>
            "%" + value.Id.ToString(CultureInfo.InvariantCulture) + (value.Name.Length == 0 ? "" : "." + Name(value.Name))
            + (value.IsUserNamed ? "!" : "") + ": " + IrText.Print(value.Type);

        private string Read(Operand operand)
        {
            switch (operand)
            {
                case Value value:
                    return _defined.TryGetValue(value.Id, out var known) && known.Name == value.Name
                        && known.IsUserNamed == value.IsUserNamed && known.Type.Equals(value.Type)
                        ? "%" + value.Id.ToString(CultureInfo.InvariantCulture)
                        : Full(value);
                case NumberConstant constant:
                    return Number(constant.Number)
                        + (constant.Scalar == ScalarType.Double ? "" : ": " + IrText.Print(constant.Scalar))
                        + (constant.Spelling is null ? "" : " as " + Quote(constant.Spelling));
                case IntegerConstant constant:
                    return constant.Number.ToString(CultureInfo.InvariantCulture)
                        + (constant.Scalar == ScalarType.Int32 ? "" : ": " + IrText.Print(constant.Scalar));
                case BoolConstant constant:
                    return constant.Flag ? "true" : "false";
                case SymbolConstant constant:
                    return "symbol " + Quote(constant.Expression) + ": " + IrText.Print(constant.Of);
                default:
                    throw new NotSupportedException(operand.GetType().Name);
            }
        }

        private void Line(int depth, string line) => _text.Append(' ', depth * 2).Append(line).Append('\n');
    }
}
