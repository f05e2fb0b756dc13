using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>Runs functions of the IR as the IR defines them, with nothing folded, shared or hoisted.</summary>
internal sealed class Interpreter
{
    private readonly Dictionary<Value, object> _values = new();
    private readonly IReadOnlyDictionary<string, Function> _functions;
    private readonly Stack<object> _tape = new();

    public Interpreter(IReadOnlyDictionary<string, Function> functions) => _functions = functions;

    /// <param name="args">One per parameter that is not out.</param>
    /// <returns>What the body yields.</returns>
    public object[] Run(Function function, IEnumerable<object> args)
    {
        var queue = new Queue<object>(args);
        foreach (var parameter in function.Parameters.Where(p => p.Mode != ParameterMode.Out)) _values[parameter.Value] = queue.Dequeue();
        return Run(function.Body);
    }

    private object[] Run(Block block)
    {
        foreach (var op in block.Ops) Run(op);
        return block.Yields.Select(Get).ToArray();
    }

    private object Get(Operand operand) => operand switch
    {
        Value value => _values[value],
        NumberConstant number => number.Number,
        IntegerConstant integer => (int)integer.Number,
        BoolConstant constant => constant.Flag,
        _ => throw new NotSupportedException(),
    };

    private T Get<T>(Operand operand) => (T)Get(operand);

    private void Run(Op op)
    {
        switch (op)
        {
            case Compute o: _values[o.Result] = Compute(o); break;
            case Length o: _values[o.Result] = Get<double[]>(o.Array).Length; break;
            case Load o: _values[o.Result] = Get<double[]>(o.Array)[Get<int>(o.Index)]; break;
            case Store o: Get<double[]>(o.Array)[Get<int>(o.Index)] = Get<double>(o.Value); break;
            case Accumulate o: Get<double[]>(o.Array)[Get<int>(o.Index)] += Get<double>(o.Value); break;
            case Allocate o: _values[o.Result] = new double[Get<int>(o.Length)]; break;
            case Fill o: Array.Fill(Get<double[]>(o.Array), Get<double>(o.Value)); break;
            case Copy o: Get<double[]>(o.Source).CopyTo(Get<double[]>(o.Destination), 0); break;
            case Push o: _tape.Push(Get(o.Value)); break;
            case Pop o: _values[o.Result] = _tape.Pop(); break;
            case PushArray o: _tape.Push(Get<double[]>(o.Array).Clone()); break;
            case PopArray o: ((double[])_tape.Pop()).CopyTo(Get<double[]>(o.Array), 0); break;
            case OpenTape o: _values[o.Result] = _tape; break;
            case Call o: Assign(o.Values, new Interpreter(_functions).Run(_functions[o.Callee], o.Args.Select(Get))); break;
            case If o: Assign(o.Values, Run(Get<bool>(o.Condition) ? o.Then : o.Else)); break;
            case For o: RunFor(o); break;
            case While o: RunWhile(o); break;
            default: throw new NotSupportedException(op.GetType().Name);
        }
    }

    private void Assign(IEnumerable<Value> values, object[] results)
    {
        foreach (var (value, result) in values.Zip(results)) _values[value] = result;
    }

    private void RunFor(For loop)
    {
        Assign(loop.Carried.Select(c => c.Param), loop.Carried.Select(c => Get(c.Init)).ToArray());
        var (i, end, trips) = (Get<int>(loop.Start), Get<int>(loop.End), 0);
        for (; loop.Step > 0 ? (loop.Inclusive ? i <= end : i < end) : loop.Inclusive ? i >= end : i > end; i += loop.Step)
        {
            _values[loop.Index] = i;
            if (!RunOnce(loop, ref trips)) break;
        }

        Finish(loop, trips);
    }

    private void RunWhile(While loop)
    {
        Assign(loop.Carried.Select(c => c.Param), loop.Carried.Select(c => Get(c.Init)).ToArray());
        var trips = 0;
        while ((bool)Run(loop.Condition)[0])
        {
            if (!RunOnce(loop, ref trips)) break;
        }

        Finish(loop, trips);
    }

    private bool RunOnce(Loop loop, ref int trips)
    {
        var next = Run(loop.Body);
        var exit = loop.Exit is not null && Get<bool>(loop.Exit);
        Assign(loop.Carried.Select(c => c.Param), next);
        trips++;
        return !exit;
    }

    private void Finish(Loop loop, int trips)
    {
        Assign(loop.Carried.Select(c => c.Result), loop.Carried.Select(c => Get(c.Param)).ToArray());
        if (loop.Trips is not null) _values[loop.Trips] = trips;
    }

    private object Compute(Compute o)
    {
        var a = o.Args.Select(Get).ToArray();
        return (o.Code, a[0]) switch
        {
            (Opcode.Add, double x) => x + (double)a[1],
            (Opcode.Subtract, double x) => x - (double)a[1],
            (Opcode.Multiply, double x) => x * (double)a[1],
            (Opcode.Divide, double x) => x / (double)a[1],
            (Opcode.Negate, double x) => -x,
            (Opcode.Sin, double x) => Math.Sin(x),
            (Opcode.Max, double x) => Math.Max(x, (double)a[1]),
            (Opcode.Less, double x) => x < (double)a[1],
            (Opcode.GreaterEqual, double x) => x >= (double)a[1],
            (Opcode.Add, int x) => x + (int)a[1],
            (Opcode.Subtract, int x) => x - (int)a[1],
            (Opcode.Multiply, int x) => x * (int)a[1],
            (Opcode.BitAnd, int x) => x & (int)a[1],
            (Opcode.Negate, int x) => -x,
            (Opcode.Less, int x) => x < (int)a[1],
            (Opcode.Equal, int x) => x == (int)a[1],
            (Opcode.Convert, int x) => (double)x,
            (Opcode.Not, bool x) => !x,
            (Opcode.BitAnd, bool x) => x & (bool)a[1],
            (Opcode.Select, bool x) => x ? a[1] : a[2],
            _ => throw new NotSupportedException(o.Code.ToString()),
        };
    }
}
