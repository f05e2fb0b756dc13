namespace SoftDiff.Generator.Emit;

// Parameter trees: objects whose numbers are parameters of the function. Each number and each array is read once, before everything else.
internal sealed partial class StatementWriter
{
    private const string Services = "global::System.Runtime.CompilerServices.";

    /// <summary>The leaves of parameter trees as messages name them, by the names of the parameters.</summary>
    private readonly Dictionary<string, string> _paths;

    private void WriteTrees()
    {
        var leaves = _tree.Function.Parameters.Where(p => p.IsLeaf).ToList();
        WriteSeparate(leaves);
        var made = leaves.Where(p => p.Part is { GradientOf: not null, Type.IsRemade: true });
        foreach (var gradient in made.GroupBy(p => p.DeclaredName, StringComparer.Ordinal)) WriteNew(gradient.First().Part!);

        WriteLists(leaves);
        foreach (var leaf in leaves.Where(p => p.Mode != ParameterMode.Out && _uses.Count(p.Value) > 0 && p.Part is { IsListed: false })) WriteLeaf(leaf);
    }

    /// <summary>A variable for a leaf.</summary>
    private void WriteLeaf(Parameter leaf)
    {
        var variable = _variables[leaf.Value];
        var type = leaf.Value.Type;
        var text = _products.Read(leaf.Part!, isReadOnly: false);
        if (type is ArrayType { IsContainer: false }) text = "global::SoftDiff.Shape.Leaf(" + text + ", " + Quote(leaf.Name) + ")";
        variable.PartText = Identifiers.Escape(_names.Fresh(variable.Name));
        _code.Line(TypeNames.OfLocal(type) + " " + variable.Text + " = " + text + ";", declares: true);
        if (type is ArrayType { IsContainer: false }) _print.AddSpan(leaf.Value, variable.Text);
    }

    /// <summary>
    /// No object and no array may occur twice among those that are differentiated and those that take gradients. Tangents are only read.
    /// </summary>
    private void WriteSeparate(IReadOnlyList<Parameter> leaves)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tree in leaves.Where(IsSeparate).GroupBy(leaf => leaf.DeclaredName, StringComparer.Ordinal))
        {
            var whole = tree.First().Part!;
            parts[ProductText.Whole(whole)] = whole.Whole;
            foreach (var (text, path) in _products.Objects(whole)) parts[text] = path;
            var arrays = tree.Where(leaf => leaf.Value.Type.IsFloatArray && !leaf.Part!.IsListed).Select(leaf => leaf.Part!);
            foreach (var array in arrays) parts[_products.Read(array, isReadOnly: false)] = array.Path;
        }

        if (parts.Count < 2) return;
        var (paths, texts) = (string.Join(", ", parts.Values.Select(Quote)), string.Join(", ", parts.Keys));
        Long("global::SoftDiff.Shape.Separate([" + paths + "], [" + texts + "]);", line: -1);
    }

    private static bool IsSeparate(Parameter leaf) => leaf.Part is { IsTangent: false, Type.IsRemade: false } or { IsTangent: false, GradientOf: null };

    /// <summary>The object that an <c>out</c> parameter gives: with arrays like those of the object that is differentiated, and zeros.</summary>
    private void WriteNew(ParameterPart gradient) =>
        WriteNew(gradient.Type, ProductText.Whole(gradient) + " = ", ProductText.Whole(gradient), ProductText.Primal(gradient));

    private void WriteNew(ProductType type, string assign, string text, string like)
    {
        _code.Line(assign + "(" + type.Name + ")" + Services + "RuntimeHelpers.GetUninitializedObject(typeof(" + type.Name + "));");
        foreach (var member in type.Members.Where(member => member.Type.IsFloatArray || member.Type is ProductType { IsObject: true } or ProductType { IsList: true }))
        {
            var field = _products.Member(type, member, text, isReached: true);
            var primal = _products.Member(type, member, like, member.IsHidden);
            if (member.Type.IsFloatArray) _code.Line(field + " = global::SoftDiff.Shape.ZerosLike(" + primal + ");");
            else if (member.Type is ProductType { IsList: true } list) WriteNewList(list, field, primal);
            else WriteNew((ProductType)member.Type, field + " = ", field, primal);
        }
    }
}
