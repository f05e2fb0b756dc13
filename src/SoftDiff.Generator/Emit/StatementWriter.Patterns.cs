namespace SoftDiff.Generator.Emit;

// Patterns of sparse Jacobians, which are kept between calls.
internal sealed partial class StatementWriter
{
    private void WriteFindPattern(FindPattern find)
    {
        var cache = PatternCaches.NameOf(find.Callee);
        var key = _names.Fresh("key");
        Statement("global::SoftDiff.PatternKey " + key + " = " + cache + ".Begin();", find.Line, declares: true);
        var arguments = new List<string>();
        foreach (var arg in find.Args)
        {
            var mayBeNull = MayBeNull(arg);
            if (mayBeNull) _code.Line(key + ".Add(" + SpanOf(arg) + " == default);");
            if (IsJagged(arg)) _code.Line(key + ".AddAll<int>(" + _print.RowStarts(arg) + ");");
            _code.Line(key + KeyPart(arg));
            var passed = _print.Argument(arg);
            arguments.Add(mayBeNull && !passed.EndsWith("!", StringComparison.Ordinal) ? passed + "!" : passed);
        }

        var call = find.Callee + _typeParameters + "(" + string.Join(", ", arguments) + ")";
        Define(find.Result, Code.Primary(cache + ".Find(in " + key + ")!"), find.Line);
        _code.Line(_variables[find.Result].Text + " ??= " + cache + ".Keep(in " + key + ", " + call + ");");
    }

    /// <summary>
    /// The default one if the array is null. A comparison with null would tell the compiler's analysis that the array may be null from here
    /// on.
    /// </summary>
    private string SpanOf(Operand array) => "new global::System.ReadOnlySpan<" + ((ArrayType)array.Type).Element.Name + ">(" + Text(array) + ")";

    private bool MayBeNull(Operand arg) =>
        arg is SymbolConstant { Of: ArrayType { Form: ArrayForm.Array } } || _tree.Function.Parameters.Any(p => p.MayBeNull && p.Value.Equals(arg));

    /// <summary>What the pattern depends on: the shape of an array, and what it holds if these are no floats.</summary>
    private string KeyPart(Operand arg) => arg.Type switch
    {
        ArrayType { IsTensor: true, Element.Kind: ScalarKind.Float } => ".AddAll<nint>(" + LengthsOf(arg) + ");",
        ArrayType { IsTensor: true } tensor => ".AddTensor<" + tensor.Element.Name + ">(" + Text(arg) + ");",
        ArrayType { Element.Kind: ScalarKind.Float } when arg is SymbolConstant => ".Add(" + SpanOf(arg) + ".Length);",
        ArrayType { Element.Kind: ScalarKind.Float } => ".Add(" + LengthOf(arg) + ");",
        ArrayType array => ".AddAll<" + array.Element.Name + ">(" + _print.Elements(arg) + ");",
        _ => ".Add<" + TypeNames.Of(arg.Type) + ">(" + Text(arg) + ");",
    };
}
