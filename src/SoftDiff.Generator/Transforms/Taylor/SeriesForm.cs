namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// The coefficients 1 … n of an active number. <see cref="UnrolledForm"/>: one part for each, null where it is identically zero. <see
/// cref="SpanForm"/>: one part, a span of the coefficients 0 … n.
/// </summary>
internal sealed record Series(ImmutableArray<Operand?> Parts);

/// <summary>A place for the series of a number that an If yields or a loop carries.</summary>
/// <param name="Series">The series that is there.</param>
/// <param name="Values">The values through which it gets there; none where it lies in memory.</param>
internal sealed record SeriesSlot(Series Series, ImmutableArray<Value> Values);

/// <summary>A number that a block hands on, its series, and the place for that.</summary>
internal sealed record PlacedSeries(SeriesSlot Slot, Operand Value, Series? Series);

/// <summary>
/// How series are held and computed. Of an array each element has its coefficients 1 … n one after the other in another array, its shadow;
/// of a tape likewise.
/// </summary>
internal abstract class SeriesForm
{
    protected SeriesForm(int order, ValueSource values) => (Order, Values) = (order, values);

    /// <summary>The number of the last coefficient.</summary>
    public int Order { get; }

    protected ValueSource Values { get; }

    /// <summary>The same form for another order.</summary>
    public abstract SeriesForm OfOrder(int order);

    /// <summary>The series of the variable itself: 1, and then zeros.</summary>
    public abstract Series Variable(Value variable, BlockBuilder into);

    /// <summary>The derivative of order n: n! times the coefficient n. This is the only place where the factorial enters.</summary>
    public abstract Operand Derivative(Series series, ScalarType type, BlockBuilder into);

    /// <summary>The series of a scalar function's value; null if it is constant.</summary>
    public abstract Series? Compute(Compute compute, Func<Operand, Series?> given, BlockBuilder into);

    public abstract Series Load(Operand shadow, Operand first, Value element, BlockBuilder into);

    public abstract void Store(Operand shadow, Operand first, Series? series, BlockBuilder into);

    public abstract void Accumulate(Operand shadow, Operand first, Series series, BlockBuilder into);

    public abstract void Push(Operand shadow, Operand number, Series? series, BlockBuilder into);

    public abstract Series Pop(Operand shadow, Value number, BlockBuilder into);

    /// <summary>A place for what the branches of an If yield.</summary>
    public abstract SeriesSlot Join(Value value, BlockBuilder before);

    /// <summary>A place for what a loop carries, with the initial series, and what the loop carries for it.</summary>
    public abstract (SeriesSlot Slot, ImmutableArray<Carried> Carried) Carry(Carried carried, Series? initial, BlockBuilder before);

    /// <summary>Puts series into their places at the end of a block, all at once. Gives what the block yields for them.</summary>
    public abstract ImmutableArray<Operand> Yield(IReadOnlyList<PlacedSeries> series, BlockBuilder block);

    /// <summary>The parameters by which a function is given the series of a number.</summary>
    public abstract Series Parameter(Value number, List<Parameter> parameters);

    /// <summary>The arguments for these parameters.</summary>
    public abstract ImmutableArray<Operand> Arguments(Operand number, Series? series, BlockBuilder into);

    /// <summary>Hands the series of a result to the caller: by parameters of the function, and by further results.</summary>
    public abstract ImmutableArray<Operand> Return(Operand result, Series? series, List<Parameter> parameters, BlockBuilder body);

    /// <summary>Receives the series of a call's result: by further arguments or further results.</summary>
    public abstract Series Receive(Value result, List<Operand> args, List<Value> results, BlockBuilder into);

    /// <summary>The series of the derivative of a number: its value, and its coefficients 1 … n - 1.</summary>
    public abstract (Operand Value, Series Series) Slope(Operand number, Series? series, BlockBuilder into);

    /// <summary>The same number's series without the last coefficient.</summary>
    public abstract Series Shortened(Operand number, Series? series, BlockBuilder into);

    /// <summary>The series of a number, of whose derivative the value and the coefficients 1 … n - 1 are given.</summary>
    public abstract Series Integral(Value number, Operand slope, Series? series, BlockBuilder into);

    protected static Operand Zero(Operand number) => new NumberConstant((ScalarType)number.Type, 0);

    protected static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    protected static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k);
}
