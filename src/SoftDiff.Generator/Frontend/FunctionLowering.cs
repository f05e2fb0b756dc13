using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// One method body. Input: its bound operation tree. Output: a function of the IR. Scalars become single-assignment values on the
/// way: the environment says what each variable holds, branches and loops merge environments. What has no place in the IR is reported on the
/// expression, and a placeholder lets the rest of the method be looked at too.
/// </summary>
internal sealed partial class FunctionLowering
{
    private readonly ModuleLowering _module;
    private readonly MethodBody _body;
    private ValueSource _values = new();
    private Environment _env = new();
    private BlockBuilder _block;

    // The method whose body is being looked at: the function's own, or one lowered where it is called.
    private IMethodSymbol _method;
    private TypeMapping _types;
    private int? _firstLine;

    public FunctionLowering(ModuleLowering module, TypeMapping types, MethodBody body)
    {
        _module = module;
        _method = body.Method;
        _types = types;
        _body = body;
        _block = new BlockBuilder(_values);
        _entry = new BlockBuilder(_values);
        _firstLine = SourceLines.First(body.Syntax);
    }

    /// <summary>Whether it is the marked method itself: of its arguments it is known what they depend on.</summary>
    public bool IsRoot { get; init; }

    /// <summary>A callee.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="byElement">Positions of the <c>ref</c>, <c>out</c> and <c>in</c> parameters that are given as spans of one element.</param>
    public Function? Lower(string name, ImmutableArray<int> byElement)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var symbol in _method.Parameters)
        {
            if (symbol.RefKind is RefKind.None or RefKind.In && TypeOf(symbol.Type) is TupleType tuple)
            {
                parameters.AddRange(Items(symbol, tuple));
                continue;
            }

            if (ParameterLowering.Lower(symbol, _types, _values, wrt: null) is not { } parameter)
            {
                _module.Report(Descriptors.UnsupportedType, symbol.Locations[0], symbol.Type.ToDisplayString(), TypeMapping.Supported);
                return null;
            }

            // Arrays made in a method are spans in the derivative, so its helpers take spans.
            if (parameter.Value.Type is ArrayType { Form: ArrayForm.Array } array)
            {
                parameter = parameter with { Value = parameter.Value with { Type = array with { Form = ArrayForm.Span } } };
            }

            if (byElement.Contains(symbol.Ordinal))
            {
                var element = (ScalarType)parameter.Value.Type;
                parameter = parameter with { Value = parameter.Value with { Type = new ArrayType(element, ArrayForm.Span) }, Mode = ParameterMode.Value };
                _references[symbol] = new ElementPlace(parameter.Value, Int(0));
            }

            parameters.Add(parameter);
        }

        return Lower(name, parameters.ToImmutable());
    }

    public TypeMapping Types => _types;

    public bool IsAccessible(ISymbol symbol) => _module.IsAccessible(symbol);

    public Function? Lower(string name, ImmutableArray<Parameter> parameters)
    {
        _values = new ValueSource(parameters.Select(p => p.Value.Id).DefaultIfEmpty(-1).Max() + 1);
        _block = new BlockBuilder(_values);
        _entry = new BlockBuilder(_values);
        var results = new List<ISymbol>();
        var rest = new Queue<Parameter>(parameters);
        foreach (var symbol in _method.Parameters)
        {
            if (TypeOf(symbol.Type) is TupleType items)
            {
                _env.Set(symbol, Composite.Map(Default(items), _ => rest.Dequeue().Value));
                continue;
            }

            var parameter = rest.Dequeue();
            var value = parameter.Value;
            _env.Set(symbol, parameter.Mode == ParameterMode.Out ? Default(value.Type) : value.Type is ArrayType { IsTensor: true } ? Enter(value) : value);
            if (parameter.IsResult) results.Add(symbol);
        }

        var returns = _method.ReturnsVoid ? null : TypeOf(_method.ReturnType);
        if (!_method.ReturnsVoid && returns is not (ScalarType or TupleType))
        {
            _module.Report(Descriptors.UnsupportedType, _method.Locations[0], _method.ReturnType.ToDisplayString(), TypeMapping.Supported);
            return null;
        }

        var result = LowerBody(_body, returns);
        var yields = new List<Operand>();
        if (returns is ScalarType) yields.Add(result!);
        yields.AddRange(results.Select(symbol => _env.Get(symbol)!));

        // The IR returns one scalar at most: the elements of a tuple leave as those of out parameters do.
        if (result is TupleValue tuple)
        {
            foreach (var element in Composite.Leaves(tuple))
            {
                parameters = parameters.Add(new Parameter(_values.Fresh(element.Type, "item"), ParameterMode.Out, Wrt: false));
                yields.Add(element);
            }
        }

        return new Function(name, parameters, returns as ScalarType, new Block(_entry.Ops.AddRange(_block.Ops), yields.ToImmutableArray()));
    }

    /// <summary>The elements of a tuple that is passed to a callee: a parameter each.</summary>
    private IEnumerable<Parameter> Items(IParameterSymbol symbol, TupleType tuple)
    {
        var scratch = ParameterLowering.IsPassive(symbol);
        return Composite.Leaves(Default(tuple)).Select((leaf, i) => new Parameter(
            _values.Fresh(leaf.Type, symbol.Name + (i + 1)), ParameterMode.Value,
            Wrt: leaf.Type.IsFloat && !scratch, Scratch: leaf.Type.IsFloat && scratch)).ToList();
    }

    /// <summary>What the body returns, if anything.</summary>
    private Operand? LowerBody(MethodBody body, IrType? returns)
    {
        _env.Set(Function.Skip, BoolConstant.False);
        if (returns is not null) _env.Set(_result, Default(returns));
        LowerList(body.Block.Operations, 0);
        return returns is null ? null : _env.Get(_result);
    }

    /// <summary>What a variable holds before it is assigned; an array's is <see cref="Unassigned"/>.</summary>
    private static Operand Default(IrType type) =>
        type is TupleType tuple ? new TupleValue(tuple.Elements.Select(Default).ToImmutableArray()) : Operand.Zero(type);

    /// <summary>Marks an array variable that has no array yet, and one that has several.</summary>
    private const string Unassigned = "default";
    private const string Merged = "merged";

    /// <summary>Says that the expression cannot be differentiated and stands in for its value.</summary>
    private Operand Fail(DiagnosticDescriptor descriptor, IOperation operation, params object[] args)
    {
        _module.Report(descriptor, operation.Syntax.GetLocation(), args);
        return Placeholder(operation.Type);
    }

    public Operand Unsupported(IOperation operation, string instead) =>
        Fail(Descriptors.UnsupportedExpression, operation, SourceLines.Short(operation.Syntax), instead);

    private Operand Invalid(IOperation operation)
    {
        _module.IsInvalid = true;
        if (operation.Type is not { TypeKind: TypeKind.Error }) _module.Suspects.Add(operation.Syntax);
        return Placeholder(operation.Type);
    }

    private Operand Placeholder(ITypeSymbol? type) => Default(_types.Map(type) ?? ScalarType.Double);

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>The line of what follows. In a body lowered where it is called it stays that of the call.</summary>
    private void At(IOperation operation)
    {
        if (_firstLine is { } first) _block.Line = SourceLines.Relative(operation.Syntax, first);
    }

    /// <summary>Gives a computed value the user's name, so that the emitted code says it too.</summary>
    private Operand Named(Operand operand, string name)
    {
        if (operand is not Value { IsUserNamed: false, Name.Length: 0 } value) return operand;
        return _block.Rename(value, name, isUserNamed: true) ?? value;
    }
}
