using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Gives code that varies the uniform values that it reads. The uniform code has run before, for all directions. Outermost values are in
/// scope. Cheap ones are computed again. Elements that nothing has overwritten since are loaded again. All others are kept in buffers, with
/// an element for each iteration of the loops around.
/// </summary>
internal sealed class UniformValues
{
    private const int MostCostOfNumber = 1, MostCostOfIndex = 8;

    private readonly For _directions;
    private readonly Definitions _definitions;
    private readonly CountedLoops _counted;
    private readonly Dictionary<Value, SplitFrame> _homes = new();
    private readonly Dictionary<SplitFrame, Operand> _trips = new();
    private readonly Dictionary<Operand, int> _lastWrites = new();

    public UniformValues(For directions, Definitions definitions, Effects effects)
    {
        (_directions, _definitions) = (directions, definitions);
        for (var i = 0; i < directions.Body.Ops.Length; i++)
        {
            foreach (var root in effects.Writes(directions.Body.Ops[i])) _lastWrites[root] = i;
        }

        _counted = new CountedLoops(definitions);
    }

    /// <summary>Whether a value could not be given.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The position of the operation that is split now, among the outermost ones.</summary>
    public int Position { get; set; }

    /// <summary>The buffers for the operation that is split now, and their lengths.</summary>
    public BlockBuilder? Buffers { get; set; }

    /// <summary>Registers a value of the uniform code.</summary>
    public void Add(Value value, SplitFrame home) => _homes[value] = home;

    /// <summary>Whether the uniform code can read the operand: it is no value of the varying code.</summary>
    public bool IsUniform(Operand operand) =>
        operand is not Value value || _homes.ContainsKey(value) || !_definitions.IsDefinedIn(value, _directions.Body);

    /// <summary>The operand as the varying code can read it.</summary>
    public Operand Of(Operand operand)
    {
        if (operand is not Value value || !_homes.TryGetValue(value, out var home) || home.Parent is null) return operand;
        if (home.Known.TryGetValue(value, out var known)) return known;
        var most = value.Type.IsFloat ? MostCostOfNumber : MostCostOfIndex;
        return home.Known[value] = CostOf(value) <= most ? Again(value, home) : Kept(value, home);
    }

    /// <summary>
    /// The cost of computing a value again, in additions; null if that is impossible. What the indices of a number's loads cost does not count, as the
    /// index into a buffer is no cheaper.
    /// </summary>
    private int? CostOf(Operand operand)
    {
        if (operand is not Value value || !_homes.TryGetValue(value, out var home) || home.Parent is null || home.Known.ContainsKey(value)) return 0;
        if (home.Uniform.Find(value) is not { } op || !op.Freedom.HasFlag(Freedom.Repeat)) return null;
        var own = op switch
        {
            Compute compute => compute.Function.Cost,
            Load load => IsFinal(load.Array) ? 1 : null,
            View or Length => 0,
            _ => (int?)null,
        };
        foreach (var read in op.Reads())
        {
            // It is too dear already. Operands may share parts, so a walk to the end could take exponential time.
            if (own is null or > MostCostOfIndex) return null;
            own += read.Type.IsFloat == value.Type.IsFloat ? CostOf(read) : CostOf(read) <= MostCostOfIndex ? 0 : null;
        }

        return own;
    }

    /// <summary>Whether nothing writes the array any more from the operation on that is split now.</summary>
    private bool IsFinal(Operand array) => !_lastWrites.TryGetValue(_definitions.Root(array), out var last) || last < Position;

    private Operand Again(Value value, SplitFrame home)
    {
        var op = home.Uniform.Find(value)!;
        var copy = new Substitution(home.Varying.Values);
        foreach (var read in op.Reads().OfType<Value>()) copy[read] = Of(read);
        var again = copy.Map(op);
        home.Varying.Add(again);
        return again.Results[0];
    }

    private Operand Kept(Value value, SplitFrame home)
    {
        if (value.Type is not ScalarType type || !home.Loops().All(IsCounted))
        {
            HasFailed = true;
            return value;
        }

        var buffer = Buffers!.Values.Fresh(new ArrayType(type, ArrayForm.Span), value.Name.Length > 0 ? value.Name + "Kept" : "kept");
        Operand length = ArrayCode.Int(1);
        foreach (var frame in home.Loops()) length = CountedLoops.Times(Buffers, length, Trips(frame));
        Buffers.Add(new Allocate(buffer, length, Cleared: false));
        home.Uniform.Add(new Store(buffer, Element(home, frame => frame.Loop!.Index, home.Uniform), value));
        return home.Varying.Load(buffer, Element(home, frame => frame.Index!, home.Varying), value.Name);
    }

    /// <summary>Whether the number of iterations is known before the outermost loop.</summary>
    private bool IsCounted(SplitFrame frame) => frame.Loop!.Index.Type == ScalarType.Int32 && frame.Loop.Bounds().All(bound =>
        bound is not Value value || !_homes.TryGetValue(value, out var home) || home.Parent is null);

    private Operand Trips(SplitFrame frame)
    {
        if (_trips.TryGetValue(frame, out var known)) return known;
        return _trips[frame] = _counted.Trips(Buffers!, frame.Loop!, frame.Loop!.Start, frame.Loop.End);
    }

    /// <summary>The number of the iteration among all iterations of the loops around.</summary>
    private Operand Element(SplitFrame home, Func<SplitFrame, Operand> index, BlockBuilder into) => CountedLoops.Element(
        into, home.Loops().Select(frame => (frame.Loop!, index(frame), (Func<Operand>)(() => Trips(frame)))));
}
