using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Numerics;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Operators, conversions and comparisons that value types declare, or that the compiler declares for records.
internal sealed partial class FunctionLowering
{
    /// <summary>Whether an operator is a method of the user's.</summary>
    private static bool IsUserDefined(IMethodSymbol? method) => method is { ContainingType: { } type } && (Products.IsStruct(type) || HasSource(method));

    /// <summary>Whether the user wrote the method; those of a record that the compiler writes have a syntax reference too.</summary>
    private static bool HasSource(IMethodSymbol method) => !method.IsImplicitlyDeclared && !method.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>The result of an operator on operands that are lowered already.</summary>
    private Operand CallOperator(IOperation operation, IMethodSymbol method, params Operand[] operands)
    {
        method = Formulas.Of(method, _module.Compilation) ?? method;
        if (method.MethodKind == MethodKind.UserDefinedOperator && method.ContainingType.IsRecord && !HasSource(method) && operands.Length == 2)
        {
            var equal = Equal(operation, operands[0], operands[1]);
            return method.Name == WellKnownMemberNames.InequalityOperatorName ? Not(equal) : equal;
        }

        // The operation may give null where the operator gives none.
        var returned = Products.IsNullable(operation.Type) ? method.ReturnType : operation.Type!;
        if (TakesApart(method) && HasSource(method))
        {
            var arguments = method.Parameters.Zip(operands, (parameter, value) => new CallArgument(parameter, operation) { Known = value });
            var call = new CallSite(operation, method, method.Parameters, arguments.ToImmutableArray(), returned);
            return LowerCall(call, receiver: null) ?? Placeholder(returned);
        }

        if (_module.Callee(method, Types, ImmutableArray<int>.Empty) is not { } callee || TypeOf(returned) is not (ScalarType or ProductType))
        {
            return FailUnknown(operation, method, RefusedMembers.Advice(method) ?? "write the computation out");
        }

        var type = TypeOf(returned)!;
        var results = (type is ProductType product ? product.Leaves : new[] { type }).Select(leaf => _point.Values.Fresh(leaf)).ToImmutableArray();
        _point.Block.Add(new Call(results, callee, operands.SelectMany(Composite.Leaves).ToImmutableArray()));
        return type is ProductType built ? Product.Build(built, new Queue<Operand>(results)) : results[0];
    }

    private Operand LowerUserCompound(ICompoundAssignmentOperation assignment, IMethodSymbol method)
    {
        if (Place(assignment.Target) is not { } place) return Placeholder(assignment.Type);
        var old = place.Read(this);
        if (!assignment.InConversion.IsIdentity || !assignment.OutConversion.IsIdentity) return Unsupported(assignment, "write the conversion out");
        return place.Write(this, CallOperator(assignment, method, old, Lower(assignment.Value)));
    }

    /// <summary>Whether two records are equal: by <c>Equals</c> of their members, to which NaN equals NaN.</summary>
    private Operand Equal(IOperation operation, Operand left, Operand right)
    {
        var pairs = Composite.Leaves(left).Zip(Composite.Leaves(right), (a, b) => (A: a, B: b)).ToList();
        if (pairs.Any(pair => pair.A.Type is not ScalarType { Kind: not ScalarKind.Opaque })) return Unsupported(operation, "compare the numbers one by one");
        Operand Same(Operand a, Operand b)
        {
            var equal = Test(Opcode.Equal, a, b);
            return a.Type.IsFloat ? Test(Opcode.BitOr, equal, Test(Opcode.BitAnd, Test(Opcode.NotEqual, a, a), Test(Opcode.NotEqual, b, b))) : equal;
        }

        return pairs.Select(pair => Same(pair.A, pair.B)).Aggregate((a, b) => Test(Opcode.BitAnd, a, b));
    }

    /// <summary>The values that the targets of a deconstruction get, in order; null if there are none.</summary>
    private IReadOnlyList<Operand>? Elements(IDeconstructionAssignmentOperation deconstruction, IOperation target, Operand value)
    {
        var model = SemanticModels.Of(_module.Compilation, deconstruction.Syntax.SyntaxTree);
        var info = deconstruction.Syntax is AssignmentExpressionSyntax assignment ? model.GetDeconstructionInfo(assignment) : default;
        return Elements(target, value, info);
    }

    private IReadOnlyList<Operand>? Elements(IOperation target, Operand value, DeconstructionInfo info)
    {
        while (target is IDeclarationExpressionOperation { Expression: ITupleOperation declared }) target = declared;
        if (target is not ITupleOperation tuple) return new[] { value };
        if (Deconstructed(value, info.Method) is not { } members || members.Count != tuple.Elements.Length) return null;
        var elements = new List<Operand>();
        for (var i = 0; i < members.Count; i++)
        {
            var nested = info.Nested.IsDefaultOrEmpty ? default : info.Nested[i];
            if (Elements(tuple.Elements[i], members[i], nested) is not { } inner) return null;
            elements.AddRange(inner);
        }

        return elements;
    }

    /// <summary>The values into which a value is deconstructed; null if it cannot be.</summary>
    private IReadOnlyList<Operand>? Deconstructed(Operand value, IMethodSymbol? method)
    {
        if (value is not Product product) return null;
        if (method is null) return product.Of.Form == ProductForm.Tuple ? product.Members : null;
        if (!HasSource(method)) return method.Parameters.All(p => product.Of.Position(p.Name) >= 0) ? method.Parameters.Select(p => product[p.Name]).ToList() : null;
        if (method.IsStatic || _module.Body(method) is not { } body || _context.IsInPlace(method)) return null;
        var types = TypeMapping.Of(method, Types);
        var unset = body.Method.Parameters.Select(p => Products.Map(p.Type, types) ?? types.Map(p.Type)).ToList();
        if (unset.Contains(null)) return null;
        var results = new List<Operand>();
        InPlaceOn(method, body, value, unset.Select(type => Constants.Default(type!)).ToList(), null, out _, () =>
            results.AddRange(body.Method.Parameters.Select(p => _point.Env.Get(p)!)));
        return results;
    }
}
