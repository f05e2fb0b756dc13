using System.Globalization;

namespace SoftDiff.Generator.Emit;

// Lists of objects in parameter trees: what the objects hold is collected in spans, with one element or array for each of them.
internal sealed partial class StatementWriter
{
    private const string ListItem = "item";

    /// <summary>The variables that hold the objects of lists, by the paths of the lists.</summary>
    private readonly Dictionary<string, string> _nodes = new(StringComparer.Ordinal);

    /// <summary>The variables that hold the arrays of the objects in lists, by their paths.</summary>
    private readonly Dictionary<string, string> _arraysInLists = new(StringComparer.Ordinal);

    /// <summary>An object or array that must not occur twice, or several: a span of them.</summary>
    /// <param name="Text">The expression.</param>
    /// <param name="Path">Its name in messages.</param>
    /// <param name="Element">The type of the elements of a span; null for one object.</param>
    private sealed record TreePart(string Text, string Path, string? Element = null);

    private void WriteLists(IReadOnlyList<Parameter> leaves)
    {
        var separate = new List<TreePart>();
        foreach (var tree in leaves.GroupBy(leaf => leaf.DeclaredName, StringComparer.Ordinal))
        {
            var (whole, parts) = (tree.First().Part!, new List<TreePart>());
            var isReadOnly = IsReadOnly(tree.First());
            if (whole.Type.IsObject) parts.Add(new TreePart(ProductText.Whole(whole), whole.Whole));
            parts.AddRange(_products.Objects(whole, isReadOnly).Select(part => new TreePart(part.Text, part.Path)));
            foreach (var (text, path, list) in _products.Lists(whole, isReadOnly)) WriteNodes(text, path, list, parts);
            foreach (var leaf in tree)
            {
                if (leaf.Part!.IsListed) WriteListed(leaf, parts);
                else if (leaf.Value.Type.IsFloatArray) parts.Add(new TreePart(_products.Read(leaf.Part!, isReadOnly), leaf.Part!.Path));
            }

            if (IsSeparate(tree)) separate.AddRange(parts);
        }

        if (separate.Any(part => part.Element is not null)) WriteParts(separate);
    }

    /// <summary>The list that a new object has: with new objects like those of the object that is differentiated.</summary>
    private void WriteNewList(ProductType list, string field, string like)
    {
        const string Made = "made";
        _code.Line(field + " = " + ListedObjects.Convert(list, like) + "static " + ListItem + " =>");
        _code.Open();
        WriteNew(list.Element!, list.Name + " " + Made + " = ", Made, ListItem);
        _code.Line("return " + Made + ";");
        _code.Close(");");
    }

    /// <summary>A variable for the objects of a list, and one for each kind of object in them.</summary>
    private void WriteNodes(string text, string path, ProductType list, List<TreePart> parts)
    {
        var nodes = _nodes[path] = Identifiers.Escape(_names.Fresh(path.Replace(".", "").TrimStart('@') + "Nodes"));
        var objects = "global::SoftDiff.Nodes.Of<" + list.Name + ">(" + text + ", " + Quote(path) + ");";
        _code.Line("global::System.ReadOnlySpan<" + list.Name + "> " + nodes + " = " + objects, declares: true);
        parts.Add(new TreePart(nodes, path + "[]", list.Name));
        foreach (var (inner, innerPath) in _products.ObjectsInEach(list, ListItem, path))
        {
            var name = innerPath.Replace("[]", "").Replace(".", "").TrimStart('@');
            parts.Add(new TreePart(WriteRented("object", name, NodeParts("object", nodes, list, inner, innerPath)), innerPath, "object"));
        }
    }

    /// <summary>How messages name a leaf. Of a list with one number for each object they name the list, whose length is checked.</summary>
    private static string PathOf(Parameter leaf) => leaf is { Part: { IsListed: true, Path: var path }, Value.Type: not ArrayType { Form: ArrayForm.Listed } }
        ? path.Substring(0, path.IndexOf("[]", StringComparison.Ordinal))
        : leaf.Part!.Path;

    /// <summary>A variable for what all objects of a list hold in a member.</summary>
    private void WriteListed(Parameter leaf, List<TreePart> parts)
    {
        const string Arrays = "global::System.Array";
        var (part, name, isUsed) = (leaf.Part!, leaf.Name.TrimStart('@'), _uses.Count(leaf.Value) > 0);
        var (path, list) = (part.Path, ProductText.ListOf(part));
        var nodes = _nodes[path.Substring(0, path.IndexOf("[]", StringComparison.Ordinal))];
        switch (leaf.Value.Type)
        {
            case ArrayType { Form: ArrayForm.Listed }:
                var member = _products.ReadInEach(part, ListItem, isReference: false);
                var arrays = _arraysInLists[path] = WriteRented(Arrays, name, NodeParts(Arrays, nodes, list, member, path));
                parts.Add(new TreePart(arrays, path, Arrays));
                _variables[leaf.Value].PartText = arrays;
                break;
            case ArrayType { Element.IsFloat: false } when isUsed:
                var axis = part.Members.Last().Axis.ToString(CultureInfo.InvariantCulture);
                var matrix = _arraysInLists[path.Substring(0, path.Length - "Length".Length - axis.Length)];
                Declare(leaf, WriteRented("int", name, "global::SoftDiff.Nodes.Lengths(" + matrix + ", " + axis + ")"));
                break;
            case ArrayType { Element: var number } when isUsed:
                var numbers = Identifiers.Escape(_names.Fresh(name + "Numbers"));
                var place = "static " + ListItem + " => ref " + _products.ReadInEach(part, ListItem, isReference: true);
                var arguments = nodes + ", " + place + ", " + (part.GradientOf is null ? "true" : "false");
                _code.Line("using global::SoftDiff.Numbers<" + list.Name + ", " + number.Name + "> " + numbers + " = new(" + arguments + ");", declares: true);
                Declare(leaf, WriteSpan(number.Name, name, numbers));
                break;
        }
    }

    /// <summary>The span that stands for a leaf.</summary>
    private void Declare(Parameter leaf, string span)
    {
        _variables[leaf.Value].PartText = span;
        _print.AddSpan(leaf.Value, span);
    }

    private static string NodeParts(string part, string nodes, ProductType list, string text, string path) =>
        "global::SoftDiff.Nodes.Parts<" + list.Name + ", " + part + ">(" + nodes + ", static " + ListItem + " => " + text + ", \"" + path + "\")";

    /// <summary>Variables for rented memory and its span; the name of the span.</summary>
    private string WriteRented(string element, string name, string text)
    {
        var rent = Identifiers.Escape(_names.Fresh(name + "Rent"));
        _code.Line("using global::SoftDiff.Rented<" + element + "> " + rent + " = " + text + ";", declares: true);
        return WriteSpan(element, name, rent);
    }

    private string WriteSpan(string element, string name, string of)
    {
        var span = Identifiers.Escape(_names.Fresh(name));
        _code.Line("global::System.Span<" + element + "> " + span + " = " + of + ".Span;", declares: true);
        return span;
    }

    /// <summary>No object and no array may occur twice, in the lists or beside them.</summary>
    private void WriteParts(IReadOnlyList<TreePart> parts)
    {
        var name = Identifiers.Escape(_names.Fresh("parts"));
        var single = parts.Count(part => part.Element is null).ToString(CultureInfo.InvariantCulture);
        var count = string.Join(" + ", parts.Where(part => part.Element is not null).Select(part => part.Text + ".Length").Prepend(single));
        Long("using (global::SoftDiff.TreeParts " + name + " = new(" + count + "))", line: -1);
        _code.Open();
        foreach (var part in parts)
        {
            _code.Line(name + (part.Element is null ? ".Add(" : ".AddAll<" + part.Element + ">(") + Quote(part.Path) + ", " + part.Text + ");");
        }

        _code.Line(name + ".RequireSeparate();");
        _code.Close();
    }
}
