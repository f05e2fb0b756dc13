using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

// Tuples: several values under one name, which the IR never sees.
internal sealed partial class FunctionLowering
{
    /// <summary>The type of a variable; null if it can hold nothing the IR knows.</summary>
    private IrType? TypeOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsTupleType: true } tuple) return Types.Map(type);
        var elements = tuple.TupleElements.Select(e => TypeOf(e.Type)).ToList();
        return elements.All(e => e is ScalarType or TupleType) ? new TupleType(elements.Select(e => e!).ToImmutableArray()) : null;
    }

    /// <summary>As <see cref="TypeOf"/>, for variables that may also hold an exception or its message.</summary>
    private IrType? VariableType(ITypeSymbol type) => TypeOf(type) ?? (ThrownTexts.IsText(type) ? TextType.Instance : null);

    /// <summary>Which element of a tuple the field is, however it is called.</summary>
    private static int? Position(IFieldReferenceOperation reference)
    {
        if (reference.Instance?.Type is not INamedTypeSymbol { IsTupleType: true } tuple) return null;
        var field = reference.Field.CorrespondingTupleField ?? reference.Field;
        var position = tuple.TupleElements.Select(e => e.CorrespondingTupleField ?? e).ToList().FindIndex(e => e.Name == field.Name);
        return position < 0 ? null : position;
    }

    private Operand LowerItem(IFieldReferenceOperation reference, int position) =>
        Lower(reference.Instance!) is TupleValue tuple ? tuple.Elements[position] : Placeholder(reference.Type);

    private static IEnumerable<IOperation> Targets(IOperation target) => target switch
    {
        IDeclarationExpressionOperation { Expression: ITupleOperation declared } => Targets(declared),
        ITupleOperation tuple => tuple.Elements.SelectMany(Targets),
        _ => new[] { target },
    };

    private static IEnumerable<Operand> Elements(Operand value) => value is TupleValue tuple ? tuple.Elements.SelectMany(Elements) : new[] { value };

    private Operand LowerTupleComparison(ITupleBinaryOperation comparison)
    {
        var (left, right) = (Elements(Lower(comparison.LeftOperand)).ToList(), Elements(Lower(comparison.RightOperand)).ToList());
        if (left.Count != right.Count || left.Concat(right).Any(e => e.Type is not ScalarType))
        {
            return Unsupported(comparison, "compare the elements one by one");
        }

        Operand Test(Opcode code, Operand a, Operand b) => _point.Block.Compute(ScalarType.Bool, code, a, b);
        var equal = left.Zip(right, (a, b) => Test(Opcode.Equal, a, b)).Aggregate((a, b) => Test(Opcode.BitAnd, a, b));
        return comparison.OperatorKind == BinaryOperatorKind.Equals ? equal : Not(equal);
    }

    /// <summary>The framework's functions with two results; null for any other method.</summary>
    private TupleValue? LowerPair(IInvocationOperation call)
    {
        TupleValue Pair(Operand first, Operand second) => new(ImmutableArray.Create(first, second));
        var args = call.Arguments;
        switch (call.TargetMethod.Name, args.Length)
        {
            case ("SinCos", 1):
                var angle = Lower(args[0].Value);
                return Pair(_point.Block.Compute(angle.Type, Opcode.Sin, angle), _point.Block.Compute(angle.Type, Opcode.Cos, angle));
            case ("SinCosPi", 1):
                var turns = Lower(args[0].Value);
                return Pair(_point.Block.Compute(turns.Type, Opcode.SinPi, turns), _point.Block.Compute(turns.Type, Opcode.CosPi, turns));
            case ("DivRem", 2):
                var (number, divisor) = (Lower(args[0].Value), Lower(args[1].Value));
                return Pair(_point.Block.Compute(number.Type, Opcode.Divide, number, divisor), _point.Block.Compute(number.Type, Opcode.Remainder, number, divisor));
            default:
                return null;
        }
    }
}
