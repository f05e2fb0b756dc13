using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Pipeline;

/// <summary>Checks that the signatures of declared transformations are those that follow from their targets.</summary>
internal static class DeclarationChecks
{
    public static void Run(Module module, IReadOnlyList<DeclaredTransformation> transformations, Reports reports)
    {
        if (transformations.Count == 0) return;
        var marked = ReadOnlyCalls.Mark(module);
        var functions = marked.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var declared in transformations)
        {
            Check(declared, functions, reports);
            // What is declared of it would only be compared with a signature that is wrong.
            if (reports.Any) return;
        }
    }

    private static void Check(DeclaredTransformation declared, IReadOnlyDictionary<string, Function> functions, Reports reports)
    {
        var transform = Transform.Of(declared.Function)!;
        var target = functions[transform.Target];
        var location = declared.Method.Locations[0];
        var differentiable = target.Parameters.Where(p => p.Value.Type.CarriesDerivative && !p.Scratch).Select(p => p.DeclaredName).Distinct().ToList();
        foreach (var unknown in transform.What.Wrt.Where(name => !differentiable.Contains(name)))
        {
            reports.Add(Descriptors.UnknownWrt, location, null, unknown, declared.Target.Name, "it has " + string.Join(", ", differentiable));
            return;
        }

        var shape = TargetShape.Of(target, transform.What, functions);
        const string Acts = "it calls methods of objects, which must run once and not for every direction or on several cores; call them before, and pass what they give";
        var runsOften = transform.What is { Kind: TransformationKind.Hessian or TransformationKind.Jacobian } or { Parallel: true };
        if (runsOften && ObjectUse.Acts(target, functions))
        {
            reports.Add(Descriptors.UnfitTarget, location, null, declared.Method.Name, declared.Target.Name, Acts);
            return;
        }

        const string IsSparse = "it returns a sparse matrix, which has no derivative; declare the dense [Jacobian] and take that";
        if ((TransformationAttributes.IsSparse(declared.Target) ? IsSparse : Unfit(shape, transform.What)) is { } reason)
        {
            reports.Add(Descriptors.UnfitTarget, location, null, declared.Method.Name, declared.Target.Name, reason);
            return;
        }

        var signature = DeclaredSignature.Of(shape, transform.What, declared.Function);
        if (signature.Fits(declared.Function)) return;
        var header = DeclarationHeader.Of(declared.Method);
        var text = DeclaredSignatureText.Of(signature, header, declared.Target, qualified: false);
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add("signature", DeclaredSignatureText.Of(signature, header, declared.Target, qualified: true))
            .Add("name", declared.Method.Name);
        reports.Add(Descriptors.DeclaredSignature, location, properties, declared.Method.Name, text);
    }

    /// <summary>Why the target has no such derivative; null if it has one.</summary>
    public static string? Unfit(TargetShape target, Transformation what)
    {
        var kind = what.Kind;
        var returnsNumber = target.Function.Returns is { IsFloat: true };
        var columns = target.Columns.ToList();
        return kind switch
        {
            _ when target.Function.Parameters.FirstOrDefault(p => p.IsLeaf && (p.Wrt || p.Part!.Type.IsObject)) is { Part: { } tree }
                && !(what.IsFirst && IsPrimal(target)) =>
                $"it is differentiated by the {(tree.Type.IsObject ? "object" : "struct")} '{tree.Whole}', by which there are first derivatives only; "
                + "declare [Gradient], [Vjp] or [Jvp]",
            _ when target.Function.GivesArrays && !what.IsFirst =>
                "it makes an array that it gives back, whose length is not known before; declare [Vjp] or [Jvp], or the derivative of a method that writes to a span",
            _ when target.Function.Parameters.FirstOrDefault(p => p.Part is { Type.HasOptional: true }) is { } optional =>
                $"'{optional.DeclaredName}' may be null; mark the method [Differentiable], and call what is generated for that",
            TransformationKind.Vmap => UnfitBatch(target.Function.Parameters, what.Shared, target),
            TransformationKind.Jacobian when what.Sparse && target.Function.HasValueTypes =>
                "it takes or returns value types, of which there are no sparse Jacobians; declare the dense one",
            TransformationKind.Vjp or TransformationKind.Jvp => null,
            _ when kind != TransformationKind.Jacobian && !returnsNumber => "it returns no float or double; declare [Vjp], [Jvp] or [Jacobian]",
            TransformationKind.Derivative when columns.Count != 1 || columns[0].Value.Type is ArrayType || target.IsInOut(columns[0]) =>
                "it is to be differentiated by one number; name that parameter in Wrt",
            _ when columns.Count == 0 => "it has no parameter to differentiate by; name one in Wrt",
            _ => null,
        };
    }

    /// <summary>Whether the target is no derivative by objects itself.</summary>
    private static bool IsPrimal(TargetShape target) => target.Function.Parameters.All(p => p.Part is not ({ GradientOf: not null } or { IsTangent: true }));

    /// <summary>Why the examples cannot share what they are declared to share, or have parts of what they are declared to have.</summary>
    private static string? UnfitBatch(ImmutableArray<Parameter> parameters, ImmutableArray<int> shared, TargetShape target)
    {
        if (parameters.FirstOrDefault(p => p.Part is not null || p.ElementsOf is not null) is { } whole)
        {
            return $"'{whole.DeclaredName}' is made of value types, of which there are no batches; declare the batch of a method that takes the numbers";
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            var p = parameters[i];
            if (shared.Contains(i))
            {
                if (p.IsResult || target.IsWritten(p)) return $"it writes '{p.Name}', which its examples cannot share; remove [Shared]";
            }
            else if (p.Value.Type is ScalarType { Kind: ScalarKind.Opaque } type)
            {
                return $"'{p.Name}' is a {type.Name}, of which there are no batches; mark it [Shared]";
            }
        }

        return null;
    }
}
