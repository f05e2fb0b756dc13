using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.Emit;

/// <summary>Operands and the operations folded into them as C# expressions, with the parentheses they need and no others.</summary>
/// <param name="overflow">The overflow mode of the text around the expression.</param>
/// <param name="hidden">Reaches fields that generated code may not name.</param>
internal sealed partial class ExpressionPrinter(Tree tree, ExpressionFolding folding, Variables variables, Overflow overflow, HiddenFields hidden)
{
    /// <summary>For each array that may be null, the span by which it is read and written.</summary>
    private readonly Dictionary<Value, string> _spans = new();

    /// <summary>Registers the name of the span that shows the elements of an array.</summary>
    public void AddSpan(Value array, string name) => _spans.Add(array, name);

    /// <summary>For each array of arrays, the variable that has its rows.</summary>
    private readonly Dictionary<Operand, string> _rows = new();

    public void AddRows(Operand jagged, string name) => _rows.Add(jagged, name);

    public string RowStarts(Operand jagged) => _rows[jagged] + ".Starts";

    /// <summary>The array, or the span of its elements, as something that has elements and a length.</summary>
    public string Elements(Operand array) =>
        array.Type is ArrayType { IsMatrix: true } ? "global::SoftDiff.Shape.Elements(" + Text(array) + ")"
        : array.Type is ArrayType { IsMemory: true } ? Text(array) + ".Span"
        : array.Type is ArrayType { IsJagged: true } ? _rows[array] + ".Elements"
        : array is Value value && _spans.TryGetValue(value, out var span) ? span
        : At(array, Precedence.Primary);

    /// <summary>The expression for a place where every precedence is allowed: an argument, an initialiser.</summary>
    public string Text(Operand operand) => Print(operand).Text;

    public string At(Operand operand, int precedence) => Print(operand).At(precedence);

    public Code Print(Operand operand)
    {
        if (operand is not Value value) return Literals.Print(operand);
        if (folding.IsFolded(value)) return Print(tree.Definition(value)!);
        var variable = variables.Find(value) ?? throw new InvalidOperationException("No variable for " + value + ".");
        return Code.Primary(variable.Text);
    }

    /// <summary>The expression that the operation computes.</summary>
    public Code Print(Node node) => node.Op switch
    {
        Compute compute => Print(compute),
        Length { Array.Type: ArrayType { IsTensor: true } } length =>
            Code.Primary("checked((int)" + At(length.Array, Precedence.Primary) + ".FlattenedLength)"),
        Length { Array.Type: ArrayType { IsMatrix: true } or ArrayType { IsMemory: true } } length => Code.Primary(At(length.Array, Precedence.Primary) + ".Length"),
        Length length => Code.Primary(Elements(length.Array) + ".Length"),
        IsNull test => new Code(At(test.Array, Precedence.Equality) + " == null", Precedence.Equality),
        Lengths lengths => Code.Primary(At(lengths.Tensor, Precedence.Primary) + ".Lengths"),
        RowStarts starts => Code.Primary(RowStarts(starts.Jagged)),
        AxisLength length => Code.Primary(
            At(length.Matrix, Precedence.Primary) + ".GetLength(" + length.Axis.ToString(CultureInfo.InvariantCulture) + ")"),
        Arrange arrange => Code.Primary(Tensor(arrange)),
        Load load => Code.Primary(Element(load.Array, load.Index)),
        LaneCount count => Code.Primary(count.Lane.Name + ".Count"),
        LaneLoad load => Code.Primary(Lanes(load, (ScalarType)load.Result.Type)),
        View view => Code.Primary(Slice(view)),
        LaneColumn column => Code.Primary("new " + TypeNames.Of(column.Result.Type) + "(" + Arguments(column.Reads()) + ")"),
        LaneNumbers numbers => Code.Primary(Numbers(numbers)),
        Row row => Code.Primary("global::SoftDiff.Shape.Row(" + Elements(row.Array) + ", " + Arguments(new[] { row.Start, row.Count }) + ")"),
        ComputePair pair => Code.Primary(FunctionNames.Of(ScalarFunctions.Of(pair.Code).Pair!.Spelling, pair.Arg.Type) + "(" + Text(pair.Arg) + ")"),
        If @if => Conditional(node, @if),
        Pop pop => Code.Primary(At(pop.Tape, Precedence.Primary) + ".Pop<" + TypeNames.Of(pop.Result.Type) + ">()"),
        RuleCall call => Code.Primary(call.Rule.Primal + "(" + Arguments(call.Args) + ")"),
        Invoke { Outs.Length: 0 } invoke => Code.Primary(invoke.Method + "(" + Arguments(invoke.Args.Select(a => a!)) + ")"),
        Evaluate { Outs.Length: 0 } evaluate => new Code(Fill(evaluate), Precedence.Of(evaluate.Expression.Replace('{', '_').Replace('}', '_'))),
        _ => throw new UnknownOperationException("The emitter", node.Op),
    };

    private string Lanes(LaneLoad load, ScalarType lane) => (load.Stride is null
        ? lane.Name + ".Load("
        : "global::SoftDiff.LaneLoop.Load<" + lane.Name + ", " + lane.LaneOf!.Name + ">(") + Arguments(load.Reads()) + ")";

    private string Numbers(LaneNumbers numbers)
    {
        var lane = ((ArrayType)numbers.Array.Type).Element;
        return "global::System.Runtime.InteropServices.MemoryMarshal.Cast<" + lane.Name + ", " + lane.LaneOf!.Name + ">(" + Text(numbers.Array) + ")";
    }

    public string Element(Operand array, Operand index) => Elements(array) + "[" + Text(index) + "]";

    /// <summary>The array as something with the methods of a span.</summary>
    public string Span(Operand array) =>
        IsArray(array) ? "global::System.MemoryExtensions.AsSpan(" + Text(array) + ")" : Elements(array);

    /// <summary>The condition that is true where the operand is false.</summary>
    public Code Not(Operand condition)
    {
        if (condition is BoolConstant constant) return Literals.Print(new BoolConstant(!constant.Flag));
        if (folding.IsFolded(condition) && tree.Definition((Value)condition)!.Op is IsNull test)
        {
            return new Code(At(test.Array, Precedence.Equality) + " != null", Precedence.Equality);
        }

        if (folding.IsFolded(condition) && tree.Definition((Value)condition)!.Op is Compute compute)
        {
            if (compute.Code == Opcode.Not) return Print(compute.Args[0]);
            if (OperatorText.Opposite(compute.Code, compute.Args[0].Type) is { } opposite) return Print(compute with { Code = opposite });
        }

        return new Code("!" + At(condition, Precedence.Unary), Precedence.Unary);
    }

    // Only parameters are arrays; what the function makes itself is a span.
    private bool IsArray(Operand array) =>
        array.Type is ArrayType { Form: ArrayForm.Array } && !(array is Value opened && _spans.ContainsKey(opened)) && (array is Value value ? tree.Definition(value) is null : array is SymbolConstant);

    private string Slice(View view)
    {
        var range = Text(view.Start) + (view.Count is null ? "" : ", " + Text(view.Count));
        if (!IsArray(view.Array)) return Elements(view.Array) + ".Slice(" + range + ")";
        return "global::System.MemoryExtensions.AsSpan(" + Text(view.Array) + ", " + range + ")";
    }

    private string Tensor(Arrange arrange)
    {
        if (arrange.Lengths.IsEmpty) return "default(" + TypeNames.Of(arrange.Result.Type) + ")";
        var lengths = arrange.Lengths[0].Type is ArrayType ? Text(arrange.Lengths[0]) : "[" + Arguments(arrange.Lengths) + "]";
        return "new " + TypeNames.Of(arrange.Result.Type) + "(" + Text(arrange.Array) + ", " + lengths + ")";
    }

    private Code Conditional(Node node, If @if)
    {
        var (then, @else) = (node.Inner[0].Yields[0], node.Inner[1].Yields[0]);
        switch (then, @else)
        {
            case (BoolConstant { Flag: true }, BoolConstant { Flag: true }):
            case (BoolConstant { Flag: false }, BoolConstant { Flag: false }):
                return Literals.Print(then);
            case (BoolConstant { Flag: true }, BoolConstant): return Print(@if.Condition);
            case (BoolConstant, BoolConstant): return Not(@if.Condition);
            case (_, BoolConstant { Flag: false }): return And(Print(@if.Condition), Print(then));
            case (BoolConstant { Flag: true }, _): return Or(Print(@if.Condition), Print(@else));
            case (_, BoolConstant): return Or(Not(@if.Condition), Print(then));
            case (BoolConstant, _): return And(Not(@if.Condition), Print(@else));
            default: return Choice(Print(@if.Condition), Print(then), Print(@else));
        }
    }

    // Both are exactly associative and evaluate the same operands, so neither side needs parentheses.
    private static Code And(Code a, Code b) => new(a.At(Precedence.AndAlso) + " && " + b.At(Precedence.AndAlso), Precedence.AndAlso);

    // a && b || c is right without parentheses, and easier to read with them.
    private static Code Or(Code a, Code b) => new(InOr(a) + " || " + InOr(b), Precedence.OrElse);

    private static string InOr(Code code) => code.Precedence == Precedence.AndAlso ? "(" + code.Text + ")" : code.At(Precedence.OrElse);

    private static Code Choice(Code condition, Code a, Code b) => new(
        condition.At(Precedence.Conditional + 1) + " ? " + a.At(Precedence.Conditional + 1) + " : " + b.At(Precedence.Conditional), Precedence.Conditional);

    private Code Operation(Compute compute)
    {
        var args = compute.Args;
        switch (compute.Code)
        {
            case Opcode.Select: return Choice(Print(args[0]), Print(args[1]), Print(args[2]));
            case Opcode.StopGradient or Opcode.Replace: return Print(args[0]);
            case Opcode.Convert: return Convert((ScalarType)compute.Result.Type, args[0]);
            case Opcode.Not: return Not(args[0]);
            case Opcode.Negate when compute.Result.Type is ScalarType { Name: "uint" or "ulong" } unsigned:
                return new Code((unsigned.Name == "uint" ? "0u - " : "0UL - ") + At(args[0], Precedence.Additive + 1), Precedence.Additive);
            case Opcode.Negate: return Narrowed(compute, Prefix("-", args[0]));
            case Opcode.BitNot: return Narrowed(compute, Prefix("~", args[0]));
            case Opcode.Pure: return Code.Primary(compute.Symbol + "(" + Arguments(args) + ")");
        }

        if (OperatorText.Binary(compute.Code) is var (symbol, precedence)) return Narrowed(compute, Binary(compute.Code, symbol, precedence, args[0], args[1]));
        var spelling = ScalarFunctions.Of(compute.Code).Spelling;
        if (compute.Result.Type is ScalarType { LaneOf: { } element } lane)
        {
            return Code.Primary("global::SoftDiff.LaneLoop.Each<" + lane.Name + ", " + element.Name + ">("
                + Text(args[0]) + ", " + FunctionNames.Of(spelling, element) + ")");
        }

        var rounding = spelling.NeedsRounding ? ", global::System.MidpointRounding." + spelling.Rounding : "";
        return Code.Primary(FunctionNames.Of(spelling, args[0].Type) + "(" + Arguments(args) + rounding + ")");
    }

    public string Arguments(IEnumerable<Operand> args) => string.Join(", ", args.Select(Argument));

    public string Argument(Operand arg) => arg.Type is TapeType ? "ref " + Text(arg) : Text(arg);

    private Code Prefix(string symbol, Operand operand)
    {
        var text = At(operand, Precedence.Unary);
        return new Code(symbol + (text[0] == symbol[0] ? "(" + text + ")" : text), Precedence.Unary);
    }

    private Code Binary(Opcode code, string symbol, int precedence, Operand a, Operand b)
    {
        // x + -y and x - y are the same number to the last bit.
        if (code is Opcode.Add or Opcode.Subtract && Negated(b) is { } negated)
        {
            symbol = code == Opcode.Add ? "-" : "+";
            return new Code(At(a, precedence) + " " + symbol + " " + negated.At(precedence + 1), precedence);
        }

        return new Code(At(a, precedence) + " " + symbol + " " + At(b, precedence + 1), precedence);
    }

    /// <summary>The operand without its minus sign; null if it is not written with one.</summary>
    public Code? Negated(Operand operand)
    {
        if (operand is NumberConstant { Number: < 0 } number && !double.IsInfinity(number.Number) && !number.Scalar.IsTypeParameter)
        {
            return Literals.Print(number with { Number = -number.Number, Spelling = number.Spelling?.TrimStart('-') });
        }

        if (operand is IntegerConstant { Number: < 0 and > int.MinValue, Scalar.Name: "int" } integer)
        {
            return Literals.Print(integer with { Number = -integer.Number });
        }

        return folding.IsFolded(operand) && tree.Definition((Value)operand)!.Op is Compute { Code: Opcode.Negate, Checked: false } negate
            && negate.Result.Type is ScalarType { Kind: ScalarKind.Float }
            ? Print(negate.Args[0])
            : null;
    }

    /// <summary>C# computes small integers as int.</summary>
    private static Code Narrowed(Compute compute, Code code) =>
        IntegerTypes.IsSmall(compute.Result.Type)
            ? new Code("(" + TypeNames.Of(compute.Result.Type) + ")" + code.At(Precedence.Primary), Precedence.Unary)
            : code;

    private Code Convert(ScalarType to, Operand from)
    {
        var type = (ScalarType)from.Type;
        if (to.IsTypeParameter) return Code.Primary(to.Name + ".CreateChecked(" + Text(from) + ")");
        if (type.IsTypeParameter) return Code.Primary(to.Name + (to.IsFloat ? ".CreateChecked(" : ".CreateTruncating(") + Text(from) + ")");
        var text = At(from, Precedence.Unary);
        return new Code("(" + to.Name + ")" + (text[0] == '-' ? "(" + text + ")" : text), Precedence.Unary);
    }

    /// <summary>The expression of an evaluation, but for the variables that it sets.</summary>
    public string Fill(Evaluate evaluate) =>
        evaluate.Hidden is { } field
            ? Fill(evaluate.Expression, evaluate.Args).Replace(HiddenField.Place, hidden.Accessor(field))
            : Fill(evaluate.Expression, evaluate.Args);

    /// <summary>The expression of a throw, its <c>{0}</c>, <c>{1}</c> … replaced.</summary>
    public string Fill(string template, IReadOnlyList<Operand> args)
    {
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var close = template[i] == '{' ? template.IndexOf('}', i) : -1;
            var number = close > i + 1 ? template.Substring(i + 1, close - i - 1) : "";
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < args.Count)
            {
                text.Append(IsArgument(template, i, close) ? Text(args[index]) : At(args[index], Precedence.Primary));
                i = close;
            }
            else
            {
                text.Append(template[i]);
            }
        }

        return text.ToString();
    }

    private static bool IsArgument(string template, int open, int close) =>
        open > 0 && (template[open - 1] == '(' || (open > 1 && template[open - 1] == ' ' && template[open - 2] == ','))
        && close + 1 < template.Length && template[close + 1] is ')' or ',';
}
