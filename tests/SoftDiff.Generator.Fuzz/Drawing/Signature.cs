using System.Globalization;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Draws the parameters of the method, and points at which it is to be checked.</summary>
internal sealed partial class Signature
{
    private readonly Sketch _sketch;
    private readonly Scope _scope;
    private readonly List<(string Declaration, string Name, Func<Dictionary<Length, int>, string>? Value)> _parameters = [];
    private readonly List<string> _wrt = [];
    private readonly List<string> _written = [];

    public Signature(Sketch sketch, Scope scope)
    {
        (_sketch, _scope) = (sketch, scope);
        for (int i = Dice.Between(1, 2); i > 0; i--) AddScalar(_sketch.Fresh("x"));
        foreach (Parameters one in Enum.GetValues<Parameters>())
        {
            if (sketch.Kind.Needs.HasFlag(one) || (!Kind.Trees.HasFlag(one) && Dice.Chance(0.12))) Add(one);
        }

        if (Dice.Chance(0.6)) AddInteger();
        if (Dice.Chance(0.3)) AddFlag();
    }

    public bool HasResult => !_sketch.Kind.Needs.HasFlag(Parameters.NoResult);

    /// <summary>
    /// Statements before all others: what <c>out</c> parameters hold first, and a first write to each array that is written.
    /// </summary>
    public List<string> First { get; } = [];

    private Dice Dice => _sketch.Dice;

    private string NumberType => _sketch.Number.Type;

    /// <summary>The method's head, under the lines of a probe.</summary>
    public IEnumerable<string> Head(string kind)
    {
        yield return "//? " + kind;
        if (_written.Count > 0) yield return "//? writes: " + string.Join(", ", _written);
        int count = Dice.Between(2, 3);
        for (int point = 0; point < count; point++) yield return "//? " + Point(point);
        yield return _sketch.Kind.Needs.HasFlag(Parameters.Wrt)
            ? $"[Differentiable(Wrt = [{string.Join(", ", _wrt.Take(Dice.Between(1, _wrt.Count)).Select(name => $"\"{name}\""))}])]"
            : "[Differentiable]";
        string parameters = string.Join(", ", _parameters.Select(p => p.Declaration).Where(declaration => declaration.Length > 0));
        yield return $"public {Modifier}{Result} F{_sketch.TypeParameters}({parameters}){_sketch.Constraints}";
    }

    private void Add(Parameters one)
    {
        switch (one)
        {
            case Parameters.Span:
                AddBuffer($"ReadOnlySpan<{NumberType}>", _sketch.Fresh("r"), isWritten: false, isArray: false);
                break;
            case Parameters.WrittenSpan:
                AddBuffer($"Span<{NumberType}>", _sketch.Fresh("s"), isWritten: true, isArray: false);
                break;
            case Parameters.Array:
                AddBuffer($"{NumberType}[]", _sketch.Fresh("f"), isWritten: false, isArray: true);
                break;
            case Parameters.WrittenArray:
                AddWrittenArray();
                break;
            case Parameters.Matrix:
                AddMatrix();
                break;
            case Parameters.Tensor:
                AddTensor();
                break;
            case Parameters.Order when Lengths().Length > 0:
                AddOrder();
                break;
            case Parameters.Reference:
                AddReferences();
                break;
            case Parameters.Softness when _sketch.Number.IsDouble:
                AddSoftness();
                break;
            default:
                AddTree(one);
                break;
        }
    }

    private Length[] Lengths() => [.. _scope.Lengths.Where(length => length is { Constant: null, Factors: null, IsPositive: false })];

    private void AddScalar(string name)
    {
        Declare($"{NumberType} {name}", name, _ => Dice.Decimal(signed: true));
        _scope.Scalars.Add(new Scalar(name, IsAssignable: true));
        _wrt.Add(name);
    }

    private void AddBuffer(string type, string name, bool isWritten, bool isArray)
    {
        Length[] known = Lengths();
        Length length = known.Length > 0 && Dice.Chance(0.6) ? Dice.Pick<Length>(known) : NewLength($"{name}.Length");
        Declare($"{type} {name}", name, lengths => Values(lengths[length]));
        _scope.Buffers.Add(new Buffer(name, length, isWritten, isArray, IsLocal: isWritten && !isArray));
        if (!isWritten) _wrt.Add(name);
    }

    private void AddWrittenArray()
    {
        string name = _sketch.Fresh("g");
        AddBuffer($"{NumberType}[]", name, isWritten: true, isArray: true);
        _written.Add(name);
        string i = _sketch.Fresh("i");
        First.Add($"for (int {i} = 0; {i} < {name}.Length; {i}++) {name}[{i}] *= {_sketch.Number.Literal(Dice.Decimal())};");
    }

    private void AddMatrix()
    {
        Length rows = IntegerLength("rows"), columns = IntegerLength("columns");
        string name = _sketch.Fresh("m");
        bool isWritten = Dice.Chance(0.3);
        Length length = new([$"{name}.Length"]) { Factors = (rows, columns) };
        Declare($"{(isWritten ? "Span" : "ReadOnlySpan")}<{NumberType}> {name}", name, lengths => Values(lengths[rows] * lengths[columns]));
        _scope.Buffers.Add(new Buffer(name, length, isWritten, IsArray: false, IsLocal: false));
        _scope.Lengths.Add(length);
        if (!isWritten) _wrt.Add(name);
    }

    private void AddTensor()
    {
        string name = _sketch.Fresh("tensor");
        bool isWritten = Dice.Chance(0.4);
        Length rows = NewLength($"(int){name}.Lengths[0]", isPositive: true),
            columns = NewLength($"(int){name}.Lengths[1]", isPositive: true);
        Declare(
            $"{(isWritten ? "TensorSpan" : "ReadOnlyTensorSpan")}<{NumberType}> {name}",
            name,
            lengths => $"[{string.Join(", ", Enumerable.Range(0, lengths[rows]).Select(_ => Values(lengths[columns])))}]");
        _scope.Tensors.Add(new Tensor(name, rows, columns, isWritten));
        if (!isWritten) _wrt.Add(name);
    }

    private void AddOrder()
    {
        string name = _sketch.Fresh("order");
        Length length = Dice.Pick<Length>(Lengths());
        Declare(
            $"ReadOnlySpan<int> {name}",
            name,
            lengths => $"[{string.Join(", ", Enumerable.Range(0, lengths[length]).Select(_ => Dice.Below(5)))}]");
        _scope.Orders.Add((name, length));
    }

    private void AddReferences()
    {
        (string both, string result) = (_sketch.Fresh("both"), _sketch.Fresh("result"));
        Declare($"ref {NumberType} {both}", both, _ => Dice.Decimal(signed: true));
        _parameters.Add(($"out {NumberType} {result}", result, null));
        First.Add($"{result} = {_sketch.Number.Literal(Dice.Decimal())} * {both};");
        foreach (string name in (string[])[both, result])
        {
            _scope.Scalars.Add(new Scalar(name, IsAssignable: true));
            _sketch.ByReference.Add(name);
        }
    }

    private void AddSoftness()
    {
        string name = _sketch.Fresh("softness");
        Declare($"double {name}", name, _ => (0.3 + (0.1 * Dice.Below(7))).ToString("0.0", CultureInfo.InvariantCulture));
        _scope.Softness.Add(name);
        _wrt.Add(name);
    }

    private void AddInteger()
    {
        string name = _sketch.Fresh("count");
        Declare($"int {name}", name, _ => Dice.Below(5).ToString(CultureInfo.InvariantCulture));
        _scope.Integers.Add(name);
    }

    private void AddFlag()
    {
        string name = _sketch.Fresh("on");
        Declare($"bool {name}", name, _ => Dice.Chance(0.5) ? "true" : "false");
        _scope.Flags.Add(name);
    }

    private Length IntegerLength(string stem)
    {
        string name = _sketch.Fresh(stem);
        Length length = NewLength(name);
        Declare($"int {name}", name, lengths => lengths[length].ToString(CultureInfo.InvariantCulture));
        return length;
    }

    private Length NewLength(string spelling, bool isPositive = false)
    {
        Length length = new([spelling], IsPositive: isPositive);
        _scope.Lengths.Add(length);
        return length;
    }

    private void Declare(string declaration, string name, Func<Dictionary<Length, int>, string> value) =>
        _parameters.Add((declaration, name, value));

    /// <summary>
    /// The first point has buffers of some length; in the others they may be empty, but for tensors, whose empty shapes the probes' text
    /// cannot state.
    /// </summary>
    private string Point(int number)
    {
        Dictionary<Length, int> lengths = new(ReferenceEqualityComparer.Instance);
        foreach (Length length in _scope.Lengths) lengths[length] = number == 0 ? Dice.Between(2, 4)
            : Math.Max(length.IsPositive ? 1 : 0, Dice.Pick(0, 1, 1, 2, 3, 5));
        string line = string.Join(", ", _parameters.Where(p => p.Value is not null).Select(p => $"{p.Name} = {p.Value!(lengths)}"));
        return _sketch.Number.IsGeneric ? $"T = {(number == 1 ? "float" : "double")}, {line}" : line;
    }

    private string Values(int count) => $"[{string.Join(", ", Enumerable.Range(0, count).Select(_ => Dice.Decimal(signed: true)))}]";
}
