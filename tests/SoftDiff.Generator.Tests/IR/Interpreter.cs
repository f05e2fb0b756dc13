using System.Collections.Immutable;
using System.Globalization;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>What a <see cref="Throw"/>, a failed requirement or an index out of range raises.</summary>
internal sealed class InterpretedException(string message) : Exception(message);

/// <summary>
/// Runs IR directly, as the reference for what transforms and emitted code compute. Floats are doubles (rounded after each operation where
/// the type is <c>float</c>; a type parameter counts as double), integers wrap to the width of their type, arrays are shared storage.
/// </summary>
/// <remarks>
/// Arguments: one per parameter that is not <c>out</c>; double, float, int, long, bool, double[], float[], int[] or <see cref="Tensor"/>. Array arguments hold
/// what the function wrote when it returns. Results are the function's yields.
/// </remarks>
internal sealed partial class Interpreter
{
    /// <summary>An argument of any rank: its elements in row-major order, and its lengths.</summary>
    public sealed record Tensor(double[] Elements, params int[] Lengths);

    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);

    public Interpreter(params Function[] callees)
    {
        foreach (var callee in callees) _functions[callee.Name] = callee;
    }

    /// <summary>Answers <see cref="IR.Invoke"/> and <see cref="RuleCall"/>: method name and arguments (null for an out value) to results.</summary>
    public Func<string, object?[], object[]>? External { get; init; }

    /// <summary>Sees every operation before it runs.</summary>
    public Action<Op>? OnOperation { get; init; }

    /// <summary>How many operations may run before the interpreter gives up on a loop.</summary>
    public long Fuel { get; set; } = 50_000_000;

    /// <summary>Values pushed and not popped when the last function returned: 0 unless the sweeps do not match.</summary>
    public int TapeLeft { get; private set; }

    public static object[] Run(Module module, params object[] args) => new Interpreter(module.Callees.ToArray()).Call(module.Root, args);

    public static object[] Run(Function function, params object[] args) => new Interpreter().Call(function, args);

    /// <summary>Runs a function whose first result is a floating-point number.</summary>
    public static double Number(Function function, params object[] args) => (double)Run(function, args)[0];

    public object[] Call(Function function, params object[] args)
    {
        var wrapped = new object[args.Length];
        for (var i = 0; i < args.Length; i++) wrapped[i] = Wrap(args[i]);
        var results = Enter(function, wrapped);
        for (var i = 0; i < args.Length; i++)
        {
            if (wrapped[i] is Shaped shaped) shaped.Elements.CopyBack(((Tensor)args[i]).Elements);
            else (wrapped[i] as Cells)?.CopyBack(args[i]);
        }

        return results;
    }

    private static object Wrap(object argument) => argument switch
    {
        double or long or bool or Cells => argument,
        float single => (double)single,
        int number => (long)number,
        Tensor tensor => new Shaped((Cells)Wrap(tensor.Elements), tensor.Lengths.Select(l => (object)(long)l).ToArray()),
        double[] array => new Cells(array.Select(x => (object)x).ToArray()),
        float[] array => new Cells(array.Select(x => (object)(double)x).ToArray()),
        int[] array => new Cells(array.Select(x => (object)(long)x).ToArray()),
        bool[] array => new Cells(array.Select(x => (object)x).ToArray()),
        _ => throw new ArgumentException("The interpreter takes no " + argument.GetType().Name),
    };

    private object[] Enter(Function function, object[] args)
    {
        var scope = new Dictionary<int, object>();
        var parameters = function.Parameters.Where(p => p.Mode != ParameterMode.Out).ToArray();
        if (parameters.Length != args.Length) throw new ArgumentException($"{function.Name} takes {parameters.Length} arguments, not {args.Length}");
        for (var i = 0; i < args.Length; i++) scope[parameters[i].Value.Id] = args[i];
        var results = Run(function.Body, scope);
        foreach (var tape in scope.Values.OfType<Stack<object>>()) TapeLeft = tape.Count;
        return results;
    }

    private object[] Run(Block block, Dictionary<int, object> scope)
    {
        foreach (var op in block.Ops)
        {
            if (--Fuel < 0) throw new InvalidOperationException("The interpreter ran out of fuel: does a loop not end?");
            OnOperation?.Invoke(op);
            Run(op, scope);
        }

        return Read(block.Yields, scope);
    }

    private void Run(Op op, Dictionary<int, object> scope)
    {
        switch (op)
        {
            case Compute o:
                scope[o.Result.Id] = Scalars.Apply(o, Read(o.Args, scope));
                break;
            case ComputePair o:
                scope[o.First.Id] = Scalars.Apply(new Compute(o.First, o.Code, [o.Arg]), Read([o.Arg], scope));
                scope[o.Second.Id] = Scalars.Apply(new Compute(o.Second, ScalarFunctions.Of(o.Code).Pair!.Other, [o.Arg]), Read([o.Arg], scope));
                break;
            case Length o:
                scope[o.Result.Id] = (long)Array(o.Array, scope).Count;
                break;
            case IsNull o:
                scope[o.Result.Id] = Read(o.Array, scope) is null;
                break;
            case Load o:
                scope[o.Result.Id] = Array(o.Array, scope)[Integer(o.Index, scope)];
                break;
            case Store o:
                Array(o.Array, scope)[Integer(o.Index, scope)] = Read(o.Value, scope);
                break;
            case Accumulate o:
            {
                var (array, index, type) = (Array(o.Array, scope), Integer(o.Index, scope), (ScalarType)o.Value.Type);
                array[index] = Scalars.Add(type, array[index], Read(o.Value, scope));
                break;
            }

            case Allocate o:
            {
                var element = ((ArrayType)o.Result.Type).Element;
                // Storage that is not cleared holds what a reader must not rely on.
                var initial = o.Cleared ? Scalars.Zero(element) : element.Kind == ScalarKind.Float ? double.NaN : Scalars.Zero(element);
                var length = Integer(o.Length, scope);
                if (length < 0) throw new InterpretedException("Overflow: negative length");
                scope[o.Result.Id] = new Cells(Enumerable.Repeat(initial, (int)length).ToArray());
                break;
            }

            case View o:
                scope[o.Result.Id] = Array(o.Array, scope).Slice(Integer(o.Start, scope), o.Count is null ? null : Integer(o.Count, scope));
                break;
            case Row o:
                // Where the count is negative there is no iteration that would read the row.
                var isEmpty = Integer(o.Count, scope) <= 0;
                scope[o.Result.Id] = Array(o.Array, scope).Slice(isEmpty ? 0 : Integer(o.Start, scope), isEmpty ? 0 : Integer(o.Count, scope));
                break;
            case RowUpdate o:
                Run(o, scope);
                break;
            case RowStarts o:
                scope[o.Result.Id] = new Cells(TensorOf(o.Jagged, scope).Lengths.Aggregate(new List<object> { 0L }, (all, length) => [.. all, (long)all[^1] + (long)length]).ToArray());
                break;
            case AxisLength o:
                scope[o.Result.Id] = TensorOf(o.Matrix, scope).Lengths[o.Axis];
                break;
            case RequireIndices o:
                var (first, end) = (Integer(o.First, scope), Integer(o.End, scope));
                if (!o.Inclusive) end--;
                if (first <= end && (first < 0 || end >= Integer(o.Length, scope))) throw new InterpretedException("IndexOutOfRange: along an axis");
                break;
            case Flatten o:
                scope[o.Result.Id] = TensorOf(o.Tensor, scope).Elements;
                break;
            case Arrange o:
                scope[o.Result.Id] = new Shaped(Array(o.Array, scope), o.Lengths.SelectMany(l => Items(Read(l, scope))).ToArray());
                break;
            case Lengths o:
                scope[o.Result.Id] = new Cells(TensorOf(o.Tensor, scope).Lengths);
                break;
            case Fill o:
            {
                var array = Array(o.Array, scope);
                for (var i = 0; i < array.Count; i++) array[i] = Read(o.Value, scope);
                break;
            }

            case Copy o:
                Array(o.Source, scope).CopyTo(Array(o.Destination, scope));
                break;
            case Throw o:
                throw new InterpretedException(string.Format(CultureInfo.InvariantCulture, o.Expression, Read(o.Args, scope)));
            case RequireLength o:
                if (Array(o.Array, scope).Count != Array(o.Like, scope).Count) throw new InterpretedException($"{o.Name} must be as long as {o.LikeName}");
                break;
            case RequireMatrix o:
                if (Array(o.Array, scope).Count != Integer(o.Rows, scope) * Integer(o.Columns, scope)) throw new InterpretedException($"{o.Name} must be a matrix");
                break;
            case RequireRank o:
                if (TensorOf(o.Tensor, scope).Lengths.Length != o.Rank) throw new InterpretedException($"{o.Name} must have {o.Rank} axes");
                break;
            case RequireDisjoint o:
                if (Array(o.First, scope).Overlaps(Array(o.Second, scope))) throw new InterpretedException($"{o.FirstName} must not overlap {o.SecondName}");
                break;
            case RequireAllDisjoint o:
            {
                var arrays = o.Arrays.Select(array => Array(array, scope)).ToList();
                for (var i = 0; i < o.Written; i++)
                {
                    var other = arrays.FindIndex(i + 1, arrays[i].Overlaps);
                    if (other > 0) throw new InterpretedException($"{o.Names[i]} must not overlap {o.Names[other]}");
                }

                break;
            }

            case RowLength o:
                scope[o.Result.Id] = RowLengthOf(o, scope);
                break;
            case RequireRows o:
                Require(o, scope);
                break;
            case LaneCount o:
                scope[o.Result.Id] = 1L;
                break;
            case LaneLoad o:
                Run(new Load(o.Result, o.Array, o.Index), scope);
                break;
            case LaneStore o:
                Run(new Store(o.Array, o.Index, o.Value), scope);
                break;
            case LaneColumn o:
                scope[o.Result.Id] = Array(o.Matrix, scope).Rows(Integer(o.Start, scope), Integer(o.Width, scope), Integer(o.Rows, scope));
                break;
            case LaneDiagonal o:
                Run(new Store(o.Array, o.Index, o.Value), scope);
                break;
            case LaneNumbers o:
                scope[o.Result.Id] = Array(o.Array, scope);
                break;
            case RowsToLanes o:
                Move(Array(o.Rows, scope), Integer(o.Start, scope), Array(o.Lanes, scope));
                break;
            case LanesToRows o:
                Move(Array(o.Lanes, scope), 0, Array(o.Rows, scope));
                break;
            case LaneSum o:
                Run(new Accumulate(o.Array, o.Index, o.Value), scope);
                break;
            case LaneRowSum o:
                Run(o, scope);
                break;
            case LaneCall o:
                Run(o, scope);
                break;
            case ParallelCall o:
                Run(o, scope);
                break;
            case If o:
                Define(o.Values, Run((bool)Read(o.Condition, scope) ? o.Then : o.Else, scope), scope);
                break;
            case For o:
                Run(o, scope);
                break;
            case While o:
                Run(o, scope);
                break;
            case Call o:
                if (!_functions.TryGetValue(o.Callee, out var callee)) throw new ArgumentException("The interpreter was not given " + o.Callee);
                Define(o.Values, Enter(callee, Read(o.Args, scope)), scope);
                break;
            case RuleCall o:
                Define(o.Results, Outside(o.Rule.Primal, o.Args.Select(a => (object?)Read(a, scope)).ToArray()), scope);
                break;
            case Invoke o:
                Define(o.Results, Outside(o.Method, o.Args.Select(a => a is null ? null : Read(a, scope)).ToArray()), scope);
                break;
            case Evaluate o:
                Define(o.Results, Outside(o.Expression, o.Args.Select(a => (object?)Read(a, scope)).ToArray()), scope);
                break;
            case Push o:
                Tape(o.Tape, scope).Push(Read(o.Value, scope));
                break;
            case Pop o:
                scope[o.Result.Id] = Tape(o.Tape, scope).Pop();
                break;
            case PushArray o:
                Tape(o.Tape, scope).Push(Array(o.Array, scope).Clone());
                break;
            case PopArray o:
            {
                var (saved, array) = ((Cells)Tape(o.Tape, scope).Pop(), Array(o.Array, scope));
                if (saved.Count != array.Count) throw new InvalidOperationException("PopArray takes back an array of another length");
                saved.CopyTo(array);
                break;
            }

            case OpenTape o:
                scope[o.Result.Id] = new Stack<object>();
                break;
            default:
                throw new NotSupportedException(op.GetType().Name);
        }
    }

    private object[] Outside(string method, object?[] args) =>
        External is null ? throw new NotSupportedException("The interpreter was given nothing to call for " + method) : External(method, args);

    private static void Run(RowUpdate update, Dictionary<int, object> scope)
    {
        var (destination, source) = (Array(update.Destination, scope), Array(update.Source, scope));
        if (destination.Count != source.Count) throw new InterpretedException("Argument: rows of different lengths");
        var type = ((ArrayType)update.Destination.Type).Element;
        var factor = update.Factor is null ? update.Kind == RowUpdateKind.Subtract ? -1.0 : 1.0 : Read(update.Factor, scope);
        for (var i = 0; i < source.Count; i++)
        {
            var term = Scalars.Multiply(type, source[i], factor);
            destination[i] = update.Kind == RowUpdateKind.Multiply ? term : Scalars.Add(type, destination[i], term);
        }
    }

    private void Run(For loop, Dictionary<int, object> scope)
    {
        var (start, end) = (Integer(loop.Start, scope), Integer(loop.End, scope));
        var carried = loop.Carried.Select(c => Read(c.Init, scope)).ToArray();
        long trips = 0;
        for (var index = start; loop.Inclusive && index == end || (loop.Step > 0 ? index < end : index > end); index += loop.Step)
        {
            scope[loop.Index.Id] = index;
            trips++;
            carried = Body(loop, carried, scope, out var exit);
            if (exit) break;
        }

        End(loop, carried, trips, scope);
    }

    private void Run(While loop, Dictionary<int, object> scope)
    {
        var carried = loop.Carried.Select(c => Read(c.Init, scope)).ToArray();
        for (long trips = 0; ; trips++)
        {
            if (--Fuel < 0) throw new InvalidOperationException("The interpreter ran out of fuel: does a loop not end?");
            Define(loop.Carried.Select(c => c.Param), carried, scope);
            if (!(bool)Run(loop.Condition, scope)[0])
            {
                End(loop, carried, trips, scope);
                return;
            }

            carried = Body(loop, carried, scope, out var exit);
            if (!exit) continue;
            End(loop, carried, trips + 1, scope);
            return;
        }
    }

    private object[] Body(Loop loop, object[] carried, Dictionary<int, object> scope, out bool exit)
    {
        Define(loop.Carried.Select(c => c.Param), carried, scope);
        var next = Run(loop.Body, scope);
        exit = loop.Exit is not null && (bool)Read(loop.Exit, scope);
        return next;
    }

    private static void End(Loop loop, object[] carried, long trips, Dictionary<int, object> scope)
    {
        Define(loop.Carried.Select(c => c.Result), carried, scope);
        if (loop.Trips is not null) scope[loop.Trips.Id] = trips;
    }

    private static void Define(IEnumerable<Value> values, object[] contents, Dictionary<int, object> scope)
    {
        var i = 0;
        foreach (var value in values) scope[value.Id] = contents[i++];
        if (i != contents.Length) throw new InvalidOperationException($"{contents.Length} values for {i} results");
    }

    private static object[] Read(ImmutableArray<Operand> operands, Dictionary<int, object> scope) => operands.Select(o => Read(o, scope)).ToArray();

    private static object Read(Operand operand, Dictionary<int, object> scope) => operand switch
    {
        Value value => scope.TryGetValue(value.Id, out var content) ? content : throw new InvalidOperationException($"%{value.Id} is read before it is defined"),
        NumberConstant constant => constant.Number,
        IntegerConstant constant => constant.Number,
        BoolConstant constant => constant.Flag,
        SymbolConstant constant => throw new NotSupportedException("The interpreter does not know " + constant.Expression),
        _ => throw new NotSupportedException(operand.GetType().Name),
    };

    private static Cells Array(Operand operand, Dictionary<int, object> scope) =>
        Read(operand, scope) is var array && array is Shaped tensor ? tensor.Elements : (Cells)array;

    private static Shaped TensorOf(Operand operand, Dictionary<int, object> scope) => (Shaped)Read(operand, scope);

    private static IEnumerable<object> Items(object lengths) =>
        lengths is Cells all ? Enumerable.Range(0, all.Count).Select(i => all[i]) : [lengths];

    private static long Integer(Operand operand, Dictionary<int, object> scope) => (long)Read(operand, scope);

    private static Stack<object> Tape(Operand operand, Dictionary<int, object> scope) => (Stack<object>)Read(operand, scope);

    private sealed record Shaped(Cells Elements, object[] Lengths);

    /// <summary>A run of elements in storage that views share.</summary>
    private sealed class Cells(object[] storage, int offset, int count, int width = 1)
    {
        public Cells(object[] storage)
            : this(storage, 0, storage.Length)
        {
        }

        public int Count => count;

        public object this[long index]
        {
            get => storage[offset + Checked(index) * width];
            set => storage[offset + Checked(index) * width] = value;
        }

        public Cells Slice(long start, long? length)
        {
            var taken = length ?? count - start;
            if (start < 0 || taken < 0 || start + taken > count) throw new InterpretedException($"ArgumentOutOfRange: view from {start} of {count} elements");
            return new Cells(storage, offset + (int)start, (int)taken);
        }

        /// <summary>One element of each row.</summary>
        public Cells Rows(long start, long width, long rows)
        {
            if (rows > 0 && (start < 0 || width < 0 || start + (rows - 1) * width >= count)) throw new InterpretedException("IndexOutOfRange: rows of a matrix");
            return new Cells(storage, offset + (int)start, (int)Math.Max(rows, 0), (int)width);
        }

        public Cells Clone() => new(storage.Skip(offset).Take(count).ToArray());

        public void CopyTo(Cells destination)
        {
            if (count > destination.Count) throw new InterpretedException("Argument: destination too short");
            var copy = Clone();
            for (var i = 0; i < count; i++) destination[i] = copy[i];
        }

        public bool Overlaps(Cells other) => ReferenceEquals(storage, other.Storage) && offset < other.Offset + other.Count && other.Offset < offset + count;

        public void CopyBack(object array)
        {
            for (var i = 0; i < count; i++)
            {
                switch (array)
                {
                    case double[] doubles: doubles[i] = (double)this[i]; break;
                    case float[] singles: singles[i] = (float)(double)this[i]; break;
                    case int[] integers: integers[i] = (int)(long)this[i]; break;
                    case bool[] bools: bools[i] = (bool)this[i]; break;
                }
            }
        }

        private object[] Storage => storage;

        private int Offset => offset;

        private int Checked(long index) => index >= 0 && index < count ? (int)index : throw new InterpretedException($"IndexOutOfRange: {index} of {count}");
    }
}
