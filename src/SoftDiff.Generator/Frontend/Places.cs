using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Places: what can stand on the left of an assignment. Array and index are evaluated once, before the value.
internal sealed partial class FunctionLowering
{
    private abstract record AssignablePlace(IrType Type)
    {
        public abstract Operand Read(FunctionLowering lowering);

        protected abstract Operand Set(FunctionLowering lowering, Operand value);

        /// <param name="lowering">The function that is lowered.</param>
        /// <param name="value">The value to write, converted to the type of the place.</param>
        /// <param name="isChecked">An integer that the type does not hold is an exception.</param>
        public Operand Write(FunctionLowering lowering, Operand value, bool isChecked = false) =>
            Set(lowering, Type is ScalarType type && value.Type is ScalarType ? lowering.ConvertTo(value, type, isChecked) : value);
    }

    private sealed record VariablePlace(IrType Type, ISymbol Variable) : AssignablePlace(Type)
    {
        public override Operand Read(FunctionLowering lowering) => lowering._point.Env.Get(Variable)!;

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            value = lowering.Named(value, Variable.Name);
            lowering._point.Env.Set(Variable, value);
            return value;
        }
    }

    private sealed record ElementPlace(Operand Array, Operand Index) : AssignablePlace(((ArrayType)Array.Type).Element)
    {
        public override Operand Read(FunctionLowering lowering) => lowering._arrays.With(Array, array => lowering._point.Block.Load(array, Index));

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            lowering._arrays.Do(Array, array => lowering._point.Block.Add(new Store(array, Index, value)));
            return value;
        }
    }

    /// <summary>A member of a product in a variable, or of a product in that.</summary>
    private sealed record MemberPlace(IrType Type, AssignablePlace Product, string Name) : AssignablePlace(Type)
    {
        public override Operand Read(FunctionLowering lowering) => ((Product)Product.Read(lowering))[Name];

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            Product.Write(lowering, ((Product)Product.Read(lowering)).Set(Name, value));
            return value;
        }
    }

    /// <summary>The elements to which the <c>ref</c> variables in scope refer. Array and index of such an element stay the same.</summary>
    private readonly Dictionary<ISymbol, ElementPlace> _references = new(SymbolEqualityComparer.Default);

    private AssignablePlace? Place(IOperation target)
    {
        switch (target)
        {
            case ILocalReferenceOperation { Local: var local } when _references.TryGetValue(local, out var referred):
                return IsWritable(referred.Array, target) ? referred : null;
            case IParameterReferenceOperation { Parameter: var parameter } when _references.TryGetValue(parameter, out var referred):
                return IsWritable(referred.Array, target) ? referred : null;
            case IDeclarationExpressionOperation declaration:
                return Place(declaration.Expression);
            case ILocalReferenceOperation local:
                return Variable(local, local.Local, local.Local.Type);
            case IParameterReferenceOperation parameter:
                return Variable(parameter, parameter.Parameter, parameter.Parameter.Type);
            case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 1 }:
                if (LowerPlace(target) is not { } element || !IsWritable(element.Array, target)) return null;
                return new ElementPlace(element.Array, element.Index);
            case IFieldReferenceOperation { Instance: { } instance } field when Products.Member(field) is { } member && IsVariable(instance):
                return Place(instance) is { Type: ProductType type } place ? new MemberPlace(type.Members[type.Position(member)].Type, place, member) : null;
            case IInvalidOperation:
                Invalid(target);
                return null;
            default:
                if (target.Type?.TypeKind == TypeKind.Error) Invalid(target);
                else Unsupported(target, "assign locals, parameters and elements of arrays and spans");
                return null;
        }
    }

    /// <summary>A variable, or a member of a product in one.</summary>
    private static bool IsVariable(IOperation operation) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation
        || (operation is IFieldReferenceOperation { Instance: { } instance } field && Products.Member(field) is not null && IsVariable(instance));

    /// <summary>
    /// Whether the method may write the array. An array that all calls share must not be written, or the next call would compute another
    /// function. An array that several variables hold as copies must not be written either.
    /// </summary>
    private bool IsWritable(Operand array, IOperation operation)
    {
        if (_arrays.IsStatic(array))
        {
            Fail(Descriptors.MutableStatic, operation, SourceLines.Short(operation.Syntax), "copy the array with ToArray and write to the copy");
            return false;
        }

        if (!_arrays.IsCopy(array)) return true;
        Fail(Descriptors.ArrayMerge, operation, SourceLines.Short(operation.Syntax), OneName);
        return false;
    }

    private const string OneName = "another variable may have it from an earlier iteration; give it that by ToArray, or do not write to it";

    private AssignablePlace? Variable(IOperation operation, ISymbol symbol, ITypeSymbol type)
    {
        if (VariableType(type) is not { } mapped)
        {
            if (type.TypeKind == TypeKind.Error) Invalid(operation);
            else Fail(Descriptors.UnsupportedType, operation, type.ToDisplayString(), TypeMapping.Supported);
            return null;
        }

        if (_point.Env.Get(symbol) is null) _point.Env.Set(symbol, Constants.Default(mapped));
        return new VariablePlace(mapped, symbol);
    }

    private Operand LowerAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef) return Unsupported(assignment, "read and write the element itself");
        if (assignment.Target is IDiscardOperation) return Lower(assignment.Value);
        var place = Place(assignment.Target);
        var value = Lower(assignment.Value);
        return place is null ? value : place.Write(this, value);
    }
}
