using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <content>Instance methods: what their objects hold.</content>
internal sealed partial class Signature
{
    /// <summary>How the type of the method is declared.</summary>
    public string Type { get; private set; } = "public static partial class";

    /// <summary>The members that hold what the object is made of.</summary>
    public List<string> Fields { get; } = [];

    /// <summary>The modifiers of the method.</summary>
    private string Modifier { get; set; } = "static ";

    /// <summary>A class, whose members are constants.</summary>
    private void AddClassReceiver()
    {
        string n = NumberType, level = _sketch.Fresh("_level"), rates = _sketch.Fresh("_rates");
        (Type, Modifier) = ("public sealed partial class", "");
        Fields.Add($$"""
                private readonly {{n}} {{level}};

                private readonly {{n}}[] {{rates}};

                public {{FuzzProgram.ClassName}}({{n}} level, params {{n}}[] rates) => ({{level}}, {{rates}}) = (level, rates);
            """);
        Declare("", Receiver.Name, _ => $"new {FuzzProgram.ClassName}({Numbers(Dice.Between(1, 4))})");
        _scope.Scalars.Add(new Scalar(level, IsAssignable: false) { IsVariable = false });
        _scope.Buffers.Add(new Buffer(rates, NewLength($"{rates}.Length"), IsWritable: false, IsArray: true, IsLocal: false));
    }

    /// <summary>A struct, whose members have derivatives. A method that changes none of them is <c>readonly</c>.</summary>
    private void AddStructReceiver(bool isWritten)
    {
        (Type, Modifier) = ("public partial struct", isWritten ? "" : "readonly ");
        List<Member> members = [.. Enumerable.Range(0, Dice.Between(1, 2)).Select(_ => new Member(_sketch.Fresh("X"), null))];
        if (Dice.Chance(0.6)) members.Add(new Member(_sketch.Fresh("In"), Composites.Some(_sketch)));
        Composite self = new(FuzzProgram.ClassName, CompositeForm.Struct, members);
        Code code = new(1);
        Composites.WriteMembers(code, self, (member, name) => $"{member.Type?.Name ?? NumberType} {name}");
        Fields.Add(code.ToString().TrimEnd('\n'));
        Declare("", Receiver.Name, _ => self.Made(Number));
        foreach (Scalar leaf in self.Leaves("this", isWritten)) _scope.Scalars.Add(leaf with { Name = leaf.Name["this.".Length..] });
        foreach (Member member in members) _sketch.ByReference.Add(member.Name);
        if (isWritten) First.Add($"{members[0].Name} *= {_sketch.Number.Literal(Dice.Decimal())};");
    }
}
