namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Draws the declarations of composite types. Their methods stay bounded like helpers, since loops run them again.</summary>
internal static class Composites
{
    private static readonly CompositeForm[] s_forms =
        [CompositeForm.Struct, CompositeForm.ReadonlyStruct, CompositeForm.RecordStruct, CompositeForm.ReadonlyRecordStruct];

    /// <summary>Some type that is there, or a new one.</summary>
    public static Composite Some(Sketch sketch)
    {
        if (sketch.Composites.Count > 0 && (sketch.Budget <= 0 || sketch.Dice.Chance(0.75))) return sketch.Dice.Pick<Composite>(sketch.Composites);
        return Draw(sketch);
    }

    public static Composite Draw(Sketch sketch)
    {
        CompositeForm form = sketch.Dice.Pick(s_forms);
        List<Member> members = [.. Enumerable.Range(0, sketch.Dice.Between(1, 3)).Select(_ => new Member(sketch.Fresh("X"), null))];
        if (sketch.Composites.Count > 0 && sketch.Dice.Chance(0.5))
        {
            members.Insert(sketch.Dice.Below(members.Count + 1), new Member(sketch.Fresh("In"), sketch.Dice.Pick<Composite>(sketch.Composites)));
        }

        Composite drawn = new(sketch.Fresh("Point"), form, members);
        sketch.Members.Add(Declaration(sketch, drawn));
        sketch.Composites.Add(drawn);
        return drawn;
    }

    private static string Declaration(Sketch sketch, Composite type)
    {
        Code code = new(1);
        string n = sketch.Number.Type;
        string Typed(Member member, string name) => $"{member.Type?.Name ?? n} {name}";
        string positions = string.Join(", ", type.Members.Select(member => Typed(member, member.Name)));
        code.Open(type.Form switch
        {
            CompositeForm.Struct => $"public struct {type.Name}",
            CompositeForm.ReadonlyStruct => $"public readonly struct {type.Name}",
            CompositeForm.RecordStruct => $"public record struct {type.Name}({positions})",
            _ => $"public readonly record struct {type.Name}({positions})",
        });
        if (!type.IsRecord) WriteMembers(code, type, Typed);
        WriteReading(sketch, code, type);
        if (type.IsMutable) WritePush(sketch, code, type);
        WriteOperators(sketch, code, type);
        code.Close();
        return code.ToString().TrimEnd('\n');
    }

    public static void WriteMembers(Code code, Composite type, Func<Member, string, string> typed)
    {
        foreach (Member member in type.Members)
        {
            code.Line($"public {typed(member, member.Name)}{(type.HasFields ? ";" : " { get; }")}");
        }

        string Lower(Member member) => char.ToLowerInvariant(member.Name[0]) + member.Name[1..] + "_";
        code.Open($"public {type.Name}({string.Join(", ", type.Members.Select(member => typed(member, Lower(member))))})");
        foreach (Member member in type.Members) code.Line($"{member.Name} = {Lower(member)};");
        code.Close();
        if (type.Members.Count == 1 || type.Form == CompositeForm.Class) return;
        string outputs = string.Join(", ", type.Members.Select(member => "out " + typed(member, Lower(member))));
        code.Open($"public {(type.HasFields ? "readonly " : "")}void Deconstruct({outputs})");
        foreach (Member member in type.Members) code.Line($"{Lower(member)} = {member.Name};");
        code.Close();
    }

    /// <summary>What may use the members by their names alone.</summary>
    public static Scope Inside(Sketch sketch, Composite type, bool mayChange)
    {
        Scope scope = new(sketch) { Result = mayChange ? _ => "" : null };
        foreach (Scalar leaf in type.Leaves("this", mayChange)) scope.Scalars.Add(leaf with { Name = leaf.Name["this.".Length..] });
        return scope;
    }

    private static void WriteReading(Sketch sketch, Code code, Composite type)
    {
        string n = sketch.Number.Type;
        string reads = type.Form is CompositeForm.Struct or CompositeForm.RecordStruct ? "readonly " : "";
        code.Line($"public {reads}{n} Size => {Terms.Draw(Inside(sketch, type, mayChange: false), 2)};");
        string t = sketch.Fresh("t");
        Scope scope = Inside(sketch, type, mayChange: false);
        scope.Scalars.Add(new Scalar(t, IsAssignable: true));
        code.Open($"public {reads}{n} Along({n} {t})");
        sketch.Statements(scope, code, sketch.Dice.Between(0, 2));
        code.Line($"return {Terms.Draw(scope, 2)};");
        code.Close();
        t = sketch.Fresh("t");
        scope = Inside(sketch, type, mayChange: false);
        scope.Scalars.Add(new Scalar(t, IsAssignable: false));
        string moved = string.Join(", ", type.Members.Select(
            member => member.Type is null ? Terms.Value(scope) : $"{member.Name}.Moved({t})"));
        code.Line($"public {reads}{type.Name} Moved({n} {t}) => {sketch.Dice.Pick("new", "new " + type.Name)}({moved});");
    }

    private static void WritePush(Sketch sketch, Code code, Composite type)
    {
        string t = sketch.Fresh("t");
        Scope scope = Inside(sketch, type, mayChange: true);
        scope.Scalars.Add(new Scalar(t, IsAssignable: true));
        code.Open($"public void Push({sketch.Number.Type} {t})");
        sketch.Statements(scope, code, sketch.Dice.Between(1, 3));
        if (sketch.Dice.Chance(0.2)) code.Line($"this = Moved({t});");
        code.Line($"{sketch.Dice.Pick([.. type.Members.Where(member => member.Type is null)]).Name} += {Terms.Bounded(scope, 1)};");
        code.Close();
    }

    /// <summary>Operators that do not make large values of small ones, however often they are applied.</summary>
    private static void WriteOperators(Sketch sketch, Code code, Composite type)
    {
        string Sum(Member member) => member.Type is null
            ? $"{sketch.Number.Call("Sin", $"a.{member.Name}")} + b.{member.Name}" : $"a.{member.Name} + b.{member.Name}";
        string Scaled(Member member) => member.Type is null
            ? $"k * {sketch.Number.Call("Tanh", $"a.{member.Name}")}" : $"k * a.{member.Name}";
        string name = type.Name;
        code.Line($"public static {name} operator +({name} a, {name} b) => new({string.Join(", ", type.Members.Select(Sum))});");
        code.Line($"public static {name} operator *({sketch.Number.Type} k, {name} a) => new({string.Join(", ", type.Members.Select(Scaled))});");
    }
}
