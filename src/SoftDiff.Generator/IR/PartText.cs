using System.Globalization;

namespace SoftDiff.Generator.IR;

/// <summary>What the emitter knows of value types, as text: a part of <see cref="IrText"/>.</summary>
internal static class PartText
{
    public static string Print(ParameterPart part) =>
        IrText.Quote(part.Whole) + " " + part.Leaf.ToString(CultureInfo.InvariantCulture) + (part.IsReturned ? " returned " : part.IsReceiver ? " receiver " : " ")
        + (part.GradientOf is { } primal ? "gradient " + IrText.Quote(primal) + " " : "") + (part.IsTangent ? "tangent " : "") + Print(part.Type);

    public static string Print(IrType type) => type is ProductType product
        ? product.Form.ToString().ToLowerInvariant() + (product.IsPrivate ? " private " : " ") + IrText.Quote(product.Name) + "(" + string.Join(", ", product.Members.Select(Print)) + ")"
        : IrText.Print(type);

    private static string Print(ProductMember member) =>
        IrText.Quote(member.Name) + (member.Field is { } field ? " field " + IrText.Quote(field) : "") + (member.IsHidden ? " hidden" : "")
        + (member.IsFixed ? " fixed" : "") + (member.IsReadOnly ? " readonly" : "") + (member.Role == ListRole.Member ? "" : " " + member.Role.ToString().ToLowerInvariant()) + (member.MayBeNull ? " nullable" : "")
        + (member.Owner is { } owner ? " owner " + IrText.Quote(owner) : "") + ": " + Print(member.Type);
}
