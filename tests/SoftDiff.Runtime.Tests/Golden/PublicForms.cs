using System.Numerics;
using System.Reflection;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>
/// All public forms of the operator of a row: number by number, rows, a row to a number, tensors; each with the value wanted or not, and in place.
/// Methods are found by name, and their arguments by the names of the parameters.
/// </summary>
internal sealed class PublicForms<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Call<T> call;
    private readonly OperatorName name;
    private readonly Dictionary<string, Block<T>> inputs = new(StringComparer.Ordinal);

    // Operators reduce one axis, or all. For several, the reduced ones are brought together: where the elements of x then come from.
    private readonly int[]? moved;

    private PublicForms(Call<T> call, OperatorName name)
    {
        (this.call, this.name) = (call, name);
        if (call.Row.IsList("axis")) moved = Together(call.ShapeOf("x"), call.Row.Integers("axis")!);
        foreach (var parameter in InputsOf(call.Row)) inputs.Add(parameter.Key, Gather(parameter.Value, input => call[input]));
    }

    private enum Kind
    {
        Number,
        Row,
        RowToNumber,
        Tensor,
    }

    public static IEnumerable<Form<T>> Of(Call<T> call)
    {
        var name = OperatorNames.Find(call.Row.Op) ?? throw new NotSupportedException($"There is no operator for '{call.Row.Op}'.");
        return new PublicForms<T>(call, name).All();
    }

    private IEnumerable<Form<T>> All()
    {
        var values = Overloads(name.Method).ToList();
        if (values.Count == 0) throw new NotSupportedException($"There is no {name.Owner.Name}.{name.Method} for {typeof(T).Name}.");
        foreach (var value in values)
        {
            var kind = KindOf(value);
            if (!Fits(kind)) continue;
            if (Arguments(value, kind, new Memory(Output())) is null) continue;
            var (vjp, jvp) = (Sibling(value, "Vjp", kind), Sibling(value, "Jvp", kind));
            yield return Form(kind.ToString(), value, vjp, jvp, kind, inPlace: false, wanted: true);
            if (kind == Kind.Number) continue;
            if (IsWritten(kind)) yield return Form($"{kind}, value not wanted", value, vjp, jvp, kind, inPlace: false, wanted: false);
            if (kind == Kind.Row && MayBeInPlace)
                yield return Form($"{kind}, in place", value, vjp, jvp, kind, inPlace: true, wanted: true);
        }
    }

    private Form<T> Form(string form, MethodInfo value, MethodInfo vjp, MethodInfo jvp, Kind kind, bool inPlace, bool wanted)
    {
        var first = inputs.Keys.First();
        return new Form<T>(
            form,
            () =>
            {
                var memory = new Memory(Output());
                if (inPlace) memory.Output = memory.Lend(first, Copy(inputs[first]));
                Run(value, kind, memory);
                return memory.Output.Data;
            },
            () =>
            {
                var memory = new Memory(Output()) { IsWanted = wanted, Cotangent = new Block<T>([.. call.Cotangent], call.OutputShape) };
                foreach (var (parameter, block) in inputs) memory.Gradients.Add(parameter, inPlace && parameter == first ? memory.Cotangent : Empty(block));
                Run(vjp, kind, memory);
                return new Pullback<T>(wanted ? memory.Output.Data : null, Scatter(memory.Gradients), memory.Softness);
            },
            direction =>
            {
                var memory = new Memory(Output()) { TangentOutput = Output(), TangentSoftness = direction.Softness };
                foreach (var (parameter, names) in InputsOf(call.Row)) memory.Tangents.Add(parameter, Gather(names, input => direction.Tangents[input]));
                if (inPlace)
                {
                    memory.Output = memory.Lend(first, Copy(inputs[first]));
                    memory.TangentOutput = memory.Tangents[first] = Copy(memory.Tangents[first]);
                }

                Run(jvp, kind, memory);
                return new Pushforward<T>(memory.Output.Data, memory.TangentOutput.Data);
            });
    }

    private void Run(MethodInfo method, Kind kind, Memory memory)
    {
        var invocation = Invocation.Of(method);
        var softness = 0.0;
        var count = kind == Kind.Number ? call.OutputLength : 1;
        for (var i = 0; i < count; i++)
        {
            memory.Index = i;
            memory.Scalars.Clear();
            var result = invocation.Run(Arguments(method, kind, memory)!);
            if (result is T number) memory.Output.Data[i] = number;

            foreach (var (parameter, scalar) in memory.Scalars)
            {
                if (parameter == "dSoftness") softness += double.CreateChecked(scalar[0]);
                else if (parameter == "tResult") memory.TangentOutput.Data[i] = scalar[0];
                else if (parameter[0] == 'd' && memory.Gradients.TryGetValue(Small(parameter), out var gradient)) gradient.Data[i] = scalar[0];
            }
        }

        memory.Softness = call.Row.GradSoftness is null ? null : T.CreateChecked(softness);
    }

    private MethodInfo Sibling(MethodInfo value, string suffix, Kind kind)
    {
        var memory = new Memory(Output()) { Cotangent = Output(), TangentOutput = Output() };
        foreach (var (parameter, block) in inputs)
        {
            memory.Gradients.Add(parameter, block);
            memory.Tangents.Add(parameter, block);
        }

        return Overloads(name.Method + suffix).FirstOrDefault(m => KindOf(m) == kind && HasAll(m, value) && Arguments(m, kind, memory) is not null)
            ?? throw new NotSupportedException($"There is no {name.Owner.Name}.{name.Method}{suffix} ({kind}) that takes what the row has.");
    }

    /// <summary>The arguments; null if the row does not say what a required parameter is.</summary>
    private object?[]? Arguments(MethodInfo method, Kind kind, Memory memory)
    {
        var parameters = Invocation.Of(method).Parameters;
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!Bind(parameters[i], kind, memory, out arguments[i])) return null;
        }

        return arguments;
    }

    private bool Bind(ParameterInfo parameter, Kind kind, Memory memory, out object? argument)
    {
        var type = Invocation.Plain(parameter.ParameterType);
        var parameterName = parameter.Name!;
        argument = null;
        if (type.IsByRefLike)
        {
            if (ArrayFor(parameterName, memory) is { } block)
            {
                // A span has no shape: a list of numbers fits it, and so does an array of which it is one row.
                argument = block;
                return true;
            }

            argument = OptionArray(parameterName);
            return argument is not null || IsUnused(parameterName);
        }

        if (type == typeof(T))
        {
            if (parameter.IsOut)
            {
                argument = memory.Scalars[parameterName] = new T[1];
                return true;
            }

            if (NumberFor(parameterName, kind, memory) is { } number) argument = number;
            else if (parameter.HasDefaultValue) argument = parameter.DefaultValue;
            return argument is not null;
        }

        if (Option(parameterName) is { Known: true } option) argument = option.Value;
        else if (parameter.HasDefaultValue) argument = parameter.RawDefaultValue is { } value && type.IsEnum ? Enum.ToObject(type, value) : parameter.RawDefaultValue;
        else return false;
        if (argument is not null && !type.IsInstanceOfType(argument) && Nullable.GetUnderlyingType(type) is null) argument = Convert.ChangeType(argument, type, null);
        return true;
    }

    private Block<T>? ArrayFor(string parameter, Memory memory)
    {
        var values = call.OutputShape.Length == 0 ? [] : call.OutputShape[..^1];
        if (parameter == name.Output) return memory.IsWanted ? memory.Output : null;
        if (parameter == "c" + Capital(name.Output)) return memory.Cotangent;
        if (parameter == "t" + Capital(name.Output)) return memory.TangentOutput;
        // Of two results the indices may be left out, the values may not: one each, a cotangent of zero, a tangent nobody reads.
        if (name.Output == "indices" && (parameter is "values" or "cValues" or "tValues")) return new Block<T>(new T[values.Aggregate(1, (a, b) => a * b)], values);
        if (memory.Lent.TryGetValue(parameter, out var block) || inputs.TryGetValue(parameter, out block)) return block;
        if (parameter.Length < 2 || !char.IsUpper(parameter[1])) return null;
        return parameter[0] switch
        {
            'd' => memory.Gradients.GetValueOrDefault(Small(parameter)),
            't' => memory.Tangents.GetValueOrDefault(Small(parameter)),
            _ => null,
        };
    }

    // The value may not be wanted, or the second of two results.
    private bool IsUnused(string parameter) => parameter == name.Output || parameter is "indices" or "cIndices" or "tIndices";

    private object? NumberFor(string parameter, Kind kind, Memory memory)
    {
        if (parameter == "softness") return call.Softness;
        if (parameter == "tSoftness") return memory.TangentSoftness;
        if (parameter == "cResult") return memory.Cotangent.Data.Length == 0 ? null : memory.Cotangent.Data[memory.Index];
        if (inputs.TryGetValue(parameter, out var block)) return At(block, kind, memory.Index);
        if (parameter.Length > 1 && parameter[0] == 't' && char.IsUpper(parameter[1]))
            return memory.Tangents.TryGetValue(Small(parameter), out block) ? At(block, kind, memory.Index) : T.Zero;
        var option = OperatorNames.Option(parameter);
        return call.Row.Has(option) && !call.Row.IsList(option) ? call.Number(option, 0) : null;
    }

    private static object? At(Block<T> block, Kind kind, int index) =>
        block.Data.Length == 1 ? block.Data[0] : kind == Kind.Number ? block.Data[index] : null;

    /// <summary>A list of numbers among the options, or one number for a list of one.</summary>
    private object? OptionArray(string parameter)
    {
        var option = OperatorNames.Option(parameter);
        if (!call.Row.IsList(option)) return null;
        var numbers = call.Row.Numbers(option);
        return new Block<T>(Array.ConvertAll(numbers, T.CreateChecked), [numbers.Length]);
    }

    private (bool Known, object? Value) Option(string parameter)
    {
        var option = OperatorNames.Option(parameter);
        return parameter switch
        {
            "mode" => (call.Row.ModeName is not null, call.Mode),
            "method" => (call.Row.Method is not null, call.Row.Method is null ? null : call.Method()),
            "quantileMethod" => (call.Row.Has(option), call.QuantileMethod),
            "axis" => (call.Row.IsGiven(option), moved is null ? call.Axis : 1),
            "parallel" => (false, null),
            _ when !call.Row.Has(option) || call.Row.IsList(option) => (false, null),
            _ => (true, call.Row.Flags(option) ?? (object)call.Row.Integer(option, 0)),
        };
    }

    // Numbers and spans are not broadcast; a row to a number gives one; a row is an array of one axis, or has its axes flattened.
    private bool Fits(Kind kind) => kind switch
    {
        Kind.Tensor => true,
        Kind.RowToNumber => call.OutputLength == 1 && IsOneRow,
        _ when call.Row.IsGiven("axis") => kind == Kind.Row && IsOneRow,
        _ => inputs.Values.All(block => block.Data.Length == call.OutputLength) || (kind == Kind.Row && inputs.Values.All(block => block.Shape.Length <= 1)),
    };

    // An operator that selects reads its inputs more than once, and so writes elsewhere.
    private bool MayBeInPlace => name.Output == "destination" && inputs.Values.First().Data.Length == call.OutputLength && (inputs.Count == 1 || !call.Row.IsGiven("axis"));

    private bool IsOneRow => call.Row.Inputs.Values.First().Shape.Length <= 1 || !call.Row.IsGiven("axis") || (call.Axis is null && !call.Row.IsList("axis"));

    private static bool IsWritten(Kind kind) => kind is Kind.Row or Kind.Tensor;

    private IEnumerable<MethodInfo> Overloads(string method) => name.Owner.GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Where(m => m.Name == method && !m.IsGenericMethod && ElementOf(m.GetParameters()[0].ParameterType) == typeof(T));

    private Block<T> Output() => new(new T[call.OutputLength], call.OutputShape);

    private static Kind KindOf(MethodInfo method)
    {
        var types = method.GetParameters().Select(p => Invocation.Plain(p.ParameterType)).ToList();
        if (types.Exists(Invocation.IsTensor)) return Kind.Tensor;
        if (!types.Exists(t => t.IsByRefLike)) return Kind.Number;
        return method.GetParameters().Any(p => p.Name is "destination" or "values") ? Kind.Row : Kind.RowToNumber;
    }

    // An input may be an array or a number in forms that are otherwise of one kind.
    private static bool HasAll(MethodInfo derivative, MethodInfo value) => Array.TrueForAll(
        value.GetParameters(), p => Array.Exists(derivative.GetParameters(), q => q.Name == p.Name && q.ParameterType == p.ParameterType));

    private static Type ElementOf(Type type)
    {
        type = Invocation.Plain(type);
        return type.IsGenericType ? type.GetGenericArguments()[0] : type;
    }

    /// <summary>The parameters of the operator and the inputs of the row that each of them stands for; one for several if their names are numbered.</summary>
    private static Dictionary<string, string[]> InputsOf(GoldenRow row) => row.Inputs.Keys
        .GroupBy(input => Camel(input.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_')), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private Block<T> Gather(string[] names, Func<string, T[]> data)
    {
        if (moved is not null)
        {
            var x = data(names[0]);
            return new Block<T>(Array.ConvertAll(moved, from => x[from]), [call.OutputLength, x.Length / call.OutputLength]);
        }

        if (names.Length == 1 && !char.IsDigit(names[0][^1])) return new Block<T>(data(names[0]), call.ShapeOf(names[0]));
        var all = names.SelectMany(data).ToArray();
        return new Block<T>(all, [all.Length]);
    }

    private Dictionary<string, T[]> Scatter(Dictionary<string, Block<T>> gradients)
    {
        var result = new Dictionary<string, T[]>(StringComparer.Ordinal);
        foreach (var (parameter, names) in InputsOf(call.Row))
        {
            if (moved is not null)
            {
                var dX = new T[moved.Length];
                for (var i = 0; i < dX.Length; i++) dX[moved[i]] = gradients[parameter].Data[i];
                result.Add(names[0], dX);
                continue;
            }

            var start = 0;
            foreach (var input in names)
            {
                var length = call.Row.Inputs[input].Data.Length;
                result.Add(input, gradients[parameter].Data[start..(start + length)]);
                start += length;
            }
        }

        return result;
    }

    private static int[] Together(int[] shape, int[] axes)
    {
        var reduced = axes.Select(axis => axis < 0 ? axis + shape.Length : axis).ToArray();
        int[] order = [.. Enumerable.Range(0, shape.Length).Except(reduced), .. reduced];
        var from = Enumerable.Range(0, 1);
        foreach (var axis in order)
        {
            var stride = shape.Skip(axis + 1).Aggregate(1, (product, length) => product * length);
            from = from.SelectMany(start => Enumerable.Range(0, shape[axis]).Select(i => start + (i * stride)));
        }

        return from.ToArray();
    }

    private static Block<T> Copy(Block<T> block) => new([.. block.Data], block.Shape);

    private static Block<T> Empty(Block<T> block) => new(new T[block.Data.Length], block.Shape);

    private static string Camel(string name)
    {
        var parts = name.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(Capital));
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>x for dX, tX, cX.</summary>
    private static string Small(string parameter) => parameter.Length < 2 ? parameter : char.ToLowerInvariant(parameter[1]) + parameter[2..];

    /// <summary>The memory of one call.</summary>
    private sealed class Memory(Block<T> output)
    {
        public Block<T> Output { get; set; } = output;

        public bool IsWanted { get; init; } = true;

        public Block<T> Cotangent { get; init; } = new([], []);

        public Block<T> TangentOutput { get; set; } = new([], []);

        public T TangentSoftness { get; init; }

        public T? Softness { get; set; }

        public int Index { get; set; }

        public Dictionary<string, Block<T>> Lent { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Block<T>> Gradients { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Block<T>> Tangents { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, T[]> Scalars { get; } = new(StringComparer.Ordinal);

        public Block<T> Lend(string parameter, Block<T> block) => Lent[parameter] = block;
    }
}
