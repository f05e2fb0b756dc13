using System.Globalization;

namespace SoftDiff.Generator.Emit;

/// <summary>Prints operations as statements. Control flow and calls are in files of their own.</summary>
internal sealed partial class StatementWriter
{
    private const int StackElements = 128;

    private readonly Tree _tree;
    private readonly ExpressionFolding _folding;
    private readonly Variables _variables;
    private readonly Uses _uses;
    private readonly Names _names;
    private readonly ExpressionPrinter _print;
    private readonly CodeWriter _code;
    private readonly SourceComments _comments;
    private readonly Dictionary<Node, CallSite> _calls;
    private readonly ProductText _products;
    private readonly string _typeParameters;

    public StatementWriter(
        Tree tree, Uses uses, ExpressionFolding folding, Variables variables, Names names, ProductText products, ImmutableArray<CallSite> calls,
        string typeParameters, Overflow overflow, HiddenFields hidden, CodeWriter code)
    {
        _tree = tree;
        _uses = uses;
        _folding = folding;
        _variables = variables;
        _names = names;
        _products = products;
        _typeParameters = typeParameters;
        _code = code;
        _print = new ExpressionPrinter(tree, folding, variables, overflow, hidden);
        _comments = new SourceComments(tree.Function.Source);
        _calls = calls.ToDictionary(c => c.Node);
        _paths = tree.Function.Parameters.Where(p => p.IsLeaf).ToDictionary(p => p.Name, PathOf, StringComparer.Ordinal);
    }

    /// <summary>Whether the method has a receiver.</summary>
    public bool IsInstance { get; init; }

    public void WriteBody()
    {
        WriteTrees();
        foreach (var parameter in _tree.Function.Parameters.Where(p => p.MayBeNull))
        {
            var span = _names.Fresh(parameter.Name.TrimStart('@') + "Elements");
            _code.Line(TypeNames.OfLocal(parameter.Value.Type) + " " + span + " = " + Text(parameter.Value) + ";", declares: true);
            _print.AddSpan(parameter.Value, span);
        }

        foreach (var parameter in _tree.Function.Parameters.Where(p => p.ElementsOf is not null && p.Mode != ParameterMode.Out)) WriteNumbers(parameter);
        WriteRows();
        WriteRegion(_tree.Root, isLast: true);
    }

    /// <summary>Lays a span of numbers over an array of structs.</summary>
    private void WriteNumbers(Parameter parameter)
    {
        if (_variables.Find(parameter.Value) is not { } variable) return;
        var (type, whole) = ((ArrayType)parameter.Value.Type, variable.Text);
        variable.PartText = Identifiers.Escape(_names.Fresh(variable.Name + "Numbers"));
        var elements = type.Form == ArrayForm.Array ? "global::System.MemoryExtensions.AsSpan(" + whole + ")" : whole;
        _code.Line(
            variable.Type + " " + variable.Text + " = " + Cast(parameter.ElementsOf!.Name, type.Element.Name, elements) + ";",
            declares: true);
        _print.AddSpan(parameter.Value, variable.Text);
    }

    private void Statement(string text, int line, bool declares = false) => _code.Line(text, declares, _comments.For(line, text));

    private void WriteNode(Node node, bool isLast)
    {
        Predeclare(node);
        switch (node.Op)
        {
            case If @if when !_folding.IsExpression(node): WriteIf(node, @if, isLast); break;
            case For loop: WriteFor(node, loop); break;
            case While loop: WriteWhile(node, loop); break;
            case Allocate allocate: WriteAllocate(node, allocate); break;
            case MakeArray made: WriteMakeArray(made); break;
            case Flatten flatten: WriteFlatten(flatten); break;
            case Call: WriteCall(node, _calls[node]); break;
            case ParallelCall call: WriteParallelCall(node, call); break;
            case FindPattern find: WriteFindPattern(find); break;
            case LaneCall call: WriteLaneCall(node, call); break;
            case RowLength rows: WriteCalled(rows.Results, RowLengthText(rows), rows.Line); break;
            case Invoke invoke: WriteInvoke(invoke); break;
            case Evaluate evaluate: WriteEvaluate(evaluate); break;
            case RuleCall { Rule.Outs.IsEmpty: false } call: WriteInvoke(call.Plain()); break;
            case Pop or Row or LaneColumn or LaneNumbers or ComputePair or RuleCall: WriteCalled(node.Op.Results, _print.Print(node).Text, node.Op.Line); break;
            case Compute compute: Assign(_variables[compute.Result], compute, _print.Print(node), compute.Line); break;
            case Length or IsNull or Load or LaneCount or LaneLoad or View or Arrange or Lengths or AxisLength or RowStarts or If: Define(node.Op.Results[0], _print.Print(node), node.Op.Line); break;
            case RequireAllDisjoint require: Long(DisjointText(require), require.Line); break;
            default: Statement(Effect(node.Op), node.Op.Line); break;
        }
    }

    private string Effect(Op op) => op switch
    {
        Store store => _print.Element(store.Array, store.Index) + " = " + Text(store.Value) + ";",
        LaneStore store => StoreText(store),
        LaneDiagonal store => LaneMethod("SetDiagonal", ((ArrayType)store.Array.Type).Element, store),
        RowsToLanes move => LaneMethod("ToLanes", ((ArrayType)move.Lanes.Type).Element, move),
        LanesToRows move => LaneMethod("ToRows", ((ArrayType)move.Lanes.Type).Element, move),
        LaneSum sum => LaneMethod("Add", sum.Lane, sum),
        LaneRowSum sum => LaneMethod("AddRows", sum.Lane, sum),
        Accumulate add when _print.Negated(add.Value) is { } negated => _print.Element(add.Array, add.Index) + " -= " + negated.Text + ";",
        Accumulate add => _print.Element(add.Array, add.Index) + " += " + Text(add.Value) + ";",
        RowUpdate update => "global::System.Numerics.Tensors.TensorPrimitives." + update.Kind + "<" + ((ArrayType)update.Destination.Type).Element.Name
            + ">(" + _print.Arguments(update.Reads()) + ");",
        Fill { Array.Type: ArrayType { Element.LaneOf: not null } } fill when IsZero(fill.Value) =>
            "global::SoftDiff.LaneLoop.Clear(" + Text(fill.Array) + ");",
        Fill fill when IsZero(fill.Value) => "global::SoftDiff.Scratch.Clear(" + _print.Span(fill.Array) + ");",
        Fill fill => _print.Span(fill.Array) + ".Fill(" + Text(fill.Value) + ");",
        Copy copy => "global::SoftDiff.Scratch.Copy<" + ((ArrayType)copy.Source.Type).Element.Name + ">("
            + _print.Span(copy.Source) + ", " + Text(copy.Destination) + ");",
        Throw @throw => "throw " + _print.Fill(@throw.Expression, @throw.Args) + ";",
        RequireLength { Array.Type: ArrayType { IsTensor: true } } require =>
            Require("Same", LengthsOf(require.Array), LengthsOf(require.Like), Quote(require.Name), Quote(require.LikeName)),
        RequireLength { Array.Type: ArrayType { IsJagged: true } } require =>
            Require("SameRows", Text(require.Array), Text(require.Like), Quote(require.Name), Quote(require.LikeName)),
        RequireLength { Array.Type: ArrayType { IsMatrix: true } } require =>
            Require("SameShape", Text(require.Array), Text(require.Like), Quote(require.Name), Quote(require.LikeName)),
        RequireLength require =>
            Require("SameLength", LengthOf(require.Array), LengthOf(require.Like), Quote(require.Name), Quote(require.LikeName)),
        RequireRows require => RequireRowsText(require),
        RequireMatrix require => Require("Matrix", LengthOf(require.Array), Text(require.Rows), Text(require.Columns), Quote(require.Name)),
        RequireIndices require => Require(require.Inclusive ? "IndicesThrough" : "Indices", Text(require.First), Text(require.End), Text(require.Length)),
        RequireRank require =>
            Require("Rank", LengthsOf(require.Tensor), require.Rank.ToString(CultureInfo.InvariantCulture), Quote(require.Name)),
        RequireDisjoint require => Require(
            "Disjoint<" + ((ArrayType)require.First.Type).Element.Name + ">",
            MemoryOf(require.First, require.FirstName), Quote(require.FirstName),
            MemoryOf(require.Second, require.SecondName), Quote(require.SecondName)),
        Push push => Text(push.Tape) + ".Push(" + Text(push.Value) + ");",
        PushArray push => Text(push.Tape) + ".PushSpan<" + ((ArrayType)push.Array.Type).Element.Name + ">(" + Text(push.Array) + ");",
        PopArray pop => Text(pop.Tape) + ".PopSpan<" + ((ArrayType)pop.Array.Type).Element.Name + ">(" + Text(pop.Array) + ");",
        _ => throw new UnknownOperationException("The emitter", op),
    };

    private string Text(Operand operand) => _print.Text(operand);

    /// <summary>The length that a message names: of an array of structs the number of these.</summary>
    private string LengthOf(Operand array) =>
        (array is Value value && _variables.Find(value) is { Parameter.ElementsOf: not null } structs ? Identifiers.Escape(structs.Name) : _print.Elements(array)) + ".Length";

    private string LengthsOf(Operand tensor) => _print.At(tensor, Precedence.Primary) + ".Lengths";

    private string MemoryOf(Operand array, string name) => array.Type is ArrayType { IsTensor: true } tensor
        ? "global::SoftDiff.Shape.Memory<" + tensor.Element.Name + ">(" + Text(array) + ", " + Quote(name) + ")"
        : array.Type is ArrayType { IsContainer: true, IsJagged: false } ? _print.Elements(array)
        : Text(array);

    private string DisjointText(RequireAllDisjoint require)
    {
        var names = string.Join(" ", require.Names.Select(name => Quote(name).Trim('"')));
        var start = new[] { require.Written.ToString(CultureInfo.InvariantCulture), "\"" + names + "\"" };
        return Require("Disjoint<" + ((ArrayType)require.Arrays[0].Type).Element.Name + ">", start.Concat(require.Arrays.Zip(require.Names, MemoryOf)).ToArray());
    }

    /// <summary>A call of the runtime that throws if what an operation requires is not so.</summary>
    private static string Require(string method, params string[] args) =>
        "global::SoftDiff.Shape." + method + "(" + string.Join(", ", args) + ");";

    private string Quote(string name) => "\"" + (_paths.TryGetValue(name, out var path) ? path : name).Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private static bool IsZero(Operand operand) => operand switch
    {
        NumberConstant number => number.Is(0),
        IntegerConstant integer => integer.Number == 0,
        BoolConstant constant => !constant.Flag,
        SymbolConstant symbol => symbol.Expression == "default",
        _ => false,
    };

    /// <summary>Variables whose first value comes inside the operation are declared before it.</summary>
    private void Predeclare(Node node)
    {
        if (node.Op is not (If or Loop) || _folding.IsExpression(node)) return;
        var own = new List<Value>();
        if (node.Op is Loop loop)
        {
            own.AddRange(loop.BlockParameters());
            if (loop.Trips is not null) own.Add(loop.Trips);
        }

        var early = _variables.DeclaredAt(node).Where(v => !v.IsDeclared && !v.Values.Any(own.Contains)).ToList();
        foreach (var group in early.GroupBy(v => v.Type))
        {
            _code.Line(group.Key + " " + string.Join(", ", group.Select(v => v.Text)) + ";", declares: true);
        }

        foreach (var variable in early) variable.IsDeclared = true;
    }

    private void Define(Value value, Code code, int line) => Assign(_variables[value], null, code, line);

    /// <param name="compute">The operation the text comes from, if it may be written as <c>x += …</c>.</param>
    private void Assign(Variable variable, Compute? compute, Code code, int line)
    {
        if (!variable.IsDeclared)
        {
            variable.IsDeclared = true;
            Statement(variable.Type + " " + variable.Text + " = " + code.Text + ";", line, declares: true);
            return;
        }

        Statement((compute is null ? null : Compound(variable, compute)) ?? variable.Text + " = " + code.Text + ";", line);
    }

    /// <summary><c>x += y</c> for <c>x = x + y</c>, and so on.</summary>
    private string? Compound(Variable variable, Compute compute)
    {
        if (compute.Checked || compute.Args.Length != 2) return null;
        if (OperatorText.Binary(compute.Code) is not var (symbol, precedence)) return null;
        if (precedence is Precedence.Relational or Precedence.Equality) return null;
        var other = Holds(variable, compute.Args[0]) ? compute.Args[1]
            : compute.Code is Opcode.Add or Opcode.Multiply && Holds(variable, compute.Args[1]) ? compute.Args[0]
            : null;
        if (other is null) return null;
        if (other is IntegerConstant { Number: 1 } && compute.Code is Opcode.Add or Opcode.Subtract) return variable.Text + symbol + symbol + ";";
        if (compute.Code is Opcode.Add or Opcode.Subtract && _print.Negated(other) is { } negated)
        {
            return variable.Text + (compute.Code == Opcode.Add ? " -= " : " += ") + negated.Text + ";";
        }

        return variable.Text + " " + symbol + "= " + Text(other) + ";";
    }

    private bool Holds(Variable variable, Operand operand) => operand is Value value && !_folding.IsFolded(value) && _variables.Find(value) == variable;

    private void WriteAllocate(Node node, Allocate allocate)
    {
        var variable = _variables.Find(allocate.Result);
        if (variable is null) return;
        variable.IsDeclared = true;
        var element = ((ArrayType)allocate.Result.Type).Element;
        var span = TypeNames.Span(element) + " " + variable.Text + " = ";
        if (allocate.Length is IntegerConstant { Number: 0 })
        {
            Statement(span + "default;", allocate.Line, declares: true);
            return;
        }

        var isOnStack = node.Loop is null && (!element.IsTypeParameter || element.LaneOf is not null) && element.Kind != ScalarKind.Opaque;
        if (isOnStack && allocate.Length is IntegerConstant { Number: >= 0 and <= StackElements } count)
        {
            var memory = "(stackalloc " + element.Name + "[" + count.Number.ToString(CultureInfo.InvariantCulture) + "]);";
            Statement(span + "global::SoftDiff.Scratch." + (allocate.Cleared ? "ClearedOnStack" : "OnStack") + memory, allocate.Line, declares: true);
            return;
        }

        var rent = _names.Fresh(variable.Name + "Rent");
        var rented = "using global::SoftDiff.Rented<" + element.Name + "> " + rent + " = global::SoftDiff.Scratch."
            + (allocate.Cleared ? "RentCleared<" : "Rent<") + element.Name + ">(" + Text(allocate.Length) + ");";
        Statement(rented, allocate.Line, declares: true);
        _code.Line(span + rent + ".Span;", declares: true);
    }

    private void WriteFlatten(Flatten flatten)
    {
        var variable = _variables.Find(flatten.Result);
        if (variable is null) return;
        variable.IsDeclared = true;
        var type = (ArrayType)flatten.Tensor.Type;
        if (!type.IsTensor)
        {
            var numbers = flatten.Tensor is Value value && _tree.Definition(value)?.Op is MakeArray made ? NumbersOf(made) : _print.Elements(flatten.Tensor);
            Statement(variable.Type + " " + variable.Text + " = " + numbers + ";", flatten.Line, declares: true);
            return;
        }

        var elements = _names.Fresh(variable.Name + "Held");
        var name = flatten.Tensor is Value { Name: var hint } ? hint : "";
        var opened = "using global::SoftDiff." + (type.IsReadOnly ? "ReadOnly" : "") + "Elements<" + type.Element.Name + "> " + elements
            + " = new(" + Text(flatten.Tensor) + ", " + Quote(name) + ");";
        Statement(opened, flatten.Line, declares: true);
        _code.Line(variable.Type + " " + variable.Text + " = " + elements + ".Span;", declares: true);
    }
}
