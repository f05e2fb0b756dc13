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
    private readonly IMethodSymbol _method;
    private readonly TypeMapping _types;
    private readonly IMethodBodyOperation _body;
    private ValueSource _values = new();
    private readonly int _firstLine;
    private Environment _env = new();
    private BlockBuilder _block;

    public FunctionLowering(ModuleLowering module, IMethodSymbol method, TypeMapping types, IMethodBodyOperation body)
    {
        _module = module;
        _method = method;
        _types = types;
        _body = body;
        _block = new BlockBuilder(_values);
        _firstLine = SourceLines.First(body.Syntax);
        _jumps.Add(new JumpTarget(isLoop: false, null, null));
    }

    /// <summary>A callee.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="byElement">Positions of the <c>ref</c>, <c>out</c> and <c>in</c> parameters that are given as spans of one element.</param>
    public Function? Lower(string name, ImmutableArray<int> byElement)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var symbol in _method.Parameters)
        {
            if (ParameterLowering.Lower(symbol, _types, _values, wrt: null) is not { } parameter)
            {
                _module.Report(Descriptors.UnsupportedType, symbol.Locations[0], symbol.Type.ToDisplayString(), "use float, double, integers, bool, and one-dimensional arrays and spans of them");
                return null;
            }

            // Arrays made in a method are spans in the derivative, so its helpers take spans.
            if (parameter.Value.Type is ArrayType { Form: ArrayForm.Array } array) parameter = parameter with { Value = parameter.Value with { Type = array with { Form = ArrayForm.Span } } };
            if (byElement.Contains(symbol.Ordinal))
            {
                var element = (ScalarType)parameter.Value.Type;
                parameter = parameter with { Value = parameter.Value with { Type = new ArrayType(element, ArrayForm.Span) }, Mode = ParameterMode.Value };
                _references[symbol] = new AssignablePlace(element, null, parameter.Value, Int(0));
            }

            parameters.Add(parameter);
        }

        return Lower(name, parameters.ToImmutable());
    }

    public Function? Lower(string name, ImmutableArray<Parameter> parameters)
    {
        _values = new ValueSource(parameters.Select(p => p.Value.Id).DefaultIfEmpty(-1).Max() + 1);
        _block = new BlockBuilder(_values);
        for (var i = 0; i < parameters.Length; i++)
        {
            _env.Set(_method.Parameters[i], parameters[i].Mode == ParameterMode.Out ? Default(parameters[i].Value.Type) : parameters[i].Value);
        }

        var returns = _method.ReturnsVoid ? null : _types.Scalar(_method.ReturnType);
        if (!_method.ReturnsVoid && returns is null)
        {
            _module.Report(Descriptors.UnsupportedType, _method.Locations[0], _method.ReturnType.ToDisplayString(), "use float, double, integers, bool, and one-dimensional arrays and spans of them");
            return null;
        }

        _env.Set(Function.Skip, BoolConstant.False);
        if (returns is not null) _env.Set(_result, Default(returns));
        if (_body.BlockBody is { } block)
        {
            LowerList(block.Operations, 0);
        }
        else if (_body.ExpressionBody is { } expression)
        {
            LowerList(expression.Operations, 0);
        }

        var yields = new List<Operand>();
        if (returns is not null) yields.Add(_env.Get(_result) ?? Default(returns));
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].IsResult) yields.Add(_env.Get(_method.Parameters[i])!);
        }

        return new Function(name, parameters, returns, _block.Build(yields));
    }

    /// <summary>What a variable holds before it is assigned; an array's is <see cref="Unassigned"/>.</summary>
    private static Operand Default(IrType type) => Operand.Zero(type);

    /// <summary>Marks an array variable that has no array yet, and one that has several.</summary>
    private const string Unassigned = "default";
    private const string Merged = "merged";

    /// <summary>Says that the expression cannot be differentiated and stands in for its value.</summary>
    private Operand Fail(DiagnosticDescriptor descriptor, IOperation operation, params object[] args)
    {
        _module.Report(descriptor, operation.Syntax.GetLocation(), args);
        return Placeholder(operation.Type);
    }

    private Operand Unsupported(IOperation operation, string instead) =>
        Fail(Descriptors.UnsupportedExpression, operation, SourceLines.Short(operation.Syntax), instead);

    private Operand Invalid(IOperation operation)
    {
        _module.IsInvalid = true;
        return Placeholder(operation.Type);
    }

    private Operand Placeholder(ITypeSymbol? type) => Default(_types.Map(type) ?? ScalarType.Double);

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    private void At(IOperation operation) => _block.Line = SourceLines.Relative(operation.Syntax, _firstLine);

    /// <summary>Gives a computed value the user's name, so that the emitted code says it too.</summary>
    private Operand Named(Operand operand, string name)
    {
        if (operand is not Value { IsUserNamed: false, Name.Length: 0 } value || value.Type is not ScalarType) return operand;
        return _block.Rename(value, name, isUserNamed: true) ?? value;
    }
}
