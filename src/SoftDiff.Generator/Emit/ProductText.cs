namespace SoftDiff.Generator.Emit;

/// <summary>
/// Prints values of value types: how a part is read, and how a whole is made of its parts. Where C# lets generated code not name a member, or not
/// assign it, the method gets a local function that reaches the field. No constructor or setter of the user's runs.
/// </summary>
internal sealed class ProductText(Names names)
{
    private readonly Dictionary<(string Type, string Field), string> _fields = new();
    private readonly Dictionary<ProductType, string> _makers = new();
    private readonly List<string> _lines = new();

    /// <summary>The expression for a whole.</summary>
    public static string Whole(ParameterPart part) => part.IsReceiver ? "this" : Parameter(part.Whole);

    /// <summary>The object whose gradient a whole is.</summary>
    public static string Primal(ParameterPart gradient) => gradient.GradientOf == "this" ? "this" : Parameter(gradient.GradientOf!);

    private static string Parameter(string name) => Identifiers.Escape(Identifiers.Unescape(name));

    /// <summary>The expression for one scalar of a parameter.</summary>
    public string Read(ParameterPart part, bool isReadOnly)
    {
        var path = part.Members;
        var (text, type) = (Whole(part), part.Type);
        for (var i = 0; i < path.Length && path[i].Role != ListRole.Items; i++)
        {
            // What a property returns has no address. Its field has, where a member further on needs one.
            var isValue = path[i].Type is ProductType { IsObject: false };
            var isReached = path[i].IsHidden || (isValue && path[i].Field != path[i].Name && path.Skip(i + 1).Any(member => member.IsHidden));
            var address = i == 0 && isReadOnly && !type.IsObject && path.Any(member => member.IsHidden) ? Writable(text) : text;
            text = Member(type, path[i], address, isReached);
            if (path[i].Type is ProductType inner) type = inner;
        }

        return text;
    }

    /// <summary>A variable that C# does not let generated code write, for accessors, which take it by <c>ref</c>.</summary>
    private static string Writable(string variable) => "global::System.Runtime.CompilerServices.Unsafe.AsRef(in " + variable + ")";

    /// <summary>A member of a value or an object: by its name, or by its field, which is a variable.</summary>
    public string Member(ProductType type, ProductMember member, string of, bool isReached) =>
        isReached ? Field(type, member) + (type.IsObject ? "(" : "(ref ") + of + ")"
        : of + type.Reading(member) + (member.MayBeNull ? "!" : "");

    /// <summary>The objects in an object, and its lists: the expression for each, and its name in messages.</summary>
    public IEnumerable<(string Text, string Path)> Objects(ParameterPart part, bool isReadOnly) =>
        Inside(part, isReadOnly).Select(inner => (inner.Text, inner.Path));

    /// <summary>The lists in an object: the expression for each, its name in messages, and what it is.</summary>
    public IEnumerable<(string Text, string Path, ProductType List)> Lists(ParameterPart part, bool isReadOnly) =>
        Inside(part, isReadOnly).Where(inner => inner.Type.IsList);

    /// <summary>
    /// The objects in the objects of a list: an expression for each that begins with the list's object, and its name in messages.
    /// </summary>
    public IEnumerable<(string Text, string Path)> ObjectsInEach(ProductType list, string item, string path) =>
        Inside(list.Element!, item, path + "[]").Select(inner => (inner.Text, inner.Path));

    private IEnumerable<(string Text, string Path, ProductType Type)> Inside(ParameterPart part, bool isReadOnly)
    {
        var isReached = isReadOnly && part.Type.Paths.Any(path => path.Any(member => member.IsHidden));
        return Inside(part.Type, isReached ? Writable(Whole(part)) : Whole(part), part.Whole);
    }

    private static bool HoldsObjects(ProductType type) => type.Members.Select(member => member.Type).OfType<ProductType>()
        .Any(part => part.IsObject || part.IsList || HoldsObjects(part));

    /// <summary>The objects and lists in a parameter tree, and those in these objects.</summary>
    private IEnumerable<(string Text, string Path, ProductType Type)> Inside(ProductType type, string text, string path)
    {
        foreach (var member in type.Members)
        {
            if (member.Type is not ProductType part || !(part.IsObject || part.IsList || HoldsObjects(part))) continue;
            var isReached = member.IsHidden || (!part.IsObject && !part.IsList && member.Field != member.Name);
            var (own, ownPath) = (Member(type, member, text, isReached), path + "." + member.Name);
            if (part.IsObject || part.IsList) yield return (own, ownPath, part);
            if (part.IsList) continue;
            foreach (var inner in Inside(part, own, ownPath)) yield return inner;
        }
    }

    /// <summary>The list to whose objects a part belongs.</summary>
    public static ProductType ListOf(ParameterPart part) => part.Members.Select(member => member.Type).OfType<ProductType>().First(type => type.IsList);

    /// <summary>The expression for a member of an object in a list.</summary>
    /// <param name="part">The member of all of them.</param>
    /// <param name="item">The expression for the object.</param>
    /// <param name="isReference">Whether the expression must name a variable.</param>
    public string ReadInEach(ParameterPart part, string item, bool isReference)
    {
        var (text, type) = (item, ListOf(part).Element!);
        foreach (var listed in part.Members.SkipWhile(member => member.Type is not ProductType { IsList: true }).Skip(1))
        {
            var member = type.Members.First(own => (own.Field, own.Owner) == (listed.Field, listed.Owner));
            text = Member(type, member, text, member.IsHidden || (isReference && (member.Field != member.Name || member.IsReadOnly)));
            if (member.Type is ProductType inner) type = inner;
        }

        return text;
    }

    /// <summary>The expression for a value.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="leaves">The expressions for its scalars; null for those that are zero.</param>
    public string Build(ProductType type, IReadOnlyList<string?> leaves)
    {
        if (leaves.All(leaf => leaf is null)) return "default";
        var (members, at) = (new List<string?>(), 0);
        foreach (var member in type.Members)
        {
            var count = member.Type is ProductType inner ? inner.Leaves.Count() : 1;
            var own = leaves.Skip(at).Take(count).ToList();
            members.Add(own.All(leaf => leaf is null) ? null : member.Type is ProductType nested ? Build(nested, own) : own[0]);
            at += count;
        }

        var all = string.Join(", ", members.Select((text, i) => text ?? Zero(type.Members[i].Type)));
        if (type.Form == ProductForm.Optional) return Optional(type, members[0], members[1]);
        if (type.Form == ProductForm.Tuple) return "(" + all + ")";
        if (type.Form == ProductForm.InlineArray) return InlineMaker(type) + "([" + all + "])";
        if (type.Form == ProductForm.Positional) return "new " + type.Name + "(" + all + ")";
        if (type.Members.Any(member => member.IsFixed)) return Maker(type) + "(" + all + ")";
        var given = string.Join(", ", members.Zip(type.Members, (text, member) => (text, member)).Where(m => m.text is not null)
            .Select(m => Identifiers.Escape(m.member.Name) + " = " + m.text));
        return (type.Form == ProductForm.With ? "default(" + type.Name + ") with" : "new " + type.Name) + " { " + given + " }";
    }

    /// <summary>A value that may be null.</summary>
    private static string Optional(ProductType type, string? hasValue, string? value)
    {
        if (hasValue is null) return "null";
        var given = "new " + type.Name + "(" + (value ?? Zero(type.Members[1].Type)) + ")";
        return hasValue == "true" ? given : (hasValue.Contains(' ') ? "(" + hasValue + ")" : hasValue) + " ? " + given + " : null";
    }

    /// <summary>Writes the local functions.</summary>
    public void WriteAccessors(CodeWriter code)
    {
        foreach (var line in _lines) code.Line(line);
    }

    private static string Zero(IrType type) => type is ScalarType scalar && Operand.Zero(scalar) is NumberConstant zero ? Literals.Print(zero).Text : "default";

    private static string NameOf(IrType type) => type switch
    {
        ProductType { IsList: true } list => ListedObjects.Collection(list),
        ProductType product => product.Name,
        _ => TypeNames.Of(type),
    };

    /// <summary>The local function that gives a reference to a field.</summary>
    private string Field(ProductType type, ProductMember member)
    {
        var owner = member.Owner ?? type.Name;
        var key = (owner, member.Field!);
        if (_fields.TryGetValue(key, out var known)) return known;
        var name = _fields[key] = names.Fresh(member.Capitalised + "Of" + Bare(owner));
        const string Services = "global::System.Runtime.CompilerServices.UnsafeAccessor";
        _lines.Add("");
        _lines.Add("[" + Services + "(" + Services + "Kind.Field, Name = \"" + member.Field + "\")]");
        _lines.Add("static extern ref " + NameOf(member.Type) + " " + name + (type.IsObject ? "(" : "(ref ") + owner + " of);");
        return name;
    }

    /// <summary>The local function that makes a value whose members an initializer cannot set.</summary>
    private string Maker(ProductType type)
    {
        if (_makers.TryGetValue(type, out var known)) return known;
        var name = _makers[type] = names.Fresh("New" + Bare(type.Name));
        var fields = type.Members.Select(member => Field(type, member)).ToList();
        _lines.Add("");
        _lines.Add("static " + type.Name + " " + name + "(" + string.Join(", ", type.Members.Select((m, i) => NameOf(m.Type) + " m" + i)) + ")");
        _lines.Add("{");
        _lines.Add("    " + type.Name + " made = default;");
        for (var i = 0; i < fields.Count; i++) _lines.Add("    " + fields[i] + "(ref made) = m" + i + ";");
        _lines.Add("    return made;");
        _lines.Add("}");
        return name;
    }

    /// <summary>The local function that makes an inline array.</summary>
    private string InlineMaker(ProductType type)
    {
        if (_makers.TryGetValue(type, out var known)) return known;
        var (name, element) = (_makers[type] = names.Fresh("New" + Bare(type.Name)), NameOf(type.Members[0].Type));
        _lines.Add("");
        _lines.Add("static " + type.Name + " " + name + "(global::System.ReadOnlySpan<" + element + "> elements)");
        _lines.Add("{");
        _lines.Add("    " + type.Name + " made = default;");
        _lines.Add("    elements.CopyTo(made);");
        _lines.Add("    return made;");
        _lines.Add("}");
        return name;
    }

    /// <summary>The type's name without namespaces and type arguments.</summary>
    private static string Bare(string type) => Identifiers.In(type.Split('<')[0]).Last();
}
