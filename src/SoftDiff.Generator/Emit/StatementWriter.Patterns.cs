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
            var mayBeNull = _tree.Function.Parameters.Any(p => p.MayBeNull && p.Value.Equals(arg));
            if (mayBeNull) _code.Line(key + ".Add(" + Text(arg) + " == null);");
            _code.Line(key + KeyPart(arg));
            arguments.Add(_print.Argument(arg) + (mayBeNull ? "!" : ""));
        }

        var call = find.Callee + _typeParameters + "(" + string.Join(", ", arguments) + ")";
        Define(find.Result, Code.Primary(cache + ".Find(in " + key + ")!"), find.Line);
        _code.Line(_variables[find.Result].Text + " ??= " + cache + ".Keep(in " + key + ", " + call + ");");
    }

    /// <summary>What the pattern depends on: the shape of an array, and what it holds if these are no floats.</summary>
    private string KeyPart(Operand arg) => arg.Type switch
    {
        ArrayType { IsTensor: true } => ".AddAll<nint>(" + LengthsOf(arg) + ");",
        ArrayType { Element.Kind: ScalarKind.Float } => ".Add(" + LengthOf(arg) + ");",
        ArrayType array => ".AddAll<" + array.Element.Name + ">(" + _print.Elements(arg) + ");",
        _ => ".Add<" + TypeNames.Of(arg.Type) + ">(" + Text(arg) + ");",
    };
}
