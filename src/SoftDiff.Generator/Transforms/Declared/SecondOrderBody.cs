namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Hessians and their products with vectors, by forward mode of the gradient: the tangent of the gradient for a tangent of the inputs is
/// the product of the two. A Hessian is written column by column, in a loop over basis vectors; the product need not be
/// symmetric, and the columns are those of the program that computes the gradient. (Pearlmutter 1994.)
/// </summary>
internal sealed class SecondOrderBody
{
    private readonly DeclaredCode _code;
    private readonly TargetShape _target;
    private readonly Derived _gradient;

    /// <summary>The arrays of the last run that it has made itself.</summary>
    private readonly Dictionary<Slot, Operand> _locals = new();

    public SecondOrderBody(DeclaredCode code)
    {
        _code = code;
        _target = code.Target;
        _gradient = code.Derivatives.Of(CompanionKind.Gradient);
    }

    public Function WriteProduct()
    {
        _code.CheckArguments(null, null);
        var product = _code.Derivatives.Of(CompanionKind.Jvp, _gradient, root => root);
        var results = Run(product, _code.Block, slot => slot.Kind switch
        {
            SlotKind.Bar => _code.Find(DeclaredRole.Gradient, Column(slot)),
            SlotKind.Dot => _code.Find(DeclaredRole.Tangent, Column(slot)),
            SlotKind.BarDot => _code.Find(DeclaredRole.Product, Column(slot)),
            _ => null,
        });
        return _code.Finish(results, parameter => results[parameter.Slot]);
    }

    public Function WriteHessian()
    {
        var hessian = _code.Find(DeclaredRole.Matrix, null)!;
        var (parts, count) = MatrixCode.Parts(_target.Columns, _code);
        _code.CheckArguments(count, count);
        var buffers = new Buffers(_code);
        foreach (var part in parts)
        {
            var column = _code.Derivatives.Of(CompanionKind.Jvp, _gradient, root => OnlyBy(part.Of!, root));
            if (!part.IsArray)
            {
                buffers.Restore(_code.Block);
                var results = Run(column, _code.Block, slot => Direction(slot, part, new NumberConstant((ScalarType)part.Of!.Value.Type, 1)));
                StoreColumn(hessian, parts, count, part.First, results, _code.Block);
                continue;
            }

            MatrixCode.Directions(part.Count, "column", _code.Block, (body, j) =>
            {
                buffers.Restore(body);
                var direction = ArrayCode.Basis(_code.Point(part.Of!.Value), j, body, "direction");
                var results = Run(column, body, slot => Direction(slot, part, direction));
                StoreColumn(hessian, parts, count, MatrixCode.Add(part.First, j, body), results, body);
            });
        }

        return Finish(buffers);
    }

    /// <summary>The value, the gradient, and what the target writes, by a run of their own.</summary>
    private Function Finish(Buffers buffers)
    {
        var gradients = _target.Columns.Select(p => _code.Find(DeclaredRole.Gradient, p)).Any(found => found is not null);
        var wanted = gradients || _code.ReturnsValue || _code.Parameters.Any(p => p.IsResult);
        if (!wanted && !_target.Function.Parameters.Any(_target.IsWritten)) return _code.Finish(null, _ => throw new InvalidOperationException());
        buffers.Restore(_code.Block);
        var run = gradients ? _gradient : _code.Derivatives.Plain();
        var results = Run(run, _code.Block, slot => slot.Kind == SlotKind.Bar ? _code.Find(DeclaredRole.Gradient, Column(slot)) : null);
        return _code.Finish(results, parameter => results[parameter.Slot]);
    }

    private static Operand? Direction(Slot slot, MatrixPart column, Operand direction) =>
        slot.Kind == SlotKind.Dot && column.Of!.Value.Equals(slot.Of) ? direction : null;

    private static Function OnlyBy(Parameter column, Function root) =>
        root with { Parameters = root.Parameters.Select(p => p with { Wrt = p.Value.Equals(column.Value) }).ToImmutableArray() };

    private void StoreColumn(Operand hessian, ImmutableArray<MatrixPart> parts, Operand count, Operand column, Results results, BlockBuilder into)
    {
        foreach (var rows in parts)
        {
            var slot = new Slot(SlotKind.BarDot, rows.Of!.Value);
            MatrixCode.StoreColumn(hessian, count, rows, column, rows.IsArray ? _locals[slot] : results[slot], into);
        }
    }

    private Parameter? Column(Slot slot) => _target.Columns.FirstOrDefault(p => p.Value.Equals(slot.Of));

    /// <summary>
    /// Copies a derivative. What nobody asks for goes to new arrays; what goes in and out starts from zero.
    /// </summary>
    private Results Run(Derived derivative, BlockBuilder into, Func<Slot, Operand?> asked)
    {
        _locals.Clear();
        return derivative.Embed(into, i =>
        {
            var (slot, parameter) = (derivative.Slots[i], derivative.Module.Root.Parameters[i]);
            if (slot.Kind == SlotKind.Primal) return _code.Point(parameter.Value);
            var isInOut = slot.Of is { } of && _target.Function.Parameters.First(p => p.Value.Equals(of)) is var primal && _target.IsInOut(primal);
            var given = asked(slot);
            if (parameter.Value.Type is not ArrayType) return given ?? new NumberConstant((ScalarType)parameter.Value.Type, 0);
            if (slot.Kind == SlotKind.Dot && given is not null)
            {
                if (!isInOut) return given;

                // The run overwrites the tangents of a buffer.
                var tangents = Made(slot, into);
                into.Add(new Copy(into.Elements(given), into.Elements(tangents)));
                return tangents;
            }

            var array = given ?? Made(slot, into);
            if (isInOut) into.Add(new Fill(into.Elements(array), ArrayCode.Zero(array)));
            return array;
        }, checksArguments: false);
    }

    private Operand Made(Slot slot, BlockBuilder into)
    {
        var prefix = slot.Kind switch { SlotKind.BarDot => "Column", SlotKind.Dot => "Dot", _ => "Bar" };
        return _locals[slot] = ArrayCode.Like(_code.Point(slot.Of!), into, slot.Of!.Name + prefix);
    }
}
