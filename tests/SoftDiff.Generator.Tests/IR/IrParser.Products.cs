using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// Value types of C#, which parameters name.
internal sealed partial class IrParser
{
    private ParameterPart Part()
    {
        var whole = Quoted();
        var leaf = checked((int)Integer());
        var (returned, receiver) = (Accept("returned"), Accept("receiver"));
        var gradientOf = Accept("gradient") ? Quoted() : null;
        var tangent = Accept("tangent");
        return new ParameterPart(whole, Assert.IsType<ProductType>(MemberType()), leaf, returned)
        {
            IsReceiver = receiver, GradientOf = gradientOf, IsTangent = tangent,
        };
    }

    private IrType MemberType()
    {
        foreach (var form in Enum.GetValues<ProductForm>())
        {
            if (!Accept(form.ToString().ToLowerInvariant())) continue;
            var name = Quoted();
            var members = ImmutableArray.CreateBuilder<ProductMember>();
            Expect("(");
            do members.Add(Member());
            while (Accept(","));
            Expect(")");
            return new ProductType(name, form, members.ToImmutable());
        }

        return Type();
    }

    private ProductMember Member()
    {
        var name = Quoted();
        var field = Accept("field") ? Quoted() : null;
        var (hidden, @fixed) = (Accept("hidden"), Accept("fixed"));
        var (readOnly, nullable) = (Accept("readonly"), Accept("nullable"));
        var owner = Accept("owner") ? Quoted() : null;
        Expect(":");
        return new ProductMember(name, MemberType())
        {
            Field = field, IsHidden = hidden, IsFixed = @fixed, IsReadOnly = readOnly, MayBeNull = nullable, Owner = owner,
        };
    }
}
