using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Places: what can stand on the left of an assignment. Array and index are evaluated once, before the value.
internal sealed partial class FunctionLowering
{
    private sealed record AssignablePlace(IrType Type, ISymbol? Variable, Operand? Array, Operand? Index)
    {
        public Operand Read(BlockBuilder block, Environment env) => Variable is not null ? env.Get(Variable)! : block.Load(Array!, Index!);

        public Operand Write(FunctionLowering lowering, Operand value)
        {
            if (Variable is not null)
            {
                value = lowering.Named(value, Variable.Name);
                lowering._env.Set(Variable, value);
            }
            else
            {
                lowering._block.Add(new Store(Array!, Index!, value));
            }

            return value;
        }
    }

    private AssignablePlace? Place(IOperation target)
    {
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                return Place(declaration.Expression);
            case ILocalReferenceOperation local:
                return Variable(local, local.Local, local.Local.Type);
            case IParameterReferenceOperation parameter:
                return Variable(parameter, parameter.Parameter, parameter.Parameter.Type);
            case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 1 }:
                return LowerPlace(target) is { } element ? new AssignablePlace(((ArrayType)element.Array.Type).Element, null, element.Array, element.Index) : null;
            case IInvalidOperation:
                Invalid(target);
                return null;
            default:
                if (target.Type?.TypeKind == TypeKind.Error) Invalid(target);
                else Unsupported(target, "assign locals, parameters and elements of arrays and spans");
                return null;
        }
    }

    private AssignablePlace? Variable(IOperation operation, ISymbol symbol, ITypeSymbol type)
    {
        if (_types.Map(type) is not { } mapped)
        {
            if (type.TypeKind == TypeKind.Error) Invalid(operation);
            else Fail(Descriptors.UnsupportedType, operation, type.ToDisplayString(), TypeMapping.Supported);
            return null;
        }

        if (_env.Get(symbol) is null) _env.Set(symbol, Default(mapped));
        return new AssignablePlace(mapped, symbol, null, null);
    }

    private Operand Assign(IOperation target, Operand value, IOperation? refAssignment)
    {
        if (refAssignment is not null) return Unsupported(refAssignment, "read and write the element itself");
        if (target is IDiscardOperation) return value;
        if (Place(target) is not { } place) return value;
        return place.Write(this, place.Type is ScalarType type && value.Type is ScalarType ? ConvertTo(value, type) : value);
    }
}
