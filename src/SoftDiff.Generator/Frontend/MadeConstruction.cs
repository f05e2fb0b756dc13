using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Making an object of variables: initial values, constructors of base classes, initializers, with.
internal sealed partial class FunctionLowering
{
    private Operand MakeObject(IObjectCreationOperation creation)
    {
        var made = new MadeObject((INamedTypeSymbol)Types.Resolve(creation.Type!), new MadeFields());
        var args = Given(creation.Arguments);
        for (var type = made.Of; type is not null; type = type.BaseType) SetDefaults(made, type);
        RunMadeConstructor(creation, creation.Constructor!, made, args);
        return creation.Initializer is { } initializer ? Initialized(made, initializer) : made;
    }

    private void SetDefaults(MadeObject made, INamedTypeSymbol type)
    {
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst))
        {
            if (VariableType(field.Type) is { } held) _point.Env.Set(made.Fields[field], Constants.Default(held));
        }
    }

    /// <summary>A copy of a record with other values for some members.</summary>
    private Operand CopyMade(IWithOperation with, MadeObject made, IObjectOrCollectionInitializerOperation initializer)
    {
        for (var type = made.Of.IsValueType ? null : made.Of; type is not null; type = type.BaseType)
        {
            if (!type.InstanceConstructors.Any(constructor => CopiesOnItsOwn(constructor, type))) continue;
            return Unsupported(with, $"remove the copy constructor of '{type.Name}', so that the compiler's copies it, or make the object anew");
        }

        if (made is { IsTree: true, Of.IsSealed: false })
        {
            return Unsupported(with, $"seal the record '{made.Of.Name}', so that the copy is of the same type, or make the object anew");
        }

        var copy = made with { Fields = new MadeFields(), IsTree = false };
        foreach (var (old, own) in made.Fields.CopyTo(copy.Fields))
        {
            if (_point.Env.Get(old) is { } value) _point.Env.Set(own, value);
        }

        return Initialized(copy, initializer);
    }

    private static bool CopiesOnItsOwn(IMethodSymbol constructor, INamedTypeSymbol type) =>
        !constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    /// <summary>Runs a constructor as C# does: the initial values of its class, the constructor of the base class, the body.</summary>
    private void RunMadeConstructor(IOperation at, IMethodSymbol constructor, MadeObject made, IReadOnlyList<Operand> args)
    {
        if (constructor.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType) return;
        if (constructor is { ContainingType.IsValueType: true, IsImplicitlyDeclared: true, Parameters.IsEmpty: true }) return;
        var syntax = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_module.Cancellation);
        if ((syntax is null && !HasSource(constructor.ContainingType)) || _context.IsInPlace(constructor))
        {
            Escapes(at, made);
            return;
        }

        var before = _point.Env.Copy();
        var variable = Receivers.Variable(constructor.ContainingType);
        var outer = _point.Env.Get(variable);
        var (caller, definition) = (_context, constructor.OriginalDefinition);
        _point.Env.Set(variable, made);
        for (var i = 0; i < args.Count; i++) _point.Env.Set(definition.Parameters[i], args[i]);
        _context = new BodyContext(definition, TypeMapping.Of(constructor, Types), new Jumps(_point), null, caller);
        Jumps.Start(null);
        if (syntax is TypeDeclarationSyntax primary)
        {
            for (var i = 0; i < args.Count; i++) _point.Env.Set(made.Fields[definition.Parameters[i]], args[i]);
            RunMadeInitializers(definition, made);
            RunMadeBase(at, constructor, made, primary.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault());
        }
        else
        {
            RunMadeBody(at, constructor, made, syntax);
        }

        _context = caller;
        _point.Env.Restrict(before);
        if (outer is not null) _point.Env.Set(variable, outer);
    }

    private static bool HasSource(INamedTypeSymbol type) => !type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    private void RunMadeBody(IOperation at, IMethodSymbol constructor, MadeObject made, SyntaxNode? syntax)
    {
        var body = syntax is null ? null : OperationOf(syntax) as IConstructorBodyOperation;
        if (syntax is not null) _module.HasRead(syntax);
        var first = body?.Initializer is IExpressionStatementOperation statement ? statement.Operation : body?.Initializer;
        var other = first as IInvocationOperation;
        var isOwn = SymbolEqualityComparer.Default.Equals(other?.TargetMethod.ContainingType, constructor.ContainingType);
        if (!isOwn) RunMadeInitializers(constructor.OriginalDefinition, made);
        if (other is not null) RunMadeConstructor(other, other.TargetMethod, made, Given(other.Arguments));
        else RunMadeBase(at, constructor, made, null);
        if ((body?.BlockBody ?? body?.ExpressionBody) is { } block) LowerList(block.Operations, 0);
    }

    /// <summary>Runs the constructor of the base class: with the arguments that the class's declaration gives it, or without any.</summary>
    private void RunMadeBase(IOperation at, IMethodSymbol constructor, MadeObject made, PrimaryConstructorBaseTypeSyntax? call)
    {
        if (call is not null && OperationOf(call) is IInvocationOperation other)
        {
            RunMadeConstructor(other, other.TargetMethod, made, Given(other.Arguments));
        }
        else if (constructor.ContainingType.BaseType?.InstanceConstructors.FirstOrDefault(c => c.Parameters.IsEmpty) is { } plain)
        {
            RunMadeConstructor(at, plain, made, Array.Empty<Operand>());
        }
    }

    private IOperation? OperationOf(SyntaxNode syntax) =>
        SemanticModels.Of(_module.Compilation, syntax.SyntaxTree).GetOperation(syntax, _module.Cancellation);

    private Operand[] Given(ImmutableArray<IArgumentOperation> arguments)
    {
        var args = new Operand[arguments.Length];
        foreach (var argument in arguments)
        {
            args[argument.Parameter!.Ordinal] = LowerArgument(argument.Value, argument.Parameter.Type) ?? Placeholder(argument.Value.Type);
        }

        return args;
    }

    /// <summary>
    /// Sets the fields and properties to the initial values that their declarations give, in order. Those of a record get its parameters.
    /// </summary>
    private void RunMadeInitializers(IMethodSymbol constructor, MadeObject made)
    {
        foreach (var member in constructor.ContainingType.GetMembers())
        {
            var field = member switch
            {
                IFieldSymbol { IsStatic: false, AssociatedSymbol: null } own => own,
                IPropertySymbol { IsStatic: false } property => Backing(property),
                _ => null,
            };
            if (field is null || VariableType(field.Type) is not { } type) continue;
            if (InitialValue(constructor, member) is { } value) new VariablePlace(type, made.Fields[field]).Write(this, value);
        }
    }
}
