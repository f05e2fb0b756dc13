namespace SoftDiff.Generator.Emit;

/// <summary>Local functions that reach fields of objects which generated code may not name.</summary>
internal sealed class HiddenFields(Names names)
{
    private const string Services = "global::System.Runtime.CompilerServices.UnsafeAccessor";
    private readonly Dictionary<HiddenField, string> _accessors = new();

    /// <summary>The name of the local function.</summary>
    public string Accessor(HiddenField field)
    {
        if (_accessors.TryGetValue(field, out var known)) return known;
        var bare = field.Name.Split('>')[0].TrimStart('<', '_');
        return _accessors[field] = names.Fresh(bare + "Of" + Identifiers.In(field.Type.Split('<')[0]).Last());
    }

    /// <summary>Writes the local functions.</summary>
    public void Write(CodeWriter code)
    {
        foreach (var accessor in _accessors)
        {
            code.Line("");
            code.Line("[" + Services + "(" + Services + "Kind.Field, Name = \"" + accessor.Key.Name + "\")]");
            code.Line("static extern ref " + accessor.Key.FieldType + " " + accessor.Value + "(" + accessor.Key.Type + " of);");
        }
    }
}
