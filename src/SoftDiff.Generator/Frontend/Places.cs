using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Numerics;
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

    /// <param name="Type">Its type.</param>
    /// <param name="Variable">The user's variable, or a <see cref="Slot"/>.</param>
    private sealed record VariablePlace(IrType Type, object Variable) : AssignablePlace(Type)
    {
        public override Operand Read(FunctionLowering lowering) => lowering._point.Env.Get(Variable)!;

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            if (lowering._point.Env.NameOf(Variable) is { Length: > 0 } name) value = lowering.Named(value, name);
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

    /// <summary>A property with bodies, of a product in a place.</summary>
    private sealed record PropertyPlace(IrType Type, AssignablePlace Product, IPropertyReferenceOperation Reference, ImmutableArray<Operand> Args)
        : AssignablePlace(Type)
    {
        public override Operand Read(FunctionLowering lowering) => lowering.GetProperty(Reference, Product.Read(lowering), Args, Product);

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            var setter = Formulas.Of(Reference.Property.SetMethod, lowering._module.Compilation) ?? Reference.Property.SetMethod;
            if (setter is null || lowering._module.Body(setter) is not { } body || lowering._context.IsInPlace(setter))
            {
                return lowering.Unsupported(Reference, "assign a field, or a property with a body in this project");
            }

            lowering.InPlaceOn(setter, body, Product.Read(lowering), Args.Add(value), null, out var after);
            Product.Write(lowering, after);
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
            case IPropertyReferenceOperation { Instance: { } holder } when List(holder) is { } list:
                return ItemPlace(target, list);
            case IPropertyReferenceOperation { Instance: { } holder, Arguments.Length: 1 } item when Listed(holder) is { } listed:
                return IsWritable(listed, target) ? ItemPlace(item, listed) : null;
            case IImplicitIndexerReferenceOperation { Instance: var holder } when List(holder) is { } list:
                return ItemPlace(target, list);
            case var indexed when IsStructElement(indexed):
                return StructElement(indexed) is { } structure && IsWritable(structure.Array, target) ? structure : null;
            case ILocalReferenceOperation local:
                return Variable(local, local.Local, local.Local.Type);
            case IParameterReferenceOperation parameter when IsCaptured(parameter.Parameter):
                return CapturedPlace(parameter);
            case IParameterReferenceOperation parameter:
                return Variable(parameter, parameter.Parameter, parameter.Parameter.Type);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } when _initialized.Count > 0:
                return _initialized.Peek();
            case IMemberReferenceOperation { Instance: { } tree } part when IsStructTree(tree.Type) && Made(tree) is { } made:
                return PlaceOnMade(part, made);
            case IInstanceReferenceOperation when HasReceiver && IsStructTree(target.Type):
                Fail(Descriptors.TreeIsWritten, target, SourceLines.Short(target.Syntax), CopyInstead);
                return null;
            case IInstanceReferenceOperation when HasReceiver && _point.Env.Get(ThisVariable) is { } receiver:
                return new VariablePlace(receiver.Type, ThisVariable);
            case IFieldReferenceOperation { Instance: { } instance } field when Products.Member(field.Field, instance.Type) is { } member && IsVariable(instance):
                return Writable(MemberOf(instance, member), target);
            case IPropertyReferenceOperation { Instance: { Type: { } owner } instance } property when Products.IsStruct(owner) && IsVariable(instance):
                if (Products.Member(property.Property, owner) is { } automatic) return Writable(MemberOf(instance, automatic), target);
                if (Place(instance) is not { } whole || TypeOf(property.Type!) is not { } held) return null;
                return new PropertyPlace(held, whole, property, InOrder(property.Arguments).Select(a => Lower(a.Value)).ToImmutableArray());
            case IInlineArrayAccessOperation inline when IsVariable(inline.Instance):
                return InlinePlace(inline);
            case var row when RowOf(row) is not null:
                return Row(row);
            case var item when item is IArrayElementReferenceOperation or IPropertyReferenceOperation { Arguments.Length: > 0 } && IsPlaceOnObject(item):
                return PlaceOnObject(item);
            case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 1 }:
                if (LowerPlace(target) is not { } element || !IsWritable(element.Array, target)) return null;
                return new ElementPlace(element.Array, element.Index);
            case IInvalidOperation:
                Invalid(target);
                return null;
            case var member when IsPlaceOnObject(member):
                return PlaceOnObject(member);
            default:
                if (target.Type?.TypeKind == TypeKind.Error) Invalid(target);
                else Unsupported(target, "assign locals, parameters and elements of arrays and spans");
                return null;
        }
    }

    private AssignablePlace? MemberOf(IOperation instance, string member) => PlaceOfMembers(instance) switch
    {
        StructElementPlace element => element.Member(this, member),
        { Type: ProductType type } place => new MemberPlace(type.Members[type.Position(member)].Type, place, member),
        _ => null,
    };

    /// <summary>The place whose members are read or assigned. Reading those of an element is no reason to ask whether it may be written.</summary>
    private AssignablePlace? PlaceOfMembers(IOperation instance) => instance switch
    {
        _ when IsStructElement(instance) => StructElement(instance),
        IFieldReferenceOperation { Instance: { } outer } field when IsOfStructElement(outer) => MemberOf(outer, Products.Member(field.Field, outer.Type)!),
        IPropertyReferenceOperation { Instance: { } outer } property when IsOfStructElement(outer) && Products.Member(property.Property, outer.Type) is { } member =>
            MemberOf(outer, member),
        _ => Place(instance),
    };

    /// <summary>Whether it is an element of an array of structs, or a member of one.</summary>
    private bool IsOfStructElement(IOperation operation) => IsStructElement(operation) || operation switch
    {
        IFieldReferenceOperation { Instance: { } instance } field => IsOfStructElement(instance) && Products.Member(field.Field, instance.Type) is not null,
        IPropertyReferenceOperation { Instance: { } instance } property =>
            IsOfStructElement(instance) && Products.Member(property.Property, instance.Type) is not null,
        _ => false,
    };

    private AssignablePlace? Writable(AssignablePlace? place, IOperation target)
    {
        var array = place switch { ElementPlace number => number.Array, StructElementPlace element => element.Array, _ => null };
        return array is null || IsWritable(array, target) ? place : null;
    }

    /// <summary>A variable, an element, a field of an object that the method makes, or a member of a product in one.</summary>
    private bool IsVariable(IOperation operation) => IsStructElement(operation) || operation switch
    {
        IFieldReferenceOperation { Instance: { } instance } when Made(instance) is not null => true,
        ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => true,
        IInlineArrayAccessOperation element => IsVariable(element.Instance),
        IFieldReferenceOperation { Instance: { } instance } field => Products.Member(field.Field, instance.Type) is not null && IsVariable(instance),
        IPropertyReferenceOperation { Instance: { Type: { } owner } instance } => Products.IsStruct(owner) && IsVariable(instance),
        _ => false,
    };

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

        if (IsOfTree(array))
        {
            Fail(Descriptors.TreeIsWritten, operation, SourceLines.Short(operation.Syntax), "write to a copy of the array, as ToArray or Clone gives it");
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
            else Fail(Descriptors.UnsupportedType, operation, type.Spelled(), TypeAdvice.For(type));
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
        using var owner = InUse(assignment);
        var value = Lower(assignment.Value);
        return place is null ? value : place.Write(this, value);
    }
}
