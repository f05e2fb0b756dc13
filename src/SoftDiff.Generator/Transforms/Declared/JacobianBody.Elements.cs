using SoftDiff.Generator.Transforms.Elements;

namespace SoftDiff.Generator.Transforms.Declared;

// Outputs of which the target writes few elements: a row for each of these, by the gradient of that element.
internal sealed partial class JacobianBody
{
    /// <summary>The outputs of which the target writes few elements, with a function for each of these.</summary>
    private readonly Dictionary<MatrixPart, ImmutableArray<Function>> _elements = new();

    /// <summary>The target, with values in place of small arrays if there are such outputs.</summary>
    private readonly Function _plain;

    /// <summary>Whether the number of rows with derivatives is known, because only few elements are written.</summary>
    private bool AreElements => _rows.All(_elements.ContainsKey);

    private Function FindElements()
    {
        var target = _code.Derivatives.Target;
        var small = target;
        foreach (var part in _rows.Where(part => part.IsArray && !_columns.Any(c => Equals(c.Of, part.Of))))
        {
            if (ReferenceEquals(small, target)) small = Simplified(ReplaceSmallArrays.Run(Simplified(UnrollSmallLoops.Run(target))));
            if (ElementTargets.Of(small, part.Of!, Simplified) is { } elements) _elements.Add(part, elements);
        }

        return _elements.Count > 0 ? small : target;

        Function Simplified(Function function) => _code.Derivatives.Simplified(function);
    }

    /// <summary>A row for each element that the target writes. The rows of the others are zero.</summary>
    private void WriteElements(MatrixPart part, ImmutableArray<Function> elements, BlockBuilder into)
    {
        var all = into.Values.Fresh(((ArrayType)_jacobian.Type).AsSpan(), part.Of!.Name + "Rows");
        into.Add(new View(all, _jacobian, MatrixCode.Multiply(part.First, _width, into), MatrixCode.Multiply(part.Count, _width, into)));
        into.Add(new Fill(all, ArrayCode.Zero(all)));
        for (var i = 0; i < elements.Length; i++)
        {
            var derivative = _code.Derivatives.Of(CompanionKind.Gradient, OnlyOf(null, elements[i]));
            var row = new MatrixPart(null, MatrixCode.Add(part.First, ArrayCode.Int(i), into), ArrayCode.Int(1));
            var start = MatrixCode.Multiply(row.First, _width, into);
            var (parts, body) = (new HashSet<Operand>(), new BlockBuilder(into.Values));
            var results = Run(derivative, body, slot => IsInput(slot) ? Gradient(Column(slot), row, start, body, parts) : null);
            foreach (var column in _columns) StoreRow(column, row, start, results, body);

            // Gradients begin with clearing. The parts of the matrix are clear.
            into.AddRange(body.Ops.Where(op => op is not Fill fill || !parts.Contains(fill.Array)));
        }
    }

    /// <summary>Where the gradient of an input goes. Parts of the matrix are noted.</summary>
    private Operand Gradient(MatrixPart column, MatrixPart row, Operand start, BlockBuilder into, HashSet<Operand> parts)
    {
        var array = RowPart(column, row, start, into);
        if (IsDirect(column, row)) parts.Add(array);
        return array;
    }
}
