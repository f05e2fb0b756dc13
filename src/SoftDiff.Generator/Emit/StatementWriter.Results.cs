namespace SoftDiff.Generator.Emit;

// Arrays and matrices that the method gives back.
internal sealed partial class StatementWriter
{
    private void WriteMakeArray(MakeArray made)
    {
        if (_variables.Find(made.Result) is not { } variable) return;
        variable.IsDeclared = true;
        var type = (ArrayType)made.Result.Type;
        var declared = TypeNames.Of(made.ElementsOf is { } of ? type with { Element = new ScalarType(ScalarKind.Opaque, of.Name) } : type) + " " + variable.Text + " = ";
        if (made.Elements is { } elements && !type.IsMatrix)
        {
            var numbers = _print.Elements(elements);
            if (made.ElementsOf is { } structs) numbers = Cast(type.Element.Name, structs.Name, numbers);
            Statement(declared + numbers + ".ToArray();", made.Line, declares: true);
            return;
        }

        var element = made.ElementsOf?.Name ?? type.Element.Name;
        Statement(declared + "new " + element + "[" + _print.Arguments(made.Lengths) + "];", made.Line, declares: true);
        if (made.Elements is null) return;
        _code.Line("global::SoftDiff.Scratch.Copy<" + element + ">(" + _print.Span(made.Elements) + ", " + _print.Elements(made.Result) + ");");
    }

    /// <summary>The numbers in an array that the method gives back, as a span.</summary>
    private string NumbersOf(MakeArray made) =>
        made.ElementsOf is { } of ? Cast(of.Name, ((ArrayType)made.Result.Type).Element.Name, "global::System.MemoryExtensions.AsSpan(" + Text(made.Result) + ")") : _print.Elements(made.Result);

    private static string Cast(string from, string to, string span) =>
        "global::System.Runtime.InteropServices.MemoryMarshal.Cast<" + from + ", " + to + ">(" + span + ")";
}
