using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// New values of value types: constructors, initializers, with.
internal sealed partial class FunctionLowering
{
    /// <summary>The values whose members initializers set, the innermost last.</summary>
    private readonly Stack<AssignablePlace> _initialized = new();

    private Operand LowerNew(IObjectCreationOperation creation, ProductType type)
    {
        var args = new Operand[creation.Arguments.Length];
        foreach (var argument in creation.Arguments) args[argument.Parameter!.Ordinal] = Lower(argument.Value);
        var value = creation.Type!.IsTupleType ? Composite.Map(Constants.Default(type), Dequeue(args.SelectMany(Composite.Leaves)))
            : Construct(creation, creation.Constructor!, type, args);
        return creation.Initializer is { } initializer ? Initialized(value, initializer) : value;
    }

    private static Func<Operand, Operand> Dequeue(IEnumerable<Operand> operands)
    {
        var rest = new Queue<Operand>(operands);
        return _ => rest.Dequeue();
    }

    private Operand LowerWith(IWithOperation with) =>
        Lower(with.Operand) switch
        {
            Product value when with.Initializer is { } initializer => Initialized(value, initializer),
            MadeObject made when with.Initializer is { } initializer => CopyMade(with, made, initializer),
            var held when ObjectTypes.IsObject(held) => CopyObject(with, held),
            _ => Unsupported(with, "use 'with' on structs and records"),
        };

    private Operand Initialized(Operand value, IObjectOrCollectionInitializerOperation initializer)
    {
        var made = new Slot();
        _point.Env.Set(made, value);
        Initialize(new VariablePlace(value.Type, made), initializer);
        var initialized = _point.Env.Get(made)!;
        _point.Env.Forget(made);
        return initialized;
    }

    private void Initialize(AssignablePlace place, IObjectOrCollectionInitializerOperation initializer)
    {
        _initialized.Push(place);
        foreach (var item in initializer.Initializers)
        {
            if (item is not IMemberInitializerOperation member) LowerForEffect(item);
            else if (Place(member.InitializedMember) is { } inner) Initialize(inner, member.Initializer);
        }

        _initialized.Pop();
    }

    /// <summary>The value that a constructor makes.</summary>
    private Operand Construct(IOperation at, IMethodSymbol constructor, ProductType type, IReadOnlyList<Operand> args)
    {
        // The constructor that every struct has sets all members to zero.
        if (constructor.DeclaringSyntaxReferences.IsEmpty && args.Count == 0) return Constants.Default(type);
        constructor = Formulas.Of(constructor, _module.Compilation) ?? constructor;
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_module.Cancellation) is not { } syntax || _context.IsInPlace(constructor))
        {
            return Unsupported(at, "call a constructor with a body in this project");
        }

        var before = _point.Env.Copy();
        var variable = Receivers.Variable(constructor.ContainingType);
        var outer = _point.Env.Get(variable);
        var (caller, definition) = (_context, constructor.OriginalDefinition);
        _point.Env.Set(variable, Constants.Default(type));
        for (var i = 0; i < args.Count; i++) _point.Env.Set(definition.Parameters[i], args[i]);
        _context = new BodyContext(definition, TypeMapping.Of(constructor, Types), new Jumps(_point), null, caller);
        Jumps.Start(null);
        RunConstructor(definition, syntax, type, variable);
        _context = caller;
        var made = _point.Env.Get(variable)!;
        _point.Env.Restrict(before);
        if (outer is not null) _point.Env.Set(variable, outer);
        return made;
    }

    private void RunConstructor(IMethodSymbol constructor, SyntaxNode syntax, ProductType type, ISymbol variable)
    {
        var model = SemanticModels.Of(_module.Compilation, syntax.SyntaxTree);
        if (syntax is TypeDeclarationSyntax)
        {
            RunInitializers(constructor, type, variable);
            return;
        }

        var body = (IConstructorBodyOperation)model.GetOperation(syntax, _module.Cancellation)!;
        _module.HasRead(syntax);
        var first = body.Initializer is IExpressionStatementOperation statement ? statement.Operation : body.Initializer;
        if (first is IInvocationOperation other)
        {
            var args = new Operand[other.Arguments.Length];
            foreach (var argument in other.Arguments) args[argument.Parameter!.Ordinal] = Lower(argument.Value);
            _point.Env.Set(variable, Construct(other, other.TargetMethod, type, args));
        }
        else
        {
            RunInitializers(constructor, type, variable);
        }

        if ((body.BlockBody ?? body.ExpressionBody) is { } block) LowerList(block.Operations, 0);
    }

    /// <summary>Sets the members to the positional parameters and to the initial values that their declarations give, in order.</summary>
    private void RunInitializers(IMethodSymbol constructor, ProductType type, ISymbol variable)
    {
        foreach (var member in constructor.ContainingType.GetMembers().Where(m => m is IPropertySymbol { IsStatic: false } or IFieldSymbol { IsStatic: false }))
        {
            if (type.Position(member.Name) < 0) continue;
            if (InitialValue(constructor, member) is { } value) _point.Env.Set(variable, ((Product)_point.Env.Get(variable)!).Set(member.Name, value));
        }
    }

    /// <summary>The initial value that the declaration of a member gives it, or a positional parameter; null if it has none.</summary>
    private Operand? InitialValue(IMethodSymbol constructor, ISymbol member)
    {
        Operand? value = null;
        foreach (var syntax in member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_module.Cancellation)))
        {
            var initializer = (syntax as VariableDeclaratorSyntax)?.Initializer ?? (syntax as PropertyDeclarationSyntax)?.Initializer;
            if (initializer is not null)
            {
                if (OperationOf(initializer) is ISymbolInitializerOperation { Value: { } given }) value = Lower(given);
            }
            else if (syntax is ParameterSyntax && constructor.Parameters.FirstOrDefault(p => p.Name == member.Name) is { } parameter)
            {
                value = _point.Env.Get(parameter);
            }
        }

        return value;
    }
}
