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
        var made = leaves.Where(p => p is { Part.GradientOf: not null, PassedAs: ParameterMode.Out });
        foreach (var gradient in made.GroupBy(p => p.DeclaredName, StringComparer.Ordinal)) WriteNew(gradient.First().Part!);

        WriteLists(leaves);
        foreach (var leaf in leaves.Where(p => p.Mode != ParameterMode.Out && _uses.Count(p.Value) > 0 && p.Part is { IsListed: false })) WriteLeaf(leaf);
    }

    /// <summary>A variable for a leaf.</summary>
    private void WriteLeaf(Parameter leaf)
    {
        var variable = _variables[leaf.Value];
        var type = leaf.Value.Type;
        var text = _products.Read(leaf.Part!, IsReadOnly(leaf));
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
        foreach (var tree in leaves.GroupBy(leaf => leaf.DeclaredName, StringComparer.Ordinal).Where(IsSeparate))
        {
            var whole = tree.First().Part!;
            if (whole.Type.IsObject) parts[ProductText.Whole(whole)] = whole.Whole;
            foreach (var (text, path) in _products.Objects(whole, IsReadOnly(tree.First()))) parts[text] = path;
            var arrays = tree.Where(leaf => leaf.Value.Type.IsFloatArray && !leaf.Part!.IsListed);
            foreach (var array in arrays) parts[_products.Read(array.Part!, IsReadOnly(array))] = array.Part!.Path;
        }

        if (parts.Count < 2) return;
        var (paths, texts) = (string.Join(", ", parts.Values.Select(Quote)), string.Join(", ", parts.Keys));
        Long("global::SoftDiff.Shape.Separate([" + paths + "], [" + texts + "]);", line: -1);
    }

    /// <summary>Whether it belongs to a struct of which C# gives generated code no writable reference.</summary>
    private static bool IsReadOnly(Parameter leaf) => leaf.Mode == ParameterMode.In || leaf.Part is { IsReceiver: true, Type.IsObject: false };

    private static bool IsSeparate(IEnumerable<Parameter> tree) =>
        tree.First().Part is { IsTangent: false } part && (part.GradientOf is null ? tree.Any(leaf => leaf.Wrt) : !part.Type.IsRemade);

    /// <summary>The object that an <c>out</c> parameter gives: with arrays like those of the object that is differentiated, and zeros.</summary>
    private void WriteNew(ParameterPart gradient)
    {
        var whole = ProductText.Whole(gradient);
        if (gradient.Type.IsObject) WriteNew(gradient.Type, whole + " = ", whole, ProductText.Primal(gradient));
        else _code.Line(whole + " = default;");
    }

    private void WriteNew(ProductType type, string assign, string text, string like)
    {
        _code.Line(assign + "(" + type.Name + ")" + Services + "RuntimeHelpers.GetUninitializedObject(typeof(" + type.Name + "));");
        WriteNewMembers(type, text, like);
    }

    private void WriteNewMembers(ProductType type, string text, string like)
    {
        foreach (var member in type.Members.Where(m => m.Type.IsFloatArray || m.Type is ProductType { IsTree: true } or ProductType { IsList: true }))
        {
            var field = _products.Member(type, member, text, isReached: true);
            var primal = _products.Member(type, member, like, member.IsHidden || member.Type is ProductType { Form: ProductForm.Struct });
            if (member.Type.IsFloatArray) _code.Line(field + " = global::SoftDiff.Shape.ZerosLike(" + primal + ");");
            else if (member.Type is ProductType { IsList: true } list) WriteNewList(list, field, primal);
            else if (member.Type is ProductType { Form: ProductForm.Struct } value) WriteNewMembers(value, field, primal);
            else WriteNew((ProductType)member.Type, field + " = ", field, primal);
        }
    }
}
