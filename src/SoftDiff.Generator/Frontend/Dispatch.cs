using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Calls of interfaces and virtual methods with differentiated numbers, of objects whose class is known only at run time. A branch for each class of
// this project that the object may be of calls that class's method; an object of any other class is an exception.
internal sealed partial class FunctionLowering
{
    /// <summary>So many classes of objects are told apart at one call.</summary>
    private const int MostClasses = 8;

    /// <summary>
    /// The classes whose method a call may run; null if C# makes the call, since it gets no differentiated number, or if one of the classes has no
    /// source.
    /// </summary>
    private IReadOnlyList<INamedTypeSymbol>? ClassesOf(IInvocationOperation call)
    {
        if (call.Instance is not { } instance || Unconverted(instance).Type is not INamedTypeSymbol { IsGenericType: false } type) return null;
        if (!IsDispatched(call.TargetMethod, call)) return null;
        var needsSource = _module.Objects.Sources.Contains(ObjectChoices.KeyOf(type))
            || _module.Objects.Sources.Contains(ObjectChoices.KeyOf(call.TargetMethod.ContainingType))
            || !_module.IsAccessible(call.TargetMethod, type);
        if (!needsSource) return null;
        var classes = CompilationCache.Of(_module.Compilation).Implementations.GetOrAdd(
            ObjectChoices.KeyOf(type), _ => VisibleTypes.Concrete(_module.Compilation, type));
        // If a class that may have derived ones has none here, others derive from it: a library's user gets no exception for what compiled.
        var areHere = type.TypeKind == TypeKind.Interface || type.IsAbstract || classes.Length > 1;
        var areKnown = areHere && classes.Length is > 0 and <= MostClasses && classes.All(known =>
            IsAccessible(known) && Implementation(known, call.TargetMethod, call) is IMethodSymbol method && _module.Body(method) is not null);
        return areKnown ? classes : null;
    }

    /// <summary>The call, for an object of one of the classes.</summary>
    private Operand? LowerDispatch(IInvocationOperation call, Operand owner, IReadOnlyList<INamedTypeSymbol> classes)
    {
        var result = Try(0);
        return call.TargetMethod.ReturnsVoid ? null : result;

        Operand Try(int at)
        {
            if (at == classes.Count)
            {
                var exception = "new global::System.NotSupportedException(\"SoftDiff knows no source of " + call.TargetMethod.Name + " of \" + {0}.GetType())";
                _branches.Throw(exception, ImmutableArray.Create(owner));
                return Placeholder(call.Type);
            }

            var isOf = Test("{0}.GetType() == typeof(" + Types.Name(classes[at]) + ")", owner);
            return _branches.Choose(isOf, () => CallOn(classes[at]), () => Try(at + 1));
        }

        Operand CallOn(INamedTypeSymbol known)
        {
            var method = (IMethodSymbol)Implementation(known, call.TargetMethod, call);
            var self = ConvertTo(owner, ObjectTypes.Of(method.ContainingType, Types));
            return LowerCall(CallSite.Of(call), receiver: null, new Receiving(self, null), method) ?? BoolConstant.True;
        }
    }
}
