namespace SoftDiff.Generator.Fuzz.Drawing;

/// <content>Parameters and results that are trees of numbers: values, arrays of them, matrices, arrays of arrays.</content>
internal sealed partial class Signature
{
    /// <summary>The type of the result, if it is a value with several numbers.</summary>
    public Composite? ResultType { get; private set; }

    private string Result => ResultType?.Name ?? (HasResult ? NumberType : "void");

    private void AddTree(Parameters one)
    {
        switch (one)
        {
            case Parameters.Value:
                AddValue(isReference: false);
                break;
            case Parameters.ValueReference:
                AddValue(isReference: true);
                break;
            case Parameters.ValueSpan:
                AddValues(Dice.Chance(0.3), isWritten: false);
                break;
            case Parameters.WrittenValues:
                AddValues(isArray: false, isWritten: true);
                break;
            case Parameters.Grid:
                AddGrid(isWritten: false);
                break;
            case Parameters.WrittenGrid:
                AddGrid(isWritten: true);
                break;
            case Parameters.Jagged:
                AddJagged(isWritten: false);
                break;
            case Parameters.WrittenJagged:
                AddJagged(isWritten: true);
                break;
            case Parameters.Constants:
                AddConstants();
                break;
            case Parameters.ClassReceiver:
                AddClassReceiver();
                break;
            case Parameters.StructReceiver:
                AddStructReceiver(isWritten: Dice.Chance(0.5));
                break;
            case Parameters.ValueResult:
                ResultType = Composites.Some(_sketch);
                break;
        }
    }

    private string Number() => _sketch.Number.Literal(Dice.Decimal(signed: true));

    private void AddValue(bool isReference)
    {
        Composite type = Composites.Some(_sketch);
        string name = _sketch.Fresh("p");
        string passedAs = isReference ? "ref " : Dice.Chance(0.2) ? "in " : "";
        Declare($"{passedAs}{type.Name} {name}", name, _ => type.Made(Number));
        _scope.Declare(new Value(name, type, IsAssignable: passedAs != "in "));
        if (passedAs.Length > 0) _sketch.ByReference.Add(name);
        if (!isReference) _wrt.Add(name);
    }

    private void AddValues(bool isArray, bool isWritten)
    {
        Composite type = Composites.Some(_sketch);
        string name = _sketch.Fresh("row");
        Length length = NewLength($"{name}.Length");
        Declare(
            isArray ? $"{type.Name}[] {name}" : $"{(isWritten ? "Span" : "ReadOnlySpan")}<{type.Name}> {name}", name,
            lengths => $"[{string.Join(", ", Enumerable.Range(0, lengths[length]).Select(_ => type.Made(Number)))}]");
        _scope.ValueBuffers.Add(new ValueBuffer(name, type, length, isWritten, isArray));
        if (!isWritten) _wrt.Add(name);
    }

    private void AddConstants()
    {
        string type = Objects.DrawConstant(_sketch), curve = _sketch.Fresh("curve"), list = _sketch.Fresh("flows");
        Declare($"{type} {curve}", curve, _ => $"new {type}({Numbers(Dice.Between(2, 4))})");
        _scope.Constants.Add(new Constant(curve, type));
        Declare($"{Dice.Pick("List", "IReadOnlyList")}<{NumberType}> {list}", list, _ => $"new List<{NumberType}> {{ {Numbers(Dice.Between(0, 3))} }}");
        _scope.Lists.Add(list);
    }

    private string Numbers(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => Number()));

    private void AddGrid(bool isWritten)
    {
        string name = _sketch.Fresh("grid");
        Length rows = NewLength($"{name}.GetLength(0)", isPositive: true), columns = NewLength($"{name}.GetLength(1)", isPositive: true);
        Declare($"{NumberType}[,] {name}", name,
            lengths => $"[{string.Join(", ", Enumerable.Range(0, lengths[rows]).Select(_ => Values(lengths[columns])))}]");
        _scope.Tensors.Add(new Tensor(name, rows, columns, isWritten) { IsMatrix = true });
        if (isWritten) Written(name, $"{name}[0, {name}.GetLength(1) - 1] *= {_sketch.Number.Literal(Dice.Decimal())};");
        else _wrt.Add(name);
    }

    /// <summary>Rows of different lengths, some of them empty.</summary>
    private void AddJagged(bool isWritten)
    {
        string name = _sketch.Fresh("jagged"), r = _sketch.Fresh("r");
        Length rows = NewLength($"{name}.Length");
        Declare($"{NumberType}[][] {name}", name,
            lengths => $"[{string.Join(", ", Enumerable.Range(0, lengths[rows]).Select(_ => Values(Dice.Between(0, 3))))}]");
        _scope.Jagged.Add(new Jagged(name, rows, isWritten));
        string first = $"if ({name}[{r}].Length > 0) {name}[{r}][0] *= {_sketch.Number.Literal(Dice.Decimal())};";
        if (isWritten) Written(name, $"for (int {r} = 0; {r} < {name}.Length; {r}++) {first}");
        else _wrt.Add(name);
    }

    /// <summary>A parameter is known to be written by its first write.</summary>
    private void Written(string name, string first)
    {
        _written.Add(name);
        First.Add(first);
    }
}
