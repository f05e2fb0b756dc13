using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>Collects the operands of a C# expression about objects. The expression names them <c>{0}</c>, <c>{1}</c> ….</summary>
internal sealed class ObjectText
{
    private static readonly Regex Hole = new(@"\{(\d+)\}");
    private readonly List<Operand> _operands = new();

    public ImmutableArray<Operand> Operands => _operands.ToImmutableArray();

    /// <summary>The text of an operand.</summary>
    public string Add(Operand operand)
    {
        switch (operand)
        {
            case ThrownText text:
                var first = _operands.Count;
                _operands.AddRange(text.Operands);
                string Moved(Match hole) => Place(int.Parse(hole.Groups[1].Value, CultureInfo.InvariantCulture) + first);
                var own = Hole.Replace(text.Expression, Moved);
                return text.Expression.Contains(' ') ? "(" + own + ")" : own;
            case Product product:
                return Whole(product);
            case SymbolConstant { Expression: "null", Of: ScalarType { Name: not "object" } type }:
                return "((" + type.Name + ")null)";
            default:
                _operands.Add(operand);
                return Place(_operands.Count - 1);
        }
    }

    private static string Place(int number) => "{" + number.ToString(CultureInfo.InvariantCulture) + "}";

    private string Whole(Product product)
    {
        var members = product.Members.Select(Add).ToList();
        var list = string.Join(", ", members);
        return product.Of.Form switch
        {
            ProductForm.Optional => "(" + members[0] + " ? new " + product.Of.Name + "(" + members[1] + ") : null)",
            ProductForm.Tuple => "(" + list + ")",
            ProductForm.Positional => "new " + product.Of.Name + "(" + list + ")",
            ProductForm.Initializer => "new " + product.Of.Name + " { " + Assigned(product, members) + " }",
            _ => "(default(" + product.Of.Name + ") with { " + Assigned(product, members) + " })",
        };
    }

    private static string Assigned(Product product, IEnumerable<string> members) =>
        string.Join(", ", product.Of.Members.Zip(members, (member, text) => Identifiers.Escape(member.Name) + " = " + text));
}
