using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Objects are constants: a C# expression is asked about them, and the IR gets the numbers, bools and objects that it gives.
internal sealed partial class FunctionLowering
{
    private const string KeepIt = "keep it in a local variable or an array, or write Diff.StopGradient where it is to count as a constant";

    /// <summary>An operand as an expression about objects names it: a text as a string.</summary>
    private static Operand AsObject(Operand operand) => ThrownText.AsString(operand) ?? operand;

    /// <summary>Whether C# evaluates the expression on an object, and its value is no part of a value of the IR.</summary>
    private bool IsOnObject(IOperation? instance)
    {
        if (instance?.Type is not { } type) return false;
        type = Types.Resolve(type);
        return ThrownTexts.IsText(type) ? type.SpecialType == SpecialType.System_String
            : ObjectTypes.Map(type, Types) is not null || (type is IArrayTypeSymbol && IsHeld(instance));
    }

    /// <summary>
    /// Whether the array is a member of an object, or the result of a call of one. The IR then has no name for it.
    /// </summary>
    private bool IsHeld(IOperation operation) => IsTable(operation) || Unconverted(operation) switch
    {
        IMemberReferenceOperation { Instance: { } instance } and (IFieldReferenceOperation or IPropertyReferenceOperation) =>
            Object(instance) is null && IsOnObject(instance) && Made(instance) is null && !IsListed(instance),
        IArrayElementReferenceOperation element => IsOnObject(element.ArrayReference),
        IInvocationOperation { Instance: { } instance } => IsOnObject(instance) && Made(instance) is null,
        _ => false,
    };

    /// <summary>
    /// Whether the expression is a static field or a member of a constant object with an array of value types: a table of constants.
    /// </summary>
    private bool IsTable(IOperation operation) => Unconverted(operation) switch
    {
        { Type: not IArrayTypeSymbol { Rank: 1 } } => false,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } field => IsTable(field.Type!),
        IFieldReferenceOperation { Instance: { } instance } field => Object(instance) is not null && IsTable(field.Type!),
        IPropertyReferenceOperation { Instance: { } instance, Property: var property } => IsStored(property) && Object(instance) is not null && IsTable(property.Type),
        _ => false,
    };

    private bool IsTable(ITypeSymbol array) => Products.Map(((IArrayTypeSymbol)array).ElementType, Types) is not null;

    /// <summary>A table as the object that holds it.</summary>
    private Operand LowerTable(IOperation table)
    {
        var (member, type) = (((IMemberReferenceOperation)table).Member, ObjectTypes.Of(table.Type!, Types));
        if (member.IsStatic) return ConstantIfAccessible(type, member, table);
        var owner = Object(((IMemberReferenceOperation)table).Instance!)!;
        var isAssignable = member is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod.IsInitOnly: false };
        return IsReachable(owner, member) ? Constant(type, owner.Member(member, Types), isOfReceiver: true, isAssignable) : ReportInaccessible(table, member);
    }

    /// <summary>The object that an expression gives, whatever its type.</summary>
    private Operand LowerObject(IOperation operation)
    {
        operation = Unconverted(operation);
        if (operation.Type is IArrayTypeSymbol && IsHeld(operation)) return LowerHeld(operation);
        return AsObject(Lower(operation));
    }

    private Operand LowerHeld(IOperation array) => array switch
    {
        _ when IsTable(array) => LowerTable(array),
        IFieldReferenceOperation field => ReadMember(field, field.Instance!, field.Field, isWhole: true),
        IPropertyReferenceOperation { Arguments.Length: 0 } property =>
            ReadMember(property, property.Instance!, property.Property, isWhole: true),
        IInvocationOperation call => LowerObjectCall(call, isWhole: true, out var result) ? result! : Lower(call),
        _ => ReadElement(array, isWhole: true),
    };

    /// <summary>A field or property of an object.</summary>
    private Operand ReadMember(IOperation reference, IOperation instance, ISymbol member, bool isWhole = false)
    {
        var owner = LowerObject(instance);
        if (owner is MadeObject made) return ReadMade(reference, made, member, Array.Empty<Operand>());
        if (owner is TreeObjects list && reference is IPropertyReferenceOperation ofList) return ReadListed(ofList, list);
        if (IsNull(owner))
        {
            _branches.Throw("new global::System.NullReferenceException()", ImmutableArray<Operand>.Empty);
            return Placeholder(reference.Type);
        }

        if (!_module.IsAccessible(member, instance.Type!)) return ReadHidden(reference, owner, member, isWhole);
        var text = new ObjectText();
        var expression = text.Add(owner) + "." + Identifiers.Escape(member.Name);
        var read = new Evaluate(null, expression, text.Operands, EffectOf(member));
        return Evaluated(reference, reference.Type!, read, isWhole, "", owner is ThrownText ? ForeignAdvice.Text : "");
    }

    /// <summary>A member that generated code may not name: its field through an accessor, or what its getter computes.</summary>
    private Operand ReadHidden(IOperation reference, Operand owner, ISymbol member, bool isWhole)
    {
        if (Hidden(member) is { } hidden)
        {
            return Evaluated(
                reference, reference.Type!, HiddenField.Expression, ImmutableArray.Create(owner), EffectOf(member), isWhole, hidden);
        }

        return (member as IPropertySymbol)?.GetMethod is { } getter
            && !ConstantObject.IsDispatched(getter) && _module.Body(getter) is not null
            ? CallGetter(reference, getter, owner)
            : ReportInaccessible(reference, member);
    }

    /// <summary>The field that an accessor reaches for a member; null if there is none.</summary>
    private HiddenField? Hidden(ISymbol member)
    {
        var field = member as IFieldSymbol ?? (member is IPropertySymbol property ? Stored(property) : null);
        return field is { ContainingType: { IsGenericType: false, IsValueType: false } type } && IsAccessible(type)
            ? new HiddenField(Types.Name(type), field.Name, Types.Name(field.Type)) : null;
    }

    private Operand CallGetter(IOperation reference, IMethodSymbol getter, Operand owner)
    {
        var type = TypeOf(reference.Type!);
        if (type is not (ScalarType or ProductType) || _module.Callee(getter, Types, ImmutableArray<int>.Empty) is not { } callee)
        {
            return ReportInaccessible(reference, getter.AssociatedSymbol!);
        }

        var results = LeafTypes(type).Select(leaf => _point.Values.Fresh(leaf)).ToImmutableArray();
        var self = ConvertTo(owner, ObjectTypes.Of(getter.ContainingType, Types));
        _point.Block.Add(new Call(results, callee, ImmutableArray.Create(self)));
        return FromLeaves(type, new Queue<Operand>(results));
    }

    /// <summary>An element of a collection: <c>list[i]</c>, <c>table[key]</c>, <c>matrix[i, j]</c>.</summary>
    private Operand ReadElement(IOperation operation, bool isWhole = false)
    {
        if (operation is IPropertyReferenceOperation { Instance: { } instance, Property: var property } indexed
            && Made(instance) is { } made)
        {
            return ReadMade(operation, made, property, InOrder(indexed.Arguments).Select(a => Lower(a.Value)).ToList());
        }

        var owner = LowerObject(IndexedObject(operation));
        if (owner is TreeObjects list && SliceOf(operation) is null) return ReadListed(operation, list);
        if (owner is MadeObject result && operation is IPropertyReferenceOperation { Property: var indexer } of)
        {
            return ReadMade(operation, result, indexer, InOrder(of.Arguments).Select(a => Lower(a.Value)).ToList());
        }

        var (text, args) = ElementText(operation, owner);
        return text is null ? Placeholder(operation.Type)
            : Evaluated(operation, operation.Type!, text, args, ReadingOf(operation), isWhole);
    }

    /// <summary>The collection of which an expression is an element.</summary>
    private static IOperation IndexedObject(IOperation element) => element switch
    {
        IArrayElementReferenceOperation { ArrayReference: var array } => array,
        IPropertyReferenceOperation { Instance: { } instance } => instance,
        IImplicitIndexerReferenceOperation { Instance: var instance } => instance,
        _ => throw new InvalidOperationException(element.Kind.ToString()),
    };

    private (string? Text, ImmutableArray<Operand> Args) ElementText(IOperation operation, Operand collection)
    {
        var indices = operation switch
        {
            IArrayElementReferenceOperation element => element.Indices,
            IPropertyReferenceOperation property => InOrder(property.Arguments).Select(a => a.Value).ToImmutableArray(),
            _ => ImmutableArray.Create(((IImplicitIndexerReferenceOperation)operation).Argument),
        };
        var text = new ObjectText();
        var owner = text.Add(collection);
        var places = new List<string>();
        foreach (var index in indices)
        {
            if (Unconverted(index) is IRangeOperation)
            {
                Unsupported(operation, "take the elements one by one");
                return (null, text.Operands);
            }

            var fromEnd = Unconverted(index) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? hat.Operand : null;
            places.Add((fromEnd is null ? "" : "^") + text.Add(AsObject(Lower(fromEnd ?? index))));
        }

        return (owner + "[" + string.Join(", ", places) + "]", text.Operands);
    }

    /// <summary>What reading a member does.</summary>
    private static ObjectEffect EffectOf(ISymbol member)
    {
        if (IsUnchanging(member.ContainingType)) return ObjectEffect.None;
        switch (member)
        {
            case IFieldSymbol field:
                return field.IsReadOnly ? ObjectEffect.None : ObjectEffect.Read;
            case IPropertySymbol { IsVirtual: false, IsAbstract: false, IsOverride: false } property when Stored(property) is not null:
                return property.SetMethod is null or { IsInitOnly: true } ? ObjectEffect.None : ObjectEffect.Read;
            default:
                return IsCollection(member.ContainingType) ? ObjectEffect.Read : ActOf(member.ContainingType);
        }
    }

    /// <summary>What a call of a member does: one of the framework's changes its own object alone.</summary>
    private static ObjectEffect ActOf(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct && type.DeclaringSyntaxReferences.IsEmpty
        && type.ContainingNamespace.ToDisplayString().Split('.')[0] == "System" ? ObjectEffect.Act : ObjectEffect.Call;

    /// <summary>Whether instances of the framework's type never change: strings, dates, numbers that may be null.</summary>
    private static bool IsUnchanging(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
        && (type.SpecialType == SpecialType.System_String || type.IsValueType);

    /// <summary>Whether the framework's type is a collection whose members only look when they are read.</summary>
    private static bool IsCollection(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct && type.DeclaringSyntaxReferences.IsEmpty
        && type.ContainingNamespace?.ToDisplayString()
            is "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.ObjectModel";

    private Operand Evaluated(
        IOperation at, ITypeSymbol type, string text, ImmutableArray<Operand> args, ObjectEffect effect, bool isWhole = false,
        HiddenField? hidden = null) =>
        Evaluated(at, type, new Evaluate(null, text, args, effect) { Hidden = hidden }, isWhole, "", "");

    /// <summary>Adds the evaluation of an expression, and gives what it is for the method.</summary>
    /// <param name="at">The user's expression.</param>
    /// <param name="type">Its type.</param>
    /// <param name="evaluate">It, without its value.</param>
    /// <param name="isWhole">Whether an array stays an object, since only its elements are asked for.</param>
    /// <param name="source">What is lowered from its source if it gets differentiated numbers.</param>
    /// <param name="instead">What to write instead if it gets some and has no source.</param>
    private Operand Evaluated(IOperation at, ITypeSymbol type, Evaluate evaluate, bool isWhole, string source, string instead)
    {
        type = Types.Resolve(type);
        var mapped = TypeOf(type);
        if (evaluate.Args.Any(arg => arg.Type is MadeType && arg is not KeptObject)) return Unsupported(at, OneObject);
        if (evaluate.Args.Any(arg => arg is ThrownText)) return Unsupported(at, ForeignAdvice.Text);
        if (type.IsRefLikeType) return Unsupported(at, "take what it holds one by one");
        if (mapped is ProductType && HasHiddenMembers(type)) return ReportInaccessible(at, type);
        var value = _point.Values.Fresh(mapped as ScalarType ?? ObjectTypes.Of(type, Types));
        Add(at, evaluate with { Value = value }, source, instead);
        return mapped switch
        {
            ProductType product => Members(product, value, "{0}"),
            ArrayType array when !isWhole => Snapshot(at, array, value),
            MatrixType matrix when !isWhole => Snapshot(matrix, value),
            null or ScalarType or ArrayType => value,
            _ => isWhole ? value : Unsupported(at, "take its elements one by one"),
        };
    }

    /// <summary>Adds an evaluation. Of one that may get numbers it is noted where it stands.</summary>
    private void Add(IOperation at, Evaluate evaluate, string source = "", string instead = "")
    {
        if (evaluate.Args.OfType<KeptObject>().FirstOrDefault() is { } made)
        {
            Escapes(at, made);
            return;
        }

        if (!evaluate.IsDisplay && evaluate.Args.Any(a => a is Value && a.Type.CarriesDerivative))
        {
            evaluate = evaluate with { Site = _module.Arguments.Objects.Count };
            var descriptor = instead.Length == 0 ? Descriptors.ObjectGetsNumber : Descriptors.UnknownMethod;
            _module.Arguments.Objects.Add(new ObjectSite(at.Syntax, source, descriptor, instead.Length == 0 ? KeepIt : instead));
        }

        _point.Block.Add(evaluate);
    }

    /// <summary>The scalars of a value that an object holds.</summary>
    private Product Members(ProductType type, Value whole, string path) => new(type, type.Members.Select(Operand (member) =>
    {
        var own = path + type.Reading(member);
        if (member.Type is ProductType inner) return Members(inner, whole, own);
        var value = _point.Values.Fresh(member.Type);
        _point.Block.Add(new Evaluate(value, own, ImmutableArray.Create<Operand>(whole), ObjectEffect.None));
        return value;
    }).ToImmutableArray());

    /// <summary>A copy of an array that an object holds, as it is now. The method must not write it: the object would not see that.</summary>
    private Operand Snapshot(IOperation at, ArrayType type, Value held) =>
        type.IsTensor || type.Form != ArrayForm.Array ? Unsupported(at, "let it be an array")
        : Snapshot(held, type.Element, Count(held, "{0}.Length"), "global::System.MemoryExtensions.AsSpan({0})");

    private Matrix Snapshot(MatrixType type, Value held)
    {
        var lengths = Enumerable.Range(0, type.Rank).Select(axis => (Operand)Count(held, "{0}.GetLength(" + axis + ")")).ToImmutableArray();
        return new Matrix(type, Snapshot(held, type.Element, Count(lengths), "global::SoftDiff.Shape.Elements({0})"), lengths);
    }

    private Value Snapshot(Value held, ScalarType element, Operand count, string elements)
    {
        var copy = _arrays.Allocate(element, count);
        var args = ImmutableArray.Create<Operand>(held, copy);
        _point.Block.Add(new Evaluate(null, elements + ".CopyTo({1})", args, ObjectEffect.Read) { FillsArray = true });
        _arrays.Snapshots.Add(copy);
        return copy;
    }

    private Value Count(Value held, string text)
    {
        var count = _point.Values.Fresh(ScalarType.Int32);
        _point.Block.Add(new Evaluate(count, text, ImmutableArray.Create<Operand>(held), ObjectEffect.None));
        _arrays.AddCount(count);
        return count;
    }
}
