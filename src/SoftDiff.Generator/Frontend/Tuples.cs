using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Lowers C# tuples, which are products.
internal sealed partial class FunctionLowering
{
    /// <summary>The type of a variable; null if the IR has no such type.</summary>
    private IrType? TypeOf(ITypeSymbol type) =>
        Products.Map(type, Types) ?? (IrType?)StructArrays.Map(type, Types) ?? Types.InParts(type) ?? Types.Map(type) ?? ObjectTypes.Map(type, Types)
        ?? (IsStructTree(type) ? ObjectTypes.Of(type, Types) : null);

    /// <summary>As <see cref="TypeOf"/>, for variables that may also hold an exception or its message, a delegate or a sequence.</summary>
    private IrType? VariableType(ITypeSymbol type) => TypeOf(type) ?? (ThrownTexts.IsText(type) ? TextType.Instance : StaticType.Of(type));

    private static IEnumerable<IOperation> Targets(IOperation target) => target switch
    {
        IDeclarationExpressionOperation { Expression: ITupleOperation declared } => Targets(declared),
        ITupleOperation tuple => tuple.Elements.SelectMany(Targets),
        _ => new[] { target },
    };

    private Operand LowerTupleComparison(ITupleBinaryOperation comparison)
    {
        var (left, right) = (Product.Flat(Lower(comparison.LeftOperand)).ToList(), Product.Flat(Lower(comparison.RightOperand)).ToList());
        if (left.Count != right.Count || left.Concat(right).Any(e => e.Type is not ScalarType) || HasStruct(comparison.LeftOperand.Type!))
        {
            return Unsupported(comparison, "compare the elements one by one");
        }

        bool HasStruct(ITypeSymbol type) => type is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Any(e => HasStruct(e.Type)) : Products.IsStruct(type);
        var equal = left.Zip(right, (a, b) => Test(Opcode.Equal, a, b)).Aggregate((a, b) => Test(Opcode.BitAnd, a, b));
        return comparison.OperatorKind == BinaryOperatorKind.Equals ? equal : Not(equal);
    }

    /// <summary>The framework's functions with two results; null for any other method.</summary>
    private Product? LowerPair(CallSite call)
    {
        var args = call.Arguments;
        switch (call.TargetMethod.Name, args.Length)
        {
            case ("SinCos", 1):
                var angle = ValueOf(args[0]);
                return Products.Tuple(_point.Block.Compute(angle.Type, Opcode.Sin, angle), _point.Block.Compute(angle.Type, Opcode.Cos, angle));
            case ("SinCosPi", 1):
                var turns = ValueOf(args[0]);
                return Products.Tuple(_point.Block.Compute(turns.Type, Opcode.SinPi, turns), _point.Block.Compute(turns.Type, Opcode.CosPi, turns));
            case ("DivRem", 2):
                var (number, divisor) = (ValueOf(args[0]), ValueOf(args[1]));
                Operand Part(Opcode code) => _point.Block.Compute(number.Type, code, number, divisor);
                return Products.Tuple(Part(Opcode.Divide), Part(Opcode.Remainder));
            default:
                return null;
        }
    }
}
