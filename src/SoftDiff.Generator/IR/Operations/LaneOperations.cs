namespace SoftDiff.Generator.IR;

// Operations of loops that run several iterations at once. Each iteration has a lane of its own in every value of a lane type.

/// <summary>The number of lanes, which is known when the function is called with a lane type.</summary>
internal sealed record LaneCount(Value Result, ScalarType Lane) : Measure(Result)
{
    public override IEnumerable<Operand> Reads() => Enumerable.Empty<Operand>();

    public override Op Rebuild(Rebuilder by) => this with { Result = by.Define(Result) };
}

/// <summary>
/// Elements of an array of numbers, from <paramref name="Index"/> on: one for each lane. They are consecutive, or a <paramref name="Stride"/> apart.
/// </summary>
internal sealed record LaneLoad(Value Result, Operand Array, Operand Index, Operand? Stride = null) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.Drop | Freedom.Repeat;

    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => Stride is null ? new[] { Array, Index } : new[] { Array, Index, Stride };

    public override IEnumerable<Operand> ElementsRead() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { ((Operand)Result, Array) };

    public override Op Rebuild(Rebuilder by)
    {
        var (array, index, stride) = (by.Map(Array), by.Map(Index), by.MapOptional(Stride));
        return this with { Array = array, Index = index, Stride = stride, Result = by.Define(Result) };
    }
}

/// <summary>Writes the lanes of a value to elements of an array of numbers, from <paramref name="Index"/> on.</summary>
/// <param name="Array">The array of numbers.</param>
/// <param name="Index">The element for the first lane.</param>
/// <param name="Value">The lanes, or a number for all of them.</param>
/// <param name="Lane">The lane type.</param>
/// <param name="Stride">The distance from the element of one lane to that of the next; null for 1.</param>
internal sealed record LaneStore(Operand Array, Operand Index, Operand Value, ScalarType Lane, Operand? Stride = null) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => Stride is null ? new[] { Array, Index, Value } : new[] { Array, Index, Value, Stride };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Value) };

    public override Op Rebuild(Rebuilder by)
    {
        var (array, index, value) = (by.Map(Array), by.Map(Index), by.Map(Value));
        return this with { Array = array, Index = index, Value = value, Stride = by.MapOptional(Stride) };
    }
}

/// <summary>
/// Neighbouring columns of a matrix as an array of lanes; shares storage. Element i is the lanes' numbers in row i, from element
/// <paramref name="Start"/> + i · <paramref name="Width"/> of the matrix on.
/// </summary>
internal sealed record LaneColumn(Value Result, Operand Matrix, Operand Start, Operand Width, Operand Rows) : StorageView(Result)
{
    public override Operand? Viewed => Matrix;

    public override IEnumerable<Operand> Reads() => new[] { Matrix, Start, Width, Rows };

    public override Op Rebuild(Rebuilder by)
    {
        var (matrix, start, width, rows) = (by.Map(Matrix), by.Map(Start), by.Map(Width), by.Map(Rows));
        return this with { Matrix = matrix, Start = start, Width = width, Rows = rows, Result = by.Define(Result) };
    }
}

/// <summary>Sets lane i of element <paramref name="Index"/> + i of an array of lanes to a number, for every lane: basis vectors one after the other.</summary>
internal sealed record LaneDiagonal(Operand Array, Operand Index, Operand Value) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Index, Value };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Value) };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Index = by.Map(Index), Value = by.Map(Value) };
}

/// <summary>The numbers of an array of lanes; shares storage. Lane l of element i is number i · lanes + l.</summary>
internal sealed record LaneNumbers(Value Result, Operand Array) : StorageView(Result)
{
    public override Operand? Viewed => Array;

    public override IEnumerable<Operand> Reads() => new[] { Array };

    public override Op Rebuild(Rebuilder by)
    {
        var array = by.Map(Array);
        return this with { Array = array, Result = by.Define(Result) };
    }
}

/// <summary>
/// Fills an array of lanes with rows of numbers, one for each lane. The first row starts at <paramref name="Start"/>, the others a
/// <paramref name="Stride"/> apart; each is as long as the array.
/// </summary>
internal sealed record RowsToLanes(Operand Rows, Operand Start, Operand Stride, Operand Lanes) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Rows, Start, Stride, Lanes };

    public override IEnumerable<Operand> ElementsRead() => new[] { Rows };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Lanes };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Lanes, Rows) };

    public override Op Rebuild(Rebuilder by) =>
        this with { Rows = by.Map(Rows), Start = by.Map(Start), Stride = by.Map(Stride), Lanes = by.Map(Lanes) };
}

/// <summary>Writes the numbers of an array of lanes as rows, one for each lane, one after the other.</summary>
internal sealed record LanesToRows(Operand Lanes, Operand Rows) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Lanes, Rows };

    public override IEnumerable<Operand> ElementsRead() => new[] { Lanes };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Rows };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Rows, Lanes) };

    public override Op Rebuild(Rebuilder by) => this with { Lanes = by.Map(Lanes), Rows = by.Map(Rows) };
}

/// <summary>Adds every lane of a value to one element of an array of numbers, one lane after the other.</summary>
internal sealed record LaneSum(Operand Array, Operand Index, Operand Value, ScalarType Lane) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Index, Value };

    public override IEnumerable<Operand> ElementsRead() => new[] { Array };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Value) };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Index = by.Map(Index), Value = by.Map(Value) };
}

/// <summary>
/// Adds multiples of rows to consecutive elements of an array, one lane after the other: for every lane l and i = 0 … <paramref name="Count"/> − 1,
/// <c>array[start + i] += factor of l * rows[first + l * stride + i]</c>.
/// </summary>
internal sealed record LaneRowSum(
    Operand Array, Operand Start, Operand Count, Operand Factor, Operand Rows, Operand First, Operand Stride, ScalarType Lane) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Start, Count, Factor, Rows, First, Stride };

    public override IEnumerable<Operand> ElementsRead() => new[] { Array, Rows };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Factor), (Array, Rows) };

    public override Op Rebuild(Rebuilder by)
    {
        var (array, start, count, factor) = (by.Map(Array), by.Map(Start), by.Map(Count), by.Map(Factor));
        var (rows, first, stride) = (by.Map(Rows), by.Map(First), by.Map(Stride));
        return this with { Array = array, Start = start, Count = count, Factor = factor, Rows = rows, First = first, Stride = stride };
    }
}

/// <summary>
/// Runs the iterations 0 … <paramref name="Count"/> − 1 of a loop by calls of a function of the module: as many as possible with the widest lanes of the
/// processor, the rest with narrower ones. The function takes the first iteration, their end, and then <paramref name="Args"/>. It returns the first
/// iteration that it has left, because not enough of them remain to fill its lanes.
/// </summary>
/// <param name="Callee">The name of the function.</param>
/// <param name="Count">The number of iterations.</param>
/// <param name="Args">Its further arguments.</param>
/// <param name="Element">The type of the numbers in its lanes.</param>
/// <param name="Rest">
/// The first iteration that is left when the narrowest vectors are not filled; null if the function runs the rest as well, in single lanes.
/// </param>
internal sealed record LaneCall(string Callee, Operand Count, ImmutableArray<Operand> Args, ScalarType Element, Value? Rest = null) : Op
{
    public override ImmutableArray<Value> Results => Rest is null ? ImmutableArray<Value>.Empty : ImmutableArray.Create(Rest);

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Call;

    // The text of every operand stands in several calls, so each is read more than once.
    public override IEnumerable<Operand> Reads() => Args.Insert(0, Count).AddRange(Args.Insert(0, Count));

    public override IEnumerable<Operand> ElementsRead() => Args.Where(a => a.Type is ArrayType);

    public override IEnumerable<Operand> ElementsWritten() => Args.Where(a => a.Type is ArrayType { IsReadOnly: false });

    public override IEnumerable<(Operand To, Operand From)> Flows() => ElementsWritten().SelectMany(to => Args.Select(from => (to, from)));

    public override Op Rebuild(Rebuilder by)
    {
        var count = by.Map(Count);
        return this with { Count = count, Args = by.Map(Args), Rest = by.DefineOptional(Rest) };
    }
}
