using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The function to reverse, and what analyses know of it. The planner and the emission share it.</summary>
internal sealed class Primal
{
    private readonly Activity _activity;
    private readonly Dictionary<Operand, int> _reads;

    /// <param name="function">The function, simplified.</param>
    /// <param name="ends">The parameters, arrays and yielded values between which derivatives are wanted.</param>
    /// <param name="callees">What it calls, and where their derivatives are asked for.</param>
    /// <param name="options">What to do to save time or memory.</param>
    /// <param name="cancellation">Stops the walks over the function.</param>
    public Primal(
        Function function, (IEnumerable<Operand> Inputs, IEnumerable<Operand> Outputs) ends,
        DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        Function = function;
        Callees = callees;
        Options = options;
        Cancellation = cancellation;
        Values = new ValueSource(function.MaxId() + 1);
        Definitions = new Definitions(function);
        Counted = new CountedLoops(Definitions);
        Effects = new Effects(Definitions);
        IterationArrays = new IterationArrays(function, Definitions, Effects);
        _activity = new Activity(function, Definitions, ends.Inputs, ends.Outputs, options.Activity);
        Independence = new LoopIndependence(Definitions, Effects, IterationArrays, _activity);
        _reads = function.Body.AllReads().GroupBy(read => read).ToDictionary(reads => reads.Key, reads => reads.Count());
    }

    public Function Function { get; }

    public DerivedCallees Callees { get; }

    public TransformOptions Options { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Numbers the values of the derivative.</summary>
    public ValueSource Values { get; }

    /// <summary>Where values are defined. The planner adds the further results that operations get.</summary>
    public Definitions Definitions { get; }

    public CountedLoops Counted { get; }

    public Effects Effects { get; }

    public IterationArrays IterationArrays { get; }

    public LoopIndependence Independence { get; }

    public bool IsActive(Operand operand) => _activity.IsActive(operand);

    public bool IsActive(Carried carried) => _activity.IsActive(carried);

    /// <summary>How many operations read the value.</summary>
    public int Reads(Value value) => _reads[value];

    /// <summary>Whether the operation changes cotangents even if none of its results has one.</summary>
    public bool WritesActiveArrays(Op op) => Effects.Writes(op).Any(IsActive);
}
